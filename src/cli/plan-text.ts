import { fill, joinTexts, text, type Language, type Text } from '../kernel/text.ts';
import type { Plan } from '../planning/instance.ts';
import type { PlanRun } from '../planning/planning.queries.ts';
import { titleOfPart } from '../planning/rules/parts.ts';
import { factsOf, paragraphs, tableOf, type Cell } from './terminal-text.ts';

export const stateNames: Readonly<Record<PlanRun['state'], Text>> = {
  waiting: text('計算待ち', 'waiting'),
  running: text('計算中', 'being computed'),
  ready: text('計算済み', 'ready'),
  failed: text('失敗', 'failed'),
  published: text('公開済み', 'published'),
  discarded: text('破棄', 'discarded'),
};

/** A run without what only the planner reads */
export const planData = ({
  instance: _instance,
  basis: _basis,
  cancelWanted: _wanted,
  attempt: _attempt,
  seenAt: _seen,
  ...run
}: PlanRun) => run;

const hasPlan = ({ plan }: PlanRun): boolean => plan !== null;

/** What came out of one run, and what could not be decided with the reasons why */
export const planText = (run: PlanRun, titles: ReadonlyMap<string, Text>, language: Language): string =>
  paragraphs(
    factsOf(language, [
      [text('計画', 'Plan'), run.id],
      [text('名前', 'Name'), run.name],
      [text('状態', 'State'), stateNames[run.state]],
      ...(hasPlan(run) ? costFacts(run.cost, run.bound, run.proven) : []),
      [
        text('時間', 'Time'),
        run.seconds > 0 ? text(`${run.seconds.toFixed(1)}秒`, `${run.seconds.toFixed(1)} s`) : null,
      ],
      ...run.levels.map(({ parts, cost }, n): readonly [Text, Cell] => [
        text(`優先順位${n + 1}`, `Level ${n + 1}`),
        text(
          `${cost}点（${joinTexts(parts.map(titleOfPart), '・').ja}）`,
          `${cost} (${joinTexts(parts.map(titleOfPart)).en})`,
        ),
      ]),
    ]),
    failureText(run, language),
    hasPlan(run) ? undecidedText(run.unplaced, titles, language) : '',
    run.notes.map((note) => note[language]).join('\n'),
    run.unanswered.length === 0
      ? ''
      : fill(text('都合の回答がない人：{people}', 'People without an answer: {people}'), {
          people: run.unanswered.join(', '),
        })[language],
    run.state === 'ready' ? text('公開するには：meguri publish', 'To publish it: meguri publish')[language] : '',
  );

/** Why there is no plan, and what staff fixed that cannot hold */
function failureText({ failure }: PlanRun, language: Language): string {
  if (!failure) return '';
  const locks = failure.locks.map(({ title, reasons }) => [
    title[language],
    ...reasons.map((one) => `  ${one[language]}`),
  ]);
  return [failure.text[language], ...locks.flat()].join('\n');
}

/** What a plan costs, and what is known of better ones */
export const costFacts = (cost: number | null, bound: number | null, proven: boolean): (readonly [Text, Cell])[] => [
  [text('費用', 'Cost'), cost],
  [text('下限', 'Bound'), bound?.toFixed(1)],
  [
    text('最良か', 'Best'),
    proven
      ? text('これより良い計画はない（証明済み）', 'proven: no plan costs less')
      : text('証明されていない', 'not proven'),
  ],
];

export const progressLine = (seconds: number, cost: number | null, bound: number | null): Text =>
  fill(text('{seconds}秒　費用 {cost}　下限 {bound}', '{seconds} s  cost {cost}  bound {bound}'), {
    seconds: seconds.toFixed(1),
    cost: cost ?? '-',
    bound: bound === null ? '-' : bound.toFixed(1),
  });

export interface Undecided {
  readonly of: string;
  readonly reasons: readonly Text[];
}

/** Everything that a plan leaves open, with the reasons that are known */
export function undecidedIn(plan: Plan, explained: readonly Undecided[]): Undecided[] {
  const reasons = new Map(explained.map((one) => [one.of, one.reasons]));
  return [plan.meetings, plan.assignments, plan.panels, plan.conferences, plan.hearings]
    .flatMap((part) => Object.entries(part as Record<string, unknown>))
    .flatMap(([of, decided]) => (decided === null ? [{ of, reasons: reasons.get(of) ?? [] }] : []));
}

export function undecidedText(
  unplaced: readonly Undecided[],
  titles: ReadonlyMap<string, Text>,
  language: Language,
): string {
  if (unplaced.length === 0) return text('すべて決まりました。', 'Everything is decided.')[language];
  return tableOf(
    language,
    [text('決まらなかったもの', 'Undecided'), text('名称', 'Title'), text('理由', 'Reasons')],
    unplaced.map(({ of, reasons }) => [of, titles.get(of), joinTexts(reasons, '／', '; ')]),
  );
}
