import { spanOfWindow, windowsOf } from '../../cycle/year-calendar.ts';
import { fiscalYearLabels } from '../../kernel/fiscal-year.ts';
import { text, type Text } from '../../kernel/text.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import type { YearGround, YearOnOffer } from '../../planning/year-choices.ts';
import { activityOf } from '../../programme/programme.ts';
import type { YearForm } from './new-year-form.ts';
import { rowsView } from './new-year-rows.ts';

export interface Change {
  readonly label: Text;
  readonly before: Text;
  readonly after: Text;
}

/** Everything that the last button will do, in one look */
export interface Summary {
  readonly programmeName: Text;
  readonly fiscalYear: number;
  readonly covers: Text;
  readonly counts: { readonly meetings: number; readonly milestones: number; readonly centres: number };
  readonly planned: number;
  /** What is not as it was copied */
  readonly changes: readonly Change[];
  readonly added: readonly Text[];
  readonly dropped: readonly Text[];
}

export function summaryOf(ground: YearGround, offer: YearOnOffer, form: YearForm): Summary {
  const { usual, roster } = ground;
  const { counts, added, dropped } = rowsView(offer, roster, form);
  const planned = (id: string) =>
    usual.activities.some((one) => one.id === id && one.what === 'meeting' && one.planned);
  return {
    programmeName: usual.name,
    fiscalYear: form.fiscalYear,
    covers: fiscalYearLabels(offer.year.covers).label,
    counts,
    planned: offer.kept.meetings.filter((row) => planned(row.activity)).length,
    changes: [...windowChanges(ground, form), ...optionChanges(ground, form)],
    added: added.map(({ title }) => title),
    dropped: dropped.map(({ title }) => title),
  };
}

const windowChanges = ({ usual }: YearGround, { windows, fiscalYear }: YearForm): Change[] =>
  Object.entries(windowsOf(usual)).flatMap(([id, before]) => {
    const after = windows[id]!;
    if (after.from === before.from && after.to === before.to) return [];
    const [was, is] = [before, after].map((window) => spanOfWindow(window, fiscalYear));
    return [
      { label: activityOf(usual, id)!.name, before: dayRange(was!.from, was!.to), after: dayRange(is!.from, is!.to) },
    ];
  });

const onOff = (on: boolean): Text => (on ? text('あり', 'on') : text('なし', 'off'));

const optionChanges = ({ usual }: YearGround, { options }: YearForm): Change[] =>
  Object.entries(usual.options).flatMap(([id, option]) =>
    options[id] === option.default
      ? []
      : [{ label: option.name, before: onOff(option.default), after: onOff(!option.default) }],
  );
