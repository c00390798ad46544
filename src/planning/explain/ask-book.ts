import { askCost, type Ask } from '../asks.ts';
import { lockedId, type Instance, type Lock } from '../instance.ts';
import type { LinearModel } from '../model/linear-model.ts';

/** Points of the model for one point of an ask's cost: below it, one set is only nicer than another */
export const ASK = 1_000;
/** The least that any ask adds, so that none is made for nothing, whatever it costs */
const EACH = 10;
/** What one more of a load, a limit or a quorum adds */
const MORE = 1;

/** The asks that a model can make: a column for each, made when it is first spoken of */
export class AskBook {
  readonly model: LinearModel;
  readonly instance: Instance;
  private readonly entries = new Map<string, { ask: Ask; column: number; amount?: number }>();

  constructor(model: LinearModel, instance: Instance) {
    this.model = model;
    this.instance = instance;
  }

  /** @param ask how wide a window has to be is read from the solution later */
  column(ask: Ask): number {
    const key = keyOf(ask);
    const known = this.entries.get(key);
    if (known) return known.column;
    const column = this.model.column(ASK * askCost(this.instance, ask.ask) + EACH, () => 0);
    this.entries.set(key, { ask, column });
    return column;
  }

  /**
   * How many more (of a load or limit) or fewer (of a quorum) are asked for: a column that is 0 where the ask is not made
   * @param ask with the amount that is there now
   */
  amount(ask: Counting, most: number): number {
    const made = this.column(ask);
    const entry = this.entries.get(keyOf(ask))!;
    if (entry.amount !== undefined) return entry.amount;
    entry.amount = this.model.column(MORE, () => 0, { upper: most });
    this.model.row(-Infinity, 0, [1, [entry.amount]], [-most, [made]]);
    return entry.amount;
  }

  made(x: Float64Array): Ask[] {
    return [...this.entries.values()].flatMap(({ ask, column, amount }): Ask[] => {
      if (x[column]! <= 0.5) return [];
      const by = amount === undefined ? 0 : Math.max(1, Math.round(x[amount]!));
      if (ask.ask === 'limit' || ask.ask === 'load') return [{ ...ask, most: ask.most + by }];
      return ask.ask === 'quorum' ? [{ ...ask, atLeast: Math.max(1, ask.atLeast - by) }] : [ask];
    });
  }

  /** Not all of these again: subjects (whose half days, which window), or single asks */
  forbid(cut: Cut): void {
    const columns = cut.map((names) => {
      const mine = [...this.entries.values()].filter(
        ({ ask }) => names.includes(keyOf(ask)) || names.includes(subjectOf(ask)),
      );
      if (mine.length < 2) return mine.map(({ column }) => column);
      const any = this.model.column(0, () => 0, { integer: false });
      for (const { column } of mine) this.model.row(-Infinity, 0, [1, [column]], [-1, [any]]);
      return [any];
    });
    // one of them cannot be made at all here: the rest is forbidden by that
    if (columns.some((list) => !list.length)) return;
    this.model.row(-Infinity, cut.length - 1, [1, columns.flat()]);
  }

  /** The locks of these things, with their indexes in the instance that was asked about */
  locksOf(id: string): { lock: Lock; column: () => number }[] {
    return this.instance.locks.flatMap((lock, index) =>
      lockedId(lock) === id ? [{ lock, column: () => this.column({ ask: 'unlock', lock: index }) }] : [],
    );
  }
}

/** Each entry: a key or a subject; all of them together are not made again. */
export type Cut = readonly (readonly string[])[];

export type Counting = Extract<Ask, { ask: 'limit' | 'load' | 'quorum' }>;

/** The ask without its amount */
export function keyOf(ask: Ask): string {
  if (ask.ask === 'half-day') return `half-day ${ask.person} ${ask.half}`;
  if (ask.ask === 'open-day') return `open-day ${ask.of} ${ask.day}`;
  return subjectOf(ask);
}

/** Who is asked for what kind of thing, whatever the day */
export function subjectOf(ask: Ask): string {
  switch (ask.ask) {
    case 'half-day':
      return `half-days of ${ask.person}`;
    case 'open-day':
      return `open-days of ${ask.of}`;
    case 'window':
      return `window ${ask.of}`;
    case 'limit':
      return `limit ${ask.limit}`;
    case 'load':
      return `load ${ask.load} ${ask.person}`;
    case 'quorum':
      return `quorum ${ask.of}`;
    case 'online':
      return `online ${ask.meeting}`;
    case 'unlock':
      return `unlock ${ask.lock}`;
  }
}
