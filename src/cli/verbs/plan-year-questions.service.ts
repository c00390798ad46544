import { Refusal } from '../../kernel/refusal.ts';
import { fill, text } from '../../kernel/text.ts';
import type { Instance, Plan } from '../../planning/instance.ts';
import { PlanningQueries, type PlanRun } from '../../planning/planning.queries.ts';
import type { CalledAs } from '../../planning/questions.ts';
import { planningRefusals } from '../../planning/refusals.ts';
import { YearFactsReader } from '../../planning/year-facts.service.ts';
import { yearInstance } from '../../planning/year-instance.ts';
import { YearQuestions } from '../../planning/year-questions.service.ts';
import { titlesOfPlan } from '../../planning/year-titles.ts';
import { answer, type Answer } from '../answer.ts';
import { chosenYear } from '../chosen-year.service.ts';
import type { Command, OpenHouse } from '../command.ts';
import { RefusedByRules } from '../exit-codes.ts';
import { checkName, named } from '../named-plan.ts';
import { repairsText } from '../plan-answer-text.ts';
import { ask, needsPlan, type Wish } from './plan-questions.service.ts';

/** The same questions about the current year: its newest plan that is ready, or the one that `--plan` names */
export async function askYear(command: Command, wish: Wish): Promise<Answer> {
  const { given } = command;
  const name = wish.question === 'repair' ? undefined : given.text('plan');
  if (name !== undefined) checkName(given, name);
  const { house, cycle } = await chosenYear(command);
  const facts = await house.get(YearFactsReader).ofCycle(cycle.id);
  const called: CalledAs = {
    people: Object.fromEntries(facts.roster.people.map((person) => [person.id, person.name])),
    things: Object.fromEntries(titlesOfPlan(facts.cycle.rules, facts.roster, facts.meetings)),
  };
  if (wish.question === 'repair') {
    const found = await house.get(YearQuestions).repairs(cycle.id, {
      timeLimitSeconds: wish.seconds,
      signal: command.signal,
      ...(wish.most === undefined ? {} : { most: wish.most }),
    });
    const repairs = found.map(({ repair }) => repair);
    const instance = found[0]?.instance ?? yearInstance(facts).instance;
    return answer(repairs, (language) => repairsText(repairs, instance, called, language));
  }
  const run =
    name !== undefined || needsPlan(wish.question) ? await runOf(house, cycle.id, name ?? 'latest') : undefined;
  const instance = (run?.instance as Instance | undefined) ?? yearInstance(facts).instance;
  try {
    return await ask(command, wish, { instance, plan: run?.plan as Plan, called });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const unknown = text('この計画に「{meeting}」はありません。', 'There is no “{meeting}” in this plan.');
    throw new RefusedByRules('planning.unknown-thing', [fill(unknown, { meeting: wish.meeting ?? '' })]);
  }
}

/** @throws Refusal where there is no such plan, or it is not ready */
async function runOf(house: OpenHouse, cycleId: string, name: string): Promise<PlanRun> {
  const run = named(await house.get(PlanningQueries).ofCycle(cycleId), name);
  if (!run) throw Refusal.of(planningRefusals, 'planning.unknown');
  if (!run.instance || !run.plan) throw Refusal.of(planningRefusals, 'planning.not-ready');
  return run;
}
