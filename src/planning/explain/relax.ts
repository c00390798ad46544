import { askCost, carryOut, costOfAsks, type Ask, type Relaxation } from '../asks.ts';
import { askKinds, type Instance, type Plan } from '../instance.ts';
import type { Names } from '../rules/rule.ts';
import { keyOf, subjectOf, type Cut } from './ask-book.ts';
import { cheapestAsks, type Asked } from './ask-model.ts';
import { sayAsks } from './ask-words.ts';
import { decideAll, decideFrom, type Means } from './decide-all.ts';
import { restrictTo, thingsOf } from './restrict.ts';
import { Surroundings, type Around } from './surroundings.ts';

/** Seconds for one look at the whole year */
const SECONDS = 4;
/** Points of asks that are looked at in turn, in the smallest amount that any asks cost: few starts are possible with few asks */
const STEPS = [1, 2, 3, 4, 6, 9, 14, 22, 40, 80, Infinity];
/** Sets that are tried in vain before no more are looked for */
const VAIN = 6;

/**
 * Sets of asks with which everything can be decided, and with any one of which left out it cannot; the cheapest for those who are asked
 * first, the others each with somebody else or something else in it. What stays undecided in the best plan is looked at alone: the
 * cheapest asks for it are at most as dear as the cheapest for the year, so that a set that turns out to do for the whole year is a
 * cheapest one; else what competes with it for the same people is looked at together with it, more and more of it.
 * @returns nothing where everything can be decided as it is, or where no asks would do
 */
export function relaxations(instance: Instance, means: Means, most: number, names?: Names): Relaxation[] {
  const year = restrictTo(instance, new Set(thingsOf(instance)));
  const now = decideAll(year, means, SECONDS, 'search');
  if (now.verdict === 'yes') return [];
  const found: Relaxation[] = [];
  const surroundings = new Surroundings(instance, now.plan);
  const add = (asks: readonly Ask[], proven: boolean) =>
    found.push({ asks, cost: costOfAsks(instance, asks), proven, text: sayAsks(instance, asks, names, proven) });
  let parts = partsOf(instance, surroundings, [], now.plan);
  for (let vain = 0; !found.length && vain < VAIN && parts.length && means.left() > 0;) {
    const best = parts.map((part) => part.option(0, means));
    if (best.some((option) => !option)) return [];
    const result = carriedOut(instance, surroundings, best as Asked[], parts, means);
    if (result === 'decided') {
      const set = best.flatMap((option) => option!.asks);
      // everything can be decided as it is
      if (!set.length) return [];
      add(set, costOfAsks(instance, set) <= parts.reduce((sum, { floor }) => sum + floor, 0));
      break;
    }
    const wider = partsOf(instance, surroundings, parts, result);
    if (wider.some((part) => !parts.includes(part))) parts = wider;
    else {
      vain++;
      parts[0]!.giveUp(0);
    }
  }
  if (found.length) others(instance, surroundings, parts, most, means, add, found);
  return found.sort((a, b) => a.cost - b.cost);
}

/** Sets with somebody else asked in one of the parts, the rest as in the cheapest: those that add least first */
function others(
  instance: Instance,
  surroundings: Surroundings,
  parts: readonly Part[],
  most: number,
  means: Means,
  add: (set: readonly Ask[], proven: boolean) => void,
  found: readonly Relaxation[],
): void {
  const reach = parts.map(() => 1);
  const added = (part: Part, cost: number) => cost - costOfAsks(instance, part.option(0, means)!.asks);
  const [{ cost: least, proven }] = found as [Relaxation];
  /** No set that was given up costs less. */
  let givenUp = Infinity;
  for (let vain = 0; found.length < most && vain < VAIN && means.left() > 0;) {
    const next = parts
      .flatMap((part, p) => {
        const option = part.option(reach[p]!, means);
        return option ? [{ p, part, option, cost: least + added(part, costOfAsks(instance, option.asks)) }] : [];
      })
      .sort((a, b) => a.cost - b.cost)[0];
    if (!next) return;
    const { p, part, option, cost } = next;
    const options = parts.map((other) => (other === part ? option : other.option(0, means)!));
    if (carriedOut(instance, surroundings, options, parts, means) === 'decided') {
      const unknown = Math.min(givenUp, ...parts.map((other) => least + added(other, other.beyond)));
      add(
        options.flatMap(({ asks }) => asks),
        proven && cost <= Math.max(least, unknown),
      );
      reach[p]!++;
    } else {
      vain++;
      givenUp = Math.min(givenUp, cost);
      part.giveUp(reach[p]!);
    }
  }
}

/** The year with these asks: everything decided, or the best attempt */
function carriedOut(
  instance: Instance,
  surroundings: Surroundings,
  options: readonly Asked[],
  parts: readonly Part[],
  means: Means,
): 'decided' | Plan {
  const asks = options.flatMap((option) => option.asks);
  const agreed = carryOut(instance, asks);
  const year = restrictTo(agreed, new Set(thingsOf(agreed)));
  const isInside = (id: string) => parts.some(({ ids }) => ids.has(id));
  const begun = options.reduce((plan, option) => together(plan, option.plan), surroundings.standing);
  const { verdict, plan } = decideFrom(year, begun, isInside, means, SECONDS);
  return verdict === 'yes' ? 'decided' : plan;
}

/** A plan with what another says of some things */
const together = (plan: Plan, some: Plan): Plan => ({
  ...plan,
  meetings: { ...plan.meetings, ...some.meetings },
  assignments: { ...plan.assignments, ...some.assignments },
  panels: { ...plan.panels, ...some.panels },
  conferences: { ...plan.conferences, ...some.conferences },
});

/** Things whose asks have nothing to do with those of the other parts, and the sets that would do for them, the cheapest first */
class Part {
  readonly around: Around;
  readonly ids: ReadonlySet<string>;
  private readonly instance: Instance;
  private readonly standing: Plan;
  private readonly sets: Asked[] = [];
  private readonly cuts: Cut[] = [];
  private isExhausted = false;
  /** No set costs less. */
  floor: number;
  /** No set beside those that are known costs less, nor one that was forbidden because of them. */
  beyond: number;

  /** @param floor no set for a part of these things costs less */
  constructor(instance: Instance, surroundings: Surroundings, around: Around, floor: number) {
    this.instance = instance;
    this.standing = surroundings.standing;
    this.around = around;
    this.ids = surroundings.around(around);
    this.floor = this.beyond = Math.max(unitOf(instance), floor);
  }

  /** @returns undefined where there are no so many, or no more were found in time */
  option(k: number, means: Means): Asked | undefined {
    while (this.sets.length <= k && !this.isExhausted && means.left() > 0) {
      const last = this.sets.at(-1);
      const set = this.next(means, last && costOfAsks(this.instance, last.asks));
      this.isExhausted = !set;
      if (!set) break;
      this.sets.push(set);
      this.cuts.push(set.asks.map((ask) => [subjectOf(ask)]));
    }
    return this.sets[k];
  }

  /** It does not do for the year. What else it rests on is not known: only the cheapest may come again on another day. */
  giveUp(k: number): void {
    const [set] = this.sets.splice(k, 1);
    if (k === 0 && set) {
      this.cuts.pop();
      this.cuts.push(set.asks.map((ask) => [keyOf(ask)]));
    }
  }

  private next(means: Means, last: number | undefined): Asked | undefined {
    const unit = unitOf(this.instance);
    const least = last === undefined ? this.beyond : Math.max(last, this.beyond);
    const steps = STEPS.map((step) => step * unit).filter((dearest) => dearest >= least);
    // of the sets after the first, those that cost many times as much interest nobody
    for (const dearest of last === undefined ? steps : steps.filter((step) => step < Infinity).slice(0, 2)) {
      if (means.left() <= 0) return undefined;
      const asked = this.within(dearest, means, last === undefined);
      if (!asked) return undefined;
      // what costs no more than the next amount there is would be found in this step if it were cheaper
      if (asked === 'none') this.raise(dearest + unit);
      if (asked === 'none' || (costOfAsks(this.instance, asked.asks) > dearest + unit && dearest < Infinity)) continue;
      if (!asked.isProven) return { ...asked, asks: this.withoutNeedless(asked.asks, means) };
      this.raise(costOfAsks(this.instance, asked.asks));
      return asked;
    }
    return undefined;
  }

  /** First with nothing beyond what each meeting needs: what costs no more than is known to be the least is as good as any. */
  private within(dearest: number, means: Means, isFirst: boolean): Asked | 'none' | undefined {
    const { instance, ids, cuts, standing, beyond: least } = this;
    const seconds = isFirst ? means.left() : Math.min(SECONDS, means.left());
    const limited = { ...means, left: () => seconds };
    const wanted = { ids, cuts, dearest, least, standing };
    const asked = dearest <= least ? cheapestAsks(instance, { ...wanted, isThrifty: true }, limited) : 'none';
    if (asked && asked !== 'none' && asked.isProven) return asked;
    const found = cheapestAsks(instance, wanted, limited);
    // dear and not known to be the cheapest: not worth anybody's while
    return found && found !== 'none' && !found.isProven && !isFirst ? undefined : found;
  }

  private raise(least: number): void {
    this.beyond = Math.max(this.beyond, least);
    if (!this.cuts.length) this.floor = this.beyond;
  }

  private withoutNeedless(asks: readonly Ask[], means: Means): readonly Ask[] {
    let kept = asks;
    for (const ask of asks) {
      const rest = kept.filter((other) => other !== ask);
      const some = restrictTo(carryOut(this.instance, rest), this.ids);
      if (decideAll(some, means, SECONDS).verdict === 'yes') kept = rest;
    }
    return kept;
  }
}

/** The largest amount of which everything that can be asked for costs some whole number */
function unitOf(instance: Instance): number {
  const common = (a: number, b: number): number => (b ? common(b, a % b) : a);
  return askKinds.map((kind) => askCost(instance, kind)).reduce(common, 0) || 1;
}

/**
 * The parts, those with something undecided grown. What could be helped by one and the same ask, or competes for the same people while
 * it could be decided by itself, is one part.
 */
function partsOf(instance: Instance, surroundings: Surroundings, parts: readonly Part[], plan: Plan): Part[] {
  let list = parts.map(({ around }) => around);
  for (const id of surroundings.undecided(plan)) {
    const own =
      list.find((part) => surroundings.around(part).has(id)) ??
      list.find(({ seeds }) => surroundings.areNear(seeds, id));
    const wider = own
      ? grown(surroundings, own, id, parts)
      : { seeds: new Set([id]), reach: 1, conferences: new Set<string>() };
    list = [...list.filter((part) => part !== own), wider];
  }
  for (let i = 0; i < list.length; i++)
    for (let j = i + 1; j < list.length; j++) {
      const [a, b] = [list[i]!, list[j]!];
      if (!shareAsks(instance, surroundings.around(a), surroundings.around(b))) continue;
      const both = {
        seeds: new Set([...a.seeds, ...b.seeds]),
        reach: Math.max(a.reach, b.reach),
        conferences: new Set([...a.conferences, ...b.conferences]),
      };
      list = [...list.filter((part) => part !== a && part !== b), both];
      i = -1;
      break;
    }
  return list.map((around) => {
    const ids = surroundings.around(around);
    const known = parts.find((part) => part.ids.size === ids.size && [...ids].every((id) => part.ids.has(id)));
    // parts have nothing to do with each other: what all of them need at least, the whole needs
    const inside = parts.filter((part) => [...part.ids].every((id) => ids.has(id)));
    return (
      known ??
      new Part(
        instance,
        surroundings,
        around,
        inside.reduce((sum, { floor }) => sum + floor, 0),
      )
    );
  });
}

/** With something that could not be decided: once more around it if it was looked at already, of a hearing first the whole conference */
function grown(surroundings: Surroundings, own: Around, id: string, parts: readonly Part[]): Around {
  const seeds = new Set([...own.seeds, id]);
  if (!parts.length) return { ...own, seeds };
  const conference = surroundings.conferenceOf(id);
  if (conference !== undefined && !own.conferences.has(conference))
    return { ...own, conferences: new Set([...own.conferences, conference]) };
  const wasInside = parts.find((part) => part.ids.has(id));
  if (!wasInside) return { ...own, seeds };
  return { ...own, seeds, reach: Math.max(own.reach, 2 * wasInside.around.reach) };
}

/** One thing in both, one conference, or a limit or load that each could exceed by itself */
function shareAsks(instance: Instance, a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if ([...a].some((id) => b.has(id))) return true;
  const [x, y] = [restrictTo(instance, a), restrictTo(instance, b)];
  if (x.conferences.some(({ id }) => y.conferences.some((other) => other.id === id))) return true;
  const exceeds = (part: Instance) => {
    const things = new Set(thingsOf(part));
    const counted = (of: readonly string[]) => of.filter((id) => things.has(id.split(' ')[0]!)).length;
    const mostOf = ({ most, mostOf = {} }: Instance['loads'][number]) => Math.min(most, ...Object.values(mostOf));
    return [
      ...part.limits.filter(({ meetings, most }) => meetings.length > most).map(({ id }) => id),
      ...part.loads.filter((load) => counted(load.of) > mostOf(load)).map(({ id }) => id),
    ];
  };
  const [first, second] = [new Set(exceeds(x)), exceeds(y)];
  return second.some((id) => first.has(id));
}
