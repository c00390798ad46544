import { text } from '../../kernel/text.ts';
import type { Plan } from '../instance.ts';
import type { Charge } from './finding.ts';
import type { Reading } from './reading.ts';
import type { Part } from './rule.ts';

const change = (where: string, cost: number, people?: string[]): Charge => ({ part: 'change', where, cost, people });

/** Another person in a oneOf seat than announced */
function* otherPeople(
  item: { id: string; seats: readonly { id: string; change?: number }[] },
  was: { seats?: Record<string, string> },
  now: { seats?: Record<string, string> },
): Iterable<Charge> {
  for (const seat of item.seats) {
    const person = now.seats?.[seat.id];
    if ('oneOf' in seat && was.seats?.[seat.id] !== person)
      yield change(`${item.id} ${seat.id}`, seat.change ?? 0, person === undefined ? [] : [person]);
  }
}

function* changedMeetings({ instance, plan }: Reading, was: Plan): Iterable<Charge> {
  for (const meeting of instance.meetings) {
    const a = was.meetings?.[meeting.id];
    const b = plan.meetings?.[meeting.id];
    if (!a || !b) continue;
    const { moved, perDay, perDayMost, mode } = meeting.change;
    const apart = Math.abs((a.start >> 1) - (b.start >> 1));
    if (a.start !== b.start) yield change(meeting.id, moved + Math.min(perDayMost, perDay * apart));
    if (Boolean(a.online) !== Boolean(b.online)) yield change(meeting.id, mode ?? 0);
    yield* otherPeople(meeting, a, b);
  }
}

function* changedConferences({ instance, plan }: Reading, was: Plan): Iterable<Charge> {
  for (const conference of instance.conferences) {
    const a = was.conferences?.[conference.id];
    const b = plan.conferences?.[conference.id];
    if (a && b && a.day !== b.day) yield change(conference.id, conference.change);
    for (const hearing of conference.hearings) {
      const x = was.hearings?.[hearing.id];
      const y = plan.hearings?.[hearing.id];
      if (!x || !y) continue;
      if (x.day !== y.day || x.slot !== y.slot) yield change(hearing.id, hearing.change);
      yield* otherPeople(hearing, x, y);
    }
  }
}

/** Everything that differs from the announced plan */
export const partOfChange: Part = {
  name: 'change',
  title: text('今の計画との違い', 'Difference from the plan that stands'),
  *charge(reading) {
    const { instance, plan } = reading;
    const was = instance.reference;
    if (!was) return;
    yield* changedMeetings(reading, was);
    for (const { id, change: cost } of instance.assignments) {
      const a = was.assignments?.[id];
      if (a && a !== plan.assignments?.[id]) yield change(id, cost, [a]);
    }
    for (const { id, change: cost } of instance.panels) {
      const left = (was.panels?.[id] ?? []).filter((person) => !plan.panels?.[id]?.includes(person));
      yield change(id, cost * left.length, left);
    }
    yield* changedConferences(reading, was);
  },
  sentence: ({ where, people = [] }, names) => {
    const { ja, en } = names.list(people);
    if (names.isUntold(where.split(' ')[0]!))
      return people.length
        ? text(
            `今の計画から担当が変わります（${ja}。まだ誰にも知らせていません）`,
            `Another person than in the plan that stands (${en}; nobody has been told yet)`,
          )
        : text(
            '今の計画の日時などから変わります（まだ誰にも知らせていません）',
            'It differs from the plan that stands (nobody has been told yet)',
          );
    return people.length
      ? text(`通知済みの計画から担当が変わります（${ja}）`, `Another person than announced (${en})`)
      : text('通知済みの日時などから変わります', 'It differs from what was announced');
  },
};
