import type { CalendarDate } from '../kernel/calendar-date.ts';
import { text, type Text } from '../kernel/text.ts';
import { nameMatches, searchKey } from './names.ts';
import type { Centre, Conflict, Institution, Office, Person, Post, Roster, Term } from './roster.ts';

/** A term as pages show it: who, in what, and whether it is now */
export interface TermView {
  readonly term: Term;
  readonly post: Post;
  readonly person: Person;
  /** Acronym of the centre or name of the institution; empty for posts of the programme */
  readonly of: Text;
  readonly when: 'past' | 'present' | 'future';
}

export interface PersonView {
  readonly person: Person;
  readonly employer: Institution | undefined;
  /** The present ones first, then those to come, then past ones */
  readonly terms: readonly TermView[];
  readonly conflicts: readonly ConflictView[];
}

export interface PostView {
  readonly post: Post;
  readonly of: Text;
  readonly office: Office | undefined;
  readonly holder: Person | undefined;
  /** Who follows, where somebody has been entered already */
  readonly next: TermView | undefined;
  /** The earliest first */
  readonly terms: readonly TermView[];
}

export interface CentreView {
  readonly centre: Centre;
  readonly hosts: readonly Institution[];
  readonly posts: readonly PostView[];
  readonly offices: readonly Office[];
}

export interface InstitutionView {
  readonly institution: Institution;
  readonly centres: readonly Centre[];
  readonly posts: readonly PostView[];
  readonly offices: readonly Office[];
}

export interface OfficeView {
  readonly office: Office;
  readonly of: Text;
  /** For whom it answers */
  readonly posts: readonly PostView[];
}

export interface ConflictView {
  readonly conflict: Conflict;
  readonly person: Person;
  readonly with: Text;
  readonly when: 'past' | 'present' | 'future';
}

export interface PeopleFilter {
  /** Parts of names in any spelling, or of an address */
  readonly search?: string | undefined;
  /** Kind of a post that they hold on the day or will hold */
  readonly kind?: string | undefined;
  readonly centre?: string | undefined;
  readonly institution?: string | undefined;
  /** Also those who have left */
  readonly ended?: boolean | undefined;
}

const nowhere = text('', '');
const order = { present: 0, future: 1, past: 2 } as const;
const whenOf = (from: CalendarDate | null, to: CalendarDate | null, day: CalendarDate): TermView['when'] =>
  from !== null && from > day ? 'future' : to !== null && to < day ? 'past' : 'present';

/**
 * Lists and pages from a roster as it is on a day. Made once per request: it looks up by id instead of searching.
 */
export class RosterViews {
  readonly #people: ReadonlyMap<string, Person>;
  readonly #posts: ReadonlyMap<string, Post>;
  readonly #centres: ReadonlyMap<string, Centre>;
  readonly #institutions: ReadonlyMap<string, Institution>;
  readonly #offices: ReadonlyMap<string, Office>;
  readonly #terms: readonly TermView[];

  constructor(
    private readonly roster: Roster,
    private readonly day: CalendarDate,
  ) {
    const byId = <T extends { readonly id: string }>(things: readonly T[]) =>
      new Map(things.map((thing) => [thing.id, thing]));
    this.#people = byId(roster.people);
    this.#posts = byId(roster.posts);
    this.#centres = byId(roster.centres);
    this.#institutions = byId(roster.institutions);
    this.#offices = byId(roster.offices);
    this.#terms = roster.terms.map((term) => {
      const post = this.#posts.get(term.post)!;
      return {
        term,
        post,
        person: this.#people.get(term.person)!,
        of: this.nameOf(post),
        when: whenOf(term.from, term.to, day),
      };
    });
  }

  /** Sorted by kana, as a Japanese list of names is; people without kana come by their roman names */
  people(filter: PeopleFilter = {}): PersonView[] {
    const terms = Map.groupBy(this.#terms, (view) => view.person.id);
    const conflicts = Map.groupBy(this.conflicts(), (view) => view.person.id);
    return this.roster.people
      .filter((person) => filter.ended || !person.endedOn || person.endedOn >= this.day)
      .filter((person) => !filter.search || matches(person, filter.search))
      .map((person) => this.personView(person, terms.get(person.id) ?? [], conflicts.get(person.id) ?? []))
      .filter(
        (view) => !isNarrow(filter) || view.terms.some((held) => held.when !== 'past' && holds(held.post, filter)),
      )
      .sort((a, b) => (sortKey(a.person) < sortKey(b.person) ? -1 : 1));
  }

  person(id: string): PersonView | undefined {
    const person = this.#people.get(id);
    if (!person) return undefined;
    const terms = this.#terms.filter((view) => view.term.person === id);
    return this.personView(
      person,
      terms,
      this.conflicts().filter((view) => view.person.id === id),
    );
  }

  private personView(person: Person, terms: readonly TermView[], conflicts: readonly ConflictView[]): PersonView {
    const sorted = [...terms].sort((a, b) => order[a.when] - order[b.when] || (a.term.from < b.term.from ? -1 : 1));
    return { person, employer: this.#institutions.get(person.employer ?? ''), terms: sorted, conflicts };
  }

  /** Posts of the programme, in the order of their kinds and ranks */
  posts(of?: (post: Post) => boolean): PostView[] {
    return this.roster.posts
      .filter((post) => (of ? of(post) : true))
      .map((post) => this.postView(post))
      .sort(
        (a, b) =>
          a.post.kind.localeCompare(b.post.kind) || a.post.rank - b.post.rank || a.post.id.localeCompare(b.post.id),
      );
  }

  post(id: string): PostView | undefined {
    const post = this.#posts.get(id);
    return post && this.postView(post);
  }

  private postView(post: Post): PostView {
    const terms = this.#terms
      .filter((view) => view.term.post === post.id)
      .sort((a, b) => (a.term.from < b.term.from ? -1 : 1));
    return {
      post,
      of: this.nameOf(post),
      office: this.#offices.get(post.office ?? ''),
      holder: terms.find((view) => view.when === 'present')?.person,
      next: terms.find((view) => view.when === 'future'),
      terms,
    };
  }

  /** The supported ones first, each group by year of adoption */
  centres(): CentreView[] {
    return [...this.roster.centres]
      .sort(
        (a, b) => b.supportEndYear - a.supportEndYear || a.adoptionYear - b.adoptionYear || a.id.localeCompare(b.id),
      )
      .map((centre) => this.centreView(centre));
  }

  centre(id: string): CentreView | undefined {
    const centre = this.#centres.get(id);
    return centre && this.centreView(centre);
  }

  private centreView(centre: Centre): CentreView {
    return {
      centre,
      hosts: centre.hosts.flatMap((id) => this.#institutions.get(id) ?? []),
      posts: this.posts((post) => post.centre === centre.id),
      offices: this.roster.offices.filter((office) => office.centre === centre.id),
    };
  }

  institutions(): InstitutionView[] {
    return this.roster.institutions.map((institution) => this.institutionView(institution));
  }

  institution(id: string): InstitutionView | undefined {
    const institution = this.#institutions.get(id);
    return institution && this.institutionView(institution);
  }

  private institutionView(institution: Institution): InstitutionView {
    return {
      institution,
      centres: this.roster.centres.filter((centre) => centre.hosts.includes(institution.id)),
      posts: this.posts((post) => post.institution === institution.id),
      offices: this.roster.offices.filter((office) => office.institution === institution.id),
    };
  }

  offices(): OfficeView[] {
    return this.roster.offices.map((office) => this.officeView(office));
  }

  office(id: string): OfficeView | undefined {
    const office = this.#offices.get(id);
    return office && this.officeView(office);
  }

  private officeView(office: Office): OfficeView {
    return { office, of: this.nameOf(office), posts: this.posts((post) => post.office === office.id) };
  }

  conflicts(): ConflictView[] {
    return this.roster.conflicts.map((conflict) => ({
      conflict,
      person: this.#people.get(conflict.person)!,
      with: this.nameOf(conflict),
      when: whenOf(conflict.from, conflict.to, this.day),
    }));
  }

  private nameOf(of: { readonly centre: string | null; readonly institution: string | null }): Text {
    const centre = this.#centres.get(of.centre ?? '');
    return centre
      ? text(centre.acronym, centre.acronym)
      : (this.#institutions.get(of.institution ?? '')?.name ?? nowhere);
  }
}

const isNarrow = (filter: PeopleFilter): boolean => Boolean(filter.kind ?? filter.centre ?? filter.institution);
const holds = (post: Post, { kind, centre, institution }: PeopleFilter): boolean =>
  (!kind || post.kind === kind) &&
  (!centre || post.centre === centre) &&
  (!institution || post.institution === institution);

const sortKey = (person: Person): string => searchKey(person.kana || person.name.en);

/** By name in any spelling, or by part of an address */
const matches = (person: Person, typed: string): boolean =>
  nameMatches([person.name.ja, person.name.en, person.kana, ...person.aliases], typed) ||
  person.addresses.some((address) => address.includes(typed.trim().toLowerCase()));
