import type { Text } from '../../kernel/text.ts';
import type { Plan } from '../instance.ts';
import type { Problem } from '../problem/problem.ts';
import type { Charge, Finding, RuleName, SaidCharge, SaidFinding } from './finding.ts';
import { parts } from './parts.ts';
import { read, type Reading } from './reading.ts';
import { Names, type Part, type Rule } from './rule.ts';
import { rulesOfConferences } from './rules-of-conferences.ts';
import { rulesOfLocks } from './rule-of-locks.ts';
import { rulesOfPanels } from './rules-of-panels.ts';
import { rulesOfPeople } from './rules-of-people.ts';
import { rulesOfTime } from './rules-of-time.ts';

/** Every rule; a rule added here is checked, named and explained everywhere. */
export const rules: readonly Rule[] = [
  ...rulesOfTime,
  ...rulesOfPeople,
  ...rulesOfPanels,
  ...rulesOfConferences,
  ...rulesOfLocks,
];

const ruleOf = new Map(rules.map((rule) => [rule.name, rule]));
export const titleOfRule = (name: RuleName): Text => ruleOf.get(name)!.title;

const named = new Map<string, Part>(parts.map((part) => [part.name, part]));

export interface Judgement {
  readonly valid: boolean;
  readonly broken: readonly Finding[];
  /** Things that stay undecided */
  readonly unplaced: number;
  readonly cost: number;
  /** What each part of the cost comes to */
  readonly parts: Readonly<Record<string, number>>;
  readonly charges: readonly Charge[];
}

/**
 * Judges a plan by every rule and counts every part of its cost. Nothing is believed of a plan (of the search, the solver or a file)
 * that was not judged here.
 */
export function judge(problem: Problem, plan: Plan): Judgement {
  const reading = read(problem, plan);
  const broken = rules.flatMap((rule) => [...rule.check(reading)]);
  const charges = chargesOf(reading);
  const sums: Record<string, number> = {};
  for (const { part, cost } of charges) sums[part] = (sums[part] ?? 0) + cost;
  return {
    valid: broken.length === 0,
    broken,
    unplaced: [...named.get('unplaced')!.charge(reading)].length,
    cost: charges.reduce((sum, { cost }) => sum + cost, 0),
    parts: sums,
    charges,
  };
}

/** What a plan pays for, of one that is known to keep the rules */
export const chargesIn = (problem: Problem, plan: Plan): Charge[] => chargesOf(read(problem, plan));

const chargesOf = (reading: Reading): Charge[] =>
  parts.flatMap((part) => [...part.charge(reading)]).filter(({ cost }) => cost !== 0);

export const say = (finding: Finding, names: Names): SaidFinding => ({
  ...finding,
  text: ruleOf.get(finding.rule)!.sentence(finding, names),
});

export const sayCharge = (charge: Charge, names: Names): SaidCharge => ({
  ...charge,
  text: (named.get(charge.part) ?? named.get('choice')!).sentence(charge, names),
});
