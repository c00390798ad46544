import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Highs } from 'highs';
import type { Text } from '../kernel/text.ts';
import { isBetterApart } from './apart/clusters.ts';
import type { ApartHooks } from './apart/hooks.ts';
import type { Instance, Plan } from './instance.ts';
import type { HeldLock } from './locks.ts';
import type { Proof, ProofHooks } from './model/proof.ts';
import { compile } from './problem/compile.ts';
import type { Problem } from './problem/problem.ts';
import { judge } from './rules/judge.ts';
import type { Found } from './search/anneal.ts';
import { search } from './search/search.ts';

// What only a proof or an explanation needs is loaded when it begins: the first plan should not wait for it.

/**
 * search: looks for plans until it is stopped; prove: finds the best plan and proves it, from what the search found; both: one after the
 * other; explain: judges a plan and says why things are undecided in it, or which locks cannot hold together.
 */
export type ThreadTask =
  | {
      readonly task: 'search' | 'both';
      readonly instance: Instance;
      readonly seed: number;
      readonly seconds: number;
    }
  | {
      readonly task: 'prove';
      readonly instance: Instance;
      readonly seed: number;
      readonly seconds: number;
      /** The first plan of the search */
      readonly first: Found;
    }
  | { readonly task: 'explain'; readonly instance: Instance; readonly plan: Plan; readonly seconds: number };

/** Begun before there is a task: it comes as the first message, and the flag is raised then. */
export interface WaitForTask {
  readonly task: 'wait';
  readonly flag: Int32Array;
}

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
  /** The proof takes the year apart: from now on search and proof are to be told what the other finds (as a Found). */
  | { readonly news: 'apart' }
  | {
      readonly news: 'proven';
      readonly plan: Plan;
      readonly cost: number;
      readonly bound: number;
      readonly explained: Explained;
    }
  | { readonly news: 'infeasible' }
  | { readonly news: 'explained'; readonly explained: Explained }
  /** Nothing more will come. */
  | { readonly news: 'done' };

/**
 * Annealings before a proof begins, about as many as fit beside the relaxation: a fixed number, so that the proof begins from the same
 * plan whatever the machine's speed
 */
const roundsBefore = (of: Problem): number => (of.meetings.length <= 24 || of.meetings.length > LARGE ? 1 : 2);
/** More of them while something is undecided: a proof that begins from a complete plan need not think of the rest */
const ROUNDS_MORE = 2;
/** Nobody can look for ever: annealings after which the search ends by itself */
const MOST_ROUNDS = 400;

/** Meetings of a year that is likely to be proven soon, and milliseconds for which the search leaves the machine to the proof */
const SMALL = 60;
const PAUSE = 20_000;
/** Meetings of a year whose annealings are long: one is enough before a proof */
const LARGE = 120;
/** In years that are not small: annealings without anything better after which others are tried, and seconds for which they are */
const PATIENCE = 2;
const SECONDS_OF_OTHERS = 20;
/** Milliseconds for which something better may wait to be told, where plans are large, and how many times as long as telling takes */
const BREATH = 250;
const TIMES_TELLING = 20;

const task = taskOf(workerData as ThreadTask | WaitForTask);
const began = Date.now();
const tell = (news: ThreadNews) => parentPort!.postMessage(news, []);
const problem = compile(task.instance);
let solver: Promise<Highs> | undefined;

if (task.task === 'explain') tell({ news: 'explained', explained: await explain(problem, task.plan, task.seconds) });
else if (task.task === 'search') await lookForPlans(problem, task.seed, MOST_ROUNDS);
else if (task.task === 'prove') {
  let known: Found | undefined;
  const searched = new Promise<Found>((resolve) =>
    parentPort!.on('message', (found: Found) => {
      if (!known || found.cost < known.cost) known = found;
      resolve(found);
    }),
  );
  await proveBest(problem, task, task.first, { searched: () => searched, known: () => known });
} else {
  const { first, best } = await lookForPlans(problem, task.seed);
  await proveBest(problem, task, first, { searched: () => Promise.resolve(best), known: () => best });
}
tell({ news: 'done' });
parentPort!.close();

/**
 * What is found is judged here before anybody hears of it.
 * @param rounds after which to stop; none: as soon as a proof can begin
 * @returns the first plan, and the best
 */
async function lookForPlans(of: Problem, seed: number, rounds?: number): Promise<{ first: Found; best: Found }> {
  let first: Found | undefined;
  let best: Found | undefined;
  let told = false;
  let untold = 0;
  let breath = BREATH;
  let since = 0;
  const isSmall = of.meetings.length <= SMALL;
  const steps = search(of, seed);
  let handed: Found | undefined;
  for (let next = steps.next(); ; next = steps.next(handed)) {
    const step = next.value;
    if (step.found) {
      best = step.found;
      first ??= best;
      untold ||= Date.now();
      since = step.rounds;
    }
    handed = isSmall ? undefined : heard();
    const enough = roundsBefore(of) + (best!.cost < of.unplaced ? 0 : ROUNDS_MORE);
    const isEnough = !told && step.rounds >= enough;
    // plans of many centres are large, and come many a second: reading each would keep the thread that listens from its work
    if (untold && (best === first || isEnough || isSmall || Date.now() - untold >= breath)) {
      const before = Date.now();
      tellPlan(of, best!);
      breath = Math.max(BREATH, TIMES_TELLING * (Date.now() - before));
      untold = 0;
    }
    if (isEnough) {
      told = true;
      tell({ news: 'searched', found: best! });
      if (rounds === undefined) break;
      if (isSmall) sleep(PAUSE);
    }
    if (told && !isSmall && step.rounds - since >= PATIENCE) {
      handed = best = await otherWays(of, seed + step.rounds, cheaper(best!, handed));
      since = step.rounds;
    }
    if (rounds !== undefined && step.rounds >= rounds) break;
  }
  if (untold) tellPlan(of, best!);
  return { first: first!, best: best! };
}

function cheaper(best: Found, other: Found | undefined): Found {
  return other && other.cost < best.cost ? other : best;
}

/** Where annealing finds no more: parts of the plan solved exactly, the rest as it is */
async function otherWays(of: Problem, seed: number, first: Found): Promise<Found> {
  const [{ Improvement }, { clustersOf }] = await Promise.all([
    import('./apart/improvement.ts'),
    import('./apart/clusters.ts'),
  ]);
  const until = Date.now() + 1000 * SECONDS_OF_OTHERS;
  const seconds = () => (until - Date.now()) / 1000;
  const plans = new Improvement(of, await highs(), seed, {
    first,
    seconds,
    known: heard,
    onPlan: (found) => tellPlan(of, found),
    onBound: () => undefined,
    searched: () => Promise.resolve(first),
    pause,
  });
  await plans.improve(clustersOf(of), seconds);
  return plans.best;
}

/** Waits without an event loop, which would take the messages that are read later on. */
function taskOf(given: ThreadTask | WaitForTask): ThreadTask {
  if (given.task !== 'wait') return given;
  Atomics.wait(given.flag, 0, 0);
  return receiveMessageOnPort(parentPort!)!.message as ThreadTask;
}

/** The best plan that was handed to this thread since it last looked */
function heard(): Found | undefined {
  let best: Found | undefined;
  for (let got = receiveMessageOnPort(parentPort!); got; got = receiveMessageOnPort(parentPort!)) {
    const found = got.message as Found;
    if (!best || found.cost < best.cost) best = found;
  }
  return best;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function tellPlan(of: Problem, { plan }: Found): void {
  const { valid, cost } = judge(of, plan);
  tell({ news: 'plan', plan, cost, valid });
}

async function proveBest(
  of: Problem,
  { seed, seconds }: { seed: number; seconds: number },
  first: Found,
  others: Pick<ApartHooks, 'searched' | 'known'>,
): Promise<void> {
  const hooks = {
    seconds: () => Math.max(0.1, seconds - (Date.now() - began) / 1000),
    onBound: (bound: number) => tell({ news: 'bound', bound }),
    onPlan: (found: Found) => tellPlan(of, found),
    first,
    ...others,
    pause,
  };
  const proof = await (isBetterApart(of) ? apart(of, seed, hooks) : whole(of, seed, hooks));
  if (proof.outcome === 'infeasible') tell({ news: 'infeasible' });
  else if (proof.outcome === 'proven') {
    const explained = await explain(of, proof.best.plan, seconds);
    tell({ news: 'proven', ...proof.best, bound: proof.bound, explained });
  }
}

async function whole(of: Problem, seed: number, hooks: ProofHooks): Promise<Proof> {
  const { prove, separateCost } = await import('./model/prove.ts');
  hooks.onBound(separateCost(of));
  return prove(of, await highs(), seed, hooks);
}

async function apart(of: Problem, seed: number, hooks: ApartHooks): Promise<Proof> {
  const { proveApart } = await import('./apart/prove-apart.ts');
  tell({ news: 'apart' });
  return proveApart(of, await highs(), seed, hooks);
}

/** The package's types describe its CommonJS form. */
function highs(): Promise<Highs> {
  return (solver ??= import('highs').then(({ default: load }) => (load as unknown as typeof load.default)()));
}

async function explain(of: Problem, plan: Plan, seconds: number): Promise<Explained> {
  const { whyUnplaced } = await import('./explain/unplaced.ts');
  const { valid, cost, broken } = judge(of, plan);
  if (!broken.some(({ rule }) => rule === 'locked')) return { valid, cost, unplaced: whyUnplaced(of, plan), locks: [] };
  const { lockConflict } = await import('./locks.ts');
  return { valid, cost, unplaced: whyUnplaced(of, plan), locks: lockConflict(of, await highs(), plan, seconds) };
}
