import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyRequest } from 'fastify';
import { DateTime } from 'luxon';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../clock/clock.service.ts';
import { CONFIG, type Config } from '../../config/config.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import type { MeetingFacts } from '../../invitations/invitation.ts';
import { StaffQueries } from '../../identity/staff.queries.ts';
import { newId } from '../../kernel/ids.ts';
import type { Text } from '../../kernel/text.ts';
import type { KnownLink } from '../../links/link.ts';
import { Links } from '../../links/links.service.ts';
import { readNonce, writeNonce } from '../../links/nonce.ts';
import { OutboxQueries } from '../../mail/outbox.queries.ts';
import { Receipts, type Receiver } from '../../responses/receipts.service.ts';
import type { Giver } from '../../responses/responses.service.ts';
import type { ReadAnswer } from './answer-fields.ts';
import { confirmationOf, confirmedNonce, NONCE } from './confirmation.ts';

/** The link and what it opens */
export type OfLink = Pick<KnownLink, 'id' | 'nonceKey' | 'expired'>;

/** Days for which a renewed link can be used, and minutes before another one is sent */
const RENEWED_DAYS = 60;
const RENEWAL_PAUSE_MINUTES = 30;

/** What the forms behind emailed links have in common: two steps, a seal on each, and what is known of who sends them (itip G2, G4, G8) */
@Injectable()
export class LinkForms {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly links: Links,
    private readonly receipts: Receipts,
    private readonly outbox: OutboxQueries,
    private readonly staff: StaffQueries,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Seals the form on a page that is about to be shown */
  seal({ nonceKey: key }: OfLink): string {
    return writeNonce({ key, step: 'choose', content: '' }, this.now(), newId());
  }

  isSealed({ nonceKey: key }: OfLink, body: Readonly<Record<string, unknown>>): boolean {
    return readNonce({ key, step: 'choose', content: '' }, body[NONCE], this.now()) !== undefined;
  }

  confirmation(
    { nonceKey: key }: OfLink,
    read: readonly ReadAnswer[],
    of: Parameters<typeof confirmationOf>[1],
    readerZone: string,
    givenBy?: string,
  ) {
    return confirmationOf(read, of, readerZone, { key, now: this.now(), once: newId() }, givenBy);
  }

  /** @returns what uses the page up when the answer is recorded; undefined where it is not one of ours or too old */
  confirmed(
    { id, nonceKey: key }: OfLink,
    body: Readonly<Record<string, unknown>>,
    read: readonly ReadAnswer[],
    givenBy?: string,
  ): Giver['spend'] | undefined {
    const spent = confirmedNonce(body[NONCE], read, { key }, this.now(), givenBy);
    return spent === undefined ? undefined : (tx) => this.links.spend(tx, id, spent);
  }

  /** Behind the built-in mailbox no scanner stands, so that somebody who is quick there is only quick. */
  async circumstances(
    request: FastifyRequest,
    to: { personId: string } | { officeId: string },
  ): Promise<NonNullable<Giver['circumstances']>> {
    const deliveredAt = this.config.embeddedMailbox ? undefined : await this.outbox.handedOverAt(to);
    return { userAgent: request.headers['user-agent'], deliveredAt };
  }

  /** Mails a new link to the address on file, once in a while however often it is asked for. It tells nothing to whoever asks. */
  async renew(
    link: OfLink & Pick<KnownLink, 'subject'>,
    purpose: 'office' | 'participant',
    it: { cycle: Cycle; to: Receiver; facts: MeetingFacts; urlOf: (token: string) => string },
  ): Promise<void> {
    if (!link.expired) return;
    const now = this.clock.now();
    const expiresAt = DateTime.max(now.plus({ days: RENEWED_DAYS }), DateTime.fromISO(it.facts.endsAt));
    await this.database.transaction(async (tx: EntityManager) => {
      const newest = await this.links.issuedLast(tx, purpose, link.subject);
      if (newest && now.toMillis() - newest.getTime() < RENEWAL_PAUSE_MINUTES * 60_000) return;
      const token = await this.links.issue(tx, { purpose, subject: link.subject, expiresAt });
      await this.receipts.renewLink(tx, it.cycle, it.to, it.facts, it.urlOf(token), expiresAt);
    });
  }

  /** Tells staff, once a day, that the link has reached somebody else than its reader. */
  async notTheirs({ id }: OfLink, cycle: Cycle, name: Text, facts: MeetingFacts): Promise<void> {
    const staff = (await this.staff.list()).find((one) => one.email === facts.staffInCharge.address);
    await this.database.transaction(async (tx: EntityManager) => {
      if (!(await this.links.spend(tx, id, `not-theirs/${this.clock.now().toISODate()}`))) return;
      await this.receipts.notTheirs(tx, cycle, name, facts, staff?.language ?? 'ja');
    });
  }

  private now(): number {
    return this.clock.now().toMillis();
  }
}
