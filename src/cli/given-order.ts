import { text } from '../kernel/text.ts';
import type { Given } from './given.ts';

/** Levels of parts of the cost, `--order trip,change --order load`; `--order none` is no order: all are added up. Undefined where it is not given */
export function orderIn(given: Given): string[][] | undefined {
  const typed = given.list('order');
  if (typed.length === 0) return undefined;
  if (typed.length === 1 && typed[0]!.trim() === 'none') return [];
  const levels = typed.map((level) => level.split(',').map((part) => part.trim()));
  if (levels.some((level) => level.some((part) => part === '' || part === 'none')))
    given.fault(
      text(
        '--order は「--order trip,change --order load」のように、先に大切な項目から指定してください。',
        '--order names parts, those first that matter first, such as --order trip,change --order load.',
      ),
    );
  return levels;
}
