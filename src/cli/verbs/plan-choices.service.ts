import { fill, joinTexts, text, type Text } from '../../kernel/text.ts';
import type { DifferenceKind } from '../../planning/compare.ts';
import { PlanningQueries, type Comparison, type PlanRun } from '../../planning/planning.queries.ts';
import { planningRefusals } from '../../planning/refusals.ts';
import { titleOfPart } from '../../planning/rules/parts.ts';
import { YearChange } from '../../planning/year-change.ts';
import { YearRules, type YearWeights } from '../../planning/year-rules.service.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { answer, type Answer } from '../answer.ts';
import { chosenYear } from '../chosen-year.service.ts';
import type { Command } from '../command.ts';
import { orderIn } from '../given-order.ts';
import type { Given } from '../given.ts';
import { checkName, named } from '../named-plan.ts';
import type { Search } from '../plan-search.ts';
import { factsOf, paragraphs, tableOf } from '../terminal-text.ts';
import { planYear } from './plan-year.service.ts';

/** What the second plan does otherwise than the first, each difference with what it costs */
export async function comparePlansOfYear(command: Command): Promise<Answer> {
  const { given } = command;
  const names = [given.word('A'), given.word('B')] as const;
  for (const name of names) if (name !== '') checkName(given, name);
  const { house, cycle } = await chosenYear(command);
  const runs = await house.get(PlanningQueries).ofCycle(cycle.id);
  const [a, b] = names.map((name) => known(named(runs, name))) as [PlanRun, PlanRun];
  const compared = await house.get(PlanningQueries).compare(a.id, b.id);
  return answer({ a: a.id, b: b.id, ...compared }, (language) =>
    paragraphs(
      factsOf(language, [
        [text('A', 'A'), nameOf(a)],
        [text('B', 'B'), nameOf(b)],
        [
          text('費用', 'Cost'),
          `${compared.cost[0]} → ${compared.cost[1]} (${signed(compared.cost[1] - compared.cost[0])})`,
        ],
      ]),
      partsTable(compared, language),
      compared.differences.length === 0
        ? text('違いはありません。', 'They do not differ.')[language]
        : tableOf(
            language,
            [text('費用の差', 'Cost'), text('何が', 'What'), text('種類', 'Kind'), text('A', 'A'), text('B', 'B')],
            compared.differences.map(({ cost, title, kind, was, is }) => [
              signed(cost),
              title,
              kindNames[kind],
              was,
              is,
            ]),
          ),
    ),
  );
}

function known(run: PlanRun | undefined): PlanRun {
  if (!run) throw Refusal.of(planningRefusals, 'planning.unknown');
  return run;
}

const nameOf = ({ id, name }: PlanRun): string => (name ? `${id.slice(0, 8)} ${name}` : id.slice(0, 8));
const signed = (points: number): string => (points > 0 ? `+${points}` : String(points));

const partsTable = ({ parts }: Comparison, language: 'ja' | 'en'): string => {
  const differing = parts.filter(({ cost: [a, b] }) => a !== b);
  if (differing.length === 0) return '';
  return tableOf(
    language,
    [text('費用の項目', 'Part of the cost'), text('A', 'A'), text('B', 'B'), text('差', 'Difference')],
    differing.map(({ title, cost: [a, b] }) => [title, a, b, signed(b - a)]),
  );
};

const kindNames: Readonly<Record<DifferenceKind, Text>> = {
  'only-one': text('一方だけにある', 'only in one'),
  decided: text('決まったか', 'decided or not'),
  day: text('日', 'day'),
  'half-day': text('午前・午後', 'half day'),
  mode: text('開催方法', 'mode'),
  people: text('出席者', 'people'),
  assignment: text('担当', 'assignment'),
  panel: text('部会', 'panel'),
  conference: text('委員会の日', 'conference'),
  hearing: text('ヒアリング', 'hearing'),
  follows: text('付随', 'follows'),
};

const setting = /^([a-z][a-z0-9-]*)=(\d{1,4})%?$/;

/** How the parts of the cost count; `--set trip=150` sets them, in per cent of what the programme says; `--order` lets some come first. */
export async function weightsOfYear(command: Command): Promise<Answer> {
  const { given } = command;
  const [percents, order] = [percentsIn(given), orderIn(given)];
  const { house, cycle } = await chosenYear(command);
  const rules = house.get(YearRules);
  if (order || Object.keys(percents).length > 0) await rules.setWeights(cycle.id, { percents, order }, command.actor);
  const weights = await rules.weights(cycle.id);
  return answer(weights, (language) => weightsText(weights, language));
}

function percentsIn(given: Given): Record<string, number> {
  const read = given.list('set').map((typed) => ({ typed, match: setting.exec(typed.normalize('NFKC')) }));
  for (const { typed, match } of read)
    if (!match || Number(match[2]) > 1000)
      given.fault(
        fill(
          text(
            '--set は「trip=150」のように、項目と0～1000（%）で指定してください（今は「{typed}」）。',
            '--set is a part and per cent from 0 to 1000, such as trip=150 (it is “{typed}”).',
          ),
          { typed },
        ),
      );
  return Object.fromEntries(read.flatMap(({ match }) => (match ? [[match[1]!, Number(match[2])]] : [])));
}

const weightsText = ({ pointIsAbout, order, weights }: YearWeights, language: 'ja' | 'en'): string =>
  paragraphs(
    pointIsAbout[language],
    order.length === 0
      ? ''
      : factsOf(
          language,
          order.map((parts, n) => [text(`優先順位${n + 1}`, `Level ${n + 1}`), joinTexts(parts.map(titleOfPart))]),
        ),
    tableOf(
      language,
      [text('項目', 'Part'), text('名称', 'Title'), text('重み', 'Weight'), text('意味', 'Worth')],
      weights.map(({ part, title, percent, worth }) => [part, title, `${percent}%`, worth]),
    ),
  );

/** A plan of a copy of the year with changes; the year itself stays as it is. */
export async function whatIf(command: Command, search: Search): Promise<Answer> {
  const { given } = command;
  const changes = changesIn(given);
  const name = given.text('name') ?? '';
  return planYear(command, search, { changes, name });
}

function changesIn(given: Given): YearChange[] {
  const typed = given.list('change');
  if (typed.length === 0)
    given.fault(text('--change を1つ以上指定してください。', 'Please give at least one --change.'));
  return typed.flatMap((one) => {
    const read = YearChange.safeParse(parsed(one));
    if (read.success) return [read.data];
    const { path, message } = read.error.issues[0]!;
    given.fault(
      fill(text('--change「{one}」が正しくありません：{what}', '--change “{one}” is not right: {what}'), {
        one: one.slice(0, 200),
        what: `${path.join('.')} ${message}`.trim(),
      }),
    );
    return [];
  });
}

function parsed(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return undefined;
  }
}
