import { CycleQueries } from '../../cycle/cycle.queries.ts';
import { Cycles } from '../../cycle/cycle.service.ts';
import { windowsOf } from '../../cycle/year-calendar.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import { StaffQueries } from '../../identity/staff.queries.ts';
import { fiscalYearLabels } from '../../kernel/fiscal-year.ts';
import type { Values } from '../../kernel/refusal.ts';
import { fill, text } from '../../kernel/text.ts';
import { NewYear } from '../../planning/new-year.service.ts';
import { canAdd, isOnOffer, yearOnOffer, type YearChoices, type YearGround } from '../../planning/year-choices.ts';
import { windowFault } from '../../planning/year-windows.ts';
import { answer } from '../answer.ts';
import { chosenYear, staffOf } from '../chosen-year.service.ts';
import type { Command, Doing } from '../command.ts';
import type { Given } from '../given.ts';
import { generatedYearText } from '../generated-year-text.ts';
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
  await house.get(Cycles).putInCharge(cycle.id, member.id, command.actor);
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
  const newYear = house.get(NewYear);
  const ground = await newYear.ground(choices.programme, choices.fiscalYear);
  faultsAgainst(ground, choices, given);
  const staffInCharge = email === undefined ? null : (await staffOf(house, email)).id;
  const { kept } = await newYear.preview(choices);
  const id = dryRun ? null : await newYear.create({ ...choices, staffInCharge }, actor);
  return answer({ id, exists: ground.exists, ...kept }, (language) =>
    generatedYearText(kept, { exists: ground.exists, id }, language),
  );
};

function choicesIn(given: Given): YearChoices {
  const programme = given.needed('programme');
  if (!given.on('year')) given.needed('year');
  const written = (flag: string, pattern: RegExp, example: string) =>
    given.list(flag).flatMap((typed) => {
      const parts = pattern.exec(typed);
      if (parts) return [parts.slice(1)];
      given.fault(
        fill(
          text(
            '--{flag} は「{example}」のように指定してください（今は「{typed}」）。',
            '--{flag} is written as {example} (it is “{typed}”).',
          ),
          { flag, example, typed },
        ),
      );
      return [];
    });
  const windows = written('window', /^([^=]+)=([\d-]+)\.\.([\d-]+)$/, 'site=06-01..09-30');
  const options = written('option', /^([^=]+)=(on|off)$/, 'science-symposium=off');
  const added = written('add', /^([^/]+)(?:\/([^/]+))?$/, 'guest-visit/icredd');
  return {
    programme,
    fiscalYear: given.year() ?? 0,
    windows: Object.fromEntries(windows.map(([id, from, to]) => [id, { from: from!, to: to! }])),
    options: Object.fromEntries(options.map(([id, value]) => [id, value === 'on'])),
    added: added.map(([activity, centre]) => ({ activity: activity!, centre: centre ?? null })),
    dropped: given.list('drop'),
  };
}

/** Everything that the programme does not know, at once. A misspelt id would change nothing, and nobody would notice. */
function faultsAgainst(ground: YearGround, choices: YearChoices, given: Given): void {
  const { usual, roster } = ground;
  const { windows = {}, options = {}, added = [], dropped = [] } = choices;
  const fault = (flag: string, id: string, ja: string, en: string, values: Values = {}) =>
    given.fault(fill(text(`--{flag} {id}：${ja}`, `--{flag} {id}: ${en}`), { flag, id, ...values }));
  const known = (flag: string, id: string, ids: readonly string[]) =>
    ids.includes(id) ||
    fault(flag, id, 'ありません。次のいずれかです：{ids}', 'there is none; it is one of {ids}', {
      ids: ids.join(', '),
    });
  const withWindow = Object.keys(windowsOf(usual));
  for (const [id, window] of Object.entries(windows)) {
    const why = windowFault(window, choices.fiscalYear);
    if (known('window', id, withWindow) === true && why) fault('window', id, '{why}', '{why}', { why });
  }
  for (const id of Object.keys(options)) known('option', id, Object.keys(usual.options));
  for (const one of added)
    if (!canAdd(usual, roster, one))
      fault(
        'add',
        [one.activity, one.centre].filter(Boolean).join('/'),
        'この年度に加えられません。',
        'cannot be added to this year.',
      );
  given.done();
  const { year } = yearOnOffer(ground, choices);
  for (const key of dropped)
    if (!isOnOffer(key, ground, choices, year))
      fault('drop', key, 'この年度にない行です。', 'there is no such row in this year.');
  given.done();
}

export const doings: Record<string, (command: Command) => ReturnType<Doing>> = {
  'cycle list': list,
  'cycle in-charge': inCharge,
  'cycle generate': generate,
};
