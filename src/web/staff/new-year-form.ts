import type { AddedActivity } from '../../cycle/occurrences.ts';
import { windowsOf } from '../../cycle/year-calendar.ts';
import type { FiscalYear } from '../../kernel/fiscal-year.ts';
import { text } from '../../kernel/text.ts';
import type { YearChoices, YearGround } from '../../planning/year-choices.ts';
import { canAdd } from '../../planning/year-choices.ts';
import { monthAndDayOf, typedDay, windowFault } from '../../planning/year-windows.ts';
import type { Window } from '../../programme/programme.ts';
import type { Faults } from '../faults.ts';

/** The steps of setting up a year, in order */
export const steps = ['windows', 'rows', 'create'] as const;
export type Step = (typeof steps)[number];

/** Holidays are known until 2050, and a fiscal year ends in the next one. */
const FIRST = 2007;
const LAST = 2049;

/** Everything chosen so far. It travels in the form, so that going back and forth loses nothing and nobody else sees it. */
export interface YearForm {
  readonly programme: string;
  readonly fiscalYear: FiscalYear;
  /** By activity, as it is kept (`MM-DD`); what was typed and is no day stays as it was typed */
  readonly windows: Readonly<Record<string, Window>>;
  readonly options: Readonly<Record<string, boolean>>;
  readonly added: readonly AddedActivity[];
  readonly dropped: readonly string[];
  readonly staffInCharge: string;
}

/** A posted form; fields may come several times */
export type Body = Readonly<Record<string, unknown>>;

const MOST = 2000;
export const wordsOf = (body: Body, name: string): string[] =>
  [body[name]]
    .flat()
    .filter((value): value is string => typeof value === 'string' && value.length <= 200)
    .slice(0, MOST);
/** The last of several: a check box comes after the hidden field that says what it means unchecked */
export const wordOf = (body: Body, name: string): string => wordsOf(body, name).at(-1) ?? '';

/** @returns undefined where it is not a fiscal year whose holidays are known */
export function yearTyped(typed: string): FiscalYear | undefined {
  const year = /^\d{4}$/.test(typed) ? Number(typed) : 0;
  return year >= FIRST && year <= LAST ? year : undefined;
}
export const yearFault = text(
  `年度を西暦4桁（${FIRST}～${LAST}）で指定してください。`,
  `Please give the fiscal year in four digits, ${FIRST} to ${LAST}.`,
);

const addedTyped = (word: string): AddedActivity => {
  const [activity = '', centre = ''] = word.split('|');
  return { activity, centre: centre === '' ? null : centre };
};
export const addedWord = ({ activity, centre }: AddedActivity): string => `${activity}|${centre ?? ''}`;

/**
 * What the form says, on the ground of the programme and year that it names.
 *
 * Windows follow the year: dates typed for the year that was shown move to the one that is wanted now, and windows that nobody
 * touched become those that are usual there. Of another programme nothing is carried over.
 * @param shown the ground of the programme and year that the form was filled in for, where that is another one
 */
export function formOf(body: Body, ground: YearGround, fiscalYear: FiscalYear, shown?: YearGround): YearForm {
  const { usual, roster } = ground;
  const shownYear = yearTyped(wordOf(body, 'shownYear')) ?? fiscalYear;
  const same = wordOf(body, 'shownProgramme') === usual.id;
  const usualWindows = windowsOf(usual);
  const windowsShown = windowsOf((shown ?? ground).usual);
  const windows = Object.fromEntries(
    Object.entries(usualWindows).map(([id, window]) => {
      const typed = same && `from.${id}` in body ? windowTyped(body, id, shownYear) : undefined;
      const before = windowsShown[id];
      const touched = typed && !(before && before.from === typed.from && before.to === typed.to);
      return [id, touched ? typed : window];
    }),
  );
  const options = Object.fromEntries(
    Object.entries(usual.options).map(([id, option]) => {
      const typed = same ? wordOf(body, `option.${id}`) : '';
      return [id, typed === '' ? option.default : typed === 'on'];
    }),
  );
  const added = same ? wordsOf(body, 'add').map(addedTyped) : [];
  return {
    programme: usual.id,
    fiscalYear,
    windows,
    options,
    added: added.filter((one) => canAdd(usual, roster, one)),
    dropped: same ? [...new Set(wordsOf(body, 'drop'))] : [],
    staffInCharge: wordOf(body, 'staffInCharge'),
  };
}

const windowTyped = (body: Body, id: string, shownYear: FiscalYear): Window => ({
  from: monthAndDayOf(wordOf(body, `from.${id}`), shownYear),
  to: monthAndDayOf(wordOf(body, `to.${id}`), shownYear),
});

/** At the field of the last day, where both are seen; an empty or impossible first day at its own */
export function windowFaults({ windows, fiscalYear }: YearForm): Faults {
  const faults: Record<string, NonNullable<ReturnType<typeof windowFault>>> = {};
  for (const [id, window] of Object.entries(windows)) {
    const fault = windowFault(window, fiscalYear);
    if (!fault) continue;
    const firstIsWrong = windowFault({ from: window.from, to: window.from }, fiscalYear) !== undefined;
    faults[firstIsWrong ? `from.${id}` : `to.${id}`] = fault;
  }
  return faults;
}

/** What the rooms make the year from; only rows that are there now are dropped (an option may have taken others away) */
export const choicesOf = (form: YearForm): YearChoices => ({
  programme: form.programme,
  fiscalYear: form.fiscalYear,
  windows: form.windows,
  options: form.options,
  added: form.added,
  dropped: form.dropped,
  staffInCharge: form.staffInCharge === '' ? null : form.staffInCharge,
});

export interface Field {
  readonly name: string;
  readonly value: string;
}

/** The choices of the other steps, as hidden fields of this one */
export function carried(form: YearForm, step: Step): Field[] {
  const { programme, fiscalYear, windows, options, added, dropped, staffInCharge } = form;
  const always = [
    { name: 'shownProgramme', value: programme },
    { name: 'shownYear', value: String(fiscalYear) },
    ...added.map((one) => ({ name: 'add', value: addedWord(one) })),
    ...dropped.map((key) => ({ name: 'drop', value: key })),
  ];
  const ofWindows = [
    { name: 'programme', value: programme },
    { name: 'fiscalYear', value: String(fiscalYear) },
    ...Object.entries(windows).flatMap(([id, { from, to }]) => [
      { name: `from.${id}`, value: typedDay(from, fiscalYear) },
      { name: `to.${id}`, value: typedDay(to, fiscalYear) },
    ]),
    ...Object.entries(options).map(([id, on]) => ({ name: `option.${id}`, value: on ? 'on' : 'off' })),
  ];
  return [
    ...always,
    ...(step === 'windows' ? [] : ofWindows),
    ...(step === 'create' ? [] : [{ name: 'staffInCharge', value: staffInCharge }]),
  ];
}
