import type { Text } from '../../kernel/text.ts';
import type { PlanRunSummary } from '../../planning/planning.queries.ts';
import { gapShort, lasting, pointsOf, stateOf } from './plan-words.ts';

export interface RunRow {
  readonly id: string;
  readonly href: string;
  /** What staff call it; empty where they gave it no name */
  readonly name: string;
  readonly sort: 'run' | 'what-if' | 'repair';
  readonly at: string;
  readonly by: string;
  readonly stated: { readonly label: Text; readonly shape: string };
  readonly cost: Text;
  readonly gap: Text;
  readonly unplaced: number | null;
  readonly time: Text;
  readonly seed: number;
  /** Has a plan, so that it can be put beside another */
  readonly comparable: boolean;
  /** The best of those that can be published */
  readonly best: boolean;
}

/** Runs for a list, newest first */
export function runRows(runs: readonly PlanRunSummary[], address: string): RunRow[] {
  // what was computed for a copy of the year, or with parts in an order, is not cheaper or dearer in the same sense
  const ready = runs.filter(
    ({ state, cost, changes, order }) =>
      state === 'ready' && cost !== null && changes.length === 0 && order.length === 0,
  );
  const least = Math.min(...ready.map(({ cost }) => cost!));
  const best = ready.length > 1 ? ready.find(({ cost }) => cost === least) : undefined;
  return runs.map((run) => {
    const over = run.state === 'ready' || run.state === 'published';
    return {
      id: run.id,
      href: `${address}/${run.id}`,
      name: run.name,
      sort: run.kind === 'repair' ? 'repair' : run.changes.length > 0 ? 'what-if' : 'run',
      at: run.requestedAt.toISOString(),
      by: run.requestedBy,
      stated: stateOf(run),
      cost: pointsOf(run.cost),
      gap: gapShort(run),
      unplaced: over ? run.unplaced.length : null,
      time: lasting(run.seconds),
      seed: run.seed,
      comparable: over,
      best: run === best,
    };
  });
}
