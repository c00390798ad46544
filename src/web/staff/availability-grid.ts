import { stateMark, stateName, unanswered, type Half, type State } from '../../availability/half-days.ts';
import { fill, text, type Language, type Text } from '../../kernel/text.ts';
import { escapeHtml } from '../escape.ts';
import type { DayHead } from './availability-period.ts';

export interface GridPerson {
  readonly name: Text;
  readonly posts: Text;
  readonly href: string;
  /** Two a day as the planner reads them */
  readonly letters: string;
  readonly answered: number;
  readonly asked: number;
  /** By place in `letters` */
  readonly comments: ReadonlyMap<number, string>;
}

export interface GridInput {
  readonly label: Text;
  readonly days: readonly DayHead[];
  readonly groups: readonly { readonly name: Text; readonly people: readonly GridPerson[] }[];
  /** Of everybody who is counted, those on other pages included; two a day */
  readonly counted: readonly string[];
}

const cellClass: Readonly<Record<State, string>> = { o: 'yes', t: 'maybe', x: 'no' };
const letters: readonly State[] = ['o', 't', 'x'];
const halfShort: Readonly<Record<Half, Text>> = { am: text('前', 'am'), pm: text('後', 'pm') };

/**
 * People × half days as one HTML table. Drawn here and not by a template: 160 people in a month are 7000 cells, each of which is as
 * short as it can be (a letter of text with a class) so that the page stays light.
 */
export function gridHtml({ label, days, groups, counted }: GridInput, language: Language): string {
  const say = (words: Text) => escapeHtml(words[language]);
  return [
    `<table class="grid grid--people"><caption class="hidden">${say(label)}</caption><thead>`,
    `<tr><th scope="col" rowspan="2">${say(text('氏名', 'Name'))}</th>${days.map((day) => dayHead(day, say)).join('')}</tr>`,
    `<tr>${days.map((day) => halfHeads(day, say)).join('')}</tr></thead>`,
    ...groups.map(
      (group) =>
        `<tbody><tr class="grid-group"><th scope="rowgroup">${say(group.name)} <span>${group.people.length}</span></th><td colspan="${days.length * 2}"></td></tr>${group.people
          .map((person) => personRow(person, days, say))
          .join('')}</tbody>`,
    ),
    counted.length > 1 ? totals(counted, days, say) : '',
    '</table>',
  ].join('\n');
}

type Say = (words: Text) => string;

const classes = (...names: (string | false)[]): string => {
  const used = names.filter(Boolean).join(' ');
  return used ? ` class="${used}"` : '';
};

function dayHead(day: DayHead, say: Say): string {
  const why = day.holiday ?? day.note;
  const kind = classes(
    day.week && 'grid-week',
    day.holiday !== undefined && 'grid-holiday',
    day.weekend && 'grid-weekend',
  );
  const title = why ? ` title="${say(why)}"` : '';
  const spoken = why ? `<span class="hidden">${say(why)}</span>` : '';
  return `<th scope="colgroup" colspan="2"${kind}${title}><strong>${day.number}</strong>${say(day.weekday)}${day.note ? '*' : ''}${spoken}</th>`;
}

const halfHeads = (day: DayHead, say: Say): string =>
  (['am', 'pm'] as const)
    .map(
      (half) =>
        `<th scope="col"${classes(day.week && half === 'am' && 'grid-week', day.holiday !== undefined && 'grid-holiday')}>${say(halfShort[half])}</th>`,
    )
    .join('');

function personRow(person: GridPerson, days: readonly DayHead[], say: Say): string {
  const { letters: said, comments } = person;
  const cells = days.map((day, n) => {
    const at = n * 2;
    return cell(said[at]!, comments.get(at), day.week) + cell(said[at + 1]!, comments.get(at + 1), false);
  });
  const progress =
    person.answered === 0
      ? `<span class="grid-none">${say(text('未回答', 'not answered'))}</span>`
      : `<span>${say(fill(text('{answered}/{asked}', '{answered}/{asked}'), person as never))}</span>`;
  return `<tr><th scope="row"><a href="${escapeHtml(person.href)}">${say(person.name)}</a>${progress}<small>${say(person.posts)}</small></th>${cells.join('')}</tr>`;
}

/** Comments can be pointed at here; as a list they stand below the grid. */
function cell(letter: string, comment: string | undefined, week: boolean): string {
  const state = letters.find((one) => one === letter);
  const kind = state ? cellClass[state] : 'open';
  const note = comment ? ` title="${escapeHtml(comment)}"` : '';
  return `<td class="cell cell--${kind}${comment ? ' cell--note' : ''}${week ? ' grid-week' : ''}"${note}>${state ? stateMark[state] : ''}</td>`;
}

/** How many ○, △, × and unanswered each half day has */
export function countsOf(people: readonly string[], halfDays: number): Record<State | '-', number[]> {
  const counts = { o: new Array<number>(halfDays).fill(0), t: [], x: [], '-': [] } as Record<State | '-', number[]>;
  for (const letter of ['t', 'x', '-'] as const) counts[letter] = new Array<number>(halfDays).fill(0);
  for (const said of people)
    for (let at = 0; at < halfDays; at++) counts[(said[at] ?? unanswered) as State | '-'][at]!++;
  return counts;
}

function totals(people: readonly string[], days: readonly DayHead[], say: Say): string {
  const counts = countsOf(people, days.length * 2);
  const row = (name: string, numbers: readonly number[], kind: string): string =>
    `<tr><th scope="row">${name}</th>${numbers
      .map(
        (n, at) =>
          `<td class="grid-total grid-total--${kind}${at % 2 === 0 && days[at / 2]!.week ? ' grid-week' : ''}">${n || ''}</td>`,
      )
      .join('')}</tr>`;
  return `<tfoot>${letters
    .map((state) => row(`${stateMark[state]} ${say(stateName[state])}`, counts[state], cellClass[state]))
    .join('')}${row(say(text('未回答', 'Not answered')), counts['-'], 'open')}</tfoot>`;
}
