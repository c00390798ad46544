import type { Text } from '../../kernel/text.ts';

export const ruleNames = [
  'window',
  'consecutive',
  'morning',
  'closed',
  'mode',
  'available',
  'candidate',
  'two-places',
  'travel',
  'limit',
  'load',
  'panel-size',
  'panel-needs',
  'panel-quorum',
  'slot',
  'quorum',
  'required',
  'too-soon',
  'locked',
] as const;
export type RuleName = (typeof ruleNames)[number];

/**
 * What stands in the way of something: the rule that it breaks, and who or what makes it so. Ids of the instance; days are its indexes.
 * The same shape tells what is wrong with a plan, why a day is impossible and why something could not be placed.
 */
export interface Finding {
  readonly rule: RuleName;
  /** `site/c3`, `site/c3 lead`, `officer/c3`, … */
  readonly where: string;
  readonly people?: readonly string[];
  readonly days?: readonly number[];
  readonly meetings?: readonly string[];
  readonly limit?: string;
  /** Panel needs that nobody covers */
  readonly needs?: readonly string[];
  /** How many there are … */
  readonly count?: number;
  /** … and how many there should be, at least or at most as the rule has it */
  readonly wanted?: number;
}

export interface SaidFinding extends Finding {
  readonly text: Text;
}

/** One part of a plan's cost, for one thing */
export interface Charge {
  /** `tentative`, `trip`, … or the name that a choice gives its cost (`expertise`) */
  readonly part: string;
  readonly where: string;
  readonly cost: number;
  readonly people?: readonly string[];
  readonly count?: number;
}

export interface SaidCharge extends Charge {
  readonly text: Text;
}
