import type { Instance, PlacedHearing, PlacedMeeting, Plan } from '../instance.ts';

export type What = 'placed' | 'day' | 'half-day' | 'mode' | 'slot' | 'person' | 'members' | 'undecided';

/** One thing that is otherwise than announced */
export interface Difference {
  /** Meeting, assignment, panel, conference or hearing */
  readonly of: string;
  readonly what: What;
  /** Of another person in a oneOf seat */
  readonly seat?: string;
  /** Half days of meetings, days of conferences; of hearings 1000 × day + slot */
  readonly from?: number;
  readonly to?: number;
  /** People who are not there any more, and people who are new */
  readonly left: readonly string[];
  readonly joined: readonly string[];
  /** Of another mode: the new one */
  readonly online?: boolean;
}

type Found = Pick<Difference, 'what'> & Partial<Difference>;

/** Names a difference: `site/c3 lead person` */
export const keyOf = ({ of, seat, what }: Difference): string => [of, ...(seat ? [seat] : []), what].join(' ');

/**
 * Everything in which a plan differs from the announced one, and everything that is undecided in it. Who of a panel comes to a meeting is
 * no difference of its own: it follows from day and panel.
 */
export function differences(instance: Instance, was: Plan, plan: Plan): Difference[] {
  const list: Difference[] = [];
  const add = (of: string, found: readonly Found[]) => {
    for (const one of found) list.push({ of, left: [], joined: [], ...one });
  };
  for (const meeting of instance.meetings)
    add(meeting.id, ofMeeting(meeting, was.meetings[meeting.id] ?? null, plan.meetings[meeting.id] ?? null));
  for (const { id } of instance.assignments) add(id, ofAssignment(was.assignments[id] ?? null, plan.assignments[id]));
  for (const { id } of instance.panels) add(id, ofPanel(was.panels[id] ?? null, plan.panels[id] ?? null));
  for (const { id, hearings } of instance.conferences) {
    add(id, ofConference(was.conferences[id]?.day, plan.conferences[id]?.day));
    for (const hearing of hearings)
      add(hearing.id, ofHearing(hearing, was.hearings[hearing.id] ?? null, plan.hearings[hearing.id] ?? null));
  }
  return list;
}

type Seated = { readonly seats: readonly { readonly id: string }[] };

function ofMeeting(meeting: Seated, a: PlacedMeeting | null, b: PlacedMeeting | null): Found[] {
  if (!b) return [{ what: 'undecided', ...(a ? { from: a.start } : {}) }];
  if (!a) return [{ what: 'placed', to: b.start }, ...(b.online ? [{ what: 'mode', online: true } as const] : [])];
  const found: Found[] = [];
  if (a.start !== b.start)
    found.push({ what: a.start >> 1 === b.start >> 1 ? 'half-day' : 'day', from: a.start, to: b.start });
  if (Boolean(a.online) !== Boolean(b.online)) found.push({ what: 'mode', online: Boolean(b.online) });
  return [...found, ...otherPeople(meeting, a.seats, b.seats)];
}

function* otherPeople(item: Seated, a: Record<string, string> = {}, b: Record<string, string> = {}): Iterable<Found> {
  for (const seat of item.seats) {
    const [before, now] = [a[seat.id], b[seat.id]];
    if (!('oneOf' in seat) || before === now) continue;
    yield { what: 'person', seat: seat.id, left: listOf(before), joined: listOf(now) };
  }
}

const listOf = (person: string | null | undefined): string[] => (person == null ? [] : [person]);

function ofAssignment(a: string | null, b: string | null | undefined): Found[] {
  if (b == null) return [{ what: 'undecided', left: listOf(a) }];
  if (a === b) return [];
  return [{ what: a === null ? 'placed' : 'person', left: listOf(a), joined: [b] }];
}

function ofPanel(a: readonly string[] | null, b: readonly string[] | null): Found[] {
  if (!b) return [{ what: 'undecided', left: a ?? [] }];
  if (!a) return [{ what: 'placed', joined: b }];
  const left = a.filter((person) => !b.includes(person));
  const joined = b.filter((person) => !a.includes(person));
  return left.length + joined.length ? [{ what: 'members', left, joined }] : [];
}

function ofConference(a: number | undefined, b: number | undefined): Found[] {
  if (b === undefined) return [{ what: 'undecided' }];
  if (a === undefined) return [{ what: 'placed', to: b }];
  return a === b ? [] : [{ what: 'day', from: a, to: b }];
}

export const placeOf = ({ day, slot }: { day: number; slot: number }): number => 1000 * day + slot;

function ofHearing(hearing: Seated, a: PlacedHearing | null, b: PlacedHearing | null): Found[] {
  if (!b) return [{ what: 'undecided' }];
  if (!a) return [{ what: 'placed', to: placeOf(b) }];
  const [from, to] = [placeOf(a), placeOf(b)];
  return [...(from === to ? [] : [{ what: 'slot', from, to } as const]), ...otherPeople(hearing, a.seats, b.seats)];
}

/** Differences that make a repair another kind of repair; panels only where nothing else differs, since they follow from the rest. */
export function mainOf(list: readonly Difference[]): Difference[] {
  const all = list.filter(({ what }) => what !== 'placed');
  const main = all.filter(({ what }) => what !== 'members');
  return main.length ? main : all;
}

/**
 * What people would say first of a repair: where a meeting is moved or held in another mode, who sits in it is a detail; hearings and
 * panels follow from the rest.
 */
export function headlineOf(list: readonly Difference[]): Set<string> {
  const main = mainOf(list);
  const big: readonly What[] = ['day', 'mode', 'undecided'];
  const moved = new Set(main.filter(({ what }) => big.includes(what)).map(({ of }) => of));
  const said = main.filter(({ of, what }) => what !== 'slot' && (big.includes(what) || !moved.has(of)));
  return new Set((said.length ? said : main).map(keyOf));
}

/** Two repairs are of one kind if the same things change in the same way, to whatever day or person. */
export const kindOf = (list: readonly Difference[]): Set<string> => new Set(mainOf(list).map(keyOf));

/** The announced plan as far as the instance still knows its things; everything undecided where nothing was announced */
export function announcedIn({ name, reference, ...instance }: Instance): Plan {
  const only = <T>(list: readonly { id: string }[], from: Record<string, T | null> | undefined) =>
    Object.fromEntries(list.map(({ id }) => [id, from && Object.hasOwn(from, id) ? from[id]! : null]));
  return {
    format: 'meguri-plan/1',
    instance: name,
    meetings: only(instance.meetings, reference?.meetings),
    assignments: only(instance.assignments, reference?.assignments),
    panels: only(instance.panels, reference?.panels),
    conferences: only(instance.conferences, reference?.conferences),
    hearings: only(
      instance.conferences.flatMap((conference) => conference.hearings),
      reference?.hearings,
    ),
  };
}
