import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import { newId } from '../kernel/ids.ts';
import { Refusal } from '../kernel/refusal.ts';
import { text, type Text } from '../kernel/text.ts';
import { dayInZone } from '../kernel/zoned-time.ts';
import { Outbox } from '../mail/outbox.service.ts';
import { digestsOf, isAudience, takenKey, type Digest, type Planned, type SkipReason } from './due-steps.ts';
import type { Matter } from './matter.ts';
import { holdNames, ladderKey } from './obligation.ts';
import { reminderRefusals } from './refusals.ts';
import { ReminderLetters } from './reminder-letters.service.ts';
import { ReminderPauseEntity } from './reminder-pause.entity.ts';
import { ReminderEntity } from './reminder.entity.ts';
import { isLive, isPauseSubject, type About, type ReminderState } from './reminder.ts';
import { ReminderYears, type ReminderYear } from './reminder-years.queries.ts';

/** What one round did */
export interface Round {
  readonly mails: number;
  readonly listed: number;
  readonly skipped: number;
}

/** Reminds those who still owe something, by the programme's steps; staff can look ahead, stop and hurry them. */
@Injectable()
export class Reminders {
  readonly #log = new Logger('Reminders');

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly years: ReminderYears,
    private readonly cycles: CycleQueries,
    private readonly letters: ReminderLetters,
    private readonly outbox: Outbox,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Every year that is still asked after. A year in which nobody is in charge waits; the pages say so. */
  async round(): Promise<void> {
    for (const cycle of await this.cycles.all()) {
      const today = dayInZone(this.clock.now().toISO()!, cycle.rules.zone);
      if (!isLive(cycle, today)) continue;
      try {
        await this.reconsider(cycle.id);
        await this.remind(cycle.id);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.#log.warn(`${cycle.programme} ${cycle.fiscalYear}: ${error.text.en}`);
      }
    }
  }

  /**
   * Decides what is due now, and puts its mails into the outbox in the same transaction. Safe to repeat, and to run at the same time in
   * several processes: each step is taken once. While all mail is paused nothing is decided, so that nobody is reminded later of what
   * they did meanwhile.
   */
  async remind(cycleId: string): Promise<Round> {
    return this.database.transaction(async (tx) => {
      await inTurn(tx, cycleId);
      const year = await this.years.of(cycleId, tx);
      if (year.due.policy.paused) return { mails: 0, listed: 0, skipped: 0 };
      const { today, coming, now, written } = year;
      const digests = digestsOf(today, coming, now, written);
      const sent = new Set(digests.flatMap(({ items }) => items.map(({ obligation }) => ladderKey(obligation))));
      for (const digest of digests) await this.send(tx, year, digest, '');
      for (const planned of today.list) await this.take(tx, year, planned, 'listed');
      // what was overtaken by a step that waits until tomorrow is settled with it
      const waiting = new Set(
        today.send.map(({ obligation }) => ladderKey(obligation)).filter((key) => !sent.has(key)),
      );
      const skipped = today.skip.filter(({ obligation }) => !waiting.has(ladderKey(obligation)));
      for (const planned of skipped) await this.take(tx, year, planned, 'skipped', { reason: planned.reason });
      return { mails: digests.length, listed: today.list.length, skipped: skipped.length };
    });
  }

  /**
   * Staff do not wait for the hour: what one reader would get of these steps goes now, as one mail.
   * @param keys as `takenKey` has them
   * @returns how many mails
   * @throws Refusal reminders.not-coming, reminders.held, reminders.mail-paused
   */
  async sendNow(cycleId: string, keys: readonly string[], actor: Actor): Promise<number> {
    return this.database.transaction(async (tx) => {
      await inTurn(tx, cycleId);
      const year = await this.years.of(cycleId, tx);
      if (year.due.policy.paused) throw Refusal.of(reminderRefusals, 'reminders.mail-paused');
      const chosen = keys.map((key) => plannedOf(year, key));
      const mails = Map.groupBy(chosen, ({ reader }) => reader!.key);
      for (const items of mails.values()) {
        await this.send(tx, year, { reader: items[0]!.reader!, items }, actor.name);
        const after = { to: year.recipients.get(items[0]!.reader!.key)!.name.ja, reminders: items.length };
        await this.trail.record(tx, { actor, verb: 'reminders.send', subject: `cycle/${cycleId}`, after });
      }
      return mails.size;
    });
  }

  /** One step of one ladder is not taken; those after it are. @throws Refusal reminders.not-coming */
  async skip(cycleId: string, key: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await inTurn(tx, cycleId);
      const year = await this.years.of(cycleId, tx);
      const planned = [...year.coming, ...openNow(year)].find((one) => keyOf(one) === key);
      if (!planned) throw Refusal.of(reminderRefusals, 'reminders.not-coming');
      await this.take(tx, year, planned, 'skipped', { reason: 'by-staff', by: actor.name });
      const { who, what } = aboutOf(year, planned);
      const after = { who: who.ja, what: what.ja, step: planned.step.id };
      await this.trail.record(tx, { actor, verb: 'reminders.skip', subject: `cycle/${cycleId}`, after });
    });
  }

  /** Takes a skip back, whether it was done or not */
  async unskip(cycleId: string, id: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { affected } = await tx.delete(ReminderEntity, { id, cycleId, reason: 'by-staff' });
      if (affected) await this.trail.record(tx, { actor, verb: 'reminders.unskip', subject: `cycle/${cycleId}` });
    });
  }

  /** @param subject `year`, `meeting/<id>`, `person/<id>`, `office/<id>`; pausing twice does no harm. @throws Refusal reminders.unknown-subject */
  async pause(cycleId: string, subject: string, actor: Actor): Promise<void> {
    if (!isPauseSubject(subject)) throw Refusal.of(reminderRefusals, 'reminders.unknown-subject');
    await this.database.transaction(async (tx) => {
      await inTurn(tx, cycleId);
      const row = { cycleId, subject, by: actor.name, at: this.clock.now().toJSDate() };
      const { identifiers } = await tx
        .createQueryBuilder()
        .insert()
        .into(ReminderPauseEntity)
        .values(row)
        .orIgnore()
        .returning(['subject'])
        .execute();
      if (identifiers.filter(Boolean).length > 0)
        await this.trail.record(tx, {
          actor,
          verb: 'reminders.pause',
          subject: `cycle/${cycleId}`,
          after: { what: subject },
        });
    });
  }

  /** What was missed meanwhile is not made up for step by step: the latest step counts. */
  async resume(cycleId: string, subject: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await inTurn(tx, cycleId);
      const { affected } = await tx.delete(ReminderPauseEntity, { cycleId, subject });
      if (affected)
        await this.trail.record(tx, {
          actor,
          verb: 'reminders.resume',
          subject: `cycle/${cycleId}`,
          before: { what: subject },
        });
    });
  }

  /**
   * Somebody answered, handed something in, a meeting changed or reminders were paused while reminders still wait in the outbox: those that ask for what is no
   * longer wanted are taken back. What else they would have asked for is decided anew.
   */
  async reconsider(cycleId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await inTurn(tx, cycleId);
      const waiting: { mailId: string; asked: { key: string; step: string }[]; orderingKey: string }[] = await tx.query(
        `select m.id as "mailId", m.ordering_key as "orderingKey",
                json_agg(json_build_object('key', r.who || ' ' || r.obligation, 'step', r.step)) as asked
           from reminder r join mail m on m.id = r.mail_id
          where r.cycle_id = $1 and m.state in ('queued', 'held', 'retry') group by m.id, m.ordering_key`,
        [cycleId],
      );
      if (waiting.length === 0) return;
      const { byLadder, steps } = await this.years.of(cycleId, tx);
      const isOpen = ({ key, step }: { key: string; step: string }) => {
        const matter = byLadder.get(key);
        if (matter?.hold !== null) return false;
        const taken = steps.find((one) => one.id === step);
        return taken ? isAudience(taken, matter) : matter.standing === 'unanswered';
      };
      const stale = waiting.filter(({ asked }) => !asked.every(isOpen));
      for (const { orderingKey } of stale)
        for (const { id } of await this.outbox.withdrawWaiting(tx, orderingKey))
          await tx.delete(ReminderEntity, { mailId: id });
    });
  }

  /** A step that was taken already breaks the constraint, and with it the whole round: then no mail leaves either. */
  private async send(tx: EntityManager, year: ReminderYear, { reader, items }: Digest, by: string): Promise<void> {
    const to = year.recipients.get(reader.key)!;
    const mailId = await this.outbox.put(tx, await this.letters.write(tx, year, to, items));
    for (const planned of items) await this.take(tx, year, planned, 'sent', { mailId, reader: reader.key, by });
  }

  private async take(
    tx: EntityManager,
    year: ReminderYear,
    planned: Planned,
    state: ReminderState,
    how: { mailId?: string; reader?: string; reason?: SkipReason; by?: string } = {},
  ): Promise<void> {
    const { obligation, step, at } = planned;
    await tx.insert(ReminderEntity, {
      id: newId(),
      cycleId: year.due.cycle.id,
      who: obligation.who,
      obligation: obligation.key,
      step: step.id,
      rehearsal: year.due.policy.rehearsal,
      state,
      reason: how.reason ?? null,
      reader: how.reader ?? null,
      mailId: how.mailId ?? null,
      about: aboutOf(year, planned, how.reader),
      dueAt: new Date(at),
      decidedAt: this.clock.now().toJSDate(),
      by: how.by ?? '',
    });
  }
}

export const keyOf = ({ obligation, step }: Planned): string => takenKey(obligation, step.id);

/** Due, and neither sent nor listed yet */
const openNow = ({ today }: ReminderYear): Planned[] => [...today.send, ...today.wait];

function plannedOf(year: ReminderYear, key: string): Planned {
  const planned = [...openNow(year), ...year.coming].find((one) => keyOf(one) === key && one.reader !== null);
  if (!planned) throw Refusal.of(reminderRefusals, 'reminders.not-coming');
  if (planned.hold !== null)
    throw Refusal.of(reminderRefusals, 'reminders.held', {
      name: year.recipients.get(planned.reader!.key)!.name,
      why: holdNames[planned.hold],
    });
  return planned;
}

/** Who and what, as they are called now */
export function aboutOf(year: ReminderYear, planned: Planned, reader?: string): About {
  const matter = year.byLadder.get(ladderKey(planned.obligation))!;
  const to = reader === undefined ? undefined : year.recipients.get(reader)?.name;
  return { ...aboutMatter(matter), ...(to ? { to } : {}) };
}

const staffName = text('事務局', 'secretariat');

export function aboutMatter({ about, due }: Matter): About {
  if (about.kind === 'answer')
    return {
      who: about.person.name,
      what: about.facts.title,
      due,
      meetingId: about.meeting.id,
      milestoneId: null,
      attendeeId: about.attendee.id,
    };
  const who: Text = about.office?.name ?? about.person?.name ?? staffName;
  const { id, title, meetingId } = about.milestone;
  return { who, what: title, due, meetingId, milestoneId: id, attendeeId: null };
}

/** Rounds and commands about the reminders of one year take turns, in whatever process they run. */
export const inTurn = (tx: EntityManager, cycleId: string): Promise<unknown> =>
  tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`reminders/${cycleId}`]);
