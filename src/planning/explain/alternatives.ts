import type { Instance, PlacedMeeting, Plan } from '../instance.ts';
import { compile, lookupOf } from '../problem/compile.ts';
import { CANNOT, type Problem, type ProblemMeeting, type Start } from '../problem/problem.ts';
import { explainedStarts, type Impossible } from '../problem/starts.ts';
import type { Charge, Finding, SaidCharge, SaidFinding } from '../rules/finding.ts';
import { chargesIn, say, sayCharge } from '../rules/judge.ts';
import { Names } from '../rules/rule.ts';
import { Draft, type Placement } from '../search/draft.ts';
import { placedMeeting } from '../search/plan-of.ts';
import { seat } from '../search/seating.ts';
import { takeOver } from '../search/take-over.ts';
import { chargesApart, type PaidOtherwise } from './charges-apart.ts';
import { lostHearings } from './hearing-obstacles.ts';
import { obstaclesAt } from './obstacles.ts';

/** One start of one meeting: what the whole plan would cost more (less: negative), or what forbids it */
export type Alternative =
  | {
      readonly start: number;
      readonly difference: number;
      readonly placed: PlacedMeeting;
      /** Where it was asked for: what becomes dearer and what cheaper, the dearest first */
      readonly parts?: readonly PaidOtherwise<SaidCharge>[];
    }
  | { readonly start: number; readonly blocked: readonly SaidFinding[] };

/**
 * A plan held in the draft's form, to answer questions about it quickly. Make it once for several questions.
 * @param plan one that `judge` finds valid
 */
export class Standing {
  readonly problem: Problem;
  readonly draft: Draft;
  readonly names: Names;
  readonly plan: Plan;
  private readonly lookup;
  private paid: readonly Charge[] | undefined;

  constructor(instance: Instance, plan: Plan, problem = compile(instance), names = new Names(instance)) {
    this.problem = problem;
    this.plan = plan;
    this.draft = new Draft(problem);
    takeOver(this.draft, plan);
    this.draft.settle();
    this.names = names;
    this.lookup = lookupOf(instance);
  }

  /** @throws RangeError where there is no such meeting */
  meeting(id: string): ProblemMeeting {
    const meeting = this.problem.meetings.find((one) => one.id === id);
    if (!meeting) throw new RangeError(`there is no meeting ${id}`);
    return meeting;
  }

  /**
   * Each start of one meeting in its window; all else as it is, its own oneOf seats, attendance and mode chosen anew. A meeting that is
   * undecided is compared with staying so.
   */
  alternatives(id: string): Alternative[] {
    const { draft } = this;
    const meeting = this.meeting(id);
    const before = draft.cost;
    const mark = draft.mark();
    draft.take(meeting);
    const found = explainedStarts(this.lookup, meeting).map((start): Alternative => {
      if ('findings' in start) return { start: start.half, blocked: this.said(dated(this.problem, meeting, start)) };
      return this.tried(meeting, meeting.startOfHalf.get(start.half)!, before);
    });
    draft.back(mark);
    return found;
  }

  /** The same with what each start would make dearer or cheaper; the differences of the parts add up to that of the start. */
  pricedAlternatives(id: string): Alternative[] {
    const before = (this.paid ??= chargesIn(this.problem, this.plan));
    return this.alternatives(id).map((one) => {
      if (!('difference' in one)) return one;
      const moved = { ...this.plan, meetings: { ...this.plan.meetings, [id]: one.placed } };
      const parts = chargesApart(before, chargesIn(this.problem, moved));
      return {
        ...one,
        parts: parts.map(({ charge, difference }) => ({ charge: sayCharge(charge, this.names), difference })),
      };
    });
  }

  said(findings: readonly Finding[]): SaidFinding[] {
    return findings.map((finding) => say(finding, this.names));
  }

  private tried(meeting: ProblemMeeting, start: Start, before: number): Alternative {
    const { draft } = this;
    let best: { placement: Placement; cost: number } | undefined;
    let lost: Finding[] = [];
    for (const online of [false, true]) {
      const placement = seat(draft, meeting, start, online);
      if (!placement) continue;
      const mark = draft.mark();
      const broken = draft.conferences.broken;
      draft.put(meeting, placement);
      // somebody whom a hearing needs would be at this meeting instead
      if (draft.conferences.broken > broken) lost = lostHearings(draft);
      else if (!best || draft.cost < best.cost) best = { placement, cost: draft.cost };
      draft.back(mark);
    }
    if (best)
      return {
        start: start.half,
        difference: best.cost - before,
        placed: placedMeeting(this.problem, meeting, best.placement),
      };
    const online = meeting.modeCost[0] < 0;
    return { start: start.half, blocked: this.said([...obstaclesAt(draft, meeting, start, online), ...lost]) };
  }
}

/** Says on which of the start's days somebody cannot: a visit of two days may fail on the second. */
function dated(problem: Problem, meeting: ProblemMeeting, { half, findings }: Impossible): Finding[] {
  const days = Array.from(
    { length: ((half + meeting.halfDays - 1) >> 1) - (half >> 1) + 1 },
    (_, k) => (half >> 1) + k,
  );
  return findings.map((finding) => {
    if (finding.rule !== 'available' || !finding.people?.length) return finding;
    const can = finding.people.map((id) => problem.can[problem.personIndex.get(id)!]!);
    const isAway = (day: number, states: Uint8Array) =>
      [2 * day, 2 * day + 1].some((h) => h >= half && h < half + meeting.halfDays && states[h] === CANNOT);
    const away = days.filter((day) => can.some((states) => isAway(day, states)));
    return away.length ? { ...finding, days: away } : finding;
  });
}

/** Every start of one meeting with its price or what forbids it. See Standing for several questions about one plan. */
export const alternatives = (instance: Instance, plan: Plan, meeting: string): Alternative[] =>
  new Standing(instance, plan).alternatives(meeting);
