import type { GridRow } from '../../availability/availability.queries.ts';
import type { CalendarDate } from '../../kernel/calendar-date.ts';
import { joinTexts, text, type Text } from '../../kernel/text.ts';
import type { Meeting, Seat } from '../../meetings/meeting.ts';
import { postsFor } from '../../meetings/seat-posts.ts';
import { bondsOf } from '../../roster/bonds.ts';
import { holdersBetween, type Person, type Post, type Roster } from '../../roster/roster.ts';
import { nameMatches } from '../../roster/names.ts';
import { halfDaysOf } from './meeting-change-view.ts';
import type { MeetingFile } from './meeting-file.ts';

/** Somebody who might sit in a seat, with what speaks against it */
export interface Candidate {
  readonly id: string;
  readonly name: Text;
  readonly kana: string;
  /** What they hold on the meeting's day, and where they work */
  readonly posts: Text;
  /** What they said of the meeting's half days: the worst counts; nothing is known where none was answered or there is no day */
  readonly days: 'yes' | 'maybe' | 'no' | 'unknown';
  readonly comment: string;
  readonly elsewhere: readonly Text[];
  /** Relations to the centre and its hosts by the programme's rules */
  readonly bonds: readonly { readonly name: Text; readonly hard: boolean }[];
  /** Already asked to this meeting */
  readonly there: boolean;
}

const MOST = 60;

/** The day by which a meeting is judged: its own, else the middle of what is known of it */
const dayOf = ({ meeting, cycle }: Pick<MeetingFile, 'meeting' | 'cycle'>): CalendarDate =>
  meeting.firstDay ?? meeting.windowFrom ?? (`${cycle.fiscalYear}-04-01` as CalendarDate);

/** Who holds a post that may fill the seat, the one that is meant first */
export function peopleForSeat(file: MeetingFile, seat: Seat): Person[] {
  const { activity, cycle, meeting, roster } = file;
  const rule = activity?.seats.find((one) => one.id === seat.rule);
  const kinds = [
    ...(rule?.oneOf?.map((choice) => choice.post) ?? []),
    ...(rule?.holder ? [rule.holder] : []),
    ...cycle.rules.assignments.filter(({ id }) => id === rule?.assigned).map(({ post }) => post),
    ...cycle.rules.panels.filter(({ id }) => id === rule?.panel?.id).map(({ post }) => post),
  ];
  const posts = seat.post
    ? roster.posts.filter((post) => post.id === seat.post)
    : kinds.flatMap((kind) => postsFor(roster, kind, meeting, seat));
  return holders(roster, posts, dayOf(file));
}

const holders = (roster: Roster, posts: readonly Post[], day: CalendarDate): Person[] => {
  const ids = posts.flatMap((post) => holdersBetween(roster, post.id, day, day).map(({ person }) => person));
  return [...new Set(ids)].flatMap((id) => roster.people.find((person) => person.id === id) ?? []);
};

/** By any spelling of a name, by address, by the name of a post or of where they work */
export function peopleFound(file: Pick<MeetingFile, 'roster' | 'meeting' | 'cycle'>, search: string): Person[] {
  const { roster } = file;
  const day = dayOf(file);
  const held = new Map<string, string[]>();
  for (const post of roster.posts)
    for (const { person } of holdersBetween(roster, post.id, day, day))
      held.set(person, [...(held.get(person) ?? []), post.title.ja, post.title.en, ...placeOf(roster, post)]);
  return roster.people
    .filter((person) => !person.endedOn || person.endedOn >= day)
    .filter((person) => {
      const employer = roster.institutions.find(({ id }) => id === person.employer);
      const names = [person.name.ja, person.name.en, person.kana, ...person.aliases, ...person.addresses];
      return nameMatches(
        [...names, ...(employer ? [employer.name.ja, employer.name.en] : []), ...(held.get(person.id) ?? [])],
        search,
      );
    })
    .toSorted((a, b) => (a.kana || a.name.en).localeCompare(b.kana || b.name.en, 'ja'))
    .slice(0, MOST);
}

function placeOf(roster: Roster, post: Post): string[] {
  const centre = roster.centres.find(({ id }) => id === post.centre);
  const institution = roster.institutions.find(({ id }) => id === post.institution);
  return [centre?.acronym, centre?.name.ja, centre?.name.en, institution?.name.ja, institution?.name.en].filter(
    (name) => name !== undefined,
  );
}

export interface KnownOfPeople {
  readonly availability: readonly GridRow[];
  readonly days: readonly CalendarDate[];
  readonly elsewhere: readonly { readonly personId: string; readonly title: Text }[];
}

export function candidatesOf(file: MeetingFile, people: readonly Person[], known: KnownOfPeople): Candidate[] {
  const there = new Set(file.attendees.map(({ personId }) => personId));
  return people.map((person) => ({
    id: person.id,
    name: person.name,
    kana: person.kana,
    posts: postsOf(file, person),
    ...daysOf(file.meeting, person.id, known),
    elsewhere: known.elsewhere.filter(({ personId }) => personId === person.id).map(({ title }) => title),
    bonds: bondsWith(file, person),
    there: there.has(person.id),
  }));
}

function postsOf(file: MeetingFile, person: Person): Text {
  const { roster } = file;
  const day = dayOf(file);
  const posts = holdersPosts(roster, person.id, day).map((post) => {
    const of =
      roster.centres.find(({ id }) => id === post.centre)?.acronym ??
      roster.institutions.find(({ id }) => id === post.institution)?.name;
    if (of === undefined) return post.title;
    const where = typeof of === 'string' ? text(of, of) : of;
    return text(`${where.ja} ${post.title.ja}`, `${post.title.en}, ${where.en}`);
  });
  const employer = roster.institutions.find(({ id }) => id === person.employer);
  return joinTexts([...posts, ...(posts.length === 0 && employer ? [employer.name] : [])], '、', '; ');
}

const holdersPosts = (roster: Roster, personId: string, day: CalendarDate): Post[] => {
  const held = roster.terms.filter(
    (term) => term.person === personId && term.from <= day && (term.to === null || term.to >= day),
  );
  return held.flatMap((term) => roster.posts.find((post) => post.id === term.post) ?? []);
};

function daysOf(
  meeting: Meeting,
  personId: string,
  { availability, days }: KnownOfPeople,
): Pick<Candidate, 'days' | 'comment'> {
  const cells = availability.find((row) => row.personId === personId)?.cells ?? [];
  const of = halfDaysOf(meeting).map(({ day, half }) => cells[days.indexOf(day) * 2 + (half === 'pm' ? 1 : 0)] ?? null);
  for (const [state, word] of [
    ['x', 'no'],
    ['t', 'maybe'],
  ] as const) {
    const found = of.find((cell) => cell?.state === state);
    if (found) return { days: word, comment: found.comment };
  }
  return { days: of.length > 0 && of.every((cell) => cell !== null) ? 'yes' : 'unknown', comment: '' };
}

/** As the planner judges them, with their names instead of their costs */
const bondsWith = (file: MeetingFile, person: Person): Candidate['bonds'] =>
  bondsOf(file.cycle.rules, file.roster, person.id, file.meeting.centre, dayOf(file)).map((rule) => ({
    name: rule.name,
    hard: rule.binds === 'hard',
  }));
