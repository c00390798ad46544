import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../clock/clock.service.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { attendanceChanged, meetingCancelled, meetingMoved } from '../meetings/meetings.facts.ts';
import { MeetingQueries } from '../meetings/meetings.queries.ts';
import { milestoneChanged } from '../milestones/milestones.facts.ts';
import { MilestoneQueries } from '../milestones/milestones.queries.ts';
import { Reminders } from './reminders.service.ts';

export const REMIND_QUEUE = 'reminders/round';
const TICK_SECONDS = 300;

/** However many processes tick, one round is made for each slot of time. */
@Injectable()
export class RemindersWorker {
  constructor(
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    reminders: Reminders,
    meetings: MeetingQueries,
    milestones: MilestoneQueries,
  ) {
    // the next round makes up for one that failed
    jobs.work(REMIND_QUEUE, () => reminders.round(), { retries: 2 });
    for (const fact of [attendanceChanged, meetingMoved, meetingCancelled])
      jobs.on(fact, 'reminders', async ({ meetingId }) =>
        reminders.reconsider((await meetings.one(meetingId)).cycleId),
      );
    jobs.on(milestoneChanged, 'reminders', async ({ milestoneId }) =>
      reminders.reconsider((await milestones.one(milestoneId)).cycleId),
    );
  }

  @Interval(TICK_SECONDS * 1000)
  async tick(): Promise<void> {
    await this.jobs.sendOnce(REMIND_QUEUE, String(Math.floor(this.clock.now().toSeconds() / TICK_SECONDS)));
  }
}
