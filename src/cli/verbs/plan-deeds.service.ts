import { Refusal } from '../../kernel/refusal.ts';
import { fill, joinTexts, text, type Text } from '../../kernel/text.ts';
import { PlanningQueries, type PlanRun } from '../../planning/planning.queries.ts';
import { Planning } from '../../planning/planning.service.ts';
import { planningRefusals } from '../../planning/refusals.ts';
import type { TakeOver } from '../../planning/take-over.ts';
import { YearRules } from '../../planning/year-rules.service.ts';
import { answer, type Answer } from '../answer.ts';
import { chosenYear } from '../chosen-year.service.ts';
import type { Command, OpenHouse } from '../command.ts';
import { consent, mayConsent } from '../consent.ts';
import { RefusedByRules } from '../exit-codes.ts';
import { checkName, named } from '../named-plan.ts';
import { tableOf } from '../terminal-text.ts';

/** The plan that was typed. @throws Refusal where there is none */
async function plan(command: Command): Promise<{ house: OpenHouse; run: PlanRun }> {
  const name = command.given.word('PLAN');
  if (name !== '') checkName(command.given, name);
  const { house, cycle } = await chosenYear(command);
  const run = named(await house.get(PlanningQueries).ofCycle(cycle.id), name);
  if (!run) throw Refusal.of(planningRefusals, 'planning.unknown');
  return { house, run };
}

/** Writes the changes of a what-if copy, or what a repair needs, into the year; publishing follows. */
export async function takeOver(command: Command): Promise<Answer> {
  mayConsent(command);
  const { house, run } = await plan(command);
  if (run.changes.length === 0) throw Refusal.of(planningRefusals, 'planning.nothing-to-take-over');
  const planned = await house.get(YearRules).plannedTakeOver(run.id);
  const refused = planned.flatMap(({ refusal }) => refusal ?? []);
  if (refused.length > 0) throw new RefusedByRules('planning.cannot-take-over', refused);
  await consent(command, question(planned));
  await house.get(YearRules).takeOver(run.id, command.actor);
  return answer(
    { plan: run.id, changes: run.changes },
    (language) =>
      fill(
        text(
          '{n}件の変更を年度に書き込みました。公開するには：meguri publish {plan}',
          'Changes written into the year: {n}. To publish the plan: meguri publish {plan}',
        ),
        { n: run.changes.length, plan: run.id.slice(0, 8) },
      )[language],
  );
}

const question = (planned: readonly TakeOver[]): Text =>
  fill(
    text(
      '次のことを年度に書き込みます。\n{said}\nよろしいですか。[y/N] ',
      'This is written into the year.\n{said}\nGo on? [y/N] ',
    ),
    {
      said: joinTexts(
        planned.map(({ text: said, warning }) =>
          warning ? text(`${said.ja}（${warning.ja}）`, `${said.en} (${warning.en})`) : said,
        ),
        '\n',
        '\n',
      ),
    },
  );

/** Ends a computation; the best plan so far is kept. */
export async function stop(command: Command): Promise<Answer> {
  const { house, run } = await plan(command);
  await house.get(Planning).stop(run.id, command.actor);
  return done(run, text('計算を止めます。その時点の計画が残ります。', 'It is being stopped; its best plan is kept.'));
}

export async function discard(command: Command): Promise<Answer> {
  const { house, run } = await plan(command);
  await house.get(Planning).discard(run.id, command.actor);
  return done(run, text('計画を破棄しました。', 'The plan was thrown away.'));
}

export async function rename(command: Command): Promise<Answer> {
  const name = command.given.word('NAME');
  const { house, run } = await plan(command);
  await house.get(Planning).rename(run.id, name, command.actor);
  return done(run, text('計画の名前を変えました。', 'The plan has another name.'));
}

const done = ({ id }: PlanRun, said: Text): Answer => answer({ plan: id }, (language) => said[language]);

/** What staff decided for the year beside the programme's rules; `--drop N` takes one of it back. */
export async function rulesOfYear(command: Command): Promise<Answer> {
  const drop = command.given.integer('drop', 1, 1_000);
  const { house, cycle } = await chosenYear(command);
  const rules = house.get(YearRules);
  if (drop !== undefined) {
    const { changes } = await rules.standing(cycle.id);
    await rules.dropChange(cycle.id, drop - 1, changes.length, command.actor);
  }
  const { changes, said } = await rules.standing(cycle.id);
  const rows = changes.map((change, n) => ({ number: n + 1, change, text: said[n]! }));
  return answer(rows, (language) =>
    rows.length === 0
      ? text('この年度だけの取り決めはありません。', 'Nothing was decided for this year only.')[language]
      : tableOf(
          language,
          [text('番号', 'Number'), text('取り決め', 'Decided for this year only')],
          rows.map(({ number, text: one }) => [number, one]),
        ),
  );
}
