import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Refusal } from '../kernel/refusal.ts';
import type { Text } from '../kernel/text.ts';
import { dayInZone, type Instant } from '../kernel/zoned-time.ts';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { MailState } from '../mail/delivery.ts';
import { Outbox, type MailPreview } from '../mail/outbox.service.ts';
import { ladderOf, type Planned } from './due-steps.ts';
import { ladderKey, type Hold } from './obligation.ts';
import { reminderRefusals } from './refusals.ts';
import { ReminderLetters } from './reminder-letters.service.ts';
import { telephonesOf } from './reminder-text.ts';
import { ReminderEntity } from './reminder.entity.ts';
import { YEAR, type About } from './reminder.ts';
import { aboutMatter, keyOf } from './reminders.service.ts';
import { isBefore, nextMoment } from './step-times.ts';
import { stepText } from './step-words.ts';
import { ReminderYears, type ReminderYear } from './reminder-years.queries.ts';

/** One reminder that is to come, as things stand */
export interface ComingReminder {
  readonly key: string;
  readonly at: Instant;
  readonly step: string;
  /** 期限の14日前 */
  readonly says: Text;
  readonly about: About;
  readonly hold: Hold | null;
  /** Due already, and waiting for the reader's hours, for a hold to end, or for the next round */
  readonly due: boolean;
}

/** What one reader would get on one day */
export interface ComingMail {
  readonly reader: string;
  /** Null: the telephone list */
  readonly to: { readonly kind: 'person' | 'office' | 'staff'; readonly name: Text; readonly address: string } | null;
  readonly at: Instant;
  /** On the reader's clock */
  readonly day: CalendarDate;
  readonly zone: string;
  readonly reminders: readonly ComingReminder[];
}

const told = {
  id: true,
  state: true,
  reason: true,
  step: true,
  about: true,
  dueAt: true,
  decidedAt: true,
  by: true,
  mailId: true,
} as const;

/** What became of one step */
export type PastReminder = Pick<ReminderEntity, keyof typeof told> & { readonly mailState: MailState | null };

/** Somebody who is to be called: the top of the ladder */
export interface Call {
  readonly about: About;
  readonly telephones: readonly { readonly of: Text; readonly number: string }[];
  readonly since: Instant;
}

export interface ReminderBoard {
  readonly paused: readonly {
    readonly subject: string;
    readonly name: Text | null;
    readonly by: string;
    readonly at: Date;
  }[];
  /** Who wants no reminders by mail */
  readonly unsubscribed: readonly {
    readonly subject: string;
    readonly name: Text | null;
    readonly by: string;
    readonly at: Date;
  }[];
  readonly yearPaused: boolean;
  readonly mailPaused: boolean;
  readonly coming: readonly ComingMail[];
  /** Further away than was asked for */
  readonly later: number;
  readonly calls: readonly Call[];
}

/** What will be asked of whom, what was, and whom to call */
@Injectable()
export class ReminderQueries {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly years: ReminderYears,
    private readonly letters: ReminderLetters,
    private readonly outbox: Outbox,
  ) {}

  /** @param until of what is to come; everything where not given. @throws Refusal where nobody with a telephone is in charge */
  async board(cycleId: string, until?: CalendarDate): Promise<ReminderBoard> {
    const year = await this.years.of(cycleId);
    const all = mailsOf(year);
    const coming = until === undefined ? all : all.filter(({ day }) => day <= until);
    return {
      paused: year.paused.map((one) => ({ ...one, name: pausedName(year, one.subject) })),
      unsubscribed: unsubscribedOf(year),
      yearPaused: year.paused.some(({ subject }) => subject === YEAR),
      mailPaused: year.due.policy.paused,
      coming,
      later: all.length - coming.length,
      calls: callsOf(year),
    };
  }

  /** @throws Refusal where nobody with a telephone is in charge */
  async calls(cycleId: string): Promise<Call[]> {
    return callsOf(await this.years.of(cycleId));
  }

  /** Who wants no reminders by mail, longest first. @throws Refusal where nobody with a telephone is in charge */
  async unsubscribed(cycleId: string): Promise<ReminderBoard['unsubscribed']> {
    return unsubscribedOf(await this.years.of(cycleId));
  }

  /** One mail as it would be put now. @param keys of reminders to one reader. @throws Refusal reminders.not-coming */
  async preview(cycleId: string, keys: readonly string[]): Promise<MailPreview & { readonly items: number }> {
    const year = await this.years.of(cycleId);
    const open: Planned[] = [...year.today.send, ...year.today.wait, ...year.coming];
    const items = keys.map((key) => open.find((one) => keyOf(one) === key)).filter((one) => one !== undefined);
    const to = year.recipients.get(items[0]?.reader?.key ?? '');
    if (items.length === 0 || items.length < keys.length || !to || items.some(({ reader }) => reader?.key !== to.key))
      throw Refusal.of(reminderRefusals, 'reminders.not-coming');
    return { ...(await this.outbox.preview(await this.letters.preview(year, to, items))), items: items.length };
  }

  /** Newest first */
  async past(cycleId: string, count: number): Promise<PastReminder[]> {
    const rows = await this.database.manager.find(ReminderEntity, {
      select: told,
      where: { cycleId },
      order: { decidedAt: 'DESC', id: 'ASC' },
      take: count,
    });
    const states: { id: string; state: MailState }[] = await this.database.query(
      `select id, state from mail where id = any($1)`,
      [rows.flatMap(({ mailId }) => mailId ?? [])],
    );
    const stateOf = new Map(states.map(({ id, state }) => [id, state]));
    return rows.map((row) => ({ ...row, mailState: stateOf.get(row.mailId ?? '') ?? null }));
  }
}

function mailsOf(year: ReminderYear): ComingMail[] {
  const { today, coming } = year;
  const due = new Set<Planned>([...today.send, ...today.list, ...today.wait]);
  const all = [...due, ...coming].map((planned) => {
    const zone = planned.reader?.zone ?? year.hours.zone;
    const at = due.has(planned) ? whenLeaves(planned, year) : planned.at;
    return { planned, zone, at, day: dayInZone(at, zone) };
  });
  return [...Map.groupBy(all, ({ planned, day }) => `${planned.reader?.key ?? ''} ${day}`).values()]
    .map((group): ComingMail => {
      const { planned, zone, day } = group[0]!;
      const to = planned.reader ? year.recipients.get(planned.reader.key)! : null;
      return {
        reader: planned.reader?.key ?? '',
        to: to && { kind: to.kind, name: to.name, address: to.address },
        at: group.map(({ at }) => at).sort()[0]!,
        day,
        zone,
        reminders: group.map(({ planned: one, at }) => ({
          key: keyOf(one),
          at,
          step: one.step.id,
          says: stepText(year.due.cycle.rules, one.step),
          about: aboutMatter(year.byLadder.get(ladderKey(one.obligation))!),
          hold: one.hold,
          due: due.has(one),
        })),
      };
    })
    .sort((a, b) => a.at.localeCompare(b.at) || a.reader.localeCompare(b.reader));
}

/** What is due leaves with the next round; at night or on a day off, when its reader works again; a second mail of one day, on the next */
function whenLeaves({ reader, step }: Planned, { now, hours, written }: ReminderYear): Instant {
  if (reader === null) return now;
  const isWorking = step.onDayOff === 'same' ? undefined : hours.readerDays(reader.zone);
  const from = nextMoment(now, reader.zone, hours, isWorking);
  const today = dayInZone(from, reader.zone);
  if (written.get(reader.key) !== today) return from;
  const tomorrow = new Date(Date.parse(from) + 86_400_000).toISOString();
  return nextMoment(tomorrow, reader.zone, hours, isWorking);
}

/** Those whose ladder has reached the telephone list, longest first; not where nothing may be asked at present */
function callsOf(year: ReminderYear): Call[] {
  return year.matters
    .flatMap((matter) => {
      if (matter.hold !== null) return [];
      const top = ladderOf(matter, year.steps, year.hours).find(
        ({ reader, at }) => reader === null && !isBefore(year.now, at),
      );
      if (!top || year.skippedByStaff.has(keyOf(top))) return [];
      const { about } = matter;
      const telephones = telephonesOf(about.person, about.office);
      return [{ about: aboutMatter(matter), telephones, since: top.at }];
    })
    .sort((a, b) => a.since.localeCompare(b.since) || a.about.who.en.localeCompare(b.about.who.en));
}

const unsubscribedOf = (year: ReminderYear): ReminderBoard['unsubscribed'] =>
  year.unsubscribed.map(({ subject, by, at }) => ({ subject, name: pausedName(year, subject), by, at }));

function pausedName({ due }: ReminderYear, subject: string): Text | null {
  const [kind, id] = subject.split('/');
  if (kind === 'meeting') return due.told.meetings.find((one) => one.id === id)?.title ?? null;
  if (kind === 'person') return due.roster.people.find((one) => one.id === id)?.name ?? null;
  if (kind === 'office') return due.roster.offices.find((one) => one.id === id)?.name ?? null;
  return null;
}
