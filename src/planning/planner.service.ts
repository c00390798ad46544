import type { Text } from '../kernel/text.ts';
import type { Instance, Plan } from './instance.ts';
import { compile } from './problem/compile.ts';
import { anneal, greedy } from './search/anneal.ts';
import { groupsOf } from './search/groups.ts';
import { planOf } from './search/plan-of.ts';

export interface PlannerOptions {
  readonly timeLimitSeconds: number;
  readonly seed: number;
  readonly threads: number;
  readonly onProgress?: (progress: { seconds: number; cost: number; bound: number }) => void;
  readonly signal?: AbortSignal;
}

export async function planInstance(
  instance: Instance,
  options: PlannerOptions,
): Promise<{ plan: Plan; unplaced: { of: string; reasons: Text[] }[] }> {
  const problem = compile(instance);
  const draft = greedy(problem, options.seed);
  let plan = planOf(draft);
  let cost = draft.cost;
  for (const found of anneal(draft, groupsOf(problem), options.seed, 20_000)) {
    await new Promise((resolve) => setImmediate(resolve));
    if (options.signal?.aborted) break;
    if (found) ({ plan, cost } = found);
  }
  return { plan: { ...plan, cost, bound: 0, proven: false }, unplaced: [] };
}
