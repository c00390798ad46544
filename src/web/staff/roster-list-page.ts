import { text, type Text } from '../../kernel/text.ts';
import { nameMatches, searchKey } from '../../roster/names.ts';
import type { Listed } from './roster-address.ts';
import type { RosterFile } from './roster-desk.service.ts';
import { centreTable, personTable } from './roster-lists.ts';
import { conflictTable, institutionTable, officeTable, postsByPlace, postsInOrder } from './roster-post-tables.ts';
import type { Table } from './roster-table.ts';

/** What the address of a list asks for */
export interface ListQuery {
  readonly q: string;
  /** Kind of post */
  readonly kind: string;
  /** A centre or an institution, `programme` for neither */
  readonly of: string;
  readonly vacant: boolean;
  /** Also what has ended */
  readonly ended: boolean;
  readonly page: number;
}

interface Choice {
  readonly value: string;
  readonly label: Text;
}

export interface ListPage {
  readonly noun: Listed;
  readonly query: ListQuery;
  /** Of how many, before they are divided into pages */
  readonly total: number;
  readonly table: Table;
  readonly kinds: readonly Choice[];
  readonly places: readonly Choice[];
  readonly pages: number;
  readonly previous: number;
  readonly next: number;
  /** Whether the list is narrowed, so that an empty one says something else */
  readonly narrowed: boolean;
}

const PAGE = 100;

export function listPage(noun: Listed, query: ListQuery, file: RosterFile): ListPage {
  const { rows, table } = tableOf(noun, query, file);
  const pages = Math.max(1, Math.ceil(rows / PAGE));
  return {
    noun,
    query,
    total: rows,
    table,
    kinds: Object.entries(file.words.words.posts).map(([value, { name }]) => ({ value, label: name })),
    places: placesOf(file),
    pages: isPaged(noun) ? pages : 1,
    previous: query.page - 1,
    next: query.page < pages ? query.page + 1 : 0,
    narrowed: Boolean(query.q || query.kind || query.of || query.vacant),
  };
}

/** The lists that grow long */
const isPaged = (noun: Listed): boolean => noun === 'person' || noun === 'post';

function tableOf(noun: Listed, query: ListQuery, file: RosterFile): { rows: number; table: Table } {
  const { views, roster, day, words } = file;
  const goesOn = (thing: { readonly endedOn?: string | null }) => query.ended || !thing.endedOn || thing.endedOn >= day;
  const called = (...names: readonly string[]) => query.q === '' || nameMatches(names, query.q);
  switch (noun) {
    case 'centre':
      return { rows: roster.centres.length, table: centreTable(file) };
    case 'person': {
      const isCentre = roster.centres.some(({ id }) => id === query.of);
      const people = views.people({
        search: query.q || undefined,
        kind: query.kind || undefined,
        centre: isCentre ? query.of : undefined,
        institution: query.of && !isCentre ? query.of : undefined,
        ended: query.ended,
      });
      const shown = people.slice((query.page - 1) * PAGE, query.page * PAGE);
      return { rows: people.length, table: personTable(shown, file) };
    }
    case 'post': {
      const posts = views
        .posts((post) => goesOn(post) && isAt(post, query.of) && (!query.kind || post.kind === query.kind))
        .filter((view) => !query.vacant || (!view.holder && !view.post.endedOn))
        .filter(({ post, of, holder, next }) => {
          const people = [holder, next?.person].flatMap((person) =>
            person ? [person.name, text(person.kana, '')] : [],
          );
          return called(...[post.title, of, words.postKind(post.kind), ...people].flatMap(({ ja, en }) => [ja, en]));
        });
      const shown = postsInOrder(posts, file).slice((query.page - 1) * PAGE, query.page * PAGE);
      return { rows: posts.length, table: postsByPlace(shown, file) };
    }
    case 'office': {
      const offices = views
        .offices()
        .filter(
          ({ office, of }) => goesOn(office) && called(office.name.ja, office.name.en, of.ja, of.en, office.address),
        );
      return { rows: offices.length, table: officeTable(offices, file) };
    }
    case 'institution': {
      const institutions = views
        .institutions()
        .filter(
          ({ institution: { name, city, ...rest } }) => goesOn(rest) && called(name.ja, name.en, city.ja, city.en),
        );
      return { rows: institutions.length, table: institutionTable(institutions, file) };
    }
    case 'conflict': {
      const conflicts = views
        .conflicts()
        .filter(({ when }) => query.ended || when !== 'past')
        .filter(({ person, with: other }) =>
          called(person.name.ja, person.name.en, person.kana, ...person.aliases, other.ja, other.en),
        )
        .sort((a, b) => (key(a.person) < key(b.person) ? -1 : 1));
      return { rows: conflicts.length, table: conflictTable(conflicts, file) };
    }
  }
}

const key = (person: { readonly kana: string; readonly name: Text }) => searchKey(person.kana || person.name.en);

const isAt = (post: { readonly centre: string | null; readonly institution: string | null }, of: string): boolean =>
  of === '' || (of === 'programme' ? !post.centre && !post.institution : post.centre === of || post.institution === of);

const placesOf = ({ views }: RosterFile): Choice[] => [
  { value: 'programme', label: text('プログラム', 'The programme') },
  ...views.centres().map(({ centre }) => ({ value: centre.id, label: text(centre.acronym, centre.acronym) })),
  ...views.institutions().map(({ institution }) => ({ value: institution.id, label: institution.name })),
];
