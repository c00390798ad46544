import { text } from '../../kernel/text.ts';
import type { Conference, Meeting } from '../instance.ts';
import { daysFindings } from '../problem/starts.ts';
import type { Finding, RuleName } from './finding.ts';
import type { Reading } from './reading.ts';
import type { Rule } from './rule.ts';

/** What is wrong with the days of every meeting and conference */
function* dayFindings({ problem, meetings, conferences }: Reading, rule: RuleName): Iterable<Finding> {
  const of = (item: Meeting | Conference, first: number, last: number) =>
    daysFindings(item, problem.calendar, first, last).filter((finding) => finding.rule === rule);
  for (const { meeting, placed } of meetings) if (placed) yield* of(meeting, placed.firstDay, placed.lastDay);
  for (const { conference, day, inside } of conferences)
    if (inside) yield* of(conference, day!, day! + conference.dayCount - 1);
}

const inWindow: Rule = {
  name: 'window',
  title: text('期間内', 'Inside the window'),
  *check(reading) {
    for (const { meeting, outside } of reading.meetings) if (outside) yield { rule: 'window', where: meeting.id };
    for (const { conference, day, inside, hearings } of reading.conferences) {
      if (day !== null && !inside) yield { rule: 'window', where: conference.id };
      for (const { hearing, at, inside: fits } of hearings)
        if (at !== null && !fits) yield { rule: 'window', where: hearing.id };
    }
    yield* dayFindings(reading, 'window');
  },
  sentence: () => text('定められた期間の外です', 'Outside its window'),
};

const consecutive: Rule = {
  name: 'consecutive',
  title: text('連続した日', 'Consecutive days'),
  check: (reading) => dayFindings(reading, 'consecutive'),
  sentence: () =>
    text('連続した日にできません（休日をはさみます）', 'Not on consecutive days (a weekend or holiday lies between)'),
};

const openDays: Rule = {
  name: 'closed',
  title: text('開催できる日', 'Open days'),
  check: (reading) => dayFindings(reading, 'closed'),
  sentence: ({ days }, names) => {
    const on = names.days(days);
    return text(`${on.ja}は開催できない日です`, `Closed on ${on.en}`);
  },
};

const morning: Rule = {
  name: 'morning',
  title: text('午前開始', 'Beginning in the morning'),
  *check({ meetings }) {
    for (const { meeting, placed } of meetings)
      if (placed && meeting.startsIn === 'morning' && placed.first % 2) yield { rule: 'morning', where: meeting.id };
  },
  sentence: () => text('午前に始める必要があります', 'It must begin in the morning'),
};

const mode: Rule = {
  name: 'mode',
  title: text('開催方法', 'Mode'),
  *check({ meetings }) {
    for (const { meeting, placed } of meetings)
      if (placed?.at.online && !meeting.online) yield { rule: 'mode', where: meeting.id };
  },
  sentence: () => text('オンラインでは開催できません', 'It cannot be held online'),
};

const limit: Rule = {
  name: 'limit',
  title: text('週・日ごとの件数', 'So many a week or day'),
  *check(reading) {
    for (const { limit, n, meetings } of limitCounts(reading))
      if (n > limit.most)
        yield { rule: 'limit', where: limit.id, limit: limit.id, meetings, count: n, wanted: limit.most };
  },
  sentence: ({ limit, meetings, wanted }, names) => {
    const perWeek = names.perWeek(limit);
    const others = names.things(meetings);
    const ja = others.ja ? `（${others.ja}）` : '';
    const en = others.en ? ` (${others.en})` : '';
    return text(
      `同じ${perWeek ? '週' : '日'}には${wanted}件までです${ja}`,
      `No more than ${wanted} in one ${perWeek ? 'week' : 'day'}${en}`,
    );
  },
};

/** How many meetings of each limit there are in each week or day in which there is one */
export function* limitCounts({ problem, instance, meetings }: Reading) {
  const placedOf = new Map(meetings.map(({ meeting, placed }) => [meeting.id, placed]));
  for (const limit of instance.limits) {
    const groups = new Map<number, string[]>();
    const add = (key: number, id: string) => groups.set(key, [...(groups.get(key) ?? []), id]);
    for (const id of limit.meetings) {
      const placed = placedOf.get(id);
      if (!placed) continue;
      if (limit.per === 'week') add(problem.calendar.week[placed.firstDay]!, id);
      else for (let day = placed.firstDay; day <= placed.lastDay; day++) add(day, id);
    }
    for (const ids of groups.values()) yield { limit, n: ids.length, meetings: ids };
  }
}

export const rulesOfTime: readonly Rule[] = [inWindow, consecutive, morning, openDays, mode, limit];
