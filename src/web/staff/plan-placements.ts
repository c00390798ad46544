import { date, dateLong, dateShort, type CalendarDate } from '../../kernel/calendar-date.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { Seating } from '../../meetings/attendees.service.ts';
import { clockTimes, type When } from '../../meetings/meeting-time.ts';
import type { Attendee, Meeting } from '../../meetings/meeting.ts';
import type { Instance, Plan } from '../../planning/instance.ts';
import type { Placement, PublishFacts } from '../../planning/publish.ts';
import { meetingActivityOf, type SeatRule } from '../../programme/programme.ts';
import { dayRangeShort } from '../moment.ts';

/** Everything that a plan is shown against: the year as it stands */
export interface PlanGround extends PublishFacts {
  readonly attendees: readonly Attendee[];
}

export interface PersonShown {
  readonly id: string;
  readonly name: Text;
  /** Comes on a △ */
  readonly tentative: boolean;
  /** Nothing was said of that half day */
  readonly unanswered: boolean;
  /** For an executive: of which host */
  readonly of: Text | null;
}

export type Kind = 'officer' | 'lead' | 'executive' | 'panel';

export interface PlacementRow {
  readonly key: string;
  readonly meetingId: string;
  readonly title: Text;
  readonly name: Text;
  readonly centre: string;
  readonly centreName: Text;
  readonly day: CalendarDate;
  readonly start: number;
  /** It may be on other days by itself: a hearing goes with its committee. */
  readonly hasDays: boolean;
  readonly days: Text;
  readonly hours: Text;
  readonly online: boolean;
  /** Staff set its day */
  readonly fixed: boolean;
  readonly people: Readonly<Record<Kind, readonly PersonShown[]>>;
  /** Members of the panel who do not come */
  readonly absent: readonly Text[];
  readonly change: Change;
}

/** What publishing makes different from what stands now */
export interface Change {
  readonly kind: 'new' | 'moved' | 'people' | 'same';
  readonly before: Text | null;
  readonly after: Text | null;
  readonly comes: readonly Text[];
  readonly goes: readonly Text[];
}

export const kindOfSeat = (rule: SeatRule): Kind | undefined => {
  if (rule.assigned) return 'officer';
  if (rule.panel) return 'panel';
  if (rule.oneOf) return rule.side === 'visiting' ? 'lead' : 'executive';
  return undefined;
};

/** Half days of a meeting about which nothing was said, by person: `<person> <half day>` */
export type Unanswered = ReadonlySet<string>;

/** A row for everything that the plan places: meetings, committees, hearings */
export function placementRows(
  ground: PlanGround,
  instance: Instance,
  plan: Plan,
  placements: readonly Placement[],
  unanswered: Unanswered,
): PlacementRow[] {
  const byId = new Map(placements.map((placement) => [placement.meetingId, placement]));
  const reader = new Reader(ground, instance, plan, unanswered);
  return ground.meetings.flatMap((meeting) => {
    const placement = byId.get(meeting.id);
    const start = startIn(instance, plan, meeting.key);
    return placement && start !== undefined ? [reader.row(meeting, placement, start)] : [];
  });
}

/** The half day in which a plan has a meeting, a committee or a hearing begin */
function startIn(instance: Instance, plan: Plan, key: string): number | undefined {
  const [meeting, conference, hearing] = [plan.meetings[key], plan.conferences[key], plan.hearings[key]];
  if (meeting) return meeting.start;
  if (conference) return 2 * conference.day;
  const whole = hearing && instance.conferences.find(({ hearings }) => hearings.some(({ id }) => id === key));
  const slot = hearing && whole?.slots[hearing.slot];
  return hearing && slot ? 2 * hearing.day + (slot.at < '12:30' ? 0 : 1) : undefined;
}

class Reader {
  private readonly names: ReadonlyMap<string, Text>;
  private readonly letters: ReadonlyMap<string, string>;
  private readonly ground: PlanGround;
  private readonly instance: Instance;
  private readonly plan: Plan;
  private readonly unanswered: Unanswered;

  constructor(ground: PlanGround, instance: Instance, plan: Plan, unanswered: Unanswered) {
    this.ground = ground;
    this.instance = instance;
    this.plan = plan;
    this.unanswered = unanswered;
    this.names = new Map(ground.roster.people.map((person) => [person.id, person.name]));
    this.letters = new Map(instance.people.map((person) => [person.id, person.availability]));
  }

  name = (id: string): Text => this.names.get(id) ?? text(id, id);

  row(meeting: Meeting, placement: Placement, start: number): PlacementRow {
    const { roster, cycle } = this.ground;
    const activity = meetingActivityOf(cycle.rules, meeting.activity)!;
    const centre = roster.centres.find((one) => one.id === meeting.centre);
    const when = placement.when ?? whenNow(meeting)!;
    const acronym = centre?.acronym ?? cycle.rules.short.en;
    return {
      key: meeting.key,
      meetingId: meeting.id,
      title: meeting.title,
      name: activity.name,
      centre: meeting.centre ?? '',
      centreName: centre ? text(acronym, acronym) : cycle.rules.short,
      day: date(this.instance.days[start >> 1]!.date),
      start,
      hasDays: [...this.instance.meetings, ...this.instance.conferences].some(({ id }) => id === meeting.key),
      days: when.firstDay === when.lastDay ? dateShort(when.firstDay) : dayRangeShort(when.firstDay, when.lastDay),
      hours: text(`${when.from}～${when.to}`, `${when.from}–${when.to}`),
      online: placement.online ?? meeting.mode === 'online',
      fixed: placement.when === undefined,
      people: this.people(meeting, placement, start),
      absent: this.absent(meeting),
      change: this.change(meeting, placement),
    };
  }

  private people(meeting: Meeting, placement: Placement, start: number): PlacementRow['people'] {
    const shown: Record<Kind, PersonShown[]> = { officer: [], lead: [], executive: [], panel: [] };
    const activity = meetingActivityOf(this.ground.cycle.rules, meeting.activity)!;
    for (const { seatKey, person } of placement.seatings) {
      const seat = this.ground.seats.find((one) => one.meetingId === meeting.id && one.key === seatKey);
      const rule = activity.seats.find((one) => one.id === seat?.rule);
      const kind = rule && kindOfSeat(rule);
      if (!seat || !kind) continue;
      const halves = Array.from({ length: rule.openingOnly ? 1 : meeting.halfDays }, (_, n) => start + n);
      const host = this.ground.roster.institutions.find((one) => one.id === seat.institution);
      shown[kind].push({
        id: person,
        name: this.name(person),
        tentative: halves.some((half) => this.letters.get(person)?.[half] === 't'),
        unanswered: halves.some((half) => this.unanswered.has(`${person} ${half}`)),
        of: rule.perHost ? (host?.name ?? null) : null,
      });
    }
    return shown;
  }

  private absent(meeting: Meeting): Text[] {
    const planned = this.instance.meetings.find((one) => one.id === meeting.key);
    const placed = this.plan.meetings[meeting.key];
    return (planned?.seats ?? []).flatMap((seat) => {
      if (!('panel' in seat)) return [];
      const here = new Set(placed?.attending[seat.id]);
      return (this.plan.panels[seat.panel] ?? []).filter((person) => !here.has(person)).map(this.name);
    });
  }

  private change(meeting: Meeting, placement: Placement): Change {
    const { comes, goes } = exchanged(this.ground, meeting.id, placement.seatings);
    const now = whenNow(meeting);
    const people = { comes: comes.map(this.name), goes: goes.map(this.name) };
    if (!now) return { kind: 'new', before: null, after: null, ...people };
    const after = placement.when ?? now;
    const mode = placement.online !== undefined && placement.online !== (meeting.mode === 'online');
    if (!sameTime(now, after) || mode)
      return {
        kind: 'moved',
        before: timeText(now, meeting.mode === 'online'),
        after: timeText(after, placement.online ?? false),
        ...people,
      };
    return { kind: comes.length + goes.length > 0 ? 'people' : 'same', before: null, after: null, ...people };
  }
}

/** As publishing does it: those whom staff put into a seat by hand stay there */
export function exchanged(
  ground: Pick<PlanGround, 'seats' | 'attendees'>,
  meetingId: string,
  seatings: readonly Seating[],
): { comes: string[]; goes: string[] } {
  const wanted = new Set(seatings.map((seating) => seating.person));
  const keys = new Set(seatings.map((seating) => seating.seatKey));
  const seats = ground.seats.filter((seat) => seat.meetingId === meetingId && keys.has(seat.key));
  const there = ground.attendees.filter((one) => one.meetingId === meetingId);
  const here = new Set(there.map((one) => one.personId));
  const alone = (key: string) => seatings.filter((other) => other.seatKey === key).length === 1;
  const heldByHand = (key: string) =>
    alone(key) && there.some((one) => one.byHand && seats.some((seat) => seat.id === one.seatId && seat.key === key));
  return {
    comes: seatings
      .filter(({ person, seatKey }) => !here.has(person) && !heldByHand(seatKey))
      .map(({ person }) => person),
    goes: there
      .filter((one) => !one.byHand && seats.some((seat) => seat.id === one.seatId) && !wanted.has(one.personId))
      .map((one) => one.personId),
  };
}

function whenNow(meeting: Meeting): When | undefined {
  const { firstDay, lastDay, startsAt, endsAt, zone, state } = meeting;
  if (state !== 'scheduled' || !firstDay || !lastDay || !startsAt || !endsAt) return undefined;
  return { firstDay, lastDay, ...clockTimes({ startsAt, endsAt, zone }) };
}

const sameTime = (a: When, b: When): boolean =>
  a.firstDay === b.firstDay && a.lastDay === b.lastDay && a.from === b.from && a.to === b.to;

export function timeText(when: When, online: boolean): Text {
  const days = when.firstDay === when.lastDay ? dateLong(when.firstDay) : dayRangeShort(when.firstDay, when.lastDay);
  return text(
    `${days.ja} ${when.from}～${when.to}${online ? '（オンライン）' : ''}`,
    `${days.en}, ${when.from}–${when.to}${online ? ' (online)' : ''}`,
  );
}

export type SortBy = 'day' | 'centre';

export const sorted = (rows: readonly PlacementRow[], by: SortBy): PlacementRow[] =>
  rows.toSorted((a, b) =>
    by === 'centre'
      ? a.centreName.en.localeCompare(b.centreName.en, 'en', { sensitivity: 'base' }) || a.start - b.start
      : a.start - b.start || a.key.localeCompare(b.key),
  );
