import type { Highs } from 'highs';
import type { Proof } from '../model/proof.ts';
import { solve, wholeBound } from '../model/solver.ts';
import type { Problem } from '../problem/problem.ts';
import type { Group } from '../search/groups.ts';
import { clustersOf, MOST_GROUPS } from './clusters.ts';
import { conferencesBound } from './conference-bound.ts';
import { countersOf, pricesFrom } from './counters.ts';
import type { ApartHooks } from './hooks.ts';
import { Improvement } from './improvement.ts';
import { partsForBound } from './part.ts';
import { PriceSearch } from './price-search.ts';
import { Relaxation, type Answer } from './relaxation.ts';

/** The share of the time after which prices are good enough, and the share of the bound that better ones could still add */
const TIME_FOR_PRICES = 0.6;
const LITTLE = 0.0008;

/**
 * The share of the time that is left then for whole numbers in the parts; the rest is for better plans. With fewer seconds than this for
 * each part nothing is gained by it, and all of it is for better plans.
 */
const TIME_FOR_WHOLE = 0.65;
const LEAST_SECONDS = 3;

/**
 * Points by which the bound of one part may be raised by whole numbers: columns that alone cost more are left out, and with so little
 * room few columns are left.
 */
const ROOM = 4;

/**
 * A bound for years too large for one model: parts of some centres each, whose models are small, and prices for what they share. At
 * any prices the parts' least costs, with what the shared loads and limits come to, are a bound (Lagrange); the best prices make the
 * best one. Then the parts are solved with whole numbers for a sharper bound, and the best plan of the search is improved part by part with
 * everything else fixed, as long as there is time. Conferences are bounded by themselves.
 * @param most groups (centres, normally) of one part: more make a tighter bound and slower relaxations
 */
export async function proveApart(
  problem: Problem,
  highs: Highs,
  seed: number,
  hooks: ApartHooks,
  most = MOST_GROUPS,
): Promise<Proof> {
  const run = new ApartRun(problem, highs, seed, hooks, clustersOf(problem, most));
  return { outcome: await run.result(), best: run.plans.best, bound: Math.min(run.told, run.plans.best.cost) };
}

class ApartRun {
  readonly plans: Improvement;
  /** The bound that was told last */
  told = 0;
  private readonly problem: Problem;
  private readonly highs: Highs;
  private readonly seed: number;
  private readonly hooks: ApartHooks;
  private readonly conferences: number;
  private readonly clusters: readonly (readonly Group[])[];
  private readonly parts: readonly Relaxation[];
  private readonly prices: PriceSearch;

  constructor(
    problem: Problem,
    highs: Highs,
    seed: number,
    hooks: ApartHooks,
    clusters: readonly (readonly Group[])[],
  ) {
    this.problem = problem;
    this.highs = highs;
    this.seed = seed;
    this.hooks = hooks;
    this.plans = new Improvement(problem, highs, seed, hooks);
    this.conferences = conferencesBound(problem);
    this.tell(this.conferences);
    this.clusters = clusters;
    const parts = partsForBound(problem, clusters);
    const counters = countersOf(problem, parts);
    this.parts = parts.map((part) => new Relaxation(part, counters));
    this.prices = new PriceSearch(counters.list, parts.length, pricesFrom(problem, counters, hooks.first.plan));
  }

  async result(): Promise<Proof['outcome']> {
    if ((await this.findPrices()) === 'infeasible') return 'infeasible';
    await this.sharpen(this.hooks.seconds() * (1 - TIME_FOR_WHOLE));
    this.plans.hear();
    await this.plans.improve(this.clusters, this.hooks.seconds);
    return this.told >= this.plans.best.cost ? 'proven' : 'open';
  }

  /** The parts' relaxations at better and better prices */
  private async findPrices(): Promise<'infeasible' | undefined> {
    const { highs, hooks, prices } = this;
    const until = hooks.seconds() * (1 - TIME_FOR_PRICES);
    let next: Float64Array | undefined = prices.best;
    while (next) {
      const answers: Answer[] = [];
      for (const part of this.parts) {
        const answer = part.solve(highs, next, hooks.seconds());
        if (answer === 'infeasible') return 'infeasible';
        if (!answer) return undefined;
        answers.push(answer);
        await this.hooks.pause();
      }
      prices.learn(next, answers);
      this.tell(prices.bound + this.conferences);
      if (hooks.seconds() <= until) return undefined;
      next = prices.next(highs, LITTLE * prices.bound, hooks.seconds());
    }
    return undefined;
  }

  /** The parts with whole numbers, at the best prices: each gets its share of the time until so many seconds are left. */
  private async sharpen(until: number): Promise<void> {
    const { highs, hooks, prices, parts, seed } = this;
    let whole = prices.bound + this.conferences;
    if ((hooks.seconds() - until) / parts.length < LEAST_SECONDS) return;
    for (const [p, { bound: relaxed, reduced }] of prices.answers.entries()) {
      const part = parts[p]!;
      const seconds = (hooks.seconds() - until) / (parts.length - p);
      if (seconds < 0.5) return;
      const { model } = part.modelAt(prices.best);
      if (model.columns !== reduced.length) continue;
      let gained = 0;
      const gain = (bound: number) => {
        // a piece with something undecided is not in the model, but costs as much
        const most = Math.min(bound - TOLERANCE, relaxed + ROOM, part.allPlaced ? this.problem.unplaced : Infinity);
        if (most - relaxed > gained) this.tell(whole + (gained = most - relaxed));
      };
      const upper = Float64Array.from(model.upper, (most, j) => (model.integer[j] && reduced[j]! > ROOM ? 0 : most));
      const solved = solve(highs, model, upper, { seconds, seed, cap: relaxed + ROOM, onBound: gain });
      // nothing within the room, unless presolve has lost a row
      if (solved.outcome !== 'infeasible') gain(solved.bound);
      whole += gained;
      await this.hooks.pause();
    }
  }

  private tell(bound: number): void {
    const rounded = wholeBound(bound);
    if (rounded > this.told) this.hooks.onBound((this.told = rounded));
  }
}

/** The solver's, for one part */
const TOLERANCE = 0.01;
