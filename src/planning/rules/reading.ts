import type {
  Assignment,
  Choice,
  Instance,
  Meeting,
  Panel,
  PanelSeat,
  PlacedMeeting,
  Plan,
  Seat,
} from '../instance.ts';
import { begins, ends, type Problem } from '../problem/problem.ts';
import { Bookings, stateOfId, whoSits } from './bookings.ts';
import { readHearings, type ConferenceReading, type Heard } from './read-hearings.ts';

/** Somebody in a seat of a meeting or hearing */
export interface Sitting {
  readonly person: string;
  readonly seat: Seat;
  readonly where: string;
  /** Half days */
  readonly first: number;
  readonly until: number;
  /** CAN, IF_NEED_BE or CANNOT */
  readonly state: number;
  /** A panel's member, not a seat of one */
  readonly ofPanel: boolean;
}

export interface PlacedReading {
  readonly meeting: Meeting;
  readonly at: PlacedMeeting;
  readonly first: number;
  readonly last: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly sittings: readonly Sitting[];
  /** oneOf seats and who is named for them */
  readonly choices: readonly { where: string; person: string | null; choice: Choice | undefined }[];
  /** Seats with nobody in them (their assignment or panel is undecided, or nobody is named) */
  readonly empty: readonly string[];
  readonly panels: readonly PanelReading[];
}

export interface PanelReading {
  readonly where: string;
  readonly seat: PanelSeat;
  readonly panel: Panel;
  readonly members: readonly string[];
  readonly here: readonly string[];
  /** Named as attending without being on the panel */
  readonly strangers: readonly string[];
}

/**
 * A plan read against its instance, once, so that each rule and each cost is a short question about it. Any plan can be read, a
 * damaged one too: what cannot be understood is kept as such (`outside`, `strangers`, unknown people as CANNOT).
 */
export interface Reading {
  readonly problem: Problem;
  readonly instance: Instance;
  readonly plan: Plan;
  readonly assignments: readonly { assignment: Assignment; person: string | null; choice: Choice | undefined }[];
  readonly panels: readonly { panel: Panel; members: readonly string[] | null }[];
  readonly meetings: readonly { meeting: Meeting; placed: PlacedReading | null; outside: boolean }[];
  readonly conferences: readonly ConferenceReading[];
  readonly heard: readonly Heard[];
  /** Bookings that meet an earlier one of the same person */
  readonly clashes: readonly { person: string; where: string; other: string }[];
  /** assignment, panel or seat → people used there */
  readonly used: ReadonlyMap<string, readonly (string | null)[]>;
}

export function read(problem: Problem, plan: Plan): Reading {
  const { instance } = problem;
  const bookings = new Bookings();
  const used = new Map<string, (string | null)[]>();
  const use = (id: string, person: string | null) => {
    const list = used.get(id);
    if (list) list.push(person);
    else used.set(id, [person]);
  };
  const assignments = instance.assignments.map((assignment) => {
    const person = plan.assignments?.[assignment.id] ?? null;
    if (person !== null) use(assignment.id, person);
    return { assignment, person, choice: assignment.candidates.find((c) => c.person === person) };
  });
  const panels = instance.panels.map((panel) => {
    const members = plan.panels?.[panel.id] ?? null;
    for (const member of members ?? []) if (panel.candidates.some((c) => c.person === member)) use(panel.id, member);
    return { panel, members };
  });
  const panelOf = new Map(panels.map((panel) => [panel.panel.id, panel]));
  const meetings = instance.meetings.map((meeting) => {
    const at = plan.meetings?.[meeting.id] ?? null;
    if (at === null) return { meeting, placed: null, outside: false };
    const placed = readMeeting(problem, plan, meeting, at, panelOf, bookings);
    for (const { where, person } of placed?.choices ?? []) use(where, person);
    return { meeting, placed, outside: !placed };
  });
  const read = readHearings(problem, plan, bookings, use);
  return {
    problem,
    instance,
    plan,
    assignments,
    panels,
    meetings,
    conferences: read.conferences,
    heard: read.heard,
    clashes: bookings.clashes,
    used,
  };
}

function readMeeting(
  problem: Problem,
  plan: Plan,
  meeting: Meeting,
  at: PlacedMeeting,
  panelOf: ReadonlyMap<string, { panel: Panel; members: readonly string[] | null }>,
  bookings: Bookings,
): PlacedReading | null {
  const first = at.start;
  const last = first + meeting.halfDays - 1;
  if (!Number.isInteger(first) || first < 0 || last >> 1 >= problem.calendar.dayCount) return null;
  const sittings: Sitting[] = [];
  const choices: { where: string; person: string | null; choice: Choice | undefined }[] = [];
  const empty: string[] = [];
  const panels: PanelReading[] = [];
  for (const seat of meeting.seats) {
    const until = seat.openingOnly ? first : last;
    const where = `${meeting.id} ${seat.id}`;
    const sit = (person: string, ofPanel: boolean) => {
      sittings.push({ person, seat, where, first, until, state: stateOfId(problem, person, first, until), ofPanel });
      bookings.add(person, begins(problem.calendar, first), ends(problem.calendar, until), meeting.id);
    };
    if (!('panel' in seat)) {
      const person = whoSits(seat, at, plan);
      if (person === null) empty.push(where);
      else sit(person, false);
      if ('oneOf' in seat) choices.push({ where, person, choice: seat.oneOf.find((c) => c.person === person) });
      continue;
    }
    const { panel, members } = panelOf.get(seat.panel)!;
    if (members === null) {
      empty.push(where);
      continue;
    }
    const attending = at.attending?.[seat.id] ?? [];
    const here = members.filter((member) => attending.includes(member));
    for (const member of here) sit(member, true);
    const strangers = attending.filter((person) => !members.includes(person));
    panels.push({ where, seat, panel, members, here, strangers });
  }
  return {
    meeting,
    at,
    first,
    last,
    firstDay: first >> 1,
    lastDay: last >> 1,
    sittings,
    choices,
    empty,
    panels,
  };
}
