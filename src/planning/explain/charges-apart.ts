import type { Charge } from '../rules/finding.ts';

/** Something that one plan pays and another does not */
export interface PaidOtherwise<C extends Charge = Charge> {
  readonly charge: C;
  /** Positive: the second plan pays it and the first does not; negative: the other way round */
  readonly difference: number;
}

const nameOf = ({ part, where, people, count, cost }: Charge): string =>
  [part, where, (people ?? []).join(' '), count ?? '', cost].join('|');

/** What one plan pays for and the other does not, dearest first; what both pay is left out. The differences add up to that of the costs. */
export function chargesApart(before: readonly Charge[], after: readonly Charge[]): PaidOtherwise[] {
  const left = new Map<string, number>();
  for (const charge of before) left.set(nameOf(charge), (left.get(nameOf(charge)) ?? 0) + 1);
  const taken = (charge: Charge): boolean => {
    const n = left.get(nameOf(charge)) ?? 0;
    if (n > 0) left.set(nameOf(charge), n - 1);
    return n > 0;
  };
  const more = after.filter((charge) => !taken(charge));
  const less = before.filter(taken);
  return [
    ...more.map((charge) => ({ charge, difference: charge.cost })),
    ...less.map((charge) => ({ charge, difference: -charge.cost })),
  ].toSorted((a, b) => b.difference - a.difference);
}
