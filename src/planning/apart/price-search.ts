import type { Highs } from 'highs';
import { LinearModel } from '../model/linear-model.ts';
import { dataOf } from '../model/solver.ts';
import { counterBound, type Counter } from './counters.ts';
import type { Answer } from './relaxation.ts';

/** How far prices may go from the best known at first, in points of cost */
const REACH = 1;
const LEAST_REACH = 0.02;

/**
 * The prices at which the parts' bounds add up to most: cutting planes, one for each answer of each part, within a box around the
 * best prices so far (Kelley's method with a trust region; its dual is the decomposition of Dantzig and Wolfe. Lemaréchal, Lagrangian
 * relaxation, in: Computational Combinatorial Optimization, Springer 2001).
 */
export class PriceSearch {
  /** The best prices so far */
  best: Float64Array;
  /** What the parts and counters come to there */
  bound = -Infinity;
  /** The parts' answers there */
  answers: readonly Answer[] = [];
  private reach = REACH;
  private expected = Infinity;
  private readonly counters: readonly Counter[];
  /** by part */
  private readonly cuts: { readonly cost: number; readonly uses: ReadonlyMap<number, number> }[][];
  private readonly highest: Float64Array;

  constructor(counters: readonly Counter[], parts: number, begin: Float64Array) {
    this.counters = counters;
    this.best = begin;
    this.cuts = Array.from({ length: parts }, () => []);
    // dearer than the steepest step of the cost nothing is worth
    this.highest = Float64Array.from(counters, ({ cost }) =>
      cost.reduce((most, c, n) => Math.max(most, n ? c - cost[n - 1]! : 0), 20),
    );
  }

  counterBounds(prices: Float64Array): number {
    return this.counters.reduce((sum, counter) => sum + counterBound(counter, prices[counter.index]!), 0);
  }

  /** @param answers of all parts at these prices. @returns what they come to, a bound */
  learn(prices: Float64Array, answers: readonly Answer[]): number {
    answers.forEach(({ cost, uses }, p) => this.cuts[p]!.push({ cost, uses }));
    const bound = answers.reduce((sum, answer) => sum + answer.bound, this.counterBounds(prices));
    const gained = bound - this.bound;
    const hoped = this.expected - this.bound;
    if (gained > 0) {
      this.best = prices;
      this.bound = bound;
      this.answers = answers;
      if (gained > hoped / 2) this.reach *= 1.5;
    }
    if (gained < hoped / 10) this.reach = Math.max(LEAST_REACH, this.reach / 2);
    return bound;
  }

  /**
   * The next prices to try.
   * @returns undefined: none would be better by more than the least
   */
  next(highs: Highs, least: number, seconds: number): Float64Array | undefined {
    const model = new LinearModel();
    const any = { upper: Infinity, integer: false };
    const meaning = () => 0;
    const low = Float64Array.from(this.best, (price) => Math.max(0, price - this.reach));
    // each price as its distance from the lower end of the box
    const price = this.counters.map(({ index }) => {
      const upper = Math.max(low[index]!, Math.min(this.highest[index]!, this.best[index]! + this.reach)) - low[index]!;
      return model.column(0, meaning, { upper, integer: false });
    });
    const offset = 1e7;
    for (const { index, cost } of this.counters) {
      const gain = model.column(-1, meaning, any);
      cost.forEach((c, n) => model.row(-Infinity, c - n * low[index]! + offset, [1, [gain]], [n, [price[index]!]]));
    }
    for (const cuts of this.cuts) {
      const gain = model.column(-1, meaning, any);
      for (const { cost, uses } of cuts) {
        let side = cost + offset;
        for (const [k, n] of uses) side += n * low[k]!;
        model.row(-Infinity, side, [1, [gain]], ...[...uses].map(([k, n]) => [-n, [price[k]!]] as const));
      }
    }
    model.offset = offset * (this.counters.length + this.cuts.length);
    const run = highs.createModel(dataOf(model, false, model.upper));
    try {
      run.options.set({ output_flag: false, time_limit: seconds });
      run.run();
      if (run.getModelStatus() !== highs.constants.modelStatus.optimal) return undefined;
      this.expected = -run.getObjectiveValue();
      if (this.expected - this.bound < least) return undefined;
      const { colValue } = run.getSolution();
      return Float64Array.from(low, (from, k) => from + colValue[price[k]!]!);
    } finally {
      run.dispose();
    }
  }
}
