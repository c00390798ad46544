import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor.ts';
import { Trail } from '../audit/audit.service.ts';
import { Clock } from '../clock/clock.service.ts';
import { Refusal, refuse } from '../kernel/refusal.ts';
import { answersOf, refusalToSpan, spansOf, type Answer, type Channel, type Span } from './half-days.ts';
import { availabilityRefusals } from './refusals.ts';

/** How many half days a write touched */
export interface Written {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** Who can come when: ○ △ × per person and half day */
@Injectable()
export class Availability {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** What somebody says of some days; where the spans overlap, the later one counts. Other days stay as they are. */
  async say(personId: string, spans: readonly Span[], channel: Channel, actor: Actor): Promise<Written> {
    return this.database.transaction((tx) => this.write(tx, personId, spans, channel, actor));
  }

  /** The same inside the transaction of an import or of an office's answer */
  async write(
    tx: EntityManager,
    personId: string,
    spans: readonly Span[],
    channel: Channel,
    actor: Actor,
  ): Promise<Written> {
    for (const span of spans) refuse(refusalToSpan(span));
    await lockPerson(tx, personId);
    const said = answersOf(spans);
    const before = new Map(
      (await answersBetween(tx, personId, said)).map((answer) => [`${answer.day} ${answer.half}`, answer]),
    );
    const news = said.filter((answer) => {
      const known = before.get(`${answer.day} ${answer.half}`);
      return !known || known.state !== answer.state || known.comment !== answer.comment;
    });
    const replaced = news.flatMap((answer) => before.get(`${answer.day} ${answer.half}`) ?? []);
    if (news.length) {
      await this.upsert(tx, personId, news, channel, actor);
      await this.trail.record(tx, {
        actor,
        verb: 'availability.say',
        subject: `availability/${personId}`,
        ...(replaced.length ? { before: spansOf(replaced) } : {}),
        after: spansOf(news),
      });
    }
    return { added: news.length - replaced.length, changed: replaced.length, unchanged: said.length - news.length };
  }

  /** Takes back what was said of some days: they are unanswered again. @returns how many half days */
  async unsay(personId: string, span: Omit<Span, 'state' | 'comment'>, actor: Actor): Promise<number> {
    return this.database.transaction(async (tx) => {
      const whole: Span = { ...span, state: 'o', comment: '' };
      refuse(refusalToSpan(whole));
      await lockPerson(tx, personId);
      const meant = new Set(answersOf([whole]).map((answer) => `${answer.day} ${answer.half}`));
      const gone = (
        await answersBetween(
          tx,
          personId,
          [whole.from, whole.to].map((day) => ({ day })),
        )
      ).filter((answer) => meant.has(`${answer.day} ${answer.half}`));
      if (!gone.length) return 0;
      await tx.query(
        `delete from availability where person_id = $1
            and (day, half) in (select * from unnest($2::date[], $3::text[]))`,
        [personId, gone.map((answer) => answer.day), gone.map((answer) => answer.half)],
      );
      const subject = `availability/${personId}`;
      await this.trail.record(tx, { actor, verb: 'availability.unsay', subject, before: spansOf(gone) });
      return gone.length;
    });
  }

  /** One statement however many half days: as many parameters as columns, not as cells */
  private async upsert(
    tx: EntityManager,
    personId: string,
    answers: readonly Answer[],
    channel: Channel,
    actor: Actor,
  ): Promise<void> {
    await tx.query(
      `insert into availability (person_id, day, half, state, comment, channel, recorded_by, recorded_at)
       select $1, day, half, state, comment, $6, $7, $8
         from unnest($2::date[], $3::text[], $4::text[], $5::text[]) as said (day, half, state, comment)
       on conflict (person_id, day, half) do update
         set state = excluded.state, comment = excluded.comment, channel = excluded.channel,
             recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`,
      [
        personId,
        answers.map((answer) => answer.day),
        answers.map((answer) => answer.half),
        answers.map((answer) => answer.state),
        answers.map((answer) => answer.comment),
        channel,
        actor.name,
        this.clock.now().toJSDate(),
      ],
    );
  }
}

/** Two who write of the same person take turns, so that the trail says what was replaced. */
async function lockPerson(tx: EntityManager, personId: string): Promise<void> {
  const found: unknown[] = await tx.query('select 1 from person where id = $1 for no key update', [personId]);
  if (!found.length) throw Refusal.of(availabilityRefusals, 'availability.unknown-person', { id: personId });
}

/** What is on record from the first to the last of some days */
async function answersBetween(
  tx: EntityManager,
  personId: string,
  days: readonly Pick<Answer, 'day'>[],
): Promise<Answer[]> {
  const sorted = days.map(({ day }) => day).sort();
  return tx.query(
    `select day::text, half, state, comment from availability where person_id = $1 and day between $2 and $3`,
    [personId, sorted[0], sorted.at(-1)],
  );
}
