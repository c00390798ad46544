import { text, type Text } from '../kernel/text.ts';
import type { Programme } from '../programme/programme.ts';
import { nouns, rules, thingsOf, type Noun, type Things } from './noun.ts';
import { overlapping } from './post.ts';
import type { Centre, Conflict, Person, Post, Roster, Term } from './roster.ts';

/** What is wrong between things of a roster; each thing by itself is right. */
export interface RosterFault {
  readonly noun: Noun;
  readonly id: string;
  readonly column: string;
  readonly found: string;
  readonly text: Text;
}

export function rosterFaults(roster: Roster): RosterFault[] {
  return [...unknownReferences(roster), ...sharedAcronyms(roster), ...termsOfOnePost(roster)];
}

function unknownReferences(roster: Roster): RosterFault[] {
  const known = new Map(nouns.map((noun) => [noun, new Set(thingsOf(roster, noun).map((thing) => thing.id))]));
  return nouns.flatMap((noun) =>
    thingsOf(roster, noun).flatMap((thing) =>
      rules[noun]
        .refers(thing as never)
        .filter((reference) => !known.get(reference.noun)!.has(reference.id))
        .map(({ column, noun: to, id }) => ({
          noun,
          id: thing.id,
          column,
          found: id,
          text: text(
            `${rules[to].name.ja}のID「${id}」は名簿にありません。`,
            `The roster has no ${rules[to].name.en} “${id}”.`,
          ),
        })),
    ),
  );
}

function sharedAcronyms(roster: Roster): RosterFault[] {
  return [...Map.groupBy(roster.centres, (centre) => centre.acronym).values()]
    .filter((centres) => centres.length > 1)
    .flat()
    .map(({ id, acronym }) => ({
      noun: 'centre',
      id,
      column: 'acronym',
      found: acronym,
      text: text('同じ略称の拠点が2つあります。', 'Two centres have this acronym.'),
    }));
}

function termsOfOnePost(roster: Roster): RosterFault[] {
  const people = new Map(roster.people.map((person) => [person.id, person.name]));
  const named = (term: Term): Text => people.get(term.person) ?? { ja: term.person, en: term.person };
  return [...Map.groupBy(roster.terms, (term) => term.post).values()].flatMap((terms) =>
    terms.flatMap((term) => {
      const other = overlapping(terms, term);
      if (!other) return [];
      return {
        noun: 'term' as const,
        id: term.id,
        column: 'from',
        found: `${term.from} – ${term.to ?? ''}`,
        text: text(
          `${named(other).ja}の任期（${other.from}〜${other.to ?? ''}）と重なります。同じ役職に同時に2人は就けません。`,
          `Overlaps with the term of ${named(other).en} (${other.from} – ${other.to ?? 'open'}): two people cannot hold one post at one time.`,
        ),
      };
    }),
  );
}

/** What can be saved but will not work: somebody who would be written to cannot be. */
export function rosterWarnings(roster: Roster): RosterFault[] {
  const people = new Map(roster.people.map((person) => [person.id, person]));
  const posts = new Map(roster.posts.map((post) => [post.id, post]));
  return roster.terms.flatMap((term) => {
    const person = people.get(term.person);
    const post = posts.get(term.post);
    if (!person || post?.reach !== 'own' || person.addresses.length || post.endedOn || person.endedOn) return [];
    return {
      noun: 'person' as const,
      id: person.id,
      column: 'addresses',
      found: '',
      text: text(
        `「${post.title.ja}」は本人宛てに連絡しますが、${person.name.ja}のアドレスがありません。`,
        `${post.title.en} is reached at the holder's own mailbox, but ${person.name.en} has no address.`,
      ),
    };
  });
}

/** The words of a programme that a roster speaks */
export type Words = Pick<Programme, 'posts' | 'fields' | 'schemes' | 'conflicts'>;

/**
 * Kinds of post, fields, schemes and relations that the programme does not know. Warnings, not faults: a roster may serve more than one
 * programme, and a rule may come after the first relation that it binds.
 */
export function strangeWords<N extends Noun>(noun: N, thing: Things[N], words: Words): Text[] {
  const known = (table: object, used: readonly string[]): Text[] =>
    used
      .filter((word) => !Object.hasOwn(table, word))
      .map((word) => text(`「${word}」はプログラムの定義にありません。`, `The programme does not know “${word}”.`));
  const relations = Object.fromEntries(words.conflicts.rules.map((rule) => [rule.kind, rule]));
  if (noun === 'post') return known(words.posts, [(thing as Post).kind]);
  if (noun === 'person') return known(words.fields, Object.keys((thing as Person).fields));
  if (noun === 'conflict') return known(relations, [(thing as Conflict).kind]);
  if (noun !== 'centre') return [];
  const { scheme, fields } = thing as Centre;
  return [...known(words.schemes, [scheme]), ...known(words.fields, fields)];
}
