import { DataSource } from 'typeorm';
import { CycleQueries } from '../../cycle/cycle.queries.ts';
import { Cycles } from '../../cycle/cycle.service.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffQueries } from '../../identity/staff.queries.ts';
import { fiscalYearLabels } from '../../kernel/fiscal-year.ts';
import { fill, text } from '../../kernel/text.ts';
import { NewYear, type YearChoices } from '../../planning/new-year.service.ts';
import { Programmes } from '../../programme/programmes.service.ts';
import type { Programme } from '../../programme/programme.ts';
import { answer } from '../answer.ts';
import { chosenYear, staffOf } from '../chosen-year.service.ts';
import type { Command, Doing } from '../command.ts';
import type { Given } from '../given.ts';
import { generatedYearData, generatedYearText } from '../generated-year-text.ts';
import { tableOf } from '../terminal-text.ts';

const summary = ({ rules: _rules, ...cycle }: Cycle) => cycle;

const list: Doing = async ({ house }) => {
  const open = await house();
  const cycles = await open.get(CycleQueries).all();
  const staff = new Map((await open.get(StaffQueries).list()).map((member) => [member.id, member]));
  return answer(cycles.map(summary), (language) =>
    cycles.length === 0
      ? text('まだ年度がありません。', 'There is no fiscal year yet.')[language]
      : tableOf(
          language,
          [
            text('プログラム', 'Programme'),
            text('年度', 'Fiscal year'),
            text('対象年度', 'Covers'),
            text('担当者', 'In charge'),
            text('見本', 'Sample'),
          ],
          cycles.map((cycle) => {
            const member = cycle.staffInCharge === null ? undefined : staff.get(cycle.staffInCharge);
            return [
              cycle.programme,
              fiscalYearLabels(cycle.fiscalYear).label,
              fiscalYearLabels(cycle.covers).label,
              member && { ja: member.nameJa, en: member.nameEn },
              cycle.sample ? text('見本', 'yes') : '',
            ];
          }),
        ),
  );
};

const inCharge: Doing = async (command) => {
  const email = command.given.word('EMAIL');
  const { house, cycle } = await chosenYear(command);
  const member = await staffOf(house, email);
  await house
    .get(DataSource)
    .transaction((tx) => house.get(Cycles).putInCharge(tx, cycle.id, member.id, command.actor));
  return answer(
    { cycle: cycle.id, staffInCharge: member.id },
    (language) =>
      fill(text('{year}の担当者は{who}です。', '{who} is in charge of {year}.'), {
        year: fiscalYearLabels(cycle.fiscalYear).label,
        who: { ja: member.nameJa, en: member.nameEn },
      })[language],
  );
};

const generate: Doing = async (command) => {
  const { given, actor } = command;
  const choices = choicesIn(given);
  const email = given.text('staff');
  const dryRun = given.on('dry-run');
  const house = await command.house();
  knownIn(given, await house.get(Programmes).one(choices.programme), choices);
  const staffInCharge = email === undefined ? null : (await staffOf(house, email)).id;
  const newYear = house.get(NewYear);
  const preview = await newYear.preview(choices);
  const dropped = new Set(choices.dropped);
  for (const key of dropped)
    if (![...preview.year.meetings, ...preview.year.milestones].some((row) => row.key === key))
      given.fault(
        fill(text('--drop：行「{key}」はこの年度にありません。', '--drop: there is no row “{key}” in this year.'), {
          key,
        }),
      );
  given.done();
  const id = dryRun ? null : await newYear.create({ ...choices, staffInCharge }, actor);
  return answer({ id, exists: preview.exists, ...generatedYearData(preview.year, dropped) }, (language) =>
    generatedYearText(preview, dropped, id, language),
  );
};

function choicesIn(given: Given): YearChoices {
  const programme = given.needed('programme');
  if (!given.on('year')) given.needed('year');
  const windows: Record<string, { from: string; to: string }> = {};
  for (const typed of given.list('window')) {
    const [, id, from, to] = /^([^=]+)=(\d{2}-\d{2})\.\.(\d{2}-\d{2})$/.exec(typed) ?? [];
    if (id && from && to) windows[id] = { from, to };
    else
      given.fault(
        fill(
          text(
            '--window は「site=06-01..09-30」のように指定してください（今は「{typed}」）。',
            '--window is written as site=06-01..09-30 (it is “{typed}”).',
          ),
          { typed },
        ),
      );
  }
  const options: Record<string, boolean> = {};
  for (const typed of given.list('option')) {
    const [, id, value] = /^([^=]+)=(on|off)$/.exec(typed) ?? [];
    if (id) options[id] = value === 'on';
    else
      given.fault(
        fill(
          text(
            '--option は「選択肢=on」か「選択肢=off」で指定してください（今は「{typed}」）。',
            '--option is written as id=on or id=off (it is “{typed}”).',
          ),
          { typed },
        ),
      );
  }
  return { programme, fiscalYear: given.year() ?? 0, options, windows, dropped: given.list('drop') };
}

/** A misspelt id would otherwise change nothing, and nobody would know. */
function knownIn(given: Given, programme: Programme, { options = {}, windows = {} }: YearChoices): void {
  const withWindow = programme.activities.flatMap((a) => (a.what === 'meeting' && a.window ? [a.id] : []));
  const unknown = (flag: string, id: string, known: readonly string[]) => {
    if (known.includes(id)) return;
    given.fault(
      fill(
        text(
          '--{flag}：「{id}」はありません。次のいずれかです：{known}',
          '--{flag}: there is no “{id}”; it is one of {known}',
        ),
        {
          flag,
          id,
          known: known.join(', '),
        },
      ),
    );
  };
  for (const id of Object.keys(options)) unknown('option', id, Object.keys(programme.options));
  for (const id of Object.keys(windows)) unknown('window', id, withWindow);
  given.done();
}

export const doings: Record<string, (command: Command) => ReturnType<Doing>> = {
  'cycle list': list,
  'cycle in-charge': inCharge,
  'cycle generate': generate,
};
