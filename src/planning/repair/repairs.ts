import type { Highs } from 'highs';
import type { Instance } from '../instance.ts';
import { lockConflict, LocksCannotHold } from '../locks.ts';
import { compile } from '../problem/compile.ts';
import type { Problem } from '../problem/problem.ts';
import { announcedIn, differences } from './differences.ts';
import { nearest } from './nearest.ts';
import { Others } from './others.ts';
import type { Repair, Storm } from './repair.ts';
import { sayRepair, type Titles } from './sentence.ts';
import { peopleToTell } from './tell.ts';
import { Workshop, type Mended } from './workshop.ts';

export interface RepairOptions {
  /** So many repairs at most; default 3 */
  readonly most?: number;
  /** Seconds that are left, for everything together */
  readonly seconds: () => number;
  /** Hears of repairs as soon as they are known: the first in a blink, not yet proven; what comes later may replace it */
  readonly onRepair?: ((repair: Repair) => void) | undefined;
  /** Meetings that can only be online on some days */
  readonly storms?: readonly Storm[] | undefined;
  /** How things are called in the sentences, by id */
  readonly titles?: Titles | undefined;
  /** Of these nobody was told yet: nobody has to be told that they change */
  readonly untold?: readonly string[] | undefined;
}

/** Seconds to say which locks cannot hold */
const SECONDS_FOR_LOCKS = 20;

/**
 * Plans that keep what is fixed and change little of what was announced (`instance.reference`), each of another kind, the cheapest
 * first: whole costs, in which each change has its price. The first is the cheapest of all, proven where the time does; of years of more
 * than about sixty centres it is the cheapest around the trouble, and what is left of the time goes into a bound. An announced plan that
 * still holds is among them, and alone where nothing is cheaper.
 * @param of an instance without faults (instance-faults.ts), or one that is compiled
 * @throws LocksCannotHold where no plan keeps what is fixed
 */
export async function repairs(of: Instance | Problem, highs: Highs, options: RepairOptions): Promise<Repair[]> {
  const problem = 'calendar' in of ? of : compile(of);
  const { instance } = problem;
  const { most = 3, seconds, storms = [], onRepair } = options;
  const untold = new Set(options.untold);
  const was = announcedIn(instance);
  const workshop = new Workshop(problem, highs, was, { seconds, storms });
  const write = ({ plan, cost }: Mended, bound: number): Repair => {
    const tell = peopleToTell(instance, was, plan, untold);
    return {
      plan: { ...plan, cost, bound: Math.min(bound, cost), proven: cost - bound < 1 },
      change: workshop.changeOf(plan),
      tell,
      text: sayRepair(instance, differences(instance, was, plan), tell, options.titles),
    };
  };
  const first = workshop.first();
  if (first.valid) onRepair?.(write(first, 0));
  const best = await workshop.best();
  if (!best.valid) {
    const locks = lockConflict(problem, highs, best.plan, SECONDS_FOR_LOCKS);
    throw locks.length ? new LocksCannotHold(locks) : new Error('no repair was found in the time given');
  }
  const intact = workshop.judged(was);
  if (intact.valid && intact.cost <= best.cost) return [write(intact, best.bound)];
  const cheapest = workshop.judged(nearest(problem, was, best).plan);
  const found = [cheapest.valid ? cheapest : best];
  onRepair?.(write(found[0]!, best.bound));
  const others = new Others(problem, was, workshop, found[0]!, intact);
  while (found.length < most) {
    const next = await others.next();
    if (!next) break;
    found.push(next);
    onRepair?.(write(next, best.bound));
  }
  const bound = workshop.isWhole ? best.bound : await workshop.boundOfWhole(found[0]!);
  return found.sort((a, b) => a.cost - b.cost).map((one) => write(one, bound));
}
