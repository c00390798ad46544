import { addDays, dateLong, type CalendarDate } from '../kernel/calendar-date.ts';
import { fiscalYearOf } from '../kernel/fiscal-year.ts';
import { fill, text, type Text } from '../kernel/text.ts';
import { thingsOf, type Noun } from './noun.ts';
import { personWarnings } from './person.ts';
import { rosterWarnings, strangeWords, type Words } from './roster-faults.ts';
import { isSupported, type Centre, type Post, type Roster } from './roster.ts';

/** What deserves a look although it is saved and right by itself */
export interface RosterWarning {
  readonly noun: Noun;
  readonly id: string;
  readonly text: Text;
}

/**
 * Everything in a roster that will not work, or may not, on a day: what has ended is left alone, and so are the posts of centres whose
 * support is over, since nobody asks for their holders.
 *
 * @param words of the programme: schemes with their hosts and stage gate, posts, fields, relations
 * @param until posts that fall vacant up to this day are said before they do
 */
export function rosterCautions(
  roster: Roster,
  day: CalendarDate,
  words: Words,
  until: CalendarDate = day,
): RosterWarning[] {
  const goesOn = (thing: { readonly endedOn?: CalendarDate | null }) => !thing.endedOn || thing.endedOn >= day;
  const idle = new Set(
    roster.centres.filter((centre) => !isSupported(centre, fiscalYearOf(day))).map((centre) => centre.id),
  );
  const posts = roster.posts.filter((post) => goesOn(post) && !idle.has(post.centre ?? ''));
  return [
    ...roster.centres.filter(goesOn).flatMap((centre) => warningsOfCentre(centre, words)),
    ...posts.flatMap((post) => [...vacancy(roster, post, day, until), ...reach(roster, post, day)]),
    ...rosterWarnings(roster)
      .filter(({ id }) => roster.terms.some((term) => term.person === id && (term.to === null || term.to >= day)))
      .map(({ noun, id, text: said }) => ({ noun, id, text: said })),
    ...roster.people
      .filter(goesOn)
      .flatMap((person) =>
        personWarnings(person).map((said) => ({ noun: 'person' as const, id: person.id, text: said })),
      ),
    ...(['centre', 'person', 'post', 'conflict'] as const).flatMap((noun) =>
      thingsOf(roster, noun)
        .filter((thing) => goesOn(thing as { endedOn?: CalendarDate | null }))
        .flatMap((thing) => strangeWords(noun, thing, words).map((said) => ({ noun, id: thing.id, text: said }))),
    ),
  ];
}

function warningsOfCentre(centre: Centre, words: Words): RosterWarning[] {
  if (!Object.hasOwn(words.schemes, centre.scheme)) return [];
  const scheme = words.schemes[centre.scheme]!;
  const { least, most } = scheme.hosts;
  const found: Text[] = [];
  if (centre.hosts.length < least || centre.hosts.length > most) {
    const range = least === most ? String(least) : `${least}–${most}`;
    const values = { n: centre.hosts.length, scheme: scheme.name, range };
    found.push(
      fill(
        text(
          'ホスト機関が{n}機関ですが、区分「{scheme}」では{range}機関です。',
          'It has {n} host institutions; the scheme “{scheme}” has {range}.',
        ),
        values,
      ),
    );
  }
  if (scheme.gateBy !== undefined && centre.gateYear === null)
    found.push(
      fill(
        text(
          'ステージゲートの年次が未入力です。入力するまで{gateBy}年目とみなします。',
          'The year of its stage gate is not entered: until it is, year {gateBy} is taken.',
        ),
        { gateBy: scheme.gateBy },
      ),
    );
  return found.map((said) => ({ noun: 'centre', id: centre.id, text: said }));
}

/** A post that nobody holds on the day, or that falls vacant before the end of what is being planned */
function vacancy(roster: Roster, post: Post, day: CalendarDate, until: CalendarDate): RosterWarning[] {
  const terms = roster.terms.filter((term) => term.post === post.id).sort((a, b) => (a.from < b.from ? -1 : 1));
  let free = day;
  for (const term of terms) {
    if (term.from > free) break;
    if (term.to === null) return [];
    if (term.to >= free) free = addDays(term.to, 1);
  }
  if (free > until || (post.endedOn && free > post.endedOn)) return [];
  const next = terms.find((term) => term.from > free);
  const values = { post: post.title, from: dateLong(free), next: next ? dateLong(next.from) : '' };
  const said =
    free > day
      ? text(
          '「{post}」は{from}から空席になり、後任の登録がありません。',
          '{post} falls vacant on {from}, and nobody is entered to follow.',
        )
      : next
        ? text('「{post}」は空席です。{next}に後任が就きます。', '{post} is vacant; somebody follows on {next}.')
        : text('「{post}」は空席で、後任の登録もありません。', '{post} is vacant, and nobody is entered to follow.');
  return [{ noun: 'post', id: post.id, text: fill(said, values) }];
}

/** The tables refuse a post reached through an office without one; what they cannot see is an office that has closed. */
function reach(roster: Roster, post: Post, day: CalendarDate): RosterWarning[] {
  if (post.reach !== 'office') return [];
  const office = roster.offices.find((one) => one.id === post.office);
  if (office && (!office.endedOn || office.endedOn >= day)) return [];
  const said = text(
    `「${post.title.ja}」は窓口を通して連絡する設定ですが、その窓口がないか、終了しています。`,
    `${post.title.en} is reached through an office only, and that office is missing or has ended.`,
  );
  return [{ noun: 'post', id: post.id, text: said }];
}
