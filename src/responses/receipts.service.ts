import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { CONFIG, type Config } from '../config/config.ts';
import type { Cycle } from '../cycle/cycle.ts';
import { composeReceipt, type ReceiptItem } from '../invitations/mail-text.ts';
import { Letters } from '../invitations/letters.service.ts';
import type { Extra, MeetingFacts } from '../invitations/invitation.ts';
import { newAddressToken } from '../kernel/ids.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { MailTemplates } from '../mail/mail-templates.service.ts';
import { Outbox } from '../mail/outbox.service.ts';
import type { Office, Person } from '../roster/roster.ts';
import { attendanceNames, type GivenAnswer } from './answer.ts';

export interface Recorded {
  readonly facts: MeetingFacts;
  readonly person: Person;
  readonly given: GivenAnswer;
}

/** Whom the receipt goes to: the person who was asked, or the office that answered for its people */
export type Receiver =
  { readonly person: Person; readonly address: string; readonly post: Text } | { readonly office: Office };

/** A short mail after an answer by link: what was recorded, by whom, and where it can be changed */
@Injectable()
export class Receipts {
  constructor(
    private readonly outbox: Outbox,
    private readonly templates: MailTemplates,
    private readonly letters: Letters,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param items not empty */
  async put(
    tx: EntityManager,
    cycle: Cycle,
    to: Receiver,
    items: readonly Recorded[],
    givenBy: string,
    answerUrl: string,
  ): Promise<void> {
    const language: Language = 'office' in to ? to.office.language : to.person.language;
    const now = this.clock.now();
    const mail = composeReceipt(this.templates.sources, {
      to:
        'office' in to
          ? { office: to.office.name }
          : { name: to.person.name, honorific: to.person.honorific, post: to.post },
      language,
      readerZone: 'office' in to ? cycle.rules.zone : to.person.zone,
      letterhead: this.letters.letterhead(cycle),
      staffInCharge: items[0]!.facts.staffInCharge,
      items: items.map(itemOf),
      givenBy,
      at: now.toISO()!,
      zone: cycle.rules.zone,
      answerUrl,
    });
    const token = newAddressToken();
    const from = { name: this.config.mailFromName, address: `receipt+${token}@${this.config.mailFromDomain}` };
    await this.outbox.put(tx, {
      kind: mail.kind,
      to:
        'office' in to
          ? { name: to.office.name[language], address: to.office.address }
          : { name: to.person.name[language], address: to.address },
      from,
      envelopeFrom: `bounce+${token}.0@${this.config.mailFromDomain}`,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: `<receipt-${token}@${this.config.mailFromDomain}>`,
      language,
      ...('office' in to ? { officeId: to.office.id } : { personId: to.person.id }),
      orderingKey: `receipt/${token}`,
      date: now,
      notAfter: now.plus({ hours: 12 }),
    });
  }
}

const itemOf = ({ facts, person, given }: Recorded): ReceiptItem => ({
  name: person.name,
  honorific: person.honorific,
  facts,
  answer: attendanceNames[given.attendance],
  details: detailsOf(given),
});

const both = (value: string): Text => text(value, value);

/** The other parts of an answer, as they were given */
export function detailsOf(given: GivenAnswer): Extra[] {
  const details: (Extra | undefined)[] = [
    given.lateFrom ? { label: text('到着', 'Arriving at'), value: both(given.lateFrom) } : undefined,
    given.leavingAt ? { label: text('退席', 'Leaving at'), value: both(given.leavingAt) } : undefined,
    given.proxyName
      ? {
          label: text('代理の方', 'Represented by'),
          value: both([given.proxyTitle, given.proxyName].filter(Boolean).join(' ')),
        }
      : undefined,
    given.accompanying.length > 0
      ? {
          label: text('同席者', 'Accompanied by'),
          value: text(given.accompanying.join('、'), given.accompanying.join(', ')),
        }
      : undefined,
    given.remarks ? { label: text('備考', 'Remarks'), value: both(given.remarks) } : undefined,
  ];
  return details.filter((detail) => detail !== undefined);
}
