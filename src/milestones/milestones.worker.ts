import { Injectable } from '@nestjs/common';
import { Jobs } from '../jobs/jobs.service.ts';
import { meetingCancelled, meetingMoved, meetingScheduled } from '../meetings/meetings.facts.ts';
import { Milestones } from './milestones.service.ts';

@Injectable()
export class MilestonesWorker {
  constructor(jobs: Jobs, milestones: Milestones) {
    for (const fact of [meetingScheduled, meetingMoved, meetingCancelled])
      jobs.on(fact, 'milestones', ({ meetingId }) => milestones.followMeeting(meetingId));
  }
}
