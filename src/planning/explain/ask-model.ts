import { costOfAsks, type Ask } from '../asks.ts';
import type { Instance, Plan } from '../instance.ts';
import { draftOf } from '../model/draft-of.ts';
import { journeyColumns } from '../model/journey-columns.ts';
import { LinearModel } from '../model/linear-model.ts';
import { meetingColumns } from '../model/meeting-columns.ts';
import { solve } from '../model/solver.ts';
import type { ModelScope, Sit } from '../model/scope.ts';
import { candidatesOf } from '../problem/separate.ts';
import type { Problem } from '../problem/problem.ts';
import { planOf } from '../search/plan-of.ts';
import { ASK, AskBook, type Cut } from './ask-book.ts';
import { conferenceRows } from './ask-conferences.ts';
import { countRows } from './ask-counts.ts';
import { halfDayRows, halvesOf, meetingRows } from './ask-meetings.ts';
import { panelRows } from './ask-panels.ts';
import type { AskScope } from './ask-scope.ts';
import { preferStanding } from './ask-standing.ts';
import { askedProblem, type AskedProblem } from './asked-problem.ts';
import type { Means } from './decide-all.ts';
import { restrictTo } from './restrict.ts';

/** The cheapest asks with which some things can be decided together */
export interface Asked {
  readonly asks: readonly Ask[];
  /** No cheaper set would do, and so no part of this one */
  readonly isProven: boolean;
  /** How these things are decided then; nothing of the others */
  readonly plan: Plan;
}

export interface Wanted {
  readonly ids: ReadonlySet<string>;
  /** Sets that are not wanted again */
  readonly cuts: readonly Cut[];
  /** Points of asks: what needs more by itself is not looked at. A dearer set may be found, if any is; it need not be the cheapest then. */
  readonly dearest: number;
  /** No set costs less, as was found before */
  readonly least: number;
  /** Of equally cheap sets, those are preferred that leave it as it is. */
  readonly standing: Plan;
  /** Only the least for each meeting, what is left over for what they share: finds sets sooner, and `none` refutes nothing. */
  readonly isThrifty?: boolean;
}

/** Points of the model beyond the asks: what two or three add themselves, and something elsewhere */
const GOOD_ENOUGH = 31;
/** Columns from which the nicest of the cheapest sets is not waited for */
const LARGE = 4_000;

/** More columns than this are not solved in the seconds that somebody waits. */
const MOST_COLUMNS = 120_000;

/**
 * The cheapest set of asks with which everything of `ids` can be decided, whatever becomes of the rest.
 * @returns none: there is none that is not dearer; undefined: not known in time
 */
export function cheapestAsks(whole: Instance, wanted: Wanted, means: Means): Asked | 'none' | undefined {
  const instance = restrictTo(whole, wanted.ids);
  const model = new LinearModel();
  const book = new AskBook(model, whole);
  const asked = askedProblem(instance, wanted.dearest, wanted.isThrifty);
  if (asked.spare.rest < 0 || asked.problem.meetings.some(({ starts }) => !starts.length)) return 'none';
  if (wanted.isThrifty && asked.spare.rest === 0) return 'none';
  const written = writeModel(instance, asked, model, book);
  preferStanding(whole, wanted.standing, written.scope);
  for (const cut of wanted.cuts) book.forbid(cut);
  if (model.columns > MOST_COLUMNS) return undefined;
  // of the cheapest, one that leaves nearly everything as it stands is good enough
  const target = model.columns > LARGE ? { target: wanted.least * ASK + GOOD_ENOUGH } : {};
  const solved = solve(means.highs, model, model.upper, { seconds: Math.max(0.2, means.left()), seed: 0, ...target });
  const { x } = solved;
  if (!x) return solved.outcome === 'infeasible' ? 'none' : undefined;
  const asks = book.made(x).map((ask) => (ask.ask === 'window' ? written.window(ask.of, x) : ask));
  const isProven = solved.outcome === 'optimal' || costOfAsks(whole, asks) <= wanted.least;
  return { asks, isProven, plan: written.plan(x) };
}

interface Written {
  readonly scope: AskScope;
  /** How wide a window has to be in a solution */
  window(of: string, x: Float64Array): Ask;
  plan(x: Float64Array): Plan;
}

function writeModel(instance: Instance, { problem, spare }: AskedProblem, model: LinearModel, book: AskBook): Written {
  const modelScope: ModelScope = {
    problem,
    model,
    allPlaced: true,
    watched: new Set(),
    watchedMembers: new Set(),
    separate: new Set(),
    travellers: travellersOf(problem),
  };
  const columns = meetingColumns(modelScope);
  // only asks cost anything here
  model.cost.fill(0);
  model.offset = 0;
  const scope: AskScope = {
    ...modelScope,
    instance,
    book,
    columns,
    spare,
    availability: instance.people.map((person) => person.availability),
    visiting: byPersonAndHalf(problem, columns.sits),
  };
  meetingRows(scope);
  const members = panelRows(scope);
  halfDayRows(scope);
  const { uses, days } = conferenceRows(scope);
  countRows(scope, members, uses);
  journeyColumns(scope, columns);
  const isUsed = (x: Float64Array, list: readonly number[]) => list.some((column) => x[column]! > 0.5);
  const dayOf = (id: string, x: Float64Array) => days.find((day) => day.conference === id && isUsed(x, [day.column]))!;
  return {
    scope,
    window: (of, x) => {
      const meeting = problem.meetings.find(({ id }) => id === of);
      const source = meeting ? instance.meetings[meeting.index]! : instance.conferences.find(({ id }) => id === of)!;
      const at = meeting
        ? meeting.starts.find((start) => isUsed(x, columns.starts[meeting.index]![start.index]!))!
        : dayOf(of, x);
      return {
        ask: 'window',
        of,
        ...(at.firstDay < source.from ? { from: at.firstDay } : {}),
        ...(at.lastDay > source.to ? { to: at.lastDay } : {}),
      };
    },
    plan: (x) => {
      // hearings are put in order later, on the day that was chosen
      const visits = { ...problem, conferences: [], hearings: [] };
      const own = members.map((panel) => panel.map((column) => [column]));
      const plan = planOf(draftOf(visits, { model, columns, members: own }, x));
      for (const { id } of problem.conferences) plan.conferences[id] = { day: dayOf(id, x).firstDay };
      return plan;
    },
  };
}

function travellersOf(problem: Problem): Set<number> {
  const seats = problem.meetings.flatMap((meeting) => meeting.seats.filter((seat) => seat.travel));
  return new Set(seats.flatMap((seat) => candidatesOf(problem, seat)));
}

function byPersonAndHalf(problem: Problem, sits: readonly Sit[]): AskScope['visiting'] {
  let index: Map<string, number[]> | undefined;
  return (person, half) => {
    if (!index) {
      index = new Map();
      for (const sit of sits)
        for (const h of halvesOf(problem, sit)) {
          const key = `${sit.person} ${h}`;
          const list = index.get(key);
          if (list) list.push(...sit.columns);
          else index.set(key, [...sit.columns]);
        }
    }
    return index.get(`${person} ${half}`) ?? [];
  };
}
