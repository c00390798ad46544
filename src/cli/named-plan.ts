import { text } from '../kernel/text.ts';
import type { PlanRun } from '../planning/planning.queries.ts';
import type { Given } from './given.ts';

/** The plan that was named; `latest` is the newest one that is ready */
export function named<Run extends Pick<PlanRun, 'id' | 'state'>>(runs: readonly Run[], name: string): Run | undefined {
  if (name === 'latest') return runs.find((run) => run.state === 'ready') ?? runs[0];
  const found = runs.filter((run) => run.id.startsWith(name.toLowerCase()));
  return found.length === 1 ? found[0] : undefined;
}

/** Faults where a name can be no plan's */
export function checkName(given: Given, name: string): void {
  if (name !== 'latest' && !/^[0-9a-f]{4}[0-9a-f-]*$/i.test(name))
    given.fault(
      text(
        'PLAN は計画のID（先頭4文字以上）か latest にしてください。',
        'PLAN is the id of a plan (its first four characters or more) or latest.',
      ),
    );
}
