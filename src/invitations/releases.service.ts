import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DateTime } from 'luxon';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { newAddressToken, newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { Links } from '../links/links.service.ts';
import { mayLeave, type Policy } from '../mail/rehearsal.ts';
import { MailPolicy } from '../mail/mail-policy.service.ts';
import { Outbox, type MailPreview } from '../mail/outbox.service.ts';
import type { Change } from './change.ts';
import { InvitationEntity } from './invitation.entity.ts';
import { faultToInvite, whenOf, type InvitationFacts } from './invitation.ts';
import {
  nextMessage,
  type CancelMessage,
  type NewMessage,
  type NextMessage,
  type SentInvitation,
  type UpdateMessage,
} from './itip.ts';
import { Letters, type Numbered } from './letters.service.ts';
import { OfficeNoticeEntity } from './office-notice.entity.ts';
import { stateOf } from './mail-text.ts';
import { invitationRefusals } from './refusals.ts';
import { ReleaseEntity } from './release.entity.ts';
import {
  YearInvitations,
  type OfficeDue,
  type PersonDue,
  type Unreachable,
  type YearDue,
} from './year-invitations.service.ts';

/** One mail that waits for release */
export interface PendingMail {
  readonly key: string;
  readonly to: 'person' | 'office';
  readonly recipient: { readonly id: string; readonly name: Text; readonly address: string | null };
  readonly language: Language;
  readonly action: 'new' | 'update' | 'cancel' | 'notice';
  readonly meetings: readonly {
    readonly id: string;
    readonly title: Text;
    readonly when: Text;
    readonly state: string;
  }[];
  readonly changes: readonly Pick<Change, 'label' | 'before' | 'after'>[];
  /** Why it cannot be sent */
  readonly problem: Text | null;
  /** In rehearsal only mail to listed addresses leaves */
  readonly wouldLeave: boolean;
}

export interface Released {
  readonly releaseId: string;
  readonly mails: number;
  /** By rehearsal */
  readonly keptBack: number;
}

/** Who would be told what, and letting it go. Nothing is ever sent but through here. */
@Injectable()
export class Releases {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly year: YearInvitations,
    private readonly letters: Letters,
    private readonly links: Links,
    private readonly outbox: Outbox,
    private readonly policy: MailPolicy,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  async pending(cycleId: string): Promise<PendingMail[]> {
    const due = await this.year.due(cycleId);
    const policy = await this.policy.get();
    return [
      ...due.offices.map((office) => pendingOffice(office, policy)),
      ...due.people.map((person) => pendingPerson(person, policy)),
      ...due.unreachable.map(unreachable),
    ];
  }

  /** The mail as it would arrive if it were released now */
  async preview(cycleId: string, key: string): Promise<MailPreview> {
    const due = await this.year.due(cycleId);
    const office = due.offices.find((one) => one.key === key);
    if (office) return this.outbox.preview(this.letters.officeNotice(due, office, 'preview', newAddressToken()));
    const person = due.people.find((one) => one.key === key);
    const written = person && this.written(person, person.invitation?.sent, person.next);
    if (!written) throw Refusal.of(invitationRefusals, 'invitations.not-pending');
    const { message, facts, numbered } = written[0]!;
    return this.outbox.preview(this.letters.invitation(due.cycle, message, facts, numbered, 'preview'));
  }

  /**
   * Lets mails go: all that wait, or those named. What was chosen and need not be sent any more is refused as a whole, so that staff
   * never send another thing than they looked at.
   */
  async release(cycleId: string, which: 'all' | readonly string[], actor: Actor): Promise<Released> {
    return this.database.transaction(async (tx) => {
      // two releases at once would tell everybody twice
      await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 7))`, [`release ${cycleId}`]);
      const due = await this.year.due(cycleId, tx);
      const chosen = which === 'all' ? undefined : new Set(which);
      const offices = due.offices.filter((office) => chosen?.has(office.key) ?? true);
      const people = due.people.filter((person) => (chosen ? chosen.has(person.key) : true) && isSendable(person));
      if (chosen && offices.length + people.length < chosen.size)
        throw Refusal.of(invitationRefusals, 'invitations.not-pending');
      if (offices.length + people.length === 0) throw Refusal.of(invitationRefusals, 'invitations.nothing-to-release');
      const policy = await this.policy.get(tx);
      const releaseId = newId();
      const count = { mails: 0, keptBack: 0 };
      for (const office of offices) await this.releaseOffice(tx, due, office, policy, releaseId, count);
      for (const person of people) await this.releasePerson(tx, due, person, policy, releaseId, count);
      await tx.insert(ReleaseEntity, {
        id: releaseId,
        cycleId,
        by: actor.name,
        mails: count.mails,
        at: this.clock.now().toJSDate(),
      });
      await this.trail.record(tx, {
        actor,
        verb: 'invitations.release',
        subject: `release/${releaseId}`,
        after: { cycle: cycleId, ...count },
      });
      return { releaseId, ...count };
    });
  }

  private async releaseOffice(
    tx: EntityManager,
    due: YearDue,
    office: OfficeDue,
    policy: Policy,
    releaseId: string,
    count: { mails: number; keptBack: number },
  ): Promise<void> {
    const leaves = mayLeave(policy, { address: office.office.address, evenInRehearsal: false });
    const link = await this.links.issue(tx, {
      purpose: 'office',
      subject: `${due.cycle.id}/${office.office.id}`,
      expiresAt: endOfCycle(due),
    });
    await this.outbox.put(tx, this.letters.officeNotice(due, office, link, newAddressToken(), releaseId));
    count.mails++;
    if (!leaves) {
      count.keptBack++;
      return;
    }
    const values = {
      told: [...office.now],
      revision: (office.notice?.revision ?? -1) + 1,
      sentAt: this.clock.now().toJSDate(),
    };
    await tx.upsert(OfficeNoticeEntity, { cycleId: due.cycle.id, officeId: office.office.id, ...values } as never, [
      'cycleId',
      'officeId',
    ]);
  }

  private async releasePerson(
    tx: EntityManager,
    due: YearDue,
    person: PersonDue,
    policy: Policy,
    releaseId: string,
    count: { mails: number; keptBack: number },
  ): Promise<void> {
    const sent = await this.takenBack(tx, person);
    const next = nextMessage(sent, person.facts, { answered: person.answered, at: this.clock.now().toISO()! });
    if (next.action === 'withdraw' && person.invitation) {
      await tx.update(
        InvitationEntity,
        { id: person.invitation.id },
        { state: 'cancelled', sent: { ...sent!, state: 'withdrawn' } as never },
      );
      if (!next.thenNew) return;
    }
    for (const { message, facts, numbered } of this.written(person, sent, next, releaseId) ?? []) {
      const leaves = mayLeave(policy, { address: facts.address!, evenInRehearsal: false });
      const expiresAt = DateTime.fromISO(facts.endsAt).plus({ days: 30 });
      const link = await this.links.issue(tx, {
        purpose: 'participant',
        subject: `${person.meeting.id}/${person.person.id}`,
        expiresAt,
      });
      await this.outbox.put(tx, this.letters.invitation(due.cycle, message, facts, numbered, link));
      count.mails++;
      if (leaves) await this.remember(tx, person, message, facts, numbered, sent);
      else count.keptBack++;
    }
  }

  /** A waiting mail that a newer one replaces is taken back; where it has left meanwhile, it counts as sent. */
  private async takenBack(tx: EntityManager, { invitation }: PersonDue): Promise<SentInvitation | undefined> {
    if (!invitation) return undefined;
    const withdrawn = await this.outbox.withdrawWaiting(tx, `invitation/${invitation.id}`);
    const { sent } = invitation;
    if (sent.state !== 'waiting' || withdrawn.length > 0) return sent;
    return { ...sent, state: 'sent' };
  }

  private written(
    person: PersonDue,
    sent: SentInvitation | undefined,
    next: NextMessage,
    releaseId?: string,
  ): { message: NewMessage | UpdateMessage | CancelMessage; facts: InvitationFacts; numbered: Numbered }[] | undefined {
    const now = this.clock.now().toISO()!;
    const release = releaseId ? { releaseId } : {};
    const fresh = (): Numbered => {
      const token = newAddressToken();
      return { invitationId: newId(), token, uid: this.letters.uidOf(token), revision: 0, createdAt: now, ...release };
    };
    const following = (): Numbered => ({
      invitationId: person.invitation!.id,
      token: sent!.token,
      uid: sent!.uid,
      revision: sent!.revision + 1,
      createdAt: sent!.createdAt,
      // of a mail that was taken back before it left nobody has the first message
      ...(sent!.state === 'waiting' ? {} : { references: sent!.messageIds[0]! }),
      ...release,
    });
    const newMessage: NewMessage = { action: 'new', uid: 'fresh', sequence: 0, again: false };
    if (next.action === 'new')
      return person.facts?.address
        ? [{ message: next, facts: person.facts, numbered: next.uid === 'waiting' ? following() : fresh() }]
        : undefined;
    if (next.action === 'update') return [{ message: next, facts: person.facts!, numbered: following() }];
    const then =
      'thenNew' in next && next.thenNew && person.facts?.address
        ? [{ message: newMessage, facts: person.facts, numbered: fresh() }]
        : [];
    if (next.action === 'cancel') return [{ message: next, facts: sent!.facts, numbered: following() }, ...then];
    return next.action === 'withdraw' && then.length > 0 ? then : undefined;
  }

  private async remember(
    tx: EntityManager,
    person: PersonDue,
    message: NewMessage | UpdateMessage | CancelMessage,
    facts: InvitationFacts,
    numbered: Numbered,
    before: SentInvitation | undefined,
  ): Promise<void> {
    const follows = numbered.revision > 0;
    const sent: SentInvitation = {
      facts,
      uid: numbered.uid,
      sequence: message.sequence,
      revision: numbered.revision,
      token: numbered.token,
      messageIds: [
        ...(follows && numbered.references ? before!.messageIds : []),
        this.letters.messageIdOf(numbered.token, numbered.revision),
      ],
      createdAt: numbered.createdAt,
      state: message.action === 'cancel' ? 'cancelled' : follows && before!.state === 'sent' ? 'sent' : 'waiting',
    };
    const columns = {
      sequence: sent.sequence,
      sent: sent as never,
      state: message.action === 'cancel' ? ('cancelled' as const) : ('live' as const),
      sentAt: this.clock.now().toJSDate(),
    };
    if (follows) await tx.update(InvitationEntity, { id: numbered.invitationId }, columns);
    else
      await tx.insert(InvitationEntity, {
        id: numbered.invitationId,
        meetingId: person.meeting.id,
        personId: person.person.id,
        token: numbered.token,
        uid: numbered.uid,
        ...columns,
      });
  }
}

const endOfCycle = (due: YearDue): DateTime =>
  DateTime.fromISO(`${due.cycle.fiscalYear + 1}-04-30T00:00`, { zone: due.cycle.rules.zone });

/** Somebody without a mailbox is reached by their office only */
const isSendable = ({ next, facts }: PersonDue): boolean =>
  next.action === 'cancel' || next.action === 'withdraw' || (facts?.address != null && !faultToInvite(facts));

function pendingPerson(person: PersonDue, policy: Policy): PendingMail {
  const facts = person.facts ?? person.invitation!.sent.facts;
  const { next } = person;
  const address = next.action === 'cancel' ? person.invitation!.sent.facts.address : facts.address;
  return {
    key: person.key,
    to: 'person',
    recipient: { id: person.person.id, name: person.person.name, address },
    language: facts.language,
    action: next.action === 'withdraw' ? 'cancel' : next.action,
    meetings: [{ id: person.meeting.id, title: person.meeting.title, when: whenOf(facts)[0]!, state: next.action }],
    changes: next.action === 'update' ? next.changes : [],
    problem: problemOf(person, address),
    wouldLeave: address !== null && mayLeave(policy, { address, evenInRehearsal: false }),
  };
}

function problemOf({ facts, next }: PersonDue, address: string | null): Text | null {
  if (next.action === 'cancel' || next.action === 'withdraw') return null;
  // somebody who is reached only through an office is told by the office's mail
  if (address === null)
    return facts?.reach === 'office' ? null : text('メールアドレスがありません', 'No address is known');
  return (facts && faultToInvite(facts)) ?? null;
}

/** Asked to come, and nobody would hear of it: no mailbox, and no office that answers for them */
const unreachable = ({ meeting, facts }: Unreachable): PendingMail => ({
  key: `unreachable/${meeting.key}/${facts.personId}`,
  to: 'person',
  recipient: { id: facts.personId, name: facts.name, address: null },
  language: facts.language,
  action: 'new',
  meetings: [{ id: meeting.id, title: meeting.title, when: whenOf(facts)[0]!, state: 'new' }],
  changes: [],
  problem: text(
    'メールアドレスも、代わりに回答する窓口も登録されていません',
    'Neither an address nor an office that answers for them is known',
  ),
  wouldLeave: false,
});

const pendingOffice = ({ key, office, news }: OfficeDue, policy: Policy): PendingMail => ({
  key,
  to: 'office',
  recipient: { id: office.id, name: office.name, address: office.address },
  language: office.language,
  action: 'notice',
  meetings: news.map((meeting) => ({
    id: meeting.facts.meetingId,
    title: meeting.facts.title,
    when: whenOf(meeting.facts)[0]!,
    state: stateOf(meeting),
  })),
  changes: news.flatMap((meeting) => meeting.changes),
  problem: null,
  wouldLeave: mayLeave(policy, { address: office.address, evenInRehearsal: false }),
});
