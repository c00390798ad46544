import { text } from '../../kernel/text.ts';
import { consequencesOf, yearOnOffer, type GeneratedRow, type YearGround } from '../../planning/year-choices.ts';
import type { Faults } from '../faults.ts';
import { addedWord, choicesOf, wordOf, type Body, type YearForm } from './new-year-form.ts';
import { groupOf, titleOf, withoutCentre } from './new-year-rows.ts';

/** What a button of the second step made of the choices */
export interface RowsChange {
  readonly form: YearForm;
  readonly faults: Faults;
  /** A row that was pressed and takes others with it: staff are told first */
  readonly asked?: string;
}

/** Drops a row, takes one back, adds one or takes an added one out: whichever was pressed */
export function changeRows(ground: YearGround, form: YearForm, body: Body): RowsChange {
  const pressed = (name: string) => wordOf(body, name);
  const [drop, sure, back, out] = [
    pressed('dropRow'),
    pressed('dropSure'),
    pressed('takeBack'),
    pressed('removeAdded'),
  ];
  if (sure) return { form: dropping(form, sure), faults: {} };
  if (drop) {
    const { goes, comes } = consequencesOf(drop, ground, choicesOf(form));
    return goes.length + comes.length > 0
      ? { form, faults: {}, asked: drop }
      : { form: dropping(form, drop), faults: {} };
  }
  if (back) return { form: { ...form, dropped: form.dropped.filter((key) => key !== back) }, faults: {} };
  if (out) return { form: { ...form, added: form.added.filter((one) => addedWord(one) !== out) }, faults: {} };
  return pressed('addRow') ? adding(ground, form, body) : { form, faults: {} };
}

const dropping = (form: YearForm, key: string): YearForm => ({
  ...form,
  dropped: [...new Set([...form.dropped, key])],
});

function adding(ground: YearGround, form: YearForm, body: Body): RowsChange {
  const activity = ground.usual.activities.find((one) => one.id === wordOf(body, 'addActivity'));
  if (activity?.what !== 'meeting')
    return { form, faults: { addActivity: text('追加する活動を選んでください。', 'Please choose what to add.') } };
  const centre = activity.per === 'centre' ? wordOf(body, 'addCentre') : null;
  if (centre !== null && !ground.roster.centres.some(({ id }) => id === centre))
    return { form, faults: { addCentre: text('拠点を選んでください。', 'Please choose the centre.') } };
  const key = centre === null ? activity.id : `${activity.id}/${centre}`;
  if (form.dropped.includes(key))
    return { form: { ...form, dropped: form.dropped.filter((one) => one !== key) }, faults: {} };
  const there = yearOnOffer(ground, choicesOf(form)).kept.meetings.some((row) => row.key === key);
  if (there)
    return { form, faults: { addActivity: text('その活動はすでに含まれています。', 'That is in the year already.') } };
  return { form: { ...form, added: [...form.added, { activity: activity.id, centre }] }, faults: {} };
}

/** What is said before a row is dropped that others depend on */
export function consequencesShown(key: string, ground: YearGround, form: YearForm) {
  const { goes, comes } = consequencesOf(key, ground, choicesOf(form));
  const { kept, rules } = yearOnOffer(ground, choicesOf(form));
  const row = [...kept.meetings, ...kept.milestones].find((one) => one.key === key);
  const centres = new Map(ground.roster.centres.map((centre) => [centre.id, centre]));
  const short = ({ title, centre }: GeneratedRow) =>
    centre !== null && centre === row?.centre ? withoutCentre(title, centres.get(centre)?.acronym) : title;
  return {
    key,
    group: row ? groupOf(row) : 'programme',
    title: titleOf(key, kept, rules, centres),
    goes: goes.map(short),
    comes: comes.map(short),
  };
}
