import type { Plan } from '../instance.ts';
import type { Problem } from '../problem/problem.ts';
import { differences, headlineOf, kindOf, mainOf, type Difference } from './differences.ts';
import type { Fence } from './fences.ts';
import { nearest } from './nearest.ts';
import type { Mended, Workshop } from './workshop.ts';

/** Single changes that are forbidden one by one, for each repair that was found */
const BRANCHES = 6;

/** Seconds to look for something cheaper of the same kind; all this needs is a good plan, not a proof */
const SECONDS = 2;

/** A repair in the making: what must not change in it, and the best that is known of it */
interface Way {
  readonly fences: readonly Fence[];
  readonly mended: Mended;
  /** Nothing cheaper keeps to its fences, as far as the time allowed to see. */
  readonly isSettled: boolean;
  /** A whole sort of change is forbidden, not only one: no meeting moved, nobody replaced, something online */
  readonly isBroad: boolean;
}

/**
 * Repairs of other kinds, those of a sort of their own first. From each repair found lead ways to others: what it changes is forbidden,
 * by sort (no meeting moved, nobody replaced) and one by one, or what broke is held online. Only kinds that do not hold another kind
 * within themselves.
 */
export class Others {
  private readonly problem: Problem;
  private readonly was: Plan;
  private readonly workshop: Workshop;
  private readonly undecided: number;
  private readonly kinds: ReadonlySet<string>[] = [];
  private readonly headlines: string[] = [];
  private readonly open: Way[] = [];
  private from: Way | undefined;

  /** @param intact the announced plan, if it still holds: a kind of its own */
  constructor(problem: Problem, was: Plan, workshop: Workshop, best: Mended, intact: Mended) {
    this.problem = problem;
    this.was = was;
    this.workshop = workshop;
    this.undecided = best.undecided;
    this.note(best);
    this.from = { fences: [], mended: best, isSettled: true, isBroad: true };
    if (intact.valid) this.open.push({ fences: [], mended: intact, isSettled: true, isBroad: true });
  }

  /** @returns undefined: no other kind is left, or no time */
  async next(): Promise<Mended | undefined> {
    if (this.from) this.branch(this.from);
    this.from = undefined;
    for (;;) {
      this.open.sort((a, b) => this.rank(a) - this.rank(b) || a.mended.cost - b.mended.cost);
      const way = this.open.shift();
      if (!way) return undefined;
      if (!this.isNew(way.mended)) continue;
      if (!way.isSettled && this.workshop.secondsLeft > 0) {
        const { mended } = await this.workshop.proven(way.fences, [way.mended], SECONDS);
        this.open.push({ ...way, mended: this.close(mended ?? way.mended), isSettled: true });
        continue;
      }
      this.note(way.mended);
      this.from = way;
      return way.mended;
    }
  }

  /** As near to what was announced as its cost allows, as long as it is of another kind then */
  private close(mended: Mended): Mended {
    const nearer = this.workshop.judged(nearest(this.problem, this.was, mended).plan);
    return nearer.valid && this.isNew(nearer) ? nearer : mended;
  }

  private note(mended: Mended): void {
    this.kinds.push(this.kind(mended));
    this.headlines.push(this.headline(mended));
  }

  /** Those that differ from what was found before in details only come last, those of a sort of their own first. */
  private rank({ mended, isBroad }: Way): number {
    return (this.headlines.includes(this.headline(mended)) ? 2 : 0) + (isBroad ? 0 : 1);
  }

  private headline({ plan }: Mended): string {
    return [...headlineOf(differences(this.problem.instance, this.was, plan))].sort().join('; ');
  }

  private kind({ plan }: Mended): Set<string> {
    return kindOf(differences(this.problem.instance, this.was, plan));
  }

  /** Leaves no more open than the best, and changes something else than what was found before, not only more */
  private isNew(mended: Mended): boolean {
    if (mended.undecided > this.undecided) return false;
    const kind = this.kind(mended);
    return this.kinds.every((known) => (known.size === 0 ? kind.size > 0 : [...known].some((key) => !kind.has(key))));
  }

  private branch(from: Way): void {
    const changes = mainOf(differences(this.problem.instance, this.was, from.mended.plan));
    for (const fence of this.fencesFor(changes, from)) {
      if (this.workshop.secondsLeft <= 0) return;
      const fences = [...from.fences, fence];
      const mended = this.workshop.quick(fences);
      if (mended && this.isNew(mended))
        this.open.push({ fences, mended, isSettled: false, isBroad: !('keep' in fence) });
    }
  }

  private fencesFor(changes: readonly Difference[], { fences }: Way): Fence[] {
    const isMove = ({ what }: Difference) => what === 'day' || what === 'half-day';
    const found: Fence[] = [];
    if (changes.some(isMove)) found.push({ keepAll: 'days' });
    if (changes.some(({ what }) => what === 'person')) found.push({ keepAll: 'people' });
    if (!fences.length) found.push(...this.online(changes));
    const order = ['day', 'half-day', 'mode', 'person', 'slot', 'members'];
    const single = changes
      .filter((change) => change.what !== 'undecided' && this.canKeep(change))
      .sort((a, b) => order.indexOf(a.what) - order.indexOf(b.what));
    return [...found, ...single.slice(0, BRANCHES).map((keep) => ({ keep }))];
  }

  /** Meetings with a difference that could be online instead */
  private online(changes: readonly Difference[]): Fence[] {
    const ids = new Set(changes.map(({ of }) => of));
    const could = this.problem.meetings.filter(
      ({ id, modeCost }) => ids.has(id) && modeCost[1] >= 0 && !this.was.meetings[id]?.online,
    );
    return could.slice(0, BRANCHES).map(({ id }) => ({ online: id }));
  }

  /** Whoever left may not be there to be kept. */
  private canKeep({ of, what, seat, left }: Difference): boolean {
    if (what !== 'person' && what !== 'members') return true;
    const { instance } = this.problem;
    const items = [...instance.meetings, ...instance.conferences.flatMap((c) => c.hearings)];
    const chosen = items.find(({ id }) => id === of)?.seats.find(({ id }) => id === seat);
    const pool =
      chosen && 'oneOf' in chosen
        ? chosen.oneOf
        : [...instance.assignments, ...instance.panels].find(({ id }) => id === of)?.candidates;
    return left.every((person) => pool?.some((choice) => choice.person === person));
  }
}
