import { wholeOf } from '../invitations/day-entries.ts';
import type { MeetingFacts } from '../invitations/invitation.ts';
import { asTheyKnowIt, isOver } from '../invitations/mail-due.ts';
import type { OfficeTold } from '../invitations/office-news.ts';
import { currentInvitation, knownTo } from '../invitations/year-due.ts';
import type { YearFacts } from './matter.ts';

export interface ToldOnce {
  readonly facts: MeetingFacts;
  readonly at: Date;
}

/** What people and offices know of meetings, and where staff have not released a change yet */
export class Told {
  readonly #facts: YearFacts;
  readonly #offices: ReadonlyMap<string, { readonly told: readonly OfficeTold[]; readonly at: Date }>;
  readonly #changing: ReadonlySet<string>;

  constructor(facts: YearFacts) {
    this.#facts = facts;
    const { roster, policy, told, people, offices } = facts.due;
    this.#offices = new Map(
      roster.offices.flatMap((office) => {
        const notice = told.notices.find((one) => one.officeId === office.id);
        return notice ? [[office.id, { told: knownTo(office, notice, policy.rehearsal), at: notice.sentAt }]] : [];
      }),
    );
    this.#changing = new Set([
      ...people.map(({ meeting, person }) => `person/${person.id} ${meeting.id}`),
      ...offices.flatMap(({ office, news }) => news.map((one) => `office/${office.id} ${one.facts.meetingId}`)),
    ]);
  }

  toPerson(meetingId: string, personId: string): ToldOnce | undefined {
    const { told, policy } = this.#facts.due;
    const invitation = currentInvitation(
      (told.invitations.get(meetingId) ?? []).filter((one) => one.personId === personId),
    );
    if (!invitation || isOver(invitation) || (invitation.rehearsal && !policy.rehearsal)) return undefined;
    const { facts, state } = asTheyKnowIt(invitation);
    return state === 'waiting' || facts.status === 'cancelled'
      ? undefined
      : { facts: wholeOf(facts), at: invitation.sentAt };
  }

  /** @param personId one of its people; whoever it is, where not given */
  toOffice(meetingId: string, officeId: string, personId?: string): ToldOnce | undefined {
    const known = this.#offices.get(officeId);
    const one = known?.told.find(({ facts }) => facts.meetingId === meetingId);
    if (!known || !one || one.facts.status === 'cancelled') return undefined;
    if (personId !== undefined && !one.people.some((who) => who.personId === personId)) return undefined;
    return { facts: one.facts, at: known.at };
  }

  isChanging = (who: string, meetingId: string): boolean => this.#changing.has(`${who} ${meetingId}`);
}
