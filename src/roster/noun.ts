import type { ZodType } from 'zod';
import { text, type Text } from '../kernel/text.ts';
import type { Cells } from './cells.ts';
import { centreCells, CentreForm } from './centre.ts';
import { conflictCells, ConflictForm } from './conflict.ts';
import { institutionCells, InstitutionForm } from './institution.ts';
import { officeCells, OfficeForm } from './office.ts';
import { personCells, PersonForm } from './person.ts';
import { postCells, PostForm, termCells, TermForm } from './post.ts';
import type { Centre, Conflict, Institution, Office, Person, Post, Roster, Term } from './roster.ts';

export interface Things {
  institution: Institution;
  centre: Centre;
  person: Person;
  office: Office;
  post: Post;
  term: Term;
  conflict: Conflict;
}
export type Noun = keyof Things;

/** Each refers only to what stands before it: the order in which they are written. */
export const nouns = [
  'institution',
  'centre',
  'person',
  'office',
  'post',
  'term',
  'conflict',
] as const satisfies readonly Noun[];

/** A cell that names another thing */
export interface Reference {
  readonly column: string;
  readonly noun: Noun;
  readonly id: string;
}

export interface NounRules<N extends Noun> {
  readonly name: Text;
  /** Its part of a roster, and, with `.csv`, its file */
  readonly part: keyof Roster;
  readonly columns: readonly string[];
  /** Cells without the id → the thing without its id */
  readonly form: ZodType<Omit<Things[N], 'id'>>;
  readonly cells: (thing: Things[N]) => Cells;
  readonly refers: (thing: Things[N]) => Reference[];
}

const words = (joined: string): readonly string[] => joined.split(' ');

const refer = (column: string, noun: Noun, id: string | null): Reference[] =>
  id === null ? [] : [{ column, noun, id }];

export const rules: { readonly [N in Noun]: NounRules<N> } = {
  institution: {
    name: text('機関', 'institution'),
    part: 'institutions',
    columns: words('id name_ja name_en city_ja city_en latitude longitude ended_on'),
    form: InstitutionForm,
    cells: institutionCells,
    refers: () => [],
  },
  centre: {
    name: text('拠点', 'centre'),
    part: 'centres',
    columns: words(
      'id acronym name_ja name_en scheme adoption_year support_end_year gate_year hosts fields city_ja city_en latitude longitude building_ja building_en room_ja room_en access_ja access_en ended_on',
    ),
    form: CentreForm,
    cells: centreCells,
    refers: (centre) => centre.hosts.flatMap((id) => refer('hosts', 'institution', id)),
  },
  person: {
    name: text('人', 'person'),
    part: 'people',
    columns: words(
      'id name_ja name_en kana honorific_ja honorific_en aliases language zone telephone addresses fields duties_accepted employer overseas ended_on',
    ),
    form: PersonForm,
    cells: personCells,
    refers: (person) => refer('employer', 'institution', person.employer),
  },
  office: {
    name: text('窓口', 'office'),
    part: 'offices',
    columns: words('id kind name_ja name_en centre institution address language telephone ended_on'),
    form: OfficeForm,
    cells: officeCells,
    refers: (office) => [
      ...refer('centre', 'centre', office.centre),
      ...refer('institution', 'institution', office.institution),
    ],
  },
  post: {
    name: text('役職', 'post'),
    part: 'posts',
    columns: words('id kind title_ja title_en centre institution reach secretary_address office rank ended_on'),
    form: PostForm,
    cells: postCells,
    refers: (post) => [
      ...refer('centre', 'centre', post.centre),
      ...refer('institution', 'institution', post.institution),
      ...refer('office', 'office', post.office),
    ],
  },
  term: {
    name: text('任期', 'term'),
    part: 'terms',
    columns: words('id post person from to'),
    form: TermForm,
    cells: termCells,
    refers: (term) => [...refer('post', 'post', term.post), ...refer('person', 'person', term.person)],
  },
  conflict: {
    name: text('利益相反', 'conflict of interest'),
    part: 'conflicts',
    columns: words('id person centre institution kind from to note'),
    form: ConflictForm,
    cells: conflictCells,
    refers: (conflict) => [
      ...refer('person', 'person', conflict.person),
      ...refer('centre', 'centre', conflict.centre),
      ...refer('institution', 'institution', conflict.institution),
    ],
  },
};

/** The things of one kind in a roster */
export const thingsOf = <N extends Noun>(roster: Roster, noun: N): readonly Things[N][] =>
  roster[rules[noun].part] as unknown as readonly Things[N][];

export const cellsOf = <N extends Noun>(noun: N, thing: Things[N]): Cells => rules[noun].cells(thing);

/** The columns whose cells differ */
export interface Difference {
  readonly column: string;
  readonly before: string;
  readonly after: string;
}
export const differences = (before: Cells, after: Cells): Difference[] =>
  Object.keys(after)
    .filter((column) => (before[column] ?? '') !== after[column])
    .map((column) => ({ column, before: before[column] ?? '', after: after[column]! }));
