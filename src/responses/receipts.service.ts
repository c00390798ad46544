import { Inject, Injectable } from '@nestjs/common';
import type { DateTime } from 'luxon';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { CONFIG, type Config } from '../config/config.ts';
import type { Cycle } from '../cycle/cycle.ts';
import {
  composeLinkRenewal,
  composeNotTheirs,
  composeReceipt,
  type ComposedMail,
  type ReceiptItem,
} from '../invitations/mail-text.ts';
import { Letters } from '../invitations/letters.service.ts';
import type { MeetingFacts } from '../invitations/invitation.ts';
import { newAddressToken } from '../kernel/ids.ts';
import type { Language, Text } from '../kernel/text.ts';
import { MailTemplates } from '../mail/mail-templates.service.ts';
import { Outbox } from '../mail/outbox.service.ts';
import type { Office, Person } from '../roster/roster.ts';
import { detailsOf, type Recorded } from './answer-details.ts';
import { attendanceNames } from './answer.ts';

/** Whom the receipt goes to: the person who was asked, or the office that answered for its people */
export type Receiver =
  { readonly person: Person; readonly address: string; readonly post: Text } | { readonly office: Office };

/** Mails that follow at once from what somebody did on a page behind a link: what was recorded, or a new link */
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
    const language = languageOf(to);
    const now = this.clock.now();
    const mail = composeReceipt(this.templates.sources, {
      to: namedOf(to),
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
    await this.mail(tx, to, mail);
  }

  /** A new link to the address on file, for somebody whose link has expired */
  async renewLink(
    tx: EntityManager,
    cycle: Cycle,
    to: Receiver,
    facts: MeetingFacts,
    answerUrl: string,
    validUntil: DateTime,
  ): Promise<void> {
    const language = languageOf(to);
    const mail = composeLinkRenewal(this.templates.sources, {
      to: namedOf(to),
      language,
      letterhead: this.letters.letterhead(cycle),
      facts,
      staffInCharge: facts.staffInCharge,
      zone: cycle.rules.zone,
      answerUrl,
      validUntil: validUntil.toISO()!,
    });
    await this.mail(tx, to, mail);
  }

  /** Tells the staff member in charge that a link reached somebody else than its reader */
  async notTheirs(tx: EntityManager, cycle: Cycle, name: Text, facts: MeetingFacts, language: Language): Promise<void> {
    const { staffInCharge: staff, meetingId } = facts;
    const mail = composeNotTheirs(this.templates.sources, {
      staff,
      language,
      name,
      at: this.clock.now().toISO()!,
      zone: cycle.rules.zone,
      page: `${this.config.baseUrl}/meetings/${meetingId}`,
    });
    await this.mail(tx, { staff, language }, mail);
  }

  private async mail(
    tx: EntityManager,
    to: Receiver | { readonly staff: MeetingFacts['staffInCharge']; readonly language: Language },
    mail: ComposedMail,
  ): Promise<void> {
    const language = 'staff' in to ? to.language : languageOf(to);
    const now = this.clock.now();
    const token = newAddressToken();
    const from = { name: this.config.mailFromName, address: `receipt+${token}@${this.config.mailFromDomain}` };
    await this.outbox.put(tx, {
      kind: mail.kind,
      to:
        'staff' in to
          ? { name: to.staff.name[language], address: to.staff.address }
          : 'office' in to
            ? { name: to.office.name[language], address: to.office.address }
            : { name: to.person.name[language], address: to.address },
      from,
      envelopeFrom: `bounce+${token}.0@${this.config.mailFromDomain}`,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: `<${mail.kind}-${token}@${this.config.mailFromDomain}>`,
      language,
      ...('staff' in to ? {} : 'office' in to ? { officeId: to.office.id } : { personId: to.person.id }),
      orderingKey: `${mail.kind}/${token}`,
      date: now,
      notAfter: now.plus({ hours: 12 }),
    });
  }
}

const languageOf = (to: Receiver): Language => ('office' in to ? to.office.language : to.person.language);

const namedOf = (to: Receiver) =>
  'office' in to ? { office: to.office.name } : { name: to.person.name, honorific: to.person.honorific, post: to.post };

const itemOf = ({ facts, person, given }: Recorded): ReceiptItem => ({
  name: person.name,
  honorific: person.honorific,
  facts,
  answer: attendanceNames[given.attendance],
  details: detailsOf(given),
});
