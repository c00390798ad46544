import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { CONFIG, type Config } from '../config/config.ts';
import { CycleQueries } from '../cycle/cycle.queries.ts';
import { Cycles } from '../cycle/cycle.service.ts';
import { windowsOf, withWindows } from '../cycle/year-calendar.ts';
import { optionsOf } from '../cycle/years.ts';
import { StaffQueries } from '../identity/staff.queries.ts';
import { Refusal } from '../kernel/refusal.ts';
import { Meetings } from '../meetings/meetings.service.ts';
import { Milestones } from '../milestones/milestones.service.ts';
import { Programmes } from '../programme/programmes.service.ts';
import { RosterQueries } from '../roster/roster.queries.ts';
import { planningRefusals } from './refusals.ts';
import { isOnOffer, yearOnOffer, type YearChoices, type YearGround, type YearOnOffer } from './year-choices.ts';

export type { YearChoices } from './year-choices.ts';

export type YearPreview = Omit<YearGround, 'usual'> & YearOnOffer;

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

  /** @throws Refusal where there is no such programme, or its file has mistakes */
  async ground(programmeId: string, fiscalYear: number): Promise<YearGround> {
    const programme = await this.programmes.one(programmeId);
    const all = (await this.cycleQueries.all()).filter((cycle) => cycle.programme === programme.id);
    const previous = all.find((cycle) => cycle.fiscalYear < fiscalYear);
    const before = windowsOf(previous?.rules ?? programme);
    // an activity that has no window in the file any more gets none from last year
    const carried = Object.entries(before).filter(([id]) => Object.hasOwn(windowsOf(programme), id));
    return {
      usual: withWindows(programme, Object.fromEntries(carried)),
      previous: previous && { fiscalYear: previous.fiscalYear, rules: previous.rules },
      exists: all.some((cycle) => cycle.fiscalYear === fiscalYear),
      roster: await this.roster.wholeRoster(),
    };
  }

  /** @throws Refusal for a window that is not one, and for what cannot be added */
  async preview(choices: YearChoices): Promise<YearPreview> {
    const ground = await this.ground(choices.programme, choices.fiscalYear);
    const { usual: _usual, ...rest } = ground;
    return { ...rest, ...yearOnOffer(ground, choices) };
  }

  /** @returns the id of the new cycle */
  async create(choices: YearChoices, actor: Actor): Promise<string> {
    const ground = await this.ground(choices.programme, choices.fiscalYear);
    const { rules, year, kept } = yearOnOffer(ground, choices);
    for (const key of choices.dropped ?? [])
      if (!isOnOffer(key, ground, choices, year))
        throw Refusal.of(planningRefusals, 'planning.unknown-row', { row: key });
    return this.database.transaction(async (tx) => {
      const id = await this.cycles.open(
        tx,
        {
          rules,
          fiscalYear: choices.fiscalYear,
          options: { ...optionsOf(rules, choices.options) },
          sample: this.config.embeddedDatabase,
          staffInCharge: choices.staffInCharge ?? (await this.usuallyInCharge(actor)),
        },
        actor,
      );
      await this.meetings.draft(tx, id, rules.zone, kept.meetings);
      await this.milestones.draft(tx, id, kept.milestones);
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
