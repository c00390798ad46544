import type { Cycle } from '../../cycle/cycle.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { fill, joinTexts, text } from '../../kernel/text.ts';
import type { Instance, Plan } from '../../planning/instance.ts';
import { PlanningQueries, type PlanRun } from '../../planning/planning.queries.ts';
import { conflicts } from '../../planning/questions.service.ts';
import { planningRefusals } from '../../planning/refusals.ts';
import { YearFactsReader } from '../../planning/year-facts.service.ts';
import type { YearFacts } from '../../planning/year-facts.ts';
import { hasOwnDays, yearInstance } from '../../planning/year-instance.ts';
import { YearQuestions, type YearRelaxation } from '../../planning/year-questions.service.ts';
import { YearRules } from '../../planning/year-rules.service.ts';
import { calledIn } from '../../planning/year-titles.ts';
import { askedWith } from '../../planning/year-troubles.ts';
import { answer, type Answer } from '../answer.ts';
import { chosenYear } from '../chosen-year.service.ts';
import type { Command, OpenHouse } from '../command.ts';
import { consent, mayConsent } from '../consent.ts';
import { exitCodes, RefusedByRules } from '../exit-codes.ts';
import { checkName, named } from '../named-plan.ts';
import { relaxationsText, repairsText } from '../plan-answer-text.ts';
import { paragraphs } from '../terminal-text.ts';
import { troublesGiven, troublesIn, type GivenTrouble } from '../typed-troubles.ts';
import { ask, type Wish } from './plan-questions.service.ts';

/** What a verb asks about, read before the house is opened */
interface Year {
  readonly house: OpenHouse;
  readonly cycle: Cycle;
  readonly facts: YearFacts;
}

/** The same questions about the current year: its newest plan that is ready, or the one that `--plan` names */
export async function askYear(command: Command, wish: Wish): Promise<Answer> {
  const { given } = command;
  if (wish.question === 'repair') return repairYear(command, wish);
  const name = given.text('plan');
  if (name !== undefined) checkName(given, name);
  if (wish.question === 'relax') return relaxYear(command, wish, name);
  const { house, cycle, facts } = await yearOf(command);
  const run = await runOf(house, cycle.id, name ?? 'latest');
  try {
    const [instance, plan] = [run.instance as Instance, run.plan as Plan];
    return await ask(command, wish, { instance, plan, called: calledIn(facts) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const unknown = text('この計画に「{meeting}」はありません。', 'There is no “{meeting}” in this plan.');
    throw new RefusedByRules('planning.unknown-thing', [fill(unknown, { meeting: wish.meeting ?? '' })]);
  }
}

async function yearOf(command: Command): Promise<Year> {
  const { house, cycle } = await chosenYear(command);
  return { house, cycle, facts: await house.get(YearFactsReader).ofCycle(cycle.id) };
}

/** @throws Refusal where there is no such plan, or it is not ready */
async function runOf(house: OpenHouse, cycleId: string, name: string): Promise<PlanRun> {
  const run = named(await house.get(PlanningQueries).ofCycle(cycleId), name);
  if (!run) throw Refusal.of(planningRefusals, 'planning.unknown');
  if (!run.instance || !run.plan) throw Refusal.of(planningRefusals, 'planning.not-ready');
  return run;
}

/** What could be asked for in the year as it is, or in the copy of a plan; `--apply N` writes the N-th set into the year once all agreed. */
async function relaxYear(command: Command, wish: Wish, name: string | undefined): Promise<Answer> {
  const { given, signal, actor } = command;
  const apply = given.integer('apply', 1, 50);
  if (apply !== undefined) mayConsent(command);
  else if (given.on('yes')) given.fault(text('--yes は --apply と共に使います。', '--yes goes with --apply.'));
  const { house, cycle, facts } = await yearOf(command);
  const run = name === undefined ? undefined : await runOf(house, cycle.id, name);
  const instance = (run?.instance as Instance | undefined) ?? yearInstance(facts).instance;
  const timeLimitSeconds = wish.seconds;
  const against = await conflicts(instance, { timeLimitSeconds, signal, called: calledIn(facts) });
  const how = { most: Math.max(wish.most ?? 5, apply ?? 1), timeLimitSeconds, signal };
  const found = against.length
    ? await house.get(YearQuestions).relaxations(cycle.id, { ...how, ...(run ? { planId: run.id } : {}) })
    : [];
  if (apply === undefined) {
    const isVain = against.length > 0 && !found.length;
    return answer(
      found,
      (language) => relaxationsText(against, found, language),
      isVain ? exitCodes.undecided : exitCodes.done,
    );
  }
  const chosen = chosenOf(found, apply);
  await consent(command, question(chosen));
  await house.get(YearRules).applyChanges(cycle.id, chosen.changes, actor);
  return answer({ applied: chosen }, (language) =>
    paragraphs(
      chosen.said.map((said) => said[language]).join('\n'),
      text(
        '年度に書き込みました。次の計画から使われます：meguri plan',
        'Written into the year; it counts from the next plan on: meguri plan',
      )[language],
    ),
  );
}

/** @throws RefusedByRules where there are not so many */
function chosenOf<T>(found: readonly T[], n: number): T {
  const chosen = found[n - 1];
  if (chosen) return chosen;
  throw new RefusedByRules('planning.no-such-answer', [
    fill(text('答えは{count}件です。{n}番はありません。', 'There are {count} answers: none is number {n}.'), {
      count: found.length,
      n,
    }),
  ]);
}

const question = ({ said }: YearRelaxation) =>
  fill(
    text(
      '次のことを年度に書き込みます。相手の了承は得ましたか。\n{said}\n[y/N] ',
      'This is written into the year. Have they agreed?\n{said}\n[y/N] ',
    ),
    { said: joinTexts(said, '\n', '\n') },
  );

/** How the year could go on with little change, also after what it does not know of yet; `--take N` keeps the N-th as a plan. */
async function repairYear(command: Command, wish: Wish): Promise<Answer> {
  const { given, signal, actor } = command;
  const typed: readonly GivenTrouble[] = troublesGiven(given);
  const take = given.integer('take', 1, 50);
  const { house, cycle, facts } = await yearOf(command);
  const ground = {
    fiscalYear: cycle.fiscalYear,
    roster: facts.roster,
    meetings: facts.meetings.filter((meeting) => hasOwnDays(cycle, meeting)),
  };
  const found = await house.get(YearQuestions).repairs(cycle.id, {
    timeLimitSeconds: wish.seconds,
    signal,
    most: Math.max(wish.most ?? 3, take ?? 1),
    ...askedWith(troublesIn(typed, ground), ground),
  });
  const repairs = found.map(({ repair }) => repair);
  const instance = found[0]?.instance ?? yearInstance(facts).instance;
  if (take === undefined)
    return answer(repairs, (language) => repairsText(repairs, instance, calledIn(facts), language));
  const chosen = chosenOf(found, take);
  const plan = await house.get(YearQuestions).applyRepair(cycle.id, chosen, actor);
  return answer({ plan, changes: chosen.changes, repair: chosen.repair }, (language) =>
    paragraphs(
      repairsText([chosen.repair], instance, calledIn(facts), language),
      fill(chosen.changes.length > 0 ? firstTaken : toPublish, { plan: plan.slice(0, 8) })[language],
    ),
  );
}

const toPublish = text(
  '計画 {plan} として残しました。公開するには：meguri publish {plan}',
  'Kept as plan {plan}. To publish it: meguri publish {plan}',
);
const firstTaken = text(
  '計画 {plan} として残しました。年度がまだ知らないことを先に書き込みます：meguri plan take-over {plan}、それから meguri publish {plan}',
  'Kept as plan {plan}. What the year does not know yet comes first: meguri plan take-over {plan}, then meguri publish {plan}',
);
