import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { CONFIG, type Config } from '../config/config.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { newAddressToken, newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { hashOf } from '../links/link.ts';
import { Links } from '../links/links.service.ts';
import { Outbox } from '../mail/outbox.service.ts';
import { identityRefusals } from './refusals.ts';
import { pathOfOurs } from './session.ts';
import { Sessions } from './sessions.service.ts';
import { signInMail } from './sign-in-mail.ts';
import { StaffEntity } from './staff.entity.ts';
import { StaffQueries } from './staff.queries.ts';
import type { StaffMember } from './staff.ts';

/** The queue in which asked-for links are sent; `sign-in.worker.ts` works it */
export const SIGN_IN_QUEUE = 'identity/sign-in-mail';

const LINK_MINUTES = 15;
/** In a quarter of an hour: mails to one address, and requests from one network address (an office shares one) */
const WINDOW_MINUTES = 15;
const PER_ADDRESS = 3;
const PER_ORIGIN = 30;

/** Signing in by a one-time link: opening it changes nothing, because mail scanners open links; pressing the button on its page does. */
@Injectable()
export class SignIn {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly links: Links,
    private readonly outbox: Outbox,
    private readonly staff: StaffQueries,
    private readonly sessions: Sessions,
    private readonly trail: Trail,
  ) {}

  /** @returns the token of a link that works once within 15 minutes; `addressOf` makes the address */
  async issueLink(tx: EntityManager, staffId: string): Promise<string> {
    const member = await this.staff.one(staffId, tx);
    if (!member) throw Refusal.of(identityRefusals, 'identity.unknown');
    if (!member.active) throw Refusal.of(identityRefusals, 'identity.not-active');
    const expiresAt = this.clock.now().plus({ minutes: LINK_MINUTES });
    return this.links.issue(tx, { purpose: 'sign-in', subject: staffId, expiresAt });
  }

  /** The address of a sign-in link: always under the one public address, never under what a request calls us */
  addressOf(token: string, returnTo?: string): string {
    const to = pathOfOurs(returnTo);
    return `${this.config.baseUrl}/sign-in/${token}${to ? `?to=${encodeURIComponent(to)}` : ''}`;
  }

  /**
   * Somebody asks for a link. Whether the address is known, and whether too many were asked for, can be told neither from the answer
   * (there is none) nor from how long it took: the address is looked up later, by a job.
   * @param from.origin network address that asks
   * @param from.returnTo path that was wanted
   */
  async request(email: string, from: { origin?: string; returnTo?: string } = {}): Promise<void> {
    const now = this.clock.now();
    const addressHash = hashOf(email.trim().toLowerCase());
    const originHash = hashOf(from.origin ?? '');
    await this.database.transaction(async (tx) => {
      // What comes at the same time from one place, or for one address, is counted one after the other
      for (const counted of [originHash, addressHash])
        await tx.query(`select pg_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 0))`, [counted]);
      await tx.query(`delete from sign_in_request where at < $1`, [now.minus({ days: 1 }).toJSDate()]);
      const [recent]: { address: number; origin: number }[] = await tx.query(
        `select (select count(*)::int from sign_in_request where address_hash = $1 and at > $3) as address,
                (select count(*)::int from sign_in_request where origin_hash = $2 and at > $3) as origin`,
        [addressHash, originHash, now.minus({ minutes: WINDOW_MINUTES }).toJSDate()],
      );
      if (recent!.address >= PER_ADDRESS || recent!.origin >= PER_ORIGIN) return;
      const id = newId();
      await tx.query(
        `insert into sign_in_request (id, address_hash, origin_hash, return_to, at) values ($1, $2, $3, $4, $5)`,
        [id, addressHash, originHash, pathOfOurs(from.returnTo) ?? null, now.toJSDate()],
      );
      await this.jobs.send(tx, SIGN_IN_QUEUE, { requestId: id });
    });
  }

  /** The job behind `request`: a mail where the address is that of an active member of staff. Safe to repeat. */
  async answer(requestId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [request]: { addressHash: Buffer; returnTo: string | null }[] = await tx.query(
        `select address_hash as "addressHash", return_to as "returnTo" from sign_in_request
          where id = $1 and done_at is null for update`,
        [requestId],
      );
      if (!request) return;
      const everybody = await tx.findBy(StaffEntity, { active: true });
      const member = everybody.find((one) => hashOf(one.email).equals(request.addressHash));
      if (member) await this.mailLink(tx, { ...member }, request.returnTo ?? undefined);
      await tx.query(`update sign_in_request set done_at = $2 where id = $1`, [requestId, this.clock.now().toJSDate()]);
    });
  }

  /** For the page that a GET of the link shows: whether its button would work. Changes nothing. */
  async isUsable(token: string): Promise<boolean> {
    return (await this.links.open(this.database.manager, 'sign-in', token)) !== undefined;
  }

  /**
   * The button was pressed.
   * @returns the session's token, for `sessionCookie`
   * @throws Refusal identity.link-over where the link is unknown, used or over, or its owner's account no longer active
   */
  async consume(token: string): Promise<string> {
    return this.database.transaction(async (tx) => {
      const link = await this.links.consume(tx, 'sign-in', token);
      const member = link && (await this.staff.one(link.subject, tx));
      if (!member?.active) throw Refusal.of(identityRefusals, 'identity.link-over');
      const session = await this.sessions.begin(tx, member.id);
      const actor = { kind: 'staff', id: member.id, name: member.nameJa } as const;
      await this.trail.record(tx, { actor, verb: 'identity.sign-in', subject: `staff/${member.id}` });
      return session;
    });
  }

  private async mailLink(tx: EntityManager, staff: StaffMember, returnTo: string | undefined): Promise<void> {
    const token = await this.issueLink(tx, staff.id);
    const now = this.clock.now();
    const mail = signInMail({
      staff,
      url: this.addressOf(token, returnTo),
      now,
      expiresAt: now.plus({ minutes: LINK_MINUTES }),
      senderName: this.config.mailFromName,
      domain: this.config.mailFromDomain,
      key: newAddressToken(),
    });
    await this.outbox.put(tx, mail);
  }
}
