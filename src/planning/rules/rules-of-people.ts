import { text } from '../../kernel/text.ts';
import { CANNOT } from '../problem/problem.ts';
import type { Reading } from './reading.ts';
import type { Rule } from './rule.ts';
import { journeys } from './journeys.ts';

const available: Rule = {
  name: 'available',
  title: text('都合', 'Availability'),
  *check({ meetings, heard }) {
    for (const { placed } of meetings)
      for (const { person, where, state, first } of placed?.sittings ?? [])
        if (state === CANNOT) yield { rule: 'available', where, people: [person], days: [first >> 1] };
    for (const { sittings, at } of heard)
      for (const { person, where, state } of sittings)
        if (state === CANNOT) yield { rule: 'available', where, people: [person], days: [at.day] };
  },
  sentence: ({ people, days }, names) => {
    const who = names.list(people);
    const on = names.onDays(days);
    // several: any one of them would do
    if ((people?.length ?? 0) > 1)
      return text(`${who.ja}のいずれも${on.ja}都合がつきません`, `None of ${who.en} can be there${on.en}`);
    return who.ja
      ? text(`${who.ja}は${on.ja}都合がつきません`, `${who.en} cannot be there${on.en}`)
      : text('候補者がいません', 'There is no candidate');
  },
};

const candidate: Rule = {
  name: 'candidate',
  title: text('候補者', 'Candidates'),
  *check({ assignments, panels, meetings, heard }) {
    for (const { assignment, person, choice } of assignments)
      if (person !== null && !choice) yield { rule: 'candidate', where: assignment.id, people: [person] };
    for (const { panel, members } of panels)
      for (const member of members ?? [])
        if (!panel.candidates.some((c) => c.person === member))
          yield { rule: 'candidate', where: panel.id, people: [member] };
    for (const { placed } of meetings) {
      if (!placed) continue;
      for (const where of placed.empty) yield { rule: 'candidate', where };
      for (const { where, person, choice } of placed.choices)
        if (!choice) yield { rule: 'candidate', where, people: person === null ? [] : [person] };
      for (const { where, strangers } of placed.panels)
        for (const person of strangers) yield { rule: 'candidate', where, people: [person] };
    }
    for (const { wrong } of heard)
      for (const { where, person } of wrong)
        yield { rule: 'candidate', where, people: person === null ? [] : [person] };
  },
  sentence: ({ people }, names) => {
    const who = names.list(people);
    return who.ja
      ? text(`${who.ja}は候補者ではありません`, `${who.en} is not a candidate`)
      : text('担当者が決まっていません', 'Nobody is named for it');
  },
};

const twoPlaces: Rule = {
  name: 'two-places',
  title: text('同時に二か所', 'Two places at once'),
  *check({ clashes }) {
    for (const { person, where, other } of clashes)
      yield { rule: 'two-places', where, people: [person], meetings: [other] };
  },
  sentence: ({ people, meetings }, names) => {
    const who = names.list(people);
    const others = names.things(meetings);
    return others.ja
      ? text(`${who.ja}は同じ時間帯に${others.ja}に出席します`, `${who.en} is at ${others.en} at that time`)
      : text(`${who.ja}は同じ時間帯に別のヒアリングに出席します`, `${who.en} is at another hearing at that time`);
  },
};

const travel: Rule = {
  name: 'travel',
  title: text('移動日', 'Travel'),
  *check(reading) {
    for (const { person, visit, before, free, needed } of journeys(reading).hurried)
      yield {
        rule: 'travel',
        where: visit.meeting.id,
        people: [person],
        meetings: [before.meeting.id],
        count: free,
        wanted: needed,
      };
  },
  sentence: ({ people, meetings, wanted }, names) => {
    const who = names.list(people);
    const other = names.things(meetings);
    return wanted
      ? text(
          `${who.ja}の移動には${other.ja}との間に${wanted}日の空きが必要です`,
          `${who.en} needs ${wanted} free day${wanted > 1 ? 's' : ''} to travel from or to ${other.en}`,
        )
      : text(
          `${who.ja}は同じ日に${other.ja}へ移動できません`,
          `${who.en} cannot also be at ${other.en} on the same day`,
        );
  },
};

const load: Rule = {
  name: 'load',
  title: text('担当の数', 'Duties of one person'),
  *check(reading) {
    for (const { load, person, n, most } of loadCounts(reading))
      if (n > most) yield { rule: 'load', where: load.id, people: [person], count: n, wanted: most };
  },
  sentence: ({ people, wanted }, names) => {
    const who = names.list(people);
    return text(`${who.ja}が引き受けるのは${wanted}件までです`, `${who.en} accepts no more than ${wanted}`);
  },
};

/** How often each person is used, for each load that counts it */
export function* loadCounts({ instance, used }: Reading) {
  for (const load of instance.loads) {
    const count = new Map<string, number>();
    for (const id of load.of)
      for (const person of used.get(id) ?? []) count.set(String(person), (count.get(String(person)) ?? 0) + 1);
    for (const [person, n] of count) yield { load, person, n, most: load.mostOf?.[person] ?? load.most };
  }
}

export const rulesOfPeople: readonly Rule[] = [available, candidate, twoPlaces, travel, load];
