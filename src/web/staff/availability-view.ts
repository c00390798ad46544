import { spansOf, stateMark, type Answer } from '../../availability/half-days.ts';
import type { Answered } from '../../availability/availability.queries.ts';
import { isWeekend, type CalendarDate } from '../../kernel/calendar-date.ts';
import { text, type Text } from '../../kernel/text.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import type { Roster } from '../../roster/roster.ts';
import type { GridInput, GridPerson } from './availability-grid.ts';
import { reachOf, type AskedGroup } from './availability-people.ts';
import { monthKey, type DayHead } from './availability-period.ts';
import { column, heading, type Table } from './roster-table.ts';

/** Whom the page shows: everybody, or those whose answers are missing */
export const shows = ['all', 'none', 'part'] as const;
export type Show = (typeof shows)[number];
export const showNames: Readonly<Record<Show, Text>> = {
  all: text('全員', 'Everybody'),
  none: text('未回答の人', 'Not answered'),
  part: text('途中までの人', 'Answered in part'),
};

/** The groups with only those whom `show` means */
export function shownPeople(
  groups: readonly AskedGroup[],
  answered: ReadonlyMap<string, Answered>,
  show: Show,
): AskedGroup[] {
  const fits = (id: string): boolean => {
    const one = answered.get(id);
    if (show === 'all' || !one) return show === 'all';
    return show === 'none' ? one.answered === 0 : one.answered > 0 && one.answered < one.asked;
  };
  return groups
    .map((group) => ({ ...group, people: group.people.filter(({ person }) => fits(person.id)) }))
    .filter((group) => group.people.length > 0);
}

/** A page of people, each under their group */
export function peoplePage(groups: readonly AskedGroup[], page: number, size: number): AskedGroup[] {
  const [first, last] = [(page - 1) * size, page * size];
  let at = 0;
  return groups
    .map((group) => {
      const people = group.people.slice(Math.max(0, first - at), Math.max(0, last - at));
      at += group.people.length;
      return { ...group, people };
    })
    .filter((group) => group.people.length > 0);
}

export interface GridData {
  /** Those on the page; `letters` has those on other pages too */
  readonly groups: readonly AskedGroup[];
  readonly days: readonly DayHead[];
  /** Two letters a day of the whole month for each person */
  readonly letters: ReadonlyMap<string, string>;
  readonly monthDays: readonly CalendarDate[];
  readonly answered: ReadonlyMap<string, Answered>;
  readonly comments: readonly (Answer & { readonly personId: string })[];
}

export const personAddress = (id: string, month: CalendarDate): string =>
  `/availability/${id}?month=${monthKey(month)}`;

/** What is drawn: the letters of the whole month narrowed to the days that are shown */
export function gridInput(label: Text, data: GridData): GridInput {
  const places = data.days.map(({ day }) => data.monthDays.indexOf(day));
  const at = new Map(data.days.map(({ day }, n) => [day, n]));
  const comments = Map.groupBy(data.comments, (one) => one.personId);
  const month = data.monthDays[0]!;
  const lettersOf = (id: string) => {
    const said = data.letters.get(id) ?? '';
    return places.map((place) => said.slice(place * 2, place * 2 + 2)).join('');
  };
  const one = ({ person, posts }: AskedGroup['people'][number]): GridPerson => {
    const counted = data.answered.get(person.id);
    const notes = (comments.get(person.id) ?? []).flatMap(({ day, half, comment }) =>
      at.has(day) ? [[at.get(day)! * 2 + (half === 'pm' ? 1 : 0), comment] as const] : [],
    );
    return {
      name: person.name,
      posts,
      href: personAddress(person.id, month),
      letters: lettersOf(person.id),
      answered: counted?.answered ?? 0,
      asked: counted?.asked ?? 0,
      comments: new Map(notes),
    };
  };
  return {
    label,
    days: data.days,
    groups: data.groups.map((group) => ({ name: group.name, people: group.people.map(one) })),
    counted: [...data.letters.keys()].map(lettersOf),
  };
}

/** Weekend days of which somebody said something */
export function answeredWeekends(letters: ReadonlyMap<string, string>, days: readonly CalendarDate[]): Set<string> {
  const found = new Set<string>();
  days.forEach((day, n) => {
    if (!isWeekend(day)) return;
    for (const said of letters.values())
      if (said.slice(n * 2, n * 2 + 2) !== '--') {
        found.add(day);
        break;
      }
  });
  return found;
}

/** The comments of a month as a list, for those who cannot point at a cell */
export const commentLines = (
  data: GridData,
  language: 'ja' | 'en',
): { name: Text; when: Text; mark: string; comment: string }[] =>
  data.groups
    .flatMap((group) => group.people)
    .flatMap(({ person }) =>
      spansOf(data.comments.filter((one) => one.personId === person.id)).map((span) => ({
        name: person.name,
        when: spanWhen(span),
        mark: stateMark[span.state],
        comment: span.comment,
      })),
    )
    .sort((a, b) => a.name[language].localeCompare(b.name[language], language));

const halfWords = { all: text('', ''), am: text(' 午前', ', mornings'), pm: text(' 午後', ', afternoons') } as const;
export function spanWhen({
  from,
  to,
  half,
}: {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly half: 'all' | 'am' | 'pm';
}): Text {
  const days = dayRange(from, to);
  return text(`${days.ja}${halfWords[half].ja}`, `${days.en}${halfWords[half].en}`);
}

/** Who has not answered, with how to reach them: the list for the telephone */
export const missingTable = (groups: readonly AskedGroup[], roster: Roster, month: CalendarDate): Table => ({
  id: 'missing',
  label: showNames.none,
  columns: [text('氏名', 'Name'), text('役職', 'Posts'), text('連絡先', 'How to reach them'), text('', '')].map(column),
  rows: groups.flatMap((group) => [
    heading(group.name),
    ...group.people.map((asked) => ({
      cells: [
        {
          text: asked.person.name,
          href: `/roster/people/${asked.person.id}`,
          under: [text(asked.person.kana, asked.person.name.ja)],
        },
        { text: asked.posts },
        { text: reachOf(asked, roster)[0] ?? '', under: reachOf(asked, roster).slice(1) },
        { links: [{ text: text('回答を入力', 'Enter answers'), href: personAddress(asked.person.id, month) }] },
      ],
    })),
  ]),
});
