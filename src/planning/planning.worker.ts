import { Injectable } from '@nestjs/common';
import { Jobs } from '../jobs/jobs.service.ts';
import { AT_ONCE, PLAN_QUEUE, PlanRuns } from './plan-runs.service.ts';

@Injectable()
export class PlanningWorker {
  constructor(jobs: Jobs, runs: PlanRuns) {
    jobs.work<{ planId: string }>(PLAN_QUEUE, async ({ planId }, { signal }) => void (await runs.run(planId, signal)), {
      retries: 5,
      longest: 4000,
      atOnce: AT_ONCE,
    });
  }
}
