import { text, type Text } from '../kernel/text.ts';
import type { Plan } from './instance.ts';
import { lookupOf } from './problem/compile.ts';
import type { Problem } from './problem/problem.ts';
import { explainedStarts } from './problem/starts.ts';
import { say } from './rules/judge.ts';
import { Names } from './rules/rule.ts';

const MOST = 6;

/** Everything that a plan leaves undecided, each with what stands in its way, the commonest reasons first */
export function whyUnplaced(problem: Problem, plan: Plan): { of: string; reasons: Text[] }[] {
  const names = new Names(problem.instance);
  const lookup = lookupOf(problem.instance);
  const undecided = [
    ...Object.entries(plan.meetings),
    ...Object.entries(plan.assignments),
    ...Object.entries(plan.panels),
  ].flatMap(([id, decided]) => (decided === null ? [id] : []));
  return undecided.map((of) => {
    const meeting = problem.meetings.find((m) => m.source.id === of);
    const counts = new Map<string, { text: Text; days: number }>();
    for (const start of meeting ? explainedStarts(lookup, meeting) : [])
      for (const finding of 'findings' in start ? start.findings : []) {
        const said = say(finding, names).text;
        counts.set(said.ja, { text: said, days: (counts.get(said.ja)?.days ?? 0) + 1 });
      }
    const reasons = [...counts.values()]
      .sort((a, b) => b.days - a.days)
      .slice(0, MOST)
      .map((one) => one.text);
    if (meeting && meeting.starts.length > 0)
      reasons.unshift(
        text(
          '可能な日は、すべてほかの会議の人か上限と重なります。',
          'Every day that is possible by itself collides with people or limits of other meetings.',
        ),
      );
    if (reasons.length === 0) reasons.push(text('条件に合う人がいません。', 'Nobody fits the conditions.'));
    return { of, reasons };
  });
}
