import type { Highs } from 'highs';
import { text, type Text } from '../kernel/text.ts';
import { lockedId, type Instance, type Lock, type Plan } from './instance.ts';
import { bookedOnPanelsAndElsewhere, modelOf } from './model/model-of.ts';
import { solve } from './model/solver.ts';
import { compile, lookupOf } from './problem/compile.ts';
import type { Problem } from './problem/problem.ts';
import { explainedStart } from './problem/starts.ts';
import { judge, say } from './rules/judge.ts';
import { Names } from './rules/rule.ts';
import { greedy } from './search/search.ts';
import { planOf } from './search/plan-of.ts';

/** A lock that cannot hold, alone or together with the others of its list */
export interface HeldLock {
  /** In `instance.locks` */
  readonly index: number;
  /** What it fixes: `site/c3` */
  readonly of: string;
  readonly reasons: Text[];
}

/** What staff fixed cannot hold together, whatever the rest of the plan. */
export class LocksCannotHold extends Error {
  readonly locks: readonly HeldLock[];

  constructor(locks: readonly HeldLock[]) {
    super(`no plan keeps what is fixed: ${locks.map((lock) => lock.of).join(', ')}`);
    this.name = 'LocksCannotHold';
    this.locks = locks;
  }
}

/**
 * Which locks no plan keeps: those that are impossible by themselves, with what stands in the way; else a set that cannot hold together
 * and of which each is needed (found by leaving out one after the other).
 * @param plan one that breaks locks
 * @returns nothing where every lock could be kept after all, or the time did not do
 */
export function lockConflict(problem: Problem, highs: Highs, plan: Plan, seconds: number): HeldLock[] {
  const alone = impossibleAlone(problem);
  if (alone.length) return alone;
  const { instance } = problem;
  const canHold = (locks: readonly Lock[]) => holds(restricted(instance, locks), highs, seconds);
  let kept = instance.locks.map((lock, index) => ({ lock, index }));
  if (canHold(kept.map(({ lock }) => lock))) return [];
  for (const one of kept) {
    const others = kept.filter((other) => other !== one);
    if (!canHold(others.map(({ lock }) => lock))) kept = others;
  }
  const names = new Names(instance);
  const broken = judge(problem, plan).broken.filter(({ rule }) => rule !== 'locked');
  const together = text('次の固定事項は同時には成り立ちません。', 'These cannot all hold together.');
  return kept.map(({ lock, index }) => ({
    index,
    of: lockedId(lock),
    reasons: [together, ...broken.filter(({ where }) => where === lockedId(lock)).map((f) => say(f, names).text)],
  }));
}

function impossibleAlone(problem: Problem): HeldLock[] {
  const { instance } = problem;
  const names = new Names(instance);
  const lookup = lookupOf(instance);
  const found: HeldLock[] = problem.unkeepable.map(({ index, why }) => ({
    index,
    of: lockedId(instance.locks[index]!),
    reasons: [
      why === 'person'
        ? text('この席には別の人が決まっています。', 'This seat belongs to somebody else.')
        : text('固定された人は候補者ではありません。', 'The person who is fixed is not a candidate.'),
    ],
  }));
  for (const meeting of problem.meetings) {
    if (!meeting.mustBePlaced || meeting.starts.length) continue;
    const index = instance.locks.findIndex((lock) => lockedId(lock) === meeting.id);
    const start = meeting.lockedStart >= 0 ? explainedStart(lookup, meeting, meeting.lockedStart) : undefined;
    const reasons = start && 'findings' in start ? start.findings.map((finding) => say(finding, names).text) : [];
    const never = text(
      '決められた人がそろう日がありません。',
      'There is no day on which everybody who is fixed can come.',
    );
    found.push({ index, of: meeting.id, reasons: reasons.length ? reasons : [never] });
  }
  for (const conference of problem.conferences) {
    if (!conference.mustBePlaced || conference.firstDays.length) continue;
    const index = instance.locks.findIndex((lock) => [conference.id].includes(lockedId(lock)));
    const never = text('決められた日には開催できません。', 'It cannot be held on the day that is fixed.');
    found.push({ index: Math.max(0, index), of: conference.id, reasons: [never] });
  }
  return found;
}

/** Only what the locks are about: the rest may stay undecided and cannot stand in their way. */
function restricted(instance: Instance, locks: readonly Lock[]): Instance {
  const ids = new Set(locks.map(lockedId));
  const conferences = instance.conferences
    .map((conference) => ({ ...conference, hearings: conference.hearings.filter((hearing) => ids.has(hearing.id)) }))
    .filter((conference) => ids.has(conference.id) || conference.hearings.length);
  const waited = new Set(conferences.flatMap((c) => c.hearings.flatMap((h) => h.after.map((after) => after.meeting))));
  const meetings = instance.meetings.filter((meeting) => ids.has(meeting.id) || waited.has(meeting.id));
  return {
    ...instance,
    meetings,
    conferences,
    limits: instance.limits.map((limit) => ({
      ...limit,
      meetings: limit.meetings.filter((id) => meetings.some((meeting) => meeting.id === id)),
    })),
    locks: [...locks],
    reference: null,
  };
}

function holds(instance: Instance, highs: Highs, seconds: number): boolean {
  const problem = compile(instance);
  if (judge(problem, planOf(greedy(problem))).valid) return true;
  const { model } = modelOf(problem, { allPlaced: false, watched: bookedOnPanelsAndElsewhere(problem) });
  return solve(highs, model, model.upper, { seconds, seed: 0 }).outcome !== 'infeasible';
}
