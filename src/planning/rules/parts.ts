import { text, type Text } from '../../kernel/text.ts';
import type { Choice } from '../instance.ts';
import { CANNOT, IF_NEED_BE, stepCost } from '../problem/problem.ts';
import { partOfChange } from './part-of-change.ts';
import type { Charge } from './finding.ts';
import { journeys } from './journeys.ts';
import type { Reading } from './reading.ts';
import type { Names, Part } from './rule.ts';
import { loadCounts } from './rules-of-people.ts';
import { limitCounts } from './rules-of-time.ts';

const undecided: Part = {
  name: 'unplaced',
  title: text('未定', 'Undecided'),
  *charge({ instance, assignments, panels, meetings, conferences, plan }) {
    const price = (where: string): Charge => ({ part: 'unplaced', where, cost: instance.unplaced });
    for (const { assignment, person } of assignments) if (person === null) yield price(assignment.id);
    for (const { panel, members } of panels) if (members === null) yield price(panel.id);
    for (const { meeting } of meetings) if ((plan.meetings?.[meeting.id] ?? null) === null) yield price(meeting.id);
    for (const { conference, day, hearings } of conferences) {
      if (day === null) yield price(conference.id);
      for (const { hearing, at } of hearings) if (at === null) yield price(hearing.id);
    }
  },
  sentence: () => text('まだ決まっていません', 'It is undecided'),
};

const tentative: Part = {
  name: 'tentative',
  title: text('△での出席', 'Attending on a △'),
  *charge({ meetings, heard }) {
    for (const { placed } of meetings)
      for (const { person, seat, where, state } of placed?.sittings ?? [])
        if (state === IF_NEED_BE) yield { part: 'tentative', where, cost: seat.tentative, people: [person] };
    for (const { sittings } of heard)
      for (const { person, seat, where, state } of sittings)
        if (state === IF_NEED_BE) yield { part: 'tentative', where, cost: seat.tentative, people: [person] };
  },
  sentence: ({ people }, names) =>
    text(`${names.list(people).ja}は△です`, `${names.list(people).en} can only if need be (△)`),
};

const panelAbsent: Part = {
  name: 'panel-absent',
  title: text('メンバーの欠席', 'Panel members absent'),
  *charge({ meetings, panels, plan }) {
    const members = new Map(panels.map((panel) => [panel.panel.id, panel.members ?? []]));
    for (const { meeting, placed } of meetings) {
      for (const { where, seat, members, here } of placed?.panels ?? []) {
        const people = members.filter((member) => !here.includes(member));
        yield { part: 'panel-absent', where, cost: seat.absent * people.length, people };
      }
      if ((plan.meetings?.[meeting.id] ?? null) !== null) continue;
      for (const seat of meeting.seats) {
        if (!('panel' in seat)) continue;
        const people = members.get(seat.panel)!;
        yield { part: 'panel-absent', where: meeting.id, cost: seat.absent * people.length, people };
      }
    }
  },
  sentence: ({ people }, names) =>
    text(`${names.list(people).ja}は出席できません`, `${names.list(people).en} cannot come`),
};

const panelTagged: Part = {
  name: 'panel-tagged',
  title: text('望まれる参加者の不在', 'Nobody of those wanted'),
  *charge({ meetings }) {
    for (const { placed } of meetings)
      for (const { where, seat, panel, here } of placed?.panels ?? []) {
        if (!seat.tagged) continue;
        const { tag, missing } = seat.tagged;
        const has = (person: string) => panel.candidates.find((c) => c.person === person)?.tags.includes(tag) ?? false;
        if (!here.some(has)) yield { part: 'panel-tagged', where, cost: missing };
      }
  },
  sentence: () =>
    text('海外など、望まれるメンバーが出席しません', 'None of the members wanted there (from overseas, say) comes'),
};

const memberAbsent: Part = {
  name: 'member-absent',
  title: text('委員の欠席', 'Committee members absent'),
  *charge({ heard }) {
    for (const { conference, hearing, members } of heard)
      for (const { person, state } of members)
        if (state === CANNOT)
          yield { part: 'member-absent', where: hearing.id, cost: conference.absent, people: [person] };
  },
  sentence: ({ people }, names) =>
    text(`委員${names.list(people).ja}は欠席です`, `Committee member ${names.list(people).en} is absent`),
};

const memberTentative: Part = {
  name: 'member-tentative',
  title: text('委員の△・早朝や夜', 'Committee members on a △ or at a bad hour'),
  *charge({ heard }) {
    for (const { conference, hearing, members } of heard)
      for (const { person, state } of members)
        if (state === IF_NEED_BE)
          yield { part: 'member-tentative', where: hearing.id, cost: conference.tentative, people: [person] };
  },
  sentence: ({ people }, names) =>
    text(
      `委員${names.list(people).ja}は△か早朝・夜です`,
      `For committee member ${names.list(people).en} it is a △ or a bad hour`,
    ),
};

const titlesOfChoices: Record<string, Text> = {
  'stand-in': text('代わりの人', 'Deputy instead'),
  rank: text('下位の役職者', 'A lower-ranked executive'),
  expertise: text('専門分野との隔たり', 'Distance from the field'),
  continuity: text('担当者の交代', 'Another person than last year'),
  conflict: text('利害関係', 'Conflict of interest'),
};

/** What choosing somebody costs; the parts are named by the instance. */
const choices: Part = {
  name: 'choice',
  title: text('人の選び方', 'Choice of person'),
  *charge({ assignments, panels, meetings, heard }) {
    for (const { assignment, choice } of assignments) yield* ofChoice(choice, assignment.id);
    for (const { panel, members } of panels)
      for (const member of members ?? [])
        yield* ofChoice(
          panel.candidates.find((c) => c.person === member),
          panel.id,
        );
    for (const { placed } of meetings)
      for (const { where, choice } of placed?.choices ?? []) yield* ofChoice(choice, where);
    for (const { choices } of heard) for (const { where, choice } of choices) yield* ofChoice(choice, where);
  },
  sentence: ({ part, people }, names) => {
    const title = titlesOfChoices[part] ?? text(part, part);
    return text(`${names.list(people).ja}：${title.ja}`, `${names.list(people).en}: ${lower(title.en)}`);
  },
};

function* ofChoice(choice: Choice | undefined, where: string): Iterable<Charge> {
  for (const [part, cost] of Object.entries(choice?.costs ?? {})) yield { part, where, cost, people: [choice!.person] };
}

const lower = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

const panelShort: Part = {
  name: 'panel-short',
  title: text('目標人数に足りない', 'Panel below its target'),
  *charge({ panels }) {
    for (const { panel, members } of panels)
      if (members) {
        const lacking = Math.max(0, panel.target - members.length);
        yield { part: 'panel-short', where: panel.id, cost: panel.short * lacking, count: members.length };
      }
  },
  sentence: ({ count }) => text(`メンバーが${count}人にとどまります`, `Only ${count} members`),
};

const panelDropped: Part = {
  name: 'panel-dropped',
  title: text('前年のメンバーを外す', 'Last year’s members left out'),
  *charge({ panels }) {
    for (const { panel, members } of panels) {
      if (!members) continue;
      const people = panel.previous.filter((person) => !members.includes(person));
      yield { part: 'panel-dropped', where: panel.id, cost: panel.dropped * people.length, people };
    }
  },
  sentence: ({ people }, names) =>
    text(`前年の${names.list(people).ja}が外れます`, `Last year’s ${names.list(people).en} left out`),
};

const load: Part = {
  name: 'load',
  title: text('一人の負担', 'Load of one person'),
  *charge(reading) {
    for (const { load, person, n } of loadCounts(reading))
      yield { part: 'load', where: load.id, cost: stepCost(load.cost, n), people: [person], count: n };
  },
  sentence: ({ people, count }, names) =>
    text(`${names.list(people).ja}が${count}件を担当します`, `${names.list(people).en} has ${count} of them`),
};

const crowded: Part = {
  name: 'crowded',
  title: text('同じ週の集中', 'Many in one week'),
  *charge(reading) {
    for (const { limit, n } of limitCounts(reading))
      if (limit.cost) yield { part: 'crowded', where: limit.id, cost: stepCost(limit.cost, n), count: n };
  },
  sentence: ({ count, where }: Charge, names: Names) =>
    names.perWeek(where)
      ? text(`同じ週に${count}件あります`, `${count} in one week`)
      : text(`同じ日に${count}件あります`, `${count} in one day`),
};

const trip: Part = {
  name: 'trip',
  title: text('出張', 'Trips'),
  *charge(reading: Reading) {
    for (const { person, visit } of journeys(reading).trips)
      yield {
        part: 'trip',
        where: visit.meeting.id,
        cost: reading.instance.tripCost[visit.meeting.place]!,
        people: [person],
      };
  },
  sentence: ({ people }, names) => text(`${names.list(people).ja}の出張`, `${names.list(people).en} travels there`),
};

const online: Part = {
  name: 'online',
  title: text('オンライン開催', 'Held online'),
  *charge({ meetings }) {
    for (const { meeting, placed } of meetings)
      if (placed?.at.online && meeting.online) yield { part: 'online', where: meeting.id, cost: meeting.online.cost };
  },
  sentence: () => text('オンラインで開催します', 'It is held online'),
};

/** Every part of a plan's cost; a part added here is counted, named and explained everywhere. */
export const parts: readonly Part[] = [
  undecided,
  tentative,
  panelAbsent,
  panelTagged,
  memberAbsent,
  memberTentative,
  choices,
  panelShort,
  panelDropped,
  load,
  crowded,
  trip,
  online,
  partOfChange,
];

/** What a part is called; parts of choices have the instance's own names. */
export const titleOfPart = (name: string): Text =>
  parts.find((part) => part.name === name)?.title ?? titlesOfChoices[name] ?? text(name, name);
