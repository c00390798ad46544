import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DateTime } from 'luxon';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Clock } from '../clock/clock.service.ts';
import { CONFIG, type Config } from '../config/config.ts';
import { AnnouncedQueries, type AnnouncedToPerson } from '../invitations/announced.queries.ts';
import { Letters } from '../invitations/letters.service.ts';
import { READABLE_DAYS } from '../invitations/mail-due.ts';
import type { ComposedMail } from '../invitations/mail-text.ts';
import { composeProposalDeclined } from '../invitations/proposal-letter.ts';
import { newAddressToken } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { momentIn, timeRange } from '../kernel/zoned-time.ts';
import { Links } from '../links/links.service.ts';
import { MailTemplates } from '../mail/mail-templates.service.ts';
import { Outbox } from '../mail/outbox.service.ts';
import { responseRefusals } from './refusals.ts';
import { TriageQueries, type IncomingDetail } from './triage.queries.ts';
import { Triage } from './triage.service.ts';

/** The letter as it would go, and to whom */
export interface ProposalLetter extends Pick<ComposedMail, 'subject' | 'text'> {
  readonly name: Text;
  readonly address: string;
  readonly language: Language;
}

interface Reader {
  readonly told: AnnouncedToPerson;
  readonly address: string;
  readonly proposed: Text;
}

/** Answers to those who asked for another time. Accepting is moving the meeting, which tells everybody; refusing tells them alone. */
@Injectable()
export class Proposals {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly triage: Triage,
    private readonly queries: TriageQueries,
    private readonly announced: AnnouncedQueries,
    private readonly letters: Letters,
    private readonly links: Links,
    private readonly templates: MailTemplates,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The letter that would tell them that the date stays, with a link that leads nowhere. Undefined where nobody can be told: no address of
   * their own, withdrawn meanwhile, or it is no proposal.
   */
  async preview(id: string, note: string): Promise<ProposalLetter | undefined> {
    const reader = await this.readerOf(id, this.database.manager);
    if (!reader) return undefined;
    const { facts } = reader.told;
    const { subject, text: words } = this.compose(reader, note, 'preview');
    return { subject, text: words, name: facts.name, address: reader.address, language: facts.language };
  }

  /** Lets that letter go, and puts the proposal aside. @throws Refusal responses.mail-settled, responses.nobody-to-tell */
  async decline(id: string, note: string, actor: Actor): Promise<void> {
    await this.triage.putAside(id, 'declined', actor, async (tx) => {
      const reader = await this.readerOf(id, tx);
      if (!reader) throw Refusal.of(responseRefusals, 'responses.nobody-to-tell');
      const { meeting, person, facts, sent } = reader.told;
      const until = DateTime.fromISO(facts.endsAt);
      const link = await this.links.issue(tx, {
        purpose: 'participant',
        subject: `${meeting.id}/${person.id}`,
        expiresAt: until.plus({ days: READABLE_DAYS }),
      });
      const mail = this.compose(reader, note, link);
      const token = newAddressToken();
      // what they answer belongs to their invitation
      const from = this.letters.answeringMailbox(sent.token);
      await this.outbox.put(tx, {
        kind: mail.kind,
        to: { name: facts.name[facts.language], address: reader.address },
        from,
        replyTo: from,
        envelopeFrom: `bounce+${token}.0@${this.config.mailFromDomain}`,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: `<${mail.kind}-${token}@${this.config.mailFromDomain}>`,
        references: this.letters.messageIdOf(sent.token, 0),
        language: facts.language,
        personId: person.id,
        orderingKey: `${mail.kind}/${id}`,
        date: this.clock.now(),
        notAfter: until,
      });
    });
  }

  private compose({ told, proposed }: Reader, note: string, linkToken: string): ComposedMail {
    return composeProposalDeclined(this.templates.sources, {
      facts: told.facts,
      letterhead: this.letters.letterhead(told.cycle),
      proposed,
      note,
      answerUrl: this.letters.answerUrl(linkToken),
    });
  }

  private async readerOf(id: string, tx: EntityManager): Promise<Reader | undefined> {
    const one = await this.queries.one(id);
    if (one?.reason !== 'other-time' || !one.meetingId || !one.personId) return undefined;
    const told = await this.announced.toPerson(one.meetingId, one.personId, tx);
    const address = told?.facts.address;
    // to whoever waits for the news of a change «it stays as it was» would be wrong
    return told && address && told.state === 'open' ? { told, address, proposed: proposedBy(one) } : undefined;
  }
}

/** In the zone of the meeting */
function proposedBy({ reading, zone }: IncomingDetail): Text {
  const asked = reading?.answer?.proposed;
  if (!asked?.start) return text('', '');
  return asked.end
    ? timeRange(asked.start, asked.end, zone ?? 'Asia/Tokyo')
    : momentIn(asked.start, zone ?? 'Asia/Tokyo');
}
