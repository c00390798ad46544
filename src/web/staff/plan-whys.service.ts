import { Injectable } from '@nestjs/common';
import { date, dateShort } from '../../kernel/calendar-date.ts';
import type { Text } from '../../kernel/text.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import type { Alternative } from '../../planning/explain/alternatives.ts';
import type { ConferenceDay } from '../../planning/explain/conference-days.ts';
import type { Why } from '../../planning/explain/why.ts';
import {
  alternativesIn,
  conferenceDaysIn,
  judgementIn,
  whyIn,
  type PlanByKey,
} from '../../planning/questions.service.ts';
import type { Judgement } from '../../planning/rules/judge.ts';
import { LongQuestions } from './long-questions.service.ts';
import { committeeWhy } from './plan-committee.ts';
import { meetingWhy, type MeetingWhy } from './plan-meeting.ts';
import type { PlanGround } from './plan-placements.ts';
import { priceText } from './plan-starts.ts';
import type { ReadPlan } from './plan-view.ts';

const REMEMBERED = 8;

interface KnownRun {
  judged?: Promise<Judgement> | undefined;
  whys?: Promise<readonly Why[]> | undefined;
  readonly alternatives: Map<string, Promise<readonly Alternative[]>>;
  readonly days: Map<string, Promise<readonly ConferenceDay[]>>;
}

/** Questions about a run's plan. They are answered in the warm thread: nothing is compiled or judged here, where pages are served. */
@Injectable()
export class PlanWhys {
  constructor(private readonly long: LongQuestions) {}

  /** By run: what came out of one does not change any more */
  private readonly known = new Map<string, KnownRun>();

  async of(ground: PlanGround, runId: string, read: ReadPlan, meeting: Meeting): Promise<MeetingWhy> {
    const { instance, plan } = read;
    if (instance.conferences.some(({ id }) => id === meeting.key))
      return this.ofCommittee(ground, runId, read, meeting);
    const [alternatives, whys, judged] = await Promise.all([
      this.alternatives(runId, read, meeting.key),
      this.whole(runId, read),
      this.judgement(runId, read),
    ]);
    return meetingWhy({ ground, meeting, instance, plan, judged, alternatives, whys });
  }

  private async ofCommittee(ground: PlanGround, runId: string, read: ReadPlan, meeting: Meeting): Promise<MeetingWhy> {
    const [days, whys, judged] = await Promise.all([
      this.days(runId, read, meeting.key),
      this.whole(runId, read),
      this.judgement(runId, read),
    ]);
    return committeeWhy({ ground, meeting, ...read, judged, days, whys });
  }

  /** The judgement by which the planner was led; of a plan that breaks rules as well */
  judgement(runId: string, read: ReadPlan): Promise<Judgement> {
    const run = this.recall(runId);
    return (run.judged ??= kept(judgementIn(about(runId, read)), () => (run.judged = undefined)));
  }

  /**
   * The next best day of each meeting, with what it would cost, by the meeting's key; undefined where that is not known yet, and asked for
   * so that it is known soon.
   */
  async nextDays(runId: string, read: ReadPlan): Promise<Map<string, { days: Text; price: Text }> | undefined> {
    const asked = await this.long.ask(`whys ${runId}`, () => this.whole(runId, read));
    if (asked.state !== 'done') return undefined;
    const { instance } = read;
    return new Map(
      asked.value.flatMap(({ of, runnerUp }) => {
        if (!runnerUp) return [];
        const days = dateShort(date(instance.days[runnerUp.start >> 1]!.date));
        return [[of, { days, price: priceText(runnerUp.difference) }] as const];
      }),
    );
  }

  /** Of everything in a plan */
  private whole(runId: string, read: ReadPlan): Promise<readonly Why[]> {
    const run = this.recall(runId);
    return (run.whys ??= kept(whyIn(about(runId, read)), () => (run.whys = undefined)));
  }

  private alternatives(runId: string, read: ReadPlan, meeting: string): Promise<readonly Alternative[]> {
    const ask = () => alternativesIn(about(runId, read), meeting, { parts: true });
    return asked(this.recall(runId).alternatives, meeting, ask);
  }

  private days(runId: string, read: ReadPlan, conference: string): Promise<readonly ConferenceDay[]> {
    return asked(this.recall(runId).days, conference, () => conferenceDaysIn(about(runId, read), conference));
  }

  private recall(runId: string): KnownRun {
    const run = this.known.get(runId) ?? { alternatives: new Map(), days: new Map() };
    this.known.delete(runId);
    this.known.set(runId, run);
    for (const oldest of this.known.keys()) if (this.known.size > REMEMBERED) this.known.delete(oldest);
    return run;
  }
}

const about = (key: string, read: ReadPlan): PlanByKey => ({ key, read: async () => read });

function asked<T>(known: Map<string, Promise<T>>, of: string, ask: () => Promise<T>): Promise<T> {
  const answer = known.get(of) ?? kept(ask(), () => known.delete(of));
  known.set(of, answer);
  return answer;
}

/** Whoever asks next hears the same; what failed is asked again. */
function kept<T>(asked: Promise<T>, forget: () => void): Promise<T> {
  asked.catch(forget);
  return asked;
}
