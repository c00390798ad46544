import type { Highs } from 'highs';
import type { Lock, Plan } from '../instance.ts';
import { proveApart } from '../apart/prove-apart.ts';
import { prove } from '../model/prove.ts';
import { compile } from '../problem/compile.ts';
import type { Problem } from '../problem/problem.ts';
import { judge } from '../rules/judge.ts';
import type { Found } from '../search/anneal.ts';
import { groupsOf, type Group } from '../search/groups.ts';
import { differences } from './differences.ts';
import { fenced, type Fence } from './fences.ts';
import { improved, localRepair } from './local.ts';
import type { Storm } from './repair.ts';

/** A plan that was judged by all rules */
export interface Mended extends Found {
  readonly valid: boolean;
  readonly undecided: number;
}

/** Years with more meetings than this are only opened around what broke. */
const WHOLE = 120;
/** Meetings of a year taken apart whose models are written in a second, on a slow machine */
const MEETINGS_A_SECOND = 20;
/** Groups that may change beside one that broke */
const NEIGHBOURS = 6;
/** Steps of the search around a local repair, by meeting, and at most */
const STEPS = 80;
const MOST_STEPS = 12_000;
const SEED = 1;
/** More meetings in a storm than this, and they are looked at all online or all moved */
const MANY_STORMS = 3;

/** Makes plans that hold again, with whatever must not change fenced off. Nothing leaves it unjudged. */
export class Workshop {
  private readonly problem: Problem;
  private readonly highs: Highs;
  private readonly was: Plan;
  private readonly storms: readonly Storm[];
  private readonly seconds: () => number;
  /** Storms leave two ways for each meeting: online, or on another day. */
  private readonly ways: readonly (readonly Fence[])[];
  /** All ways are looked at. */
  private readonly isExact: boolean;
  private opened: Problem;
  private mendedFirst: Mended | undefined;
  /** Searched before, by fences */
  private readonly begun = new Map<string, { problem: Problem; found: Found }>();

  constructor(
    problem: Problem,
    highs: Highs,
    was: Plan,
    { seconds, storms }: { seconds: () => number; storms: readonly Storm[] },
  ) {
    this.problem = problem;
    this.opened = problem;
    this.highs = highs;
    this.was = was;
    this.storms = storms;
    this.seconds = seconds;
    const mayBeOnline = new Set(problem.meetings.filter(({ modeCost }) => modeCost[1] >= 0).map(({ id }) => id));
    const choices = storms.filter(({ meeting }) => mayBeOnline.has(meeting));
    this.isExact = choices.length <= MANY_STORMS;
    this.ways = waysThrough(choices).map((way) => [
      ...storms.filter((storm) => !choices.includes(storm)).map(moved),
      ...way,
    ]);
  }

  get secondsLeft(): number {
    return this.seconds();
  }

  judged(plan: Plan): Mended {
    const { valid, cost, unplaced } = judge(this.problem, plan);
    return {
      plan,
      cost,
      valid: valid && this.storms.every((storm) => this.isSpared(storm, plan)),
      undecided: unplaced,
    };
  }

  changeOf(plan: Plan): number {
    return judge(this.problem, plan).parts['change'] ?? 0;
  }

  /** In a blink: what broke is put back where it is cheapest. */
  first(): Mended {
    return (this.mendedFirst ??= this.cheapest(
      this.ways.map((way) => this.judged(localRepair(fenced(this.problem, this.was, way), this.was).plan)),
    )!);
  }

  /** Small enough to be opened as a whole */
  get isWhole(): boolean {
    return this.problem.meetings.length <= WHOLE;
  }

  /** The cheapest of all, with a bound below which there is none; of years too large to be opened, the cheapest around the trouble. */
  async best(): Promise<Mended & { bound: number }> {
    const first = this.first();
    const { isWhole } = this;
    if (!isWhole) this.opened = this.around([first]);
    // half of the time is left for other kinds and a bound
    const { mended, bound } = await this.proven([], [first], isWhole ? Infinity : this.secondsLeft / 2);
    const best = mended ?? first;
    // other kinds of repairs need no proof: what has nothing to do with the trouble stays
    this.opened = this.around([first, best]);
    this.begun.clear();
    return { ...best, bound: isWhole && this.isExact ? bound : 0 };
  }

  /**
   * A bound below which no repair can be, for a year of which only what is around the trouble was opened: the whole of it taken apart.
   * @param known a plan of it
   */
  async boundOfWhole(known: Found): Promise<number> {
    // its models alone would take longer
    if (!this.isExact || this.secondsLeft < this.problem.meetings.length / MEETINGS_A_SECOND) return 0;
    let bound = Infinity;
    const until = this.secondsLeft;
    for (const [n, way] of this.ways.entries()) {
      const rest = until * (1 - (n + 1) / this.ways.length);
      const { outcome, bound: mine } = await proveApart(fenced(this.problem, this.was, way), this.highs, SEED, {
        seconds: () => Math.max(0, this.secondsLeft - rest),
        onBound: () => undefined,
        onPlan: () => undefined,
        first: known,
        searched: () => Promise.resolve(known),
        known: () => known,
        pause: () => Promise.resolve(),
      });
      if (outcome !== 'infeasible') bound = Math.min(bound, mine);
    }
    return Number.isFinite(bound) ? bound : 0;
  }

  /** A plan that keeps to the fences, by search alone; undefined: there seems to be none */
  quick(fences: readonly Fence[]): Mended | undefined {
    const tries = this.ways.map((way) => this.judged(this.searched([...way, ...fences]).found.plan));
    return this.cheapest(tries.filter(({ valid }) => valid));
  }

  /** The cheapest plan that keeps to the fences, as far as the time given shows */
  async proven(
    fences: readonly Fence[],
    known: readonly Mended[],
    seconds = Infinity,
  ): Promise<{ mended: Mended | undefined; bound: number }> {
    const found: Mended[] = known.filter(({ valid }) => valid);
    let bound = Infinity;
    const until = Math.max(0, this.secondsLeft - seconds);
    for (const way of this.ways) {
      const { problem, found: begin } = this.searched([...way, ...fences]);
      found.push(this.judged(begin.plan));
      if (this.secondsLeft <= 0) return { mended: this.cheapest(found), bound: 0 };
      const proof = await prove(problem, this.highs, SEED, {
        seconds: () => Math.max(0.1, this.secondsLeft - until),
        onBound: () => undefined,
        onPlan: ({ plan }) => found.push(this.judged(plan)),
        first: begin,
        searched: () => Promise.resolve(begin),
      });
      found.push(this.judged(proof.best.plan));
      if (proof.outcome !== 'infeasible') bound = Math.min(bound, proof.bound);
    }
    const mended = this.cheapest(found);
    return { mended, bound: mended ? Math.min(bound, mended.cost) : 0 };
  }

  private searched(fences: readonly Fence[]): { problem: Problem; found: Found } {
    const key = JSON.stringify(fences);
    const known = this.begun.get(key);
    if (known) return known;
    const problem = fenced(this.opened, this.was, fences);
    const steps = Math.min(MOST_STEPS, STEPS * problem.meetings.length);
    const found = improved(problem, localRepair(problem, this.was), SEED, steps);
    this.begun.set(key, { problem, found });
    return { problem, found };
  }

  private cheapest(list: readonly Mended[]): Mended | undefined {
    const rank = ({ valid, cost }: Mended) => (valid ? cost : cost + 1e12);
    return list.reduce<Mended | undefined>((best, one) => (!best || rank(one) < rank(best) ? one : best), undefined);
  }

  private isSpared({ meeting, days }: Storm, plan: Plan): boolean {
    const at = plan.meetings[meeting];
    if (!at || at.online) return true;
    const { halfDays } = this.problem.instance.meetings.find(({ id }) => id === meeting)!;
    return !days.some((day) => day >= at.start >> 1 && day <= (at.start + halfDays - 1) >> 1);
  }

  /** The problem with everything fixed that has nothing to do with what changes in these plans; as it is in the last of them */
  private around(plans: readonly Mended[]): Problem {
    const { instance, meetings, assignments, panels } = this.problem;
    const ids = new Set(plans.flatMap(({ plan }) => differences(instance, this.was, plan).map(({ of }) => of)));
    const isTouched = (group: Group) =>
      group.meetings.some((m) => ids.has(meetings[m]!.id)) ||
      group.assignments.some((a) => ids.has(assignments[a]!.id)) ||
      group.panels.some((p) => ids.has(panels[p]!.id));
    const groups = groupsOf(this.problem);
    const touched = groups.filter(isTouched);
    const open = new Set(touched.flatMap((group) => [group.index, ...group.related.slice(0, NEIGHBOURS)]));
    const closed = groups.filter((group) => !open.has(group.index));
    if (!closed.length) return this.problem;
    const locks = closed.flatMap((group) => locksOn(this.problem, group, plans.at(-1)!.plan));
    return compile({ ...instance, locks: [...instance.locks, ...locks] });
  }
}

/** Fixes everything of a group as a plan has it. */
function locksOn(problem: Problem, { meetings, assignments, panels }: Group, plan: Plan): Lock[] {
  return [
    ...meetings.flatMap((m): Lock[] => {
      const { id } = problem.meetings[m]!;
      const at = plan.meetings[id];
      return at ? [{ meeting: id, start: at.start, seats: at.seats }] : [];
    }),
    ...assignments.flatMap((a): Lock[] => {
      const { id } = problem.assignments[a]!;
      const person = plan.assignments[id];
      return person == null ? [] : [{ assignment: id, person }];
    }),
    ...panels.flatMap((p): Lock[] => {
      const { id } = problem.panels[p]!;
      const people = plan.panels[id];
      return people ? [{ panel: id, people }] : [];
    }),
  ];
}

const online = ({ meeting }: Storm): Fence => ({ online: meeting });
const moved = ({ meeting, days }: Storm): Fence => ({ inPerson: meeting, notOn: days });

function waysThrough(storms: readonly Storm[]): Fence[][] {
  if (storms.length > MANY_STORMS) return [storms.map(online), storms.map(moved)];
  const both = (way: Fence[], storm: Storm) => [
    [...way, moved(storm)],
    [...way, online(storm)],
  ];
  return storms.reduce<Fence[][]>((ways, storm) => ways.flatMap((way) => both(way, storm)), [[]]);
}
