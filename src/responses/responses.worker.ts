import { Injectable } from '@nestjs/common';
import { Jobs } from '../jobs/jobs.service.ts';
import { meetingMoved } from '../meetings/meetings.facts.ts';
import { StandingAnswers } from './standing-answers.service.ts';

@Injectable()
export class ResponsesWorker {
  constructor(jobs: Jobs, standing: StandingAnswers) {
    jobs.on(meetingMoved, 'responses', ({ meetingId }) => standing.afterMove(meetingId));
  }
}
