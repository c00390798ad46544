import { Inject, Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Clock } from '../clock/clock.service.ts';
import { CONFIG, type Config } from '../config/config.ts';
import type { Cycle } from '../cycle/cycle.ts';
import { text } from '../kernel/text.ts';
import type { OutgoingMail } from '../mail/message.ts';
import { MailTemplates } from '../mail/mail-templates.service.ts';
import { writeCalendar } from './calendar-object.ts';
import type { InvitationFacts } from './invitation.ts';
import type { CancelMessage, NewMessage, SentInvitation, UpdateMessage } from './itip.ts';
import { composeInvitationMail, type Letterhead } from './mail-text.ts';
import { composeOfficeNotice } from './office-letter.ts';
import { invitationKey, officeKey } from './mail-due.ts';
import type { OfficeDue, YearDue } from './year-due.ts';

/** What names one mail about one invitation */
export interface Numbered {
  readonly invitationId: string;
  readonly token: string;
  readonly uid: string;
  readonly revision: number;
  readonly createdAt: string;
  /** Message-ID of the first mail of the same UID */
  readonly references?: string;
  readonly releaseId?: string;
}

/** Writes the mails of a release: text, HTML and calendar, with every address that belongs to them. */
@Injectable()
export class Letters {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly templates: MailTemplates,
    private readonly clock: Clock,
  ) {}

  letterhead(cycle: Cycle): Letterhead {
    return {
      programme: cycle.rules.name,
      secretariat: cycle.sample ? text('見本事務局', 'Sample Secretariat') : cycle.rules.secretariat,
    };
  }

  uidOf(token: string): string {
    return `inv-${token}@${this.config.mailFromDomain}`;
  }

  messageIdOf(token: string, revision: number): string {
    return `<inv-${token}.${revision}@${this.config.mailFromDomain}>`;
  }

  /** The mailbox of its own to which the answers to one invitation go, under the name that all share (itip, decision 2) */
  answeringMailbox(token: string): { readonly name: string; readonly address: string } {
    return { name: this.config.mailFromName, address: `visit+${token}@${this.config.mailFromDomain}` };
  }

  answerUrl(linkToken: string): string {
    return `${this.config.baseUrl}/a/${linkToken}`;
  }

  officeUrl(linkToken: string): string {
    return `${this.config.baseUrl}/o/${linkToken}`;
  }

  /** @param linkToken not looked at for a cancellation, which asks for nothing */
  invitation(
    cycle: Cycle,
    message: NewMessage | UpdateMessage | CancelMessage,
    facts: InvitationFacts,
    numbered: Numbered,
    linkToken: string,
  ): OutgoingMail {
    const letterhead = this.letterhead(cycle);
    const answerUrl = this.answerUrl(linkToken);
    const now = this.clock.now();
    const mail = composeInvitationMail(this.templates.sources, {
      message,
      facts,
      letterhead,
      answerUrl,
      calendarAnswers: this.config.takesReplies,
    });
    const method = message.action === 'cancel' ? 'CANCEL' : 'REQUEST';
    const from = this.answeringMailbox(numbered.token);
    return {
      kind: mail.kind,
      to: { name: facts.name[facts.language], address: facts.address! },
      from,
      replyTo: from,
      envelopeFrom: `bounce+${numbered.token}.${numbered.revision}@${this.config.mailFromDomain}`,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      calendar: {
        method,
        content: writeCalendar({
          method,
          uid: numbered.uid,
          sequence: message.sequence,
          stampedAt: now.toISO()!,
          createdAt: numbered.createdAt,
          facts,
          organizer: from,
          secretariat: letterhead.secretariat,
          answerUrl,
        }),
      },
      messageId: this.messageIdOf(numbered.token, numbered.revision),
      ...(numbered.references ? { references: numbered.references } : {}),
      language: facts.language,
      personId: facts.personId,
      invitationId: numbered.invitationId,
      revision: numbered.revision,
      ...(numbered.releaseId ? { releaseId: numbered.releaseId } : {}),
      orderingKey: invitationKey(numbered.invitationId),
      date: now,
      notAfter: DateTime.fromISO(facts.endsAt),
      // whoever answers meanwhile would not get to see it with an older stamp (itip C3)
      ...(message.action === 'update' && !message.sequenceBump ? { stampedWhenSent: true as const } : {}),
    };
  }

  /**
   * The entry of an invitation as a file, for a calendar that did not take it from the mail (itip H2). PUBLISH asks nothing and overwrites
   * no answer.
   */
  eventFile(
    cycle: Cycle,
    {
      uid,
      sequence,
      token,
      createdAt,
      facts,
    }: Pick<SentInvitation, 'uid' | 'sequence' | 'token' | 'createdAt' | 'facts'>,
    linkToken: string,
  ): string {
    const request = writeCalendar({
      method: 'REQUEST',
      uid,
      sequence,
      stampedAt: this.clock.now().toISO()!,
      createdAt,
      facts,
      organizer: this.answeringMailbox(token),
      secretariat: this.letterhead(cycle).secretariat,
      answerUrl: this.answerUrl(linkToken),
    });
    return request.replace(/^METHOD:REQUEST\r$/m, 'METHOD:PUBLISH\r').replace(';RSVP=TRUE', ';RSVP=FALSE');
  }

  /** @param messageToken names this one mail: answers and bounces come back under it */
  officeNotice(
    due: Pick<YearDue, 'cycle' | 'staffInCharge'>,
    { office, news }: OfficeDue,
    linkToken: string,
    messageToken: string,
    revision: number,
    releaseId?: string,
  ): OutgoingMail {
    const { cycle, staffInCharge } = due;
    const answerBys = news
      .flatMap(({ facts }) => (facts.status === 'cancelled' || !facts.answerBy ? [] : [facts.answerBy]))
      .sort();
    const mail = composeOfficeNotice(this.templates.sources, {
      office,
      readerZone: cycle.rules.zone,
      letterhead: this.letterhead(cycle),
      staffInCharge,
      meetings: news,
      link: this.officeUrl(linkToken),
      answerBy: answerBys[0] ?? null,
      zone: cycle.rules.zone,
    });
    const now = this.clock.now();
    const from = this.answeringMailbox(messageToken);
    return {
      kind: mail.kind,
      to: { name: office.name[office.language], address: office.address },
      from,
      replyTo: from,
      envelopeFrom: `bounce+${messageToken}.${revision}@${this.config.mailFromDomain}`,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: `<office-${messageToken}@${this.config.mailFromDomain}>`,
      language: office.language,
      officeId: office.id,
      revision,
      ...(releaseId ? { releaseId } : {}),
      orderingKey: officeKey(cycle.id, office.id),
      date: now,
    };
  }
}
