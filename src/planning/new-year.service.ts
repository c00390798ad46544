import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { CONFIG, type Config } from '../config/config.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import { Cycles } from '../cycle/cycle.service.ts';
import { generateYear } from '../cycle/generate.ts';
import type { GeneratedYear } from '../cycle/generated-year.ts';
import { StaffQueries } from '../identity/staff.queries.ts';
import { dayIn } from '../kernel/fiscal-year.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Meetings } from '../meetings/meetings.service.ts';
import { Milestones } from '../milestones/milestones.service.ts';
import { Programmes } from '../programme/programmes.service.ts';
import type { Programme } from '../programme/programme.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import { planningRefusals } from './refusals.ts';

/** What staff chose for a year, before it is created */
export interface YearChoices {
  readonly programme: string;
  readonly fiscalYear: number;
  readonly options?: Readonly<Record<string, boolean>>;
  /** By activity, days of the fiscal year as `MM-DD`; activities left out keep last year's window */
  readonly windows?: Readonly<Record<string, { from: string; to: string }>>;
  /** Keys of generated rows that staff drop */
  readonly dropped?: readonly string[];
  /** Whose name and telephone stand in mails; otherwise whoever sets the year up */
  readonly staffInCharge?: string | null;
}

export interface YearPreview {
  readonly rules: Programme;
  readonly year: GeneratedYear;
  /** The rules of the year from which the windows were copied; undefined in the first year */
  readonly previous: { readonly fiscalYear: number; readonly rules: Programme } | undefined;
  readonly exists: boolean;
}

/** A fiscal year from nothing: what it will consist of, and its creation */
@Injectable()
export class NewYear {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly programmes: Programmes,
    private readonly roster: RosterQueries,
    private readonly cycles: Cycles,
    private readonly cycleQueries: CycleQueries,
    private readonly meetings: Meetings,
    private readonly milestones: Milestones,
    private readonly staff: StaffQueries,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async preview(choices: YearChoices): Promise<YearPreview> {
    const programme = await this.programmes.one(choices.programme);
    const all = (await this.cycleQueries.all()).filter((cycle) => cycle.programme === programme.id);
    const previous = all.find((cycle) => cycle.fiscalYear < choices.fiscalYear);
    const rules = withWindows(withWindows(programme, windowsOf(previous?.rules)), choices.windows ?? {});
    checkWindows(rules, choices.fiscalYear);
    const year = generateYear(rules, await this.roster.wholeRoster(), choices.fiscalYear, {
      options: { ...choices.options },
    });
    return {
      rules,
      year,
      previous: previous && { fiscalYear: previous.fiscalYear, rules: previous.rules },
      exists: all.some((cycle) => cycle.fiscalYear === choices.fiscalYear),
    };
  }

  /** @returns the id of the new cycle */
  async create(choices: YearChoices, actor: Actor): Promise<string> {
    const { rules, year } = await this.preview(choices);
    const kept = keep(year, new Set(choices.dropped ?? []));
    return this.database.transaction(async (tx) => {
      const id = await this.cycles.open(
        tx,
        {
          rules,
          fiscalYear: choices.fiscalYear,
          options: optionsOf(rules, choices.options),
          sample: this.config.embeddedDatabase,
          staffInCharge: choices.staffInCharge ?? (await this.usuallyInCharge(actor)),
        },
        actor,
      );
      await this.meetings.draft(tx, id, rules.zone, kept.meetings);
      await this.milestones.draft(tx, id, choices.fiscalYear, kept.milestones);
      return id;
    });
  }

  /** Whoever sets the year up; from the command line, the first member of staff who can be called */
  private async usuallyInCharge(actor: Actor): Promise<string | null> {
    if (actor.kind === 'staff' && actor.id) return actor.id;
    const reachable = (await this.staff.list()).filter(
      (member) => member.active && member.telephone !== '' && member.role !== 'reader',
    );
    return reachable[0]?.id ?? null;
  }
}

const optionsOf = (rules: Programme, chosen: Readonly<Record<string, boolean>> = {}): Record<string, boolean> =>
  Object.fromEntries(Object.entries(rules.options).map(([id, option]) => [id, chosen[id] ?? option.default]));

/** What was dropped is gone with its parts and with what counts from it */
function keep(year: GeneratedYear, dropped: ReadonlySet<string>): Pick<GeneratedYear, 'meetings' | 'milestones'> {
  const known = new Set([...year.meetings, ...year.milestones].map((row) => row.key));
  for (const key of dropped)
    if (!known.has(key)) throw Refusal.of(planningRefusals, 'planning.unknown-row', { row: key });
  const meetings = year.meetings.filter((m) => !dropped.has(m.key) && !(m.partOf !== null && dropped.has(m.partOf)));
  const left = new Set(meetings.map((m) => m.key));
  const milestones = year.milestones.filter((m) => !dropped.has(m.key) && (m.meeting === null || left.has(m.meeting)));
  return { meetings, milestones };
}

function windowsOf(rules: Programme | undefined): Record<string, { from: string; to: string }> {
  const windows: Record<string, { from: string; to: string }> = {};
  for (const activity of rules?.activities ?? [])
    if (activity.what === 'meeting' && activity.window) windows[activity.id] = activity.window;
  return windows;
}

const withWindows = (rules: Programme, windows: Readonly<Record<string, { from: string; to: string }>>): Programme => ({
  ...rules,
  activities: rules.activities.map((activity) =>
    activity.what === 'meeting' && activity.window && Object.hasOwn(windows, activity.id)
      ? { ...activity, window: windows[activity.id]! }
      : activity,
  ),
});

function checkWindows(rules: Programme, fiscalYear: number): void {
  for (const activity of rules.activities) {
    if (activity.what !== 'meeting' || !activity.window) continue;
    const { from, to } = activity.window;
    const valid = [from, to].every((day) => /^\d{2}-\d{2}$/.test(day) && exists(fiscalYear, day));
    if (!valid || dayIn(fiscalYear, from) > dayIn(fiscalYear, to))
      throw Refusal.of(planningRefusals, 'planning.bad-window', { activity: activity.name });
  }
}

function exists(fiscalYear: number, day: string): boolean {
  try {
    return dayIn(fiscalYear, day) !== undefined;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
