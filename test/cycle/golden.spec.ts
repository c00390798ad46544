import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { generateYear } from '../../src/cycle/generate.ts';
import type { GeneratedYear } from '../../src/cycle/generated-year.ts';
import type { Roster } from '../../src/roster/roster.ts';
import { shipped } from '../programme/shipped.ts';
import { wpiRoster } from './sample-roster.ts';

/** To take on a change that is meant: UPDATE_GOLDEN=1 npm test -- --testPathPatterns test/cycle/golden */
const file = join(import.meta.dirname, '../golden/wpi-fy2027.txt');

/** Japanese characters are two columns wide */
const width = (text: string) => [...text].reduce((sum, letter) => sum + (letter > '⺀' ? 2 : 1), 0);

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => width(row[column]!))));
  return rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat(widths[i]! - width(cell)))
      .join('  ')
      .trimEnd(),
  );
}

function printed(year: GeneratedYear, roster: Roster): string {
  const kindOf = (post: string) => roster.posts.find(({ id }) => id === post)?.kind;
  const span = (window: { from: string; to: string } | null) => (window ? `${window.from} – ${window.to}` : '');
  const length = (one: GeneratedYear['meetings'][number]) =>
    one.minutes ? `${one.minutes} min` : `${one.halfDays}/2 day`;
  const offset = (one: GeneratedYear['milestones'][number]) =>
    [
      one.meeting ?? one.due.fixedDay ?? '',
      ...one.due.offsets.map(
        (o) =>
          `${o.before === undefined ? '+' : '−'}${o.days ?? o.weeks ?? o.workingDays}${o.days !== undefined ? 'd' : o.weeks !== undefined ? 'w' : 'wd'}`,
      ),
    ].join(' ');
  return [
    `FY${year.fiscalYear}, covers FY${year.covers}`,
    '',
    '# Centres',
    ...table(year.centres.map((one) => [one.centre, String(one.year), one.kind, one.reason.ja, one.reason.en])),
    '',
    '# Meetings',
    ...table(year.meetings.map((one) => [one.key, span(one.window), length(one), one.reason.ja, one.reason.en])),
    '',
    '# Seats of a visit of an alliance, of its PD/PO visit, of the committee',
    ...table(
      year.meetings
        .filter(({ key }) => ['site/aimec', 'pdpo/aimec', 'committee'].includes(key))
        .flatMap(({ key, seats }) =>
          seats.map((seat) => [
            key,
            seat.key,
            seat.required ? 'must' : 'may',
            seat.post ?? seat.choices.map(({ post, cost }) => `${kindOf(post)} ${cost}`).join(', '),
            seat.reason.ja,
          ]),
        ),
    ),
    '',
    '# Milestones',
    ...table(
      year.milestones.map((one) => [one.key, one.owedBy, offset(one), one.title.ja, one.reason.ja, one.reason.en]),
    ),
    '',
  ].join('\n');
}

it('FY2027 of WPI is what it was', () => {
  const roster = wpiRoster();
  const text = printed(generateYear(shipped('wpi'), roster, 2027), roster);
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
});
