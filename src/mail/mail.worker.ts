import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../clock/clock.service.ts';
import { CONFIG, type Config } from '../config/config.ts';
import { Jobs } from '../jobs/jobs.service.ts';
import { SEND_QUEUE } from './delivery.ts';
import { Sender } from './sender.service.ts';

const TICK_SECONDS = 15;
/** A large batch goes on without its job, which must not seem to hang */
const JOB_SECONDS = 60;

@Injectable()
export class MailWorker implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly sender: Sender,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    jobs.work(SEND_QUEUE, () => sender.drainFor(JOB_SECONDS));
  }

  /** What a process that was killed left behind need not wait for the first tick. */
  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') this.sender.wake();
  }

  /** Mails whose time to be tried again has come, and those of processes that died. */
  @Interval(TICK_SECONDS * 1000)
  async tick(): Promise<void> {
    await this.jobs.sendOnce(SEND_QUEUE, String(Math.floor(this.clock.now().toSeconds() / TICK_SECONDS)));
  }
}
