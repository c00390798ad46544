import { text, type Text } from '../../kernel/text.ts';
import type { Plan } from '../instance.ts';
import type { Problem, ProblemConference, ProblemHearing } from '../problem/problem.ts';
import { daysFindings } from '../problem/starts.ts';
import type { Finding } from '../rules/finding.ts';
import { say } from '../rules/judge.ts';
import type { Names } from '../rules/rule.ts';
import { Standing, type Alternative } from './alternatives.ts';
import { sessionFindings, sessionsOf, type Session } from './hearing-obstacles.ts';

/** Reasons beyond these are not said: nobody reads them. */
const MOST = 6;

/** Everything that a plan leaves undecided, each with what stands in its way, the commonest reasons first */
export function whyUnplaced(problem: Problem, plan: Plan, names?: Names): { of: string; reasons: Text[] }[] {
  const standing = new Standing(problem.instance, plan, problem, names);
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
  for (const { id } of problem.meetings)
    undecided(id, plan.meetings[id], () => ofMeeting(standing, standing.alternatives(id)));
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

/** Without what differs from day to day, as who of many is away: the same reason on many days is said once. */
function undated(finding: Finding): Finding {
  if (finding.rule === 'available' || finding.rule === 'required') return { ...finding, days: [] };
  return finding.rule === 'quorum' || finding.rule === 'panel-quorum' ? { ...finding, days: [], people: [] } : finding;
}

function ofMeeting({ names }: Standing, starts: readonly Alternative[]): Text[] {
  const found = starts.flatMap((start) =>
    'blocked' in start
      ? [{ day: start.start >> 1, texts: start.blocked.map((one) => say(undated(one), names).text) }]
      : [],
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

/** No day of its window is possible; or some are, and its hearings find no slot on them */
function ofConference(standing: Standing, conference: ProblemConference): Text[] {
  const { draft, problem, names } = standing;
  if (conference.firstDays.length) {
    const hearings = conference.hearings.map((h) => problem.hearings[h]!);
    const found = hearings.flatMap((hearing) => ofSessions(standing, sessionsOf(draft, conference), hearing));
    return counted(found, text('枠', 'slots'));
  }
  const source = problem.instance.conferences[conference.index]!;
  const found = [];
  for (let day = source.from; day <= source.to; day++) {
    const findings = daysFindings(source, problem.calendar, day, day + conference.dayCount - 1);
    found.push({ day, texts: findings.map((finding) => say(finding, names).text) });
  }
  return counted(found, text('日', 'days'));
}

/** Session by session of the conference where it is now, or of all days on which it might be */
function ofHearing(standing: Standing, hearing: ProblemHearing): Text[] {
  const conference = standing.problem.conferences[hearing.conference]!;
  const sessions = sessionsOf(standing.draft, conference);
  if (!sessions.length) return [text('会議の日程が決まりません。', 'Its conference has no day on which it could be.')];
  return counted(ofSessions(standing, sessions, hearing), text('枠', 'slots'));
}

const ofSessions = ({ draft, names }: Standing, sessions: readonly Session[], hearing: ProblemHearing) =>
  sessions.map((session) => ({
    day: `${session.first} ${session.day} ${session.slot} ${hearing.index}`,
    texts: sessionFindings(draft, hearing, session).map((finding) => say(undated(finding), names).text),
  }));
