import { Injectable } from '@nestjs/common';
import { Jobs } from '../jobs/jobs.service.ts';
import { PLAN_QUEUE, Planning } from './planning.service.ts';

@Injectable()
export class PlanningWorker {
  constructor(jobs: Jobs, planning: Planning) {
    jobs.work<{ planId: string }>(PLAN_QUEUE, ({ planId }, { signal }) => planning.run(planId, signal), {
      retries: 2,
      longest: 4000,
    });
  }
}
