import type { Text } from '../../kernel/text.ts';
import type { Plan } from '../instance.ts';

/** A plan that keeps what is fixed and changes little of what was announced */
export interface Repair {
  /** With its whole cost, a bound below which no repair can be, and whether it is proven to be a cheapest one */
  readonly plan: Plan;
  /** The part of its cost that is change */
  readonly change: number;
  /** People whose invitation changes, sorted */
  readonly tell: readonly string[];
  /** What changes, in words */
  readonly text: Text;
}

/** A meeting that can only be held online on some days (a typhoon): on others it may be as always. */
export interface Storm {
  readonly meeting: string;
  readonly days: readonly number[];
}
