import { generateYear } from '../cycle/generate.ts';
import type { GeneratedYear } from '../cycle/generated-year.ts';
import type { AddedActivity } from '../cycle/occurrences.ts';
import { withWindows } from '../cycle/year-calendar.ts';
import { Refusal } from '../kernel/refusal.ts';
import { activityOf, type Programme, type Window } from '../programme/programme.ts';
import type { Roster } from '../roster/roster.ts';
import { planningRefusals } from './refusals.ts';
import { windowFault } from './year-windows.ts';

/** What staff chose for a year, before it is created */
export interface YearChoices {
  readonly programme: string;
  readonly fiscalYear: number;
  readonly options?: Readonly<Record<string, boolean>>;
  /** By activity, days of the fiscal year as `MM-DD`; activities left out keep last year's window */
  readonly windows?: Readonly<Record<string, Window>>;
  /** What staff want beside what the programme says: visits of guests, gatherings */
  readonly added?: readonly AddedActivity[];
  /** Keys of rows that staff drop, with all that depends on them */
  readonly dropped?: readonly string[];
  /** Whose name and telephone stand in mails; otherwise whoever sets the year up */
  readonly staffInCharge?: string | null;
}

/** What a year starts from, before anything is chosen */
export interface YearGround {
  /** The programme with last year's windows, or with its own in the first year */
  readonly usual: Programme;
  /** The rules of the year from which the windows were copied; undefined in the first year */
  readonly previous: { readonly fiscalYear: number; readonly rules: Programme } | undefined;
  readonly exists: boolean;
  readonly roster: Roster;
}

export interface YearOnOffer {
  readonly rules: Programme;
  /** Everything that is on offer: what the rules give and what staff add */
  readonly year: GeneratedYear;
  /** What will be created: the same without what staff drop and what depends on that */
  readonly kept: GeneratedYear;
}

export type GeneratedRow = GeneratedYear['meetings'][number] | GeneratedYear['milestones'][number];
export const rowsOf = ({ meetings, milestones }: GeneratedYear): GeneratedRow[] => [...meetings, ...milestones];
const has = (year: GeneratedYear, key: string) => rowsOf(year).some((row) => row.key === key);

/** @throws Refusal for a window that is not one, and for what cannot be added; RangeError for an option that is not there */
export function yearOnOffer({ usual, roster }: YearGround, choices: YearChoices): YearOnOffer {
  const { windows = {}, dropped = [] } = choices;
  for (const [id, window] of Object.entries(windows))
    if (windowFault(window, choices.fiscalYear))
      throw Refusal.of(planningRefusals, 'planning.bad-window', { activity: activityOf(usual, id)?.name ?? id });
  const rules = withWindows(usual, windows);
  const year = generated(rules, roster, choices, []);
  return { rules, year, kept: dropped.length === 0 ? year : generated(rules, roster, choices, dropped) };
}

/** The generator knows no readers: what it throws for something added that is not there is said to staff here. */
function generated(rules: Programme, roster: Roster, choices: YearChoices, dropped: readonly string[]): GeneratedYear {
  const { options = {}, added = [], fiscalYear } = choices;
  for (const one of added)
    if (!canAdd(rules, roster, one))
      throw Refusal.of(planningRefusals, 'planning.cannot-add', {
        activity: activityOf(rules, one.activity)?.name ?? one.activity,
      });
  return generateYear(rules, roster, fiscalYear, { options, added, dropped });
}

/** Whether the programme has such an activity, once for the programme or for a centre of the roster */
export function canAdd(rules: Programme, roster: Roster, { activity, centre }: AddedActivity): boolean {
  const per = activityOf(rules, activity)?.per;
  if (centre === null) return per === 'programme';
  return per === 'centre' && roster.centres.some(({ id }) => id === centre);
}

/** A row may be there only because another one is dropped: a progress report in place of a self-evaluation. */
export function isOnOffer(key: string, ground: YearGround, choices: YearChoices, year: GeneratedYear): boolean {
  if (has(year, key)) return true;
  const others = (choices.dropped ?? []).filter((other) => other !== key);
  return has(yearOnOffer(ground, { ...choices, dropped: others }).kept, key);
}

/** What dropping one row more takes along, and what comes in its place */
export function consequencesOf(
  key: string,
  ground: YearGround,
  choices: YearChoices,
): { goes: GeneratedRow[]; comes: GeneratedRow[] } {
  const before = rowsOf(yearOnOffer(ground, choices).kept);
  const after = rowsOf(yearOnOffer(ground, { ...choices, dropped: [...(choices.dropped ?? []), key] }).kept);
  const [were, are] = [before, after].map((rows) => new Set(rows.map((row) => row.key)));
  return {
    goes: before.filter((row) => row.key !== key && !are!.has(row.key)),
    comes: after.filter((row) => !were!.has(row.key)),
  };
}
