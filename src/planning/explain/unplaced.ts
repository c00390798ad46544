import { text, type Text } from '../../kernel/text.ts';
import type { Plan } from '../instance.ts';
import { CANNOT, type Problem, type ProblemConference, type ProblemHearing } from '../problem/problem.ts';
import { candidatesOf } from '../problem/separate.ts';
import { daysFindings } from '../problem/starts.ts';
import type { Finding } from '../rules/finding.ts';
import { say } from '../rules/judge.ts';
import { Standing, type Alternative } from './alternatives.ts';

/** Reasons beyond these are not said: nobody reads them. */
const MOST = 6;

/** Everything that a plan leaves undecided, each with what stands in its way, the commonest reasons first */
export function whyUnplaced(problem: Problem, plan: Plan): { of: string; reasons: Text[] }[] {
  const standing = new Standing(problem.instance, plan, problem);
  const list: { of: string; reasons: Text[] }[] = [];
  const undecided = (of: string, decided: unknown, reasons: () => Text[]) => {
    if (decided !== null && decided !== undefined) return;
    const said = reasons();
    list.push({
      of,
      reasons: said.length
        ? said
        : [text('費用に見合う方法が見つかっていません。', 'No way was found that is worth its cost.')],
    });
  };
  for (const { id } of problem.meetings) undecided(id, plan.meetings[id], () => ofMeeting(standing.alternatives(id)));
  for (const { id, index } of problem.assignments)
    undecided(id, plan.assignments[id], () => ofAssignment(standing, index));
  for (const { id, index } of problem.panels) undecided(id, plan.panels[id], () => ofPanel(standing, index));
  for (const conference of problem.conferences)
    undecided(conference.id, plan.conferences[conference.id], () => ofConference(standing, conference));
  for (const hearing of problem.hearings)
    undecided(hearing.id, plan.hearings[hearing.id], () => ofHearing(standing, hearing));
  return list;
}

/** Says each reason once, with the number of days (or sessions) on which it holds. */
function counted(found: readonly { day: number | string; texts: readonly Text[] }[], unit: Text): Text[] {
  const total = new Set(found.map(({ day }) => day)).size;
  const days = new Map<string, { said: Text; on: Set<number | string> }>();
  for (const { day, texts } of found)
    for (const said of texts) {
      const entry = days.get(said.ja) ?? { said, on: new Set() };
      days.set(said.ja, entry);
      entry.on.add(day);
    }
  return [...days.values()]
    .sort((a, b) => b.on.size - a.on.size)
    .slice(0, MOST)
    .map(({ said, on }) =>
      text(
        `${said.ja}（${total}${unit.ja}のうち${on.size}${unit.ja}）`,
        `${said.en} (${on.size} of ${total} ${unit.en})`,
      ),
    );
}

function ofMeeting(starts: readonly Alternative[]): Text[] {
  const found = starts.flatMap((start) =>
    'blocked' in start ? [{ day: start.start >> 1, texts: start.blocked.map((finding) => finding.text) }] : [],
  );
  return counted(found, text('日', 'days'));
}

function ofAssignment({ draft, problem, names }: Standing, index: number): Text[] {
  const { candidates, loads, id } = problem.assignments[index]!;
  if (!candidates.length) return [text('候補者がいません。', 'There is no candidate.')];
  const findings = candidates.flatMap(({ person }): Finding[] => {
    const full = draft.tallies.fullLoad(loads, person);
    if (full < 0) return [];
    return [{ rule: 'load', where: id, people: [problem.people[person]!], wanted: problem.loads[full]!.most[person]! }];
  });
  return findings.slice(0, MOST).map((finding) => say(finding, names).text);
}

function ofPanel({ draft, problem, names }: Standing, index: number): Text[] {
  const { candidates, covers, source, loads, id } = problem.panels[index]!;
  const free = candidates.flatMap(({ person }, i) => (draft.tallies.fullLoad(loads, person) < 0 ? [i] : []));
  const covered = free.reduce((mask, i) => mask | covers[i]!, 0);
  const needs = source.needs.filter((_, need) => !(covered & (1 << need)));
  const findings: Finding[] = [
    ...(needs.length ? [{ rule: 'panel-needs' as const, where: id, needs }] : []),
    ...(free.length < source.min
      ? [{ rule: 'panel-size' as const, where: id, count: free.length, wanted: source.min }]
      : []),
  ];
  return findings.map((finding) => say(finding, names).text);
}

function ofConference({ problem, names }: Standing, { index, id, dayCount }: ProblemConference): Text[] {
  const conference = problem.instance.conferences[index]!;
  const found = [];
  for (let day = conference.from; day <= conference.to; day++) {
    const findings = daysFindings({ ...conference, id }, problem.calendar, day, day + dayCount - 1);
    found.push({ day, texts: findings.map((finding) => say(finding, names).text) });
  }
  return counted(found, text('日', 'days'));
}

/** Session by session of the conference where it is now, or of all days on which it might be */
function ofHearing(standing: Standing, hearing: ProblemHearing): Text[] {
  const { draft, problem, names } = standing;
  const conference = problem.conferences[hearing.conference]!;
  const { day: now } = draft.conferences.arrangement(conference.index);
  const days = conference.firstDays.map(({ day }) => day).filter((day) => now < 0 || day === now);
  if (!days.length) return [text('会議の日程が決まりません。', 'The conference has no day on which it could be.')];
  const found = days.flatMap((first) =>
    Array.from({ length: conference.dayCount }, (_, k) => first + k).flatMap((day) =>
      conference.slots.map((_, slot) => ({
        day: `${day} ${slot}`,
        texts: sessionFindings(standing, conference, hearing, first, day, slot).map((f) => say(f, names).text),
      })),
    ),
  );
  return counted(found, text('枠', 'slots'));
}

function sessionFindings(
  { draft, problem }: Standing,
  conference: ProblemConference,
  hearing: ProblemHearing,
  first: number,
  day: number,
  slot: number,
): Finding[] {
  const half = 2 * day + conference.slots[slot]!.half;
  const span = draft.conferences.span(conference, day, slot);
  const { ordinal } = problem.calendar;
  const name = (person: number) => problem.people[person]!;
  const can = (person: number) => problem.can[person]![half] !== CANNOT && draft.diaries.fits(person, span);
  const findings: Finding[] = [];
  for (const { meeting, days } of hearing.after) {
    const last = draft.placement(meeting)?.start.lastDay;
    if (last !== undefined && ordinal[first]! - ordinal[last]! < days)
      findings.push({ rule: 'too-soon', where: hearing.id, meetings: [problem.meetings[meeting]!.id], wanted: days });
  }
  for (const seat of hearing.seats) {
    const holder = seat.kind === 'assigned' ? draft.holder[seat.assignment]! : -1;
    const people = seat.kind === 'assigned' ? (holder < 0 ? [] : [holder]) : candidatesOf(problem, seat);
    const where = `${hearing.id} ${seat.id}`;
    if (!people.some(can)) findings.push({ rule: 'available', where, people: people.map(name) });
  }
  const at = (day - conference.presenceFrom) * conference.slots.length + slot;
  const members = conference.members.map((member, m) => ({ ...member, m })).filter(({ m }) => !hearing.recused[m]);
  const there = members.filter(
    ({ m, person }) => conference.presence[m]![at] !== CANNOT && draft.diaries.fits(person, span),
  );
  const lacking = members.filter((member) => member.required && !there.includes(member));
  if (lacking.length)
    findings.push({ rule: 'required', where: hearing.id, people: lacking.map((m) => name(m.person)) });
  if (there.length < conference.quorum)
    findings.push({ rule: 'quorum', where: hearing.id, count: there.length, wanted: conference.quorum });
  const { hearings } = draft.conferences.arrangement(conference.index);
  const other = hearings.findIndex((place) => place?.day === day && place.slot === slot);
  if (other >= 0)
    findings.push({ rule: 'slot', where: hearing.id, meetings: [problem.hearings[conference.hearings[other]!]!.id] });
  return findings;
}
