import type { Actor } from '../../src/audit/actor.ts';
import type { Config } from '../../src/config/config.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import type { Meeting } from '../../src/meetings/meeting.ts';
import { NewYear } from '../../src/planning/new-year.service.ts';
import { PlanningQueries, type PlanRun } from '../../src/planning/planning.queries.ts';
import { Planning, type PlanSettings } from '../../src/planning/planning.service.ts';
import { PlanRuns } from '../../src/planning/plan-runs.service.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';

export const actor: Actor = { kind: 'command', name: 'test' };

export interface YearHouse extends StartedApp {
  readonly cycleId: string;
  meeting(key: string): Promise<Meeting>;
  /** A plan computed here, without a job */
  plan(settings?: PlanSettings): Promise<PlanRun>;
}

/** The house with the sample and its year 2027; nobody works its jobs unless told */
export async function yearHouse(role: Config['role'] = 'web'): Promise<YearHouse> {
  const house = await startApp({ clock: '2026-11-21T00:00:00Z', config: { role } });
  await house.get(Sample).load();
  const cycleId = await house.get(NewYear).create({ programme: 'wpi', fiscalYear: 2027 }, actor);
  return {
    ...house,
    cycleId,
    meeting: (key) => house.get(MeetingQueries).named(cycleId, key),
    plan: async (settings = {}) => {
      const id = await house.get(Planning).request(cycleId, { timeLimit: 4, ...settings }, actor);
      await house.get(PlanRuns).run(id, new AbortController().signal);
      return house.get(PlanningQueries).one(id);
    },
  };
}

/** `done`, or the code of the refusal */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );
