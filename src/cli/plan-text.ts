import { fill, joinTexts, text, type Language, type Text } from '../kernel/text.ts';
import type { PlanRun } from '../planning/planning.queries.ts';
import { factsOf, paragraphs, tableOf } from './terminal-text.ts';

export const stateNames: Readonly<Record<PlanRun['state'], Text>> = {
  waiting: text('計算待ち', 'waiting'),
  running: text('計算中', 'being computed'),
  ready: text('計算済み', 'ready'),
  failed: text('失敗', 'failed'),
  published: text('公開済み', 'published'),
  discarded: text('破棄', 'discarded'),
};

/** A run without what only the planner reads */
export const planData = ({ instance: _instance, basis: _basis, cancelWanted: _wanted, ...run }: PlanRun) => run;

/** What came out of one run, and what could not be decided with the reasons why */
export const planText = (run: PlanRun, titles: ReadonlyMap<string, Text>, language: Language): string =>
  paragraphs(
    factsOf(language, [
      [text('計画', 'Plan'), run.id],
      [text('状態', 'State'), stateNames[run.state]],
      [text('費用', 'Cost'), run.cost],
      [text('下限', 'Bound'), run.bound?.toFixed(1)],
      [
        text('最良か', 'Best'),
        run.proven
          ? text('これより良い計画はない（証明済み）', 'proven: no plan costs less')
          : text('証明されていない', 'not proven'),
      ],
      [text('時間', 'Time'), `${run.seconds.toFixed(1)} s`],
      [text('エラー', 'Error'), run.error],
    ]),
    undecidedText(run.unplaced, titles, language),
    run.notes.map((note) => note[language]).join('\n'),
    run.unanswered.length === 0
      ? ''
      : text('都合の回答がない人', 'People without an answer')[language] + `: ${run.unanswered.join(', ')}`,
    run.state === 'ready' ? text('公開するには：meguri publish', 'To publish it: meguri publish')[language] : '',
  );

export const progressLine = (seconds: number, cost: number | null, bound: number | null): Text =>
  fill(text('{seconds}秒　費用 {cost}　下限 {bound}', '{seconds} s  cost {cost}  bound {bound}'), {
    seconds: seconds.toFixed(1),
    cost: cost ?? '-',
    bound: bound === null ? '-' : bound.toFixed(1),
  });

export function undecidedText(
  unplaced: readonly { readonly of: string; readonly reasons: readonly Text[] }[],
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
