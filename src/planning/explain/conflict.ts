import type { Instance, Plan } from '../instance.ts';
import { decideAll, type Means } from './decide-all.ts';
import { restrictTo, thingsOf } from './restrict.ts';
import { unitsOf } from './units.ts';

/** For one question whether some things can be decided together */
const SECONDS = 3;

/**
 * Sets of things that cannot be decided together, and of which any could be if another were left out (found by leaving out one after
 * the other; where the time does not do, a set may be larger than it need be).
 * @param plan the best attempt: what it leaves undecided is looked at first
 * @returns every thing that is impossible by itself; else one set; nothing where none was found
 */
export function conflictsOf(instance: Instance, plan: Plan, means: Means): string[][] {
  const cannot = (ids: readonly string[]): boolean =>
    means.left() > 0 && decideAll(restrictTo(instance, new Set(ids)), means, SECONDS).verdict === 'no';
  const undecided = undecidedIn(instance, plan);
  const alone: string[][] = [];
  for (const id of undecided) {
    const rest = restsOn(instance, id);
    if (alone.some((set) => set.every((other) => other === id || rest.includes(other)))) continue;
    if (cannot([id])) alone.push(withoutNeedless([...rest, id], cannot));
  }
  if (alone.length) return alone;
  const groups = unitsOf(instance).map(({ own, hearings, related }) => ({ ids: [...own, ...hearings], related }));
  for (const id of undecided) {
    const near = nearest(groups, id);
    for (let n = 1; means.left() > 0; n *= 2) {
      const some = near.slice(0, n);
      if (cannot(some.flat())) return [withoutNeedless(withoutNeedlessGroups(some, cannot), cannot)];
      // the whole year was looked at: another beginning ends there as well
      if (n >= groups.length) return [];
      if (n >= near.length) break;
    }
  }
  return [];
}

export function undecidedIn(instance: Instance, plan: Plan): string[] {
  const decided: Record<string, unknown> = {
    ...plan.meetings,
    ...plan.assignments,
    ...plan.panels,
    ...plan.conferences,
    ...plan.hearings,
  };
  const list = thingsOf(instance).filter((id) => (decided[id] ?? null) === null);
  // locked things that a plan has otherwise are not undecided, yet they are what is wrong
  return list.length ? list : thingsOf(instance);
}

/** What is decided only because this needs it */
function restsOn(instance: Instance, id: string): string[] {
  return thingsOf(restrictTo(instance, new Set([id]))).filter((other) => other !== id);
}

/** Leaves out one half, quarter, … and at last single things, as long as the rest is still impossible. */
function withoutNeedless(ids: readonly string[], cannot: (ids: readonly string[]) => boolean): string[] {
  let kept = [...ids];
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < kept.length && kept.length > 1;) {
      const rest = kept.toSpliced(at, size);
      if (rest.length && cannot(rest)) kept = rest;
      else at += size;
    }
  return kept;
}

function withoutNeedlessGroups(
  groups: readonly (readonly string[])[],
  cannot: (ids: readonly string[]) => boolean,
): string[] {
  let kept = [...groups];
  for (let at = kept.length - 1; at >= 0 && kept.length > 1; at--) {
    const rest = kept.toSpliced(at, 1);
    if (cannot(rest.flat())) kept = rest;
  }
  return kept.flat();
}

/** All groups, those first that have most to do with the one of `id` */
function nearest(groups: readonly { ids: string[]; related: readonly number[] }[], id: string): string[][] {
  const own = Math.max(
    0,
    groups.findIndex(({ ids }) => ids.includes(id)),
  );
  const order = [...new Set([own, ...groups[own]!.related, ...groups.keys()])];
  return order.map((g) => groups[g]!.ids);
}
