import type { Instance } from './instance.ts';
import {
  compareLevels,
  costsByLevel,
  fullOrder,
  inLevels,
  isExactEnough,
  safeFactors,
  type PlanLevel,
} from './levels.ts';
import { planInstance, type Planned, type PlannerOptions } from './planner.service.ts';
import { compile } from './problem/compile.ts';
import { judge } from './rules/judge.ts';

export interface OrderedPlan extends Planned {
  readonly levels: readonly PlanLevel[];
}

/** How much more one level counts than the next, where the safe factor is too large: enough for most years, and proven in each case. */
const FIRST_FACTOR = 100;

/**
 * The best plan where parts of the cost come one after the other. Where the levels can be put into one sum in which a later level can
 * never outweigh an earlier one, that sum is minimised. Otherwise the levels are settled one after the other: a sum with smaller factors
 * is minimised, and its plan believed where it is as good in every earlier level as can be; where it is not, the factors rise.
 * @returns the plan with the cost of its levels; `bound` and `proven` are about all levels together
 */
export async function planInOrder(
  instance: Instance,
  order: readonly (readonly string[])[],
  options: PlannerOptions,
): Promise<OrderedPlan> {
  return new Ordering(instance, fullOrder(instance, order), options).result();
}

interface Settled {
  readonly planned: Planned;
  readonly costs: readonly number[];
  /** Below which the level that was asked about cannot come */
  readonly bound: number;
  readonly proven: boolean;
}

class Ordering {
  private readonly instance: Instance;
  private readonly levels: readonly (readonly string[])[];
  private readonly options: PlannerOptions;
  private readonly problem;
  private readonly began = Date.now();
  private best: Settled | undefined;

  constructor(instance: Instance, levels: readonly (readonly string[])[], options: PlannerOptions) {
    this.instance = instance;
    this.levels = levels;
    this.options = options;
    this.problem = compile(instance);
  }

  async result(): Promise<OrderedPlan> {
    const safe = safeFactors(this.instance, this.levels);
    const atOnce = isExactEnough(this.instance, this.levels, safe);
    const bounds = atOnce ? await this.atOnce(safe) : await this.oneByOne(safe);
    const { planned, costs } = this.best!;
    const levels = this.levels.map((parts, k) => ({ parts, cost: costs[k]!, bound: Math.min(bounds[k]!, costs[k]!) }));
    const proven = levels.every(({ cost, bound }) => cost === bound);
    const cost = costs.reduce((sum, one) => sum + one, 0);
    const { bound: _, ...plan } = planned.plan;
    return { unplaced: planned.unplaced, plan: { ...plan, cost, proven }, levels };
  }

  private async atOnce(factors: readonly number[]): Promise<number[]> {
    const { costs, bound, proven } = await this.minimised(factors, this.options.timeLimitSeconds, 0);
    if (proven) return [...costs];
    // the later levels take less than one of the first level's points
    return this.levels.map((_, k) => (k === 0 ? Math.max(0, Math.ceil((bound - (factors[0]! - 1)) / factors[0]!)) : 0));
  }

  /** @returns what each level costs at least; 0 where the time did not do to say more */
  private async oneByOne(safe: readonly number[]): Promise<number[]> {
    const bounds: number[] = [];
    let isExact = true;
    for (let k = 0; k < this.levels.length; k++) {
      const left = this.options.timeLimitSeconds - (Date.now() - this.began) / 1000;
      const share = left / (this.levels.length - k);
      if (k > 0 && (share < 0.5 || this.options.signal?.aborted)) break;
      const kept = this.best?.costs.slice(0, k) ?? [];
      // nothing costs less than nothing
      if (this.best?.costs[k] === 0) {
        bounds.push(0);
        continue;
      }
      const { costs, proven, bound } = await this.level(k, kept, safe, Math.max(1, share));
      isExact &&= proven && kept.every((cost, j) => costs[j] === cost);
      bounds.push(isExact ? costs[k]! : k === 0 ? Math.max(0, Math.ceil(bound)) : 0);
    }
    return this.levels.map((_, k) => bounds[k] ?? 0);
  }

  /** One level, with the earlier ones kept as good as they are: factors rise until they are. */
  private async level(k: number, kept: readonly number[], safe: readonly number[], seconds: number): Promise<Settled> {
    const until = Date.now() + seconds * 1000;
    const factorsAt = (step: number) => this.levels.map((_, j) => (j > k ? 0 : Math.min(safe[j]!, step ** (k - j))));
    for (let step = FIRST_FACTOR; ; step *= 10) {
      const settled = await this.minimised(factorsAt(step), Math.max(0.5, (until - Date.now()) / 1000), k);
      const isKept = kept.every((cost, j) => settled.costs[j]! <= cost);
      const isOver = Date.now() > until || this.options.signal?.aborted;
      if (isKept || isOver || !isExactEnough(this.instance, this.levels, factorsAt(step * 10))) return settled;
    }
  }

  private async minimised(factors: readonly number[], seconds: number, first: number): Promise<Settled> {
    const { onProgress } = this.options;
    const planned = await planInstance(inLevels(this.instance, this.levels, factors), {
      ...this.options,
      timeLimitSeconds: seconds,
      onProgress: onProgress && (({ cost, bound }) => onProgress(this.progress(cost, bound, factors, first))),
    });
    const settled = this.settled(planned);
    if (!this.best || compareLevels(settled.costs, this.best.costs) < 0) this.best = settled;
    return settled;
  }

  /** Levels are settled one by one; while one is, what its sum comes to is all that is known. */
  private progress(cost: number, bound: number, factors: readonly number[], first: number) {
    const factor = factors[first]! || 1;
    return {
      seconds: (Date.now() - this.began) / 1000,
      cost: Math.floor(cost / factor),
      bound: Math.floor(bound / factor),
    };
  }

  private settled(planned: Planned): Settled {
    const { bound = 0, proven = false, ...plan } = planned.plan;
    const costs = costsByLevel(judge(this.problem, plan).parts, this.levels);
    return { planned, costs, bound, proven };
  }
}
