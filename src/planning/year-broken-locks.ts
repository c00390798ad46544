import type { Text } from '../kernel/text.ts';
import type { Instance } from './instance.ts';
import { compile, lookupOf } from './problem/compile.ts';
import { explainedStart } from './problem/starts.ts';
import { say } from './rules/judge.ts';
import { Names } from './rules/rule.ts';

/** Meetings that are locked on a day on which they cannot be, whatever the rest of the plan, with what stands in the way */
export function brokenLocks(instance: Instance): { of: string; reasons: Text[] }[] {
  const problem = compile(instance);
  const lookup = lookupOf(instance);
  const names = new Names(instance);
  return problem.meetings.flatMap((meeting) => {
    if (meeting.lockedStart < 0 || meeting.startOfHalf.has(meeting.lockedStart)) return [];
    const start = explainedStart(lookup, meeting, meeting.lockedStart);
    return [{ of: meeting.id, reasons: 'findings' in start ? start.findings.map((f) => say(f, names).text) : [] }];
  });
}
