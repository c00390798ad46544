import type { Highs } from 'highs';
import type { Problem } from '../problem/problem.ts';
import { judge } from '../rules/judge.ts';
import type { Found } from '../search/anneal.ts';
import { Draft } from '../search/draft.ts';
import { groupsOf, type Group } from '../search/groups.ts';
import { planOf } from '../search/plan-of.ts';
import { Random } from '../search/random.ts';
import { takeOver } from '../search/take-over.ts';
import type { ApartHooks } from './hooks.ts';
import { improve } from './neighbourhood.ts';

/** Groups of a neighbourhood across parts, and seconds that one may take */
const RELATED = 12;
const MOST_SECONDS = 20;
/** Groups whose people are chosen anew at once while all dates stay */
const STAYING = 250;

/** Makes the best plan better by neighbourhoods that are solved exactly, where annealing finds no more. */
export class Improvement {
  best: Found;
  private readonly problem: Problem;
  private readonly highs: Highs;
  private readonly seed: number;
  private readonly hooks: ApartHooks;
  private readonly groups: readonly Group[];
  private readonly random: Random;
  private draft: Draft | undefined;
  private round = 0;

  constructor(problem: Problem, highs: Highs, seed: number, hooks: ApartHooks) {
    this.problem = problem;
    this.highs = highs;
    this.seed = seed;
    this.hooks = hooks;
    this.best = hooks.first;
    this.groups = groupsOf(problem);
    this.random = new Random(seed * 15_485_863);
  }

  /** @param seconds that are left for it */
  async improve(clusters: readonly (readonly Group[])[], seconds: () => number): Promise<void> {
    if (!this.groups.length) return;
    while (seconds() > 0.5) {
      const neighbourhoods = this.round++ % 2 ? this.related() : clusters;
      await this.chooseAnew(seconds);
      for (const groups of neighbourhoods) {
        if (seconds() <= 0.5) return;
        this.tryOn(groups, seconds);
        await this.hooks.pause();
      }
      if (this.best.cost === 0) return;
    }
  }

  /** Everybody's assignments and panels anew, all dates as they are: exact over many parts at once, since little is left to decide */
  private async chooseAnew(seconds: () => number): Promise<void> {
    for (let from = 0; from < this.groups.length && seconds() > 0.5; from += STAYING) {
      this.tryOn(this.groups.slice(from, from + STAYING), seconds, () => true);
      await this.hooks.pause();
    }
  }

  /** As many neighbourhoods of groups that compete for the same people as there are parts of such a size */
  private related(): Group[][] {
    return Array.from({ length: Math.ceil(this.groups.length / RELATED) }, () => {
      const group = this.random.pick(this.groups);
      return [group, ...group.related.slice(0, RELATED - 1).map((g) => this.groups[g]!)];
    });
  }

  private tryOn(groups: readonly Group[], seconds: () => number, staying?: (meeting: number) => boolean): void {
    this.hear();
    const draft = this.current();
    const spare = Math.max(0, seconds() - MOST_SECONDS);
    const effort = {
      seconds: () => seconds() - spare,
      seed: this.seed,
      ...(staying ? { staying } : {}),
    };
    if (improve(draft, groups, this.highs, effort)) this.learn({ cost: draft.cost, plan: planOf(draft) }, draft);
  }

  private current(): Draft {
    if (!this.draft) {
      this.draft = new Draft(this.problem);
      takeOver(this.draft, this.best.plan);
      this.draft.settle();
    }
    return this.draft;
  }

  /** What the search has found meanwhile */
  hear(): void {
    const known = this.hooks.known();
    if (known && known.cost < this.best.cost) this.learn(known);
  }

  /** @param draft that holds the plan */
  private learn(found: Found, draft?: Draft): void {
    const judged = judge(this.problem, found.plan);
    if (!judged.valid || (judged.cost >= this.best.cost && judge(this.problem, this.best.plan).valid)) return;
    this.best = { cost: judged.cost, plan: found.plan };
    this.draft = draft;
    if (draft) this.hooks.onPlan(this.best);
  }
}
