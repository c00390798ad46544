import { text, type Text } from '../../kernel/text.ts';
import type { YearWeights } from '../../planning/year-rules.service.ts';
import type { Faults } from '../faults.ts';

export type Typed = Readonly<Record<string, string>>;

/** Levels that an order can have: nobody thinks in more */
export const LEVELS = 4;

export interface WeightRow {
  readonly part: string;
  readonly title: Text;
  readonly worth: Text | null;
  /** As typed; null for parts that have a place in the order only */
  readonly percent: string | null;
  readonly level: string;
  readonly prices: readonly { readonly of: Text; readonly points: number; readonly usual: number }[];
}

/** Each part by name, with what a point of it is worth */
export function weightRows(weights: YearWeights, typed?: Typed): WeightRow[] {
  const levelOf = (part: string) => {
    const at = weights.order.findIndex((level) => level.includes(part));
    return at < 0 ? '' : String(at + 1);
  };
  return weights.parts.map(({ part, title }) => {
    const weight = weights.weights.find((one) => one.part === part);
    return {
      part,
      title,
      worth: weight?.worth ?? null,
      percent: weight ? (typed?.[`percent.${part}`] ?? String(weight.percent)) : null,
      level: typed ? (typed[`level.${part}`] ?? '') : levelOf(part),
      prices: weight?.prices ?? [],
    };
  });
}

const wrongPercent = text('0～1000の整数で入力してください。', 'A whole number from 0 to 1000.');
const noLevel = text(
  '順番をつけるときは、少なくとも一つの項目に「1番目」を選んでください。',
  'For an order, choose “first” for at least one of them.',
);

/** What was typed, as it is set, or what is wrong with it */
export function readWeights(
  weights: YearWeights,
  typed: Typed,
): { readonly percents: Record<string, number>; readonly order: string[][]; readonly faults: Faults } {
  const faults: Record<string, Text> = {};
  const percents: Record<string, number> = {};
  for (const { part } of weights.weights) {
    const said = (typed[`percent.${part}`] ?? '').normalize('NFKC').trim();
    if (/^\d{1,4}$/.test(said) && Number(said) <= 1000) percents[part] = Number(said);
    else faults[`percent.${part}`] = wrongPercent;
  }
  if (typed['way'] !== 'order') return { percents, order: [], faults };
  const levels = Array.from({ length: LEVELS }, (_, n) =>
    weights.parts.filter(({ part }) => typed[`level.${part}`] === String(n + 1)).map(({ part }) => part),
  );
  if (levels[0]!.length === 0) faults['way'] = noLevel;
  return { percents, order: levels.filter((level) => level.length > 0), faults };
}
