/**
 * The planning problem and its plan, as the planner reads and writes them (also as files: JSON). Days are indexes into `days`, half
 * days are 2 × day (morning, until 12:30) or 2 × day + 1 (afternoon); both mean something in their own instance only. All costs are
 * whole numbers ≥ 0, smaller is better. What staff forbid is written by leaving a candidate out or closing a day.
 */
export interface Instance {
  format: 'meguri-planning/1';
  name: string;
  /** IANA zone of all dates and times */
  zone: string;
  /** Every day on which something may take place, ascending; days left out (weekends, holidays) do not exist for the planner. */
  days: { date: string }[];
  places: string[];
  /** Free days needed between two meetings in different places, by kind of travel: travel[kind][from place][to place]. */
  travel: Record<string, number[][]>;
  /** by place */
  tripCost: number[];
  people: Person[];
  meetings: Meeting[];
  assignments: Assignment[];
  panels: Panel[];
  loads: Load[];
  limits: Limit[];
  conferences: Conference[];
  /** Cost of everything that stays undecided */
  unplaced: number;
  locks: Lock[];
  /** An announced plan, to be changed as little as possible: each difference costs what the `change` of the thing says. */
  reference: Plan | null;
  /** What it costs to ask people for more room, by kind of ask; 1 each where it is not said. */
  askCosts?: Partial<Record<AskKind, number>>;
}

export const askKinds = ['half-day', 'open-day', 'window', 'limit', 'load', 'quorum', 'online', 'unlock'] as const;
export type AskKind = (typeof askKinds)[number];

export interface Person {
  id: string;
  name?: string;
  /** Two letters a day: o can, t can if need be (△), x cannot. Somebody who holds a post for part of the year is x outside it. */
  availability: string;
  /** IANA, where it is not the instance's */
  zone?: string;
}

export interface Meeting {
  id: string;
  kind: string;
  /** The centre */
  unit: string;
  place: number;
  halfDays: number;
  startsIn: 'morning' | 'either';
  /** First day of its window */
  from: number;
  /** Last day on which it may end */
  to: number;
  /** Days on which it cannot be */
  closed: number[];
  /** May be held online (no travel, no trips) at this cost; absent: may not */
  online?: { cost: number };
  seats: Seat[];
  change: { moved: number; perDay: number; perDayMost: number; mode?: number };
}

/** Named parts, so that a plan can say why: `{ expertise: 3, continuity: 8 }` */
export type Costs = Record<string, number>;

export interface Choice {
  person: string;
  costs: Costs;
}

export interface AnySeat {
  id: string;
  /** Cost when the person is there on a △; once, however many △ */
  tentative: number;
  /** Cost of another person than in the reference (oneOf seats) */
  change?: number;
}

/** Exactly one of these: nobody else will do; one of several; whoever holds the assignment. */
export type Chosen = { person: string } | { oneOf: Choice[] } | { assigned: string };

export interface PanelSeat {
  panel: string;
  /** Quorum: so many members at least … */
  atLeast: number;
  /** … and so many per cent of the panel's size, rounded up */
  percent: number;
  /** Cost of each member who does not come */
  absent: number;
  /** Cost if nobody with this tag comes */
  tagged?: { tag: string; missing: number };
}

export interface Presence {
  /** There only in the half day in which the meeting opens */
  openingOnly?: boolean;
  /** Kind of `travel`; none: may be anywhere else in the next half day */
  travel?: string;
  /** Its trips cost */
  trip?: boolean;
}

export type Seat = AnySeat & Presence & (Chosen | PanelSeat);
export type HearingSeat = AnySeat & Chosen;

/** One person for all the meetings and hearings that name it */
export interface Assignment {
  id: string;
  unit: string;
  candidates: Choice[];
  change: number;
}

export interface Panel {
  id: string;
  unit: string;
  candidates: (Choice & { covers: string[]; tags: string[] })[];
  min: number;
  max: number;
  target: number;
  /** Cost per member below the target */
  short: number;
  /** Each covered by at least one member */
  needs: string[];
  /** Last year's members */
  previous: string[];
  /** Cost per previous member left out */
  dropped: number;
  /** Cost per member of the reference left out */
  change: number;
}

/** How often one person may be used, counted over assignments, panels and oneOf seats (`site/c3 lead`). */
export interface Load {
  id: string;
  of: string[];
  most: number;
  /** Those who accept another number */
  mostOf?: Record<string, number>;
  /** cost[n] of one person used n times; the last one goes on */
  cost: number[];
}

export interface Limit {
  id: string;
  meetings: string[];
  /** week: counted in the (Monday) week in which it starts; day: on every day that it touches */
  per: 'week' | 'day';
  most: number;
  /** cost[n] of n in one week or day; the last one goes on */
  cost?: number[];
}

export interface Slot {
  /** `09:45`, on the instance's clocks */
  at: string;
  minutes: number;
}

export interface Conference {
  id: string;
  from: number;
  to: number;
  closed: number[];
  /** Consecutive days */
  dayCount: number;
  /** The same on each day; one hearing each; they do not overlap, none runs over 12:30 */
  slots: Slot[];
  /** online: at their own clock; required: no hearing without them unless recused */
  members: { person: string; online?: boolean; required?: boolean }[];
  /** Members present and not recused, at each hearing */
  quorum: number;
  /** Cost per member and hearing */
  absent: number;
  tentative: number;
  hearings: Hearing[];
  change: number;
}

export interface Hearing {
  id: string;
  unit: string;
  /** Members who leave the room: neither present nor absent */
  recused: string[];
  seats: HearingSeat[];
  /** The conference's first day is so many calendar days or more after the meeting's last day. */
  after: { meeting: string; days: number }[];
  change: number;
}

/** Fixed by staff or already announced; only what is named is fixed. Seats: those with somebody in them, not panels. */
export type Lock =
  | { meeting: string; start?: number; seats?: Record<string, string> }
  | { assignment: string; person: string }
  | { panel: string; people: string[] }
  | { conference: string; day: number }
  | { hearing: string; day: number; slot: number; seats?: Record<string, string> };

/** `null` everywhere: undecided, at the price of `unplaced`. No meeting or hearing while its assignment or panel is undecided. */
export interface Plan {
  format: 'meguri-plan/1';
  instance: string;
  meetings: Record<string, PlacedMeeting | null>;
  assignments: Record<string, string | null>;
  panels: Record<string, string[] | null>;
  conferences: Record<string, { day: number } | null>;
  hearings: Record<string, PlacedHearing | null>;
  cost?: number;
  /** No plan can cost less. */
  bound?: number;
  /** cost − bound < 1 */
  proven?: boolean;
}

export interface PlacedMeeting {
  /** Half day */
  start: number;
  /** oneOf seats only: the rest follows */
  seats: Record<string, string>;
  /** Per panel seat */
  attending: Record<string, string[]>;
  online?: boolean;
}

export interface PlacedHearing {
  day: number;
  slot: number;
  seats: Record<string, string>;
}

/** What a lock is about */
export const lockedId = (lock: Lock): string =>
  'meeting' in lock
    ? lock.meeting
    : 'assignment' in lock
      ? lock.assignment
      : 'panel' in lock
        ? lock.panel
        : 'conference' in lock
          ? lock.conference
          : lock.hearing;
