import { parentPort, workerData } from 'node:worker_threads';
import loadHighs, { type Highs } from 'highs';
import type { Text } from '../kernel/text.ts';
import type { Instance, Plan } from './instance.ts';
import { lockConflict, type HeldLock } from './locks.ts';
import { prove, separateCost } from './model/prove.ts';
import { compile } from './problem/compile.ts';
import type { Problem } from './problem/problem.ts';
import { judge } from './rules/judge.ts';
import type { Found } from './search/anneal.ts';
import { search } from './search/search.ts';
import { whyUnplaced } from './explain/unplaced.ts';

/**
 * search: looks for plans until it is stopped; prove: finds the best plan and proves it, from what the search found; both: one after the
 * other; explain: judges a plan and says why things are undecided in it, or which locks cannot hold together.
 */
export type ThreadTask =
  | {
      readonly task: 'search' | 'prove' | 'both';
      readonly instance: Instance;
      readonly seed: number;
      readonly seconds: number;
    }
  | { readonly task: 'explain'; readonly instance: Instance; readonly plan: Plan; readonly seconds: number };

export interface Explained {
  readonly valid: boolean;
  readonly cost: number;
  readonly unplaced: { of: string; reasons: Text[] }[];
  /** Where the plan breaks locks: a smallest set of them that no plan keeps */
  readonly locks: HeldLock[];
}

export type ThreadNews =
  | { readonly news: 'plan'; readonly plan: Plan; readonly cost: number; readonly valid: boolean }
  | { readonly news: 'bound'; readonly bound: number }
  /** The search has looked long enough for a proof to begin. */
  | { readonly news: 'searched'; readonly found: Found }
  | { readonly news: 'proven'; readonly plan: Plan; readonly cost: number; readonly bound: number }
  | { readonly news: 'infeasible' }
  | { readonly news: 'explained'; readonly explained: Explained }
  /** Nothing more will come. */
  | { readonly news: 'done' };

/**
 * Annealings before a proof begins, about as many as fit beside the relaxation: a fixed number, so that the proof begins from the same
 * plan whatever the machine's speed
 */
const roundsBefore = (of: Problem): number => (of.meetings.length <= 24 ? 1 : 2);
/** Nobody can look for ever: annealings after which the search ends by itself */
const MOST_ROUNDS = 400;

/** Meetings of a year that is likely to be proven soon, and milliseconds for which the search leaves the machine to the proof */
const SMALL = 60;
const PAUSE = 20_000;

const task = workerData as ThreadTask;
const began = Date.now();
const tell = (news: ThreadNews) => parentPort!.postMessage(news, []);
const problem = compile(task.instance);

if (task.task === 'explain') tell({ news: 'explained', explained: await explain(problem, task.plan, task.seconds) });
else if (task.task === 'search') lookForPlans(problem, task.seed, MOST_ROUNDS);
else await proveBest(problem, task.seed, task.seconds, task.task === 'both');
tell({ news: 'done' });
parentPort!.close();

/** What is found is judged here before anybody hears of it. @returns the best after so many rounds */
function lookForPlans(of: Problem, seed: number, rounds: number): Found {
  let best: Found | undefined;
  let told = false;
  for (const step of search(of, seed)) {
    if (step.found) {
      best = step.found;
      tellPlan(of, best);
    }
    if (!told && step.rounds >= roundsBefore(of)) {
      told = true;
      tell({ news: 'searched', found: best! });
      if (rounds > roundsBefore(of) && of.meetings.length <= SMALL) sleep(PAUSE);
    }
    if (step.rounds >= rounds) break;
  }
  return best!;
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function tellPlan(of: Problem, { plan }: Found): void {
  const { valid, cost } = judge(of, plan);
  tell({ news: 'plan', plan, cost, valid });
}

async function proveBest(of: Problem, seed: number, seconds: number, searchesItself: boolean): Promise<void> {
  const searched = searchesItself
    ? Promise.resolve(lookForPlans(of, seed, roundsBefore(of)))
    : new Promise<Found>((resolve) => parentPort!.once('message', (found: Found) => resolve(found)));
  tell({ news: 'bound', bound: separateCost(of) });
  const proof = await prove(of, await highs(), seed, {
    seconds: () => Math.max(0.1, seconds - (Date.now() - began) / 1000),
    onBound: (bound) => tell({ news: 'bound', bound }),
    onPlan: (found) => tellPlan(of, found),
    searched: () => searched,
  });
  if (proof.outcome === 'infeasible') tell({ news: 'infeasible' });
  else if (proof.outcome === 'proven') tell({ news: 'proven', ...proof.best, bound: proof.bound });
}

/** The package's types describe its CommonJS form. */
function highs(): Promise<Highs> {
  return (loadHighs as unknown as typeof loadHighs.default)();
}

async function explain(of: Problem, plan: Plan, seconds: number): Promise<Explained> {
  const { valid, cost, broken } = judge(of, plan);
  const locks = broken.some(({ rule }) => rule === 'locked') ? lockConflict(of, await highs(), plan, seconds) : [];
  return { valid, cost, unplaced: whyUnplaced(of, plan), locks };
}
