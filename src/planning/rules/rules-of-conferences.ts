import { text } from '../../kernel/text.ts';
import { CANNOT } from '../problem/problem.ts';
import type { Rule } from './rule.ts';

const slot: Rule = {
  name: 'slot',
  title: text('一枠に一件', 'One hearing a slot'),
  *check({ conferences }) {
    for (const { hearings } of conferences) {
      const taken = new Map<string, string>();
      for (const { hearing, at, inside } of hearings) {
        if (!at || !inside) continue;
        const key = `${at.day}|${at.slot}`;
        const other = taken.get(key);
        if (other) yield { rule: 'slot', where: hearing.id, meetings: [other] };
        taken.set(key, hearing.id);
      }
    }
  },
  sentence: ({ meetings }, names) => {
    const other = names.things(meetings);
    return text(`その枠は${other.ja}が使っています`, `The slot is taken by ${other.en}`);
  },
};

const quorum: Rule = {
  name: 'quorum',
  title: text('定足数', 'Quorum'),
  *check({ heard }) {
    for (const { conference, hearing, members } of heard) {
      const present = members.filter((member) => member.state !== CANNOT).length;
      if (present < conference.quorum)
        yield { rule: 'quorum', where: hearing.id, count: present, wanted: conference.quorum };
    }
  },
  sentence: ({ count, wanted, people, days }, names) => {
    const who = names.list(people);
    const on = names.onDays(days);
    return text(
      `${on.ja}出席できる委員が${count}人で、定足数${wanted}人に足りません${who.ja ? `（欠席：${who.ja}）` : ''}`,
      `Only ${count} of the members can be there${on.en}, ${wanted} are needed${who.en ? ` (absent: ${who.en})` : ''}`,
    );
  },
};

const required: Rule = {
  name: 'required',
  title: text('必ず出席する委員', 'Members without whom nothing is heard'),
  *check({ heard }) {
    for (const { hearing, members } of heard)
      for (const member of members)
        if (member.required && member.state === CANNOT)
          yield { rule: 'required', where: hearing.id, people: [member.person] };
  },
  sentence: ({ people, days }, names) => {
    const who = names.list(people);
    const on = names.onDays(days);
    return text(
      `必ず出席する委員の${who.ja}が${on.ja}出席できません`,
      `${who.en}, without whom nothing is heard, cannot be there${on.en}`,
    );
  },
};

const tooSoon: Rule = {
  name: 'too-soon',
  title: text('訪問からの日数', 'Days after the visit'),
  *check({ problem, meetings, heard }) {
    const lastDays = new Map(meetings.map(({ meeting, placed }) => [meeting.id, placed?.lastDay]));
    const { ordinal } = problem.calendar;
    for (const { hearing, firstDay } of heard)
      for (const { meeting, days } of hearing.after) {
        const last = lastDays.get(meeting);
        if (last === undefined) continue;
        const apart = ordinal[firstDay]! - ordinal[last]!;
        if (apart < days)
          yield { rule: 'too-soon', where: hearing.id, meetings: [meeting], count: apart, wanted: days };
      }
  },
  sentence: ({ where, meetings, wanted }, names) => {
    const of = names.thing(where);
    const before = names.things(meetings);
    return text(
      `${before.ja}から${of.ja}までに${wanted}日以上必要です`,
      `${of.en} must be ${wanted} days or more after ${before.en}`,
    );
  },
};

export const rulesOfConferences: readonly Rule[] = [slot, quorum, required, tooSoon];
