import type { CalendarDate } from '../kernel/calendar-date.ts';
import { text } from '../kernel/text.ts';
import { dayInZone } from '../kernel/zoned-time.ts';
import { reachOf } from '../invitations/office-scope.ts';
import { addressFault, sameAddress } from '../mail/address.ts';
import type { Attendee } from '../meetings/meeting.ts';
import type { Office, Person } from '../roster/roster.ts';
import type { Recipient, YearFacts } from './matter.ts';
import type { Hold } from './obligation.ts';

const nothing = text('', '');

/** Everybody who may be written to, each once */
export class Recipients {
  readonly all = new Map<string, Recipient>();
  readonly #facts: YearFacts;
  readonly #today: CalendarDate;

  constructor(facts: YearFacts) {
    this.#facts = facts;
    this.#today = dayInZone(facts.now, facts.due.cycle.rules.zone);
  }

  person(person: Person, attendee?: Pick<Attendee, 'post'>): Recipient | undefined {
    const { roster } = this.#facts.due;
    const { reach, address, post } = reachOf(attendee ?? { post: null }, person, roster);
    if (address === null) return undefined;
    const secretary = reach === 'secretary';
    return this.#add({
      // the mailbox of a secretary is another reader than the person's own
      key: secretary ? `person/${person.id}/${post!.id}` : `person/${person.id}`,
      kind: 'person',
      id: person.id,
      zone: person.zone,
      hold: this.#holdOf(address),
      unsubscribed: this.#facts.unsubscribed.has(`person/${person.id}`),
      name: person.name,
      honorific: person.honorific,
      post: secretary ? post!.title : nothing,
      address,
      language: person.language,
      secretary,
    });
  }

  office(office: Office | undefined): Recipient | undefined {
    if (!office || (office.endedOn && office.endedOn < this.#today)) return undefined;
    const { id, name, address, language } = office;
    const key = `office/${id}`;
    const hold = this.#facts.paused.has(key) ? 'paused' : this.#holdOf(address);
    const zone = this.#facts.due.cycle.rules.zone;
    const common = { honorific: nothing, post: nothing, secretary: false };
    const unsubscribed = this.#facts.unsubscribed.has(key);
    return this.#add({ ...common, key, kind: 'office', id, zone, hold, unsubscribed, name, address, language });
  }

  /** @param staffId null: whoever is in charge of the year */
  staff(staffId: string | null): Recipient | undefined {
    const { due, staff } = this.#facts;
    const member = staff.find((one) => one.id === (staffId ?? due.cycle.staffInCharge) && one.active);
    if (!member) return undefined;
    const { id, nameJa, nameEn, email, language } = member;
    const common = { honorific: nothing, post: nothing, secretary: false, zone: due.cycle.rules.zone };
    const name = text(nameJa, nameEn);
    return this.#add({
      ...common,
      key: `staff/${id}`,
      kind: 'staff',
      id,
      hold: this.#holdOf(email),
      name,
      address: email,
      language,
    });
  }

  #add(recipient: Recipient): Recipient {
    this.all.set(recipient.key, recipient);
    return recipient;
  }

  #holdOf(address: string): Hold | null {
    if (addressFault(address)) return 'no-address';
    if (this.#facts.due.policy.stopped?.includes(sameAddress(address))) return 'stopped';
    return this.#facts.failing.has(sameAddress(address)) ? 'bounced' : null;
  }
}
