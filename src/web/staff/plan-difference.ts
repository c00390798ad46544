import type { Text } from '../../kernel/text.ts';
import type { PaidOtherwise } from '../../planning/explain/charges-apart.ts';
import { titleOfPart } from '../../planning/rules/parts.ts';
import type { Speech } from './plan-speech.ts';
import { signed } from './plan-words.ts';

/** One thing that a plan pays for and another does not */
export interface ChargeDifference {
  readonly part: string;
  readonly title: Text;
  /** What it is paid for; null where that is the thing asked about itself */
  readonly of: Text | null;
  readonly text: Text;
  /** Positive: the second plan pays it and the first does not */
  readonly cost: number;
  /** With its sign */
  readonly price: string;
}

/**
 * What one plan pays for and the other does not, in words.
 * @param about the thing asked about, of which it is not said that it is meant
 */
export const chargeDifferences = (
  apart: readonly PaidOtherwise[],
  speech: Speech,
  about?: string,
): ChargeDifference[] =>
  apart.map(({ charge, difference }) => ({
    part: charge.part,
    title: titleOfPart(charge.part),
    of: charge.where.split(' ')[0] === about ? null : speech.called(charge.where),
    text: speech.charge(charge),
    cost: difference,
    price: signed(difference),
  }));
