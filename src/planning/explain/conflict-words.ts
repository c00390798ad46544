import { joinTexts, text, type Text } from '../../kernel/text.ts';
import type { Instance } from '../instance.ts';
import { compile } from '../problem/compile.ts';
import { Names } from '../rules/rule.ts';
import { conflictsOf } from './conflict.ts';
import { decideAll, type Means } from './decide-all.ts';
import { restrictTo, thingsOf } from './restrict.ts';
import { whyUnplaced } from './unplaced.ts';

/** Things that cannot all be decided together, whatever becomes of the rest; any could be if another were left out. */
export interface Conflict {
  readonly of: readonly string[];
  /** What stands in the way of those that stay undecided in the best attempt at them alone */
  readonly reasons: readonly { of: string; reasons: Text[] }[];
  readonly text: Text;
}

/** Seconds for one look at the whole year */
const SECONDS = 4;

/** @returns nothing where everything can be decided, or where no conflict was found in time */
export function conflicts(instance: Instance, means: Means, names = new Names(instance)): Conflict[] {
  const year = restrictTo(instance, new Set(thingsOf(instance)));
  const { verdict, plan } = decideAll(year, means, SECONDS, 'search');
  if (verdict === 'yes') return [];
  return conflictsOf(year, plan, means).map((of) => {
    const part = restrictTo(instance, new Set(of));
    const attempt = decideAll(part, means, SECONDS, 'search').plan;
    return { of, reasons: whyUnplaced(compile(part), attempt, names), text: sayConflict(of, names) };
  });
}

function sayConflict(of: readonly string[], names: Names): Text {
  const called = of.map((id) => names.thing(id));
  const quoted = called.map((name) => text(`「${name.ja}」`, `“${name.en}”`));
  const list = { ja: quoted.map(({ ja }) => ja).join(''), en: joinTexts(quoted).en };
  return of.length === 1
    ? text(`${list.ja}は、今の条件では決められません。`, `${list.en} cannot be decided as things are.`)
    : text(`${list.ja}をすべて同時に決めることはできません。`, `${list.en} cannot all be decided together.`);
}
