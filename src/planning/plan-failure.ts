import { Refusal } from '../kernel/refusal.ts';
import { joinTexts, text, type Text } from '../kernel/text.ts';
import { LocksCannotHold } from './locks.ts';
import type { PlanFailure } from './plan.entity.ts';
import { planningRefusals } from './refusals.ts';

type FailureCode = 'planning.locks-cannot-hold' | 'planning.no-plan' | 'planning.broke-down' | 'planning.given-up';

export function planFailure(code: FailureCode, locks: PlanFailure['locks'] = []): PlanFailure {
  const { ja, en } = planningRefusals[code];
  return { code, text: { ja, en }, locks };
}

/** Why a run has no plan, as staff read it; what nobody foresaw is in the log. @param titles of meetings, by key */
export function failureOf(error: unknown, titles: ReadonlyMap<string, Text>): PlanFailure {
  if (error instanceof LocksCannotHold) return planFailure('planning.locks-cannot-hold', locksSaid(error, titles));
  if (error instanceof Error && /without a plan/.test(error.message)) return planFailure('planning.no-plan');
  return planFailure('planning.broke-down');
}

const locksSaid = ({ locks }: LocksCannotHold, titles: ReadonlyMap<string, Text>): PlanFailure['locks'] =>
  locks.map(({ of, reasons }) => ({ of, title: titles.get(of) ?? text(of, of), reasons }));

/** The same as a refusal, where somebody asked a question and waits for its answer */
export function fixedCannotHold(error: LocksCannotHold, titles: ReadonlyMap<string, Text>): Refusal {
  const said = locksSaid(error, titles).map(({ title, reasons }) => {
    const why = joinTexts(reasons, '、', '; ');
    return text(`「${title.ja}」（${why.ja}）`, `“${title.en}” (${why.en})`);
  });
  return Refusal.of(planningRefusals, 'planning.fixed-cannot-hold', { what: joinTexts(said) });
}
