import { Inject, Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock/clock.service.ts';
import { CONFIG, type Config } from '../config/config.ts';
import { Letters } from '../invitations/letters.service.ts';
import { officePageUntil, READABLE_DAYS } from '../invitations/mail-due.ts';
import { knownTo } from '../invitations/year-due.ts';
import { newAddressToken } from '../kernel/ids.ts';
import { Links } from '../links/links.service.ts';
import { MailTemplates } from '../mail/mail-templates.service.ts';
import type { OutgoingMail } from '../mail/message.ts';
import type { Planned } from './due-steps.ts';
import type { AnswerOwed, Matter, Recipient } from './matter.ts';
import { ladderKey } from './obligation.ts';
import { composeReminder } from './reminder-text.ts';
import type { ReminderYear } from './reminder-years.queries.ts';
import { linkSubjectOf } from './unsubscribed.ts';

/** A reminder that has not left after a day reminds of what was decided yesterday */
const TRIED_HOURS = 24;

/** Days for which a mail is kept in which somebody may look for the way to stop more of them */
const KEPT_DAYS = 400;

type LinkTo = (
  purpose: 'office' | 'participant' | 'reminders',
  subject: string,
  expiresAt: DateTime,
) => Promise<string>;

/** Writes reminders, each with the page on which it can be answered. */
@Injectable()
export class ReminderLetters {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly templates: MailTemplates,
    private readonly letters: Letters,
    private readonly links: Links,
    private readonly clock: Clock,
  ) {}

  async write(tx: EntityManager, year: ReminderYear, to: Recipient, items: readonly Planned[]): Promise<OutgoingMail> {
    return this.letter(year, to, items, (purpose, subject, expiresAt) =>
      this.links.issue(tx, { purpose, subject, expiresAt }),
    );
  }

  /** The same with links that lead nowhere */
  async preview(year: ReminderYear, to: Recipient, items: readonly Planned[]): Promise<OutgoingMail> {
    return this.letter(year, to, items, async () => 'preview');
  }

  private async letter(
    year: ReminderYear,
    to: Recipient,
    items: readonly Planned[],
    link: LinkTo,
  ): Promise<OutgoingMail> {
    const { cycle } = year.due;
    const matters = items.map(({ obligation }) => year.byLadder.get(ladderKey(obligation))!);
    const mail = composeReminder(this.templates.sources, {
      to,
      matters,
      letterhead: this.letters.letterhead(cycle),
      staffInCharge: staffOf(year, matters),
      zone: cycle.rules.zone,
      now: year.now,
      answerUrls: to.kind === 'person' ? await this.answerUrls(to, matters, link) : new Map(),
      link: await this.pageOf(year, to, link),
    });
    const now = this.clock.now();
    const token = newAddressToken();
    const from = { name: this.config.mailFromName, address: `reminder+${token}@${this.config.mailFromDomain}` };
    return {
      kind: mail.kind,
      to: { name: to.name[to.language], address: to.address },
      from,
      envelopeFrom: `bounce+${token}.0@${this.config.mailFromDomain}`,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: `<reminder-${token}@${this.config.mailFromDomain}>`,
      language: to.language,
      ...(await this.unsubscribing(year, to, link)),
      ...(to.kind === 'person' ? { personId: to.id } : {}),
      ...(to.kind === 'office' ? { officeId: to.id } : {}),
      orderingKey: reminderMailKey(cycle.id, to.key),
      date: now,
      notAfter: now.plus({ hours: TRIED_HOURS }),
    };
  }

  /** Staff in charge are the last who read mails of what is still open. */
  private async unsubscribing(
    { due: { cycle, policy } }: ReminderYear,
    { kind, id }: Recipient,
    link: LinkTo,
  ): Promise<Pick<OutgoingMail, 'unsubscribeUrl'>> {
    if (kind === 'staff') return {};
    const of = { programme: cycle.programme, subject: `${kind}/${id}`, rehearsal: policy.rehearsal };
    const token = await link('reminders', linkSubjectOf(of), this.clock.now().plus({ days: KEPT_DAYS }));
    return { unsubscribeUrl: `${this.config.baseUrl}/u/${token}` };
  }

  private async answerUrls(to: Recipient, matters: readonly Matter[], link: LinkTo): Promise<Map<string, string>> {
    const urls = new Map<string, string>();
    for (const { meeting, facts } of matters.flatMap(answerWithPage)) {
      const until = DateTime.fromISO(facts.endsAt).plus({ days: READABLE_DAYS });
      urls.set(meeting.id, this.letters.answerUrl(await link('participant', `${meeting.id}/${to.id}`, until)));
    }
    return urls;
  }

  /** An office that was told nothing yet has no page */
  private async pageOf(year: ReminderYear, to: Recipient, link: LinkTo): Promise<string> {
    const { cycle, told, roster, policy } = year.due;
    if (to.kind === 'staff') return `${this.config.baseUrl}/y/${cycle.programme}/${cycle.fiscalYear}/today`;
    if (to.kind === 'person') return '';
    const office = roster.offices.find((one) => one.id === to.id);
    const notice = told.notices.find((one) => one.officeId === to.id);
    if (!office || knownTo(office, notice, policy.rehearsal).length === 0) return '';
    return this.letters.officeUrl(await link('office', `${cycle.id}/${office.id}`, officePageUntil(cycle)));
  }
}

const answerWithPage = ({ about }: Matter): AnswerOwed[] => (about.kind === 'answer' && about.ownPage ? [about] : []);

/** Reminders to one reader leave in the order in which they were decided */
export const reminderMailKey = (cycleId: string, reader: string): string => `reminder/${cycleId}/${reader}`;

/** Whom to call: who is in charge of the meeting, where the mail is about one only */
function staffOf({ due }: ReminderYear, matters: readonly Matter[]) {
  const meetings = new Set(
    matters.map(({ about }) => (about.kind === 'answer' ? about.meeting.id : about.milestone.meetingId)),
  );
  const [only] = meetings;
  const meeting = meetings.size === 1 ? due.told.meetings.find((one) => one.id === only) : undefined;
  return meeting ? due.told.context.staffInCharge(meeting) : due.staffInCharge;
}
