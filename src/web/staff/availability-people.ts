import type { CalendarDate } from '../../kernel/calendar-date.ts';
import { joinTexts, text, type Text } from '../../kernel/text.ts';
import { nameMatches, searchKey } from '../../roster/names.ts';
import type { Person, Post, Roster } from '../../roster/roster.ts';
import { postOfRoster, type RosterWords } from './roster-words.ts';

export interface AskedPerson {
  readonly person: Person;
  /** What they are asked as, the first post of the programme's order first */
  readonly posts: Text;
  readonly held: readonly Post[];
}

export interface AskedGroup {
  readonly kind: string;
  readonly name: Text;
  readonly people: readonly AskedPerson[];
}

export interface PeopleQuery {
  readonly q: string;
  readonly kind: string;
  readonly centre: string;
}

/**
 * Everybody who holds a post on some day of a span, under the first of their kinds of post: the programme's side before the centres.
 * A centre's people are those of its own posts and of its hosts'.
 */
export function askedPeople(
  roster: Roster,
  words: RosterWords,
  span: { readonly from: CalendarDate; readonly to: CalendarDate },
  query: PeopleQuery,
): AskedGroup[] {
  const order = [...new Set([...Object.keys(words.words.posts), ...roster.posts.map((post) => post.kind)])];
  const posts = new Map(roster.posts.map((post) => [post.id, post]));
  const terms = roster.terms.filter((term) => term.from <= span.to && (term.to === null || term.to >= span.from));
  const held = Map.groupBy(terms, (term) => term.person);
  const centre = roster.centres.find((one) => one.id === query.centre);
  const isAt = (post: Post) =>
    !centre || post.centre === centre.id || (post.institution !== null && centre.hosts.includes(post.institution));
  const asked = roster.people.flatMap((person) => {
    const mine = (held.get(person.id) ?? [])
      .map((term) => posts.get(term.post)!)
      .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
    const fitting = mine.filter((post) => isAt(post) && (!query.kind || post.kind === query.kind));
    if (!fitting.length) return [];
    if (query.q && !nameMatches([person.name.ja, person.name.en, person.kana, ...person.aliases], query.q)) return [];
    const names = joinTexts([...new Map(mine.map((post) => [post.id, postOfRoster(post, roster)])).values()]);
    return [{ kind: fitting[0]!.kind, entry: { person, posts: names, held: mine } }];
  });
  return order
    .map((kind) => ({
      kind,
      name: words.postKind(kind),
      people: asked
        .filter((one) => one.kind === kind)
        .map((one) => one.entry)
        .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)),
    }))
    .filter((group) => group.people.length > 0);
}

const sortKey = ({ person, held }: AskedPerson): string =>
  `${String(held[0]?.rank ?? 0).padStart(2, '0')} ${searchKey(person.kana || person.name.en)}`;

/** How somebody is asked who has not answered: their telephone, else how their post is reached */
export function reachOf({ person, held }: AskedPerson, roster: Roster): (Text | string)[] {
  const [post] = held;
  const office = roster.offices.find((one) => one.id === post?.office);
  return [
    person.telephone,
    post?.reach === 'secretary' ? (post.secretaryAddress ?? '') : (person.addresses[0] ?? ''),
    office ? text(`${office.name.ja} ${office.telephone}`, `${office.name.en} ${office.telephone}`) : '',
  ].filter((line) => line !== '');
}
