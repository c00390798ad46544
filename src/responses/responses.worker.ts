import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../clock/clock.service.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { mailArrived } from '../mail/mail.facts.ts';
import { meetingMoved } from '../meetings/meetings.facts.ts';
import { Incoming } from './incoming.service.ts';
import { StandingAnswers } from './standing-answers.service.ts';

const SWEEP_QUEUE = 'responses/forgotten-mail';
const SWEEP_SECONDS = 60;

@Injectable()
export class ResponsesWorker {
  constructor(
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    standing: StandingAnswers,
    incoming: Incoming,
  ) {
    jobs.on(meetingMoved, 'responses', ({ meetingId }) => standing.afterMove(meetingId));
    jobs.on(mailArrived, 'responses', ({ messageId }) => incoming.handle(messageId), { retries: 3 });
    jobs.work(SWEEP_QUEUE, async () => {
      await incoming.takeUpForgotten();
    });
  }

  /** Mails whose job has failed for good, or that a process took with it */
  @Interval(SWEEP_SECONDS * 1000)
  async tick(): Promise<void> {
    await this.jobs.sendOnce(SWEEP_QUEUE, String(Math.floor(this.clock.now().toSeconds() / SWEEP_SECONDS)));
  }
}
