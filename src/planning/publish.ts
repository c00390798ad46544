import { date, type CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Text } from '../kernel/text.ts';
import type { Seating } from '../meetings/attendees.service.ts';
import { minutesLater, whenPlanned, type When } from '../meetings/meeting-time.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { postOnDay, postsFor } from '../meetings/seat-posts.ts';
import { meetingActivityOf, type MeetingActivity } from '../programme/programme.ts';
import type { HearingSeat, Instance, Plan, Seat } from './instance.ts';
import type { PlanEntity } from './plan.entity.ts';
import { planningRefusals } from './refusals.ts';
import type { YearFacts } from './year-facts.ts';

/** What of a year's facts a plan is read with */
export type PublishFacts = Pick<YearFacts, 'cycle' | 'roster' | 'meetings' | 'seats'>;

/** What a plan means for one meeting */
export interface Placement {
  readonly meetingId: string;
  /** undefined: its day stays as it is (fixed by staff, or a part whose day is set by hand) */
  readonly when: When | undefined;
  readonly online: boolean | undefined;
  readonly seatings: readonly Seating[];
}

/** Whether a plan may become the year. A meeting that staff changed after it was computed would be overwritten: plan again. */
export function refusalToPublish(
  run: Pick<PlanEntity, 'state' | 'plan' | 'basis' | 'changes' | 'takenOverAt'>,
  meetings: readonly Meeting[],
  join: (titles: readonly Text[]) => Text,
): Refusal | undefined {
  if (run.state === 'published') return Refusal.of(planningRefusals, 'planning.published-already');
  if (run.state !== 'ready' || !run.plan) return Refusal.of(planningRefusals, 'planning.not-ready');
  if (run.changes.length > 0 && !run.takenOverAt)
    return Refusal.of(planningRefusals, 'planning.what-if-not-taken-over');
  const changed = meetings.filter((meeting) => run.basis[meeting.key] !== meeting.revision);
  if (changed.length > 0)
    return Refusal.of(planningRefusals, 'planning.changed-meanwhile', { meetings: join(changed.map((m) => m.title)) });
  return undefined;
}

/** Where a plan has one meeting, committee or hearing, and who sits in its seats of choice */
export interface Placed {
  readonly day: CalendarDate;
  readonly when: When;
  readonly online: boolean | undefined;
  readonly seats: Readonly<Record<string, string>>;
  readonly attending: Readonly<Record<string, readonly string[]>>;
}

/**
 * Days, hours and people of everything that the plan places. A committee comes before its hearings: it takes them along when it moves,
 * and then each goes to its own slot.
 */
export function placementsOf(facts: PublishFacts, instance: Instance, plan: Plan): Placement[] {
  const wholesFirst = facts.meetings.toSorted((a, b) => Number(a.partOf !== null) - Number(b.partOf !== null));
  return wholesFirst.flatMap((meeting) => {
    if (meeting.state === 'cancelled') return [];
    const activity = meetingActivityOf(facts.cycle.rules, meeting.activity);
    if (!activity) return [];
    const placed = placedIn(meeting, activity, instance, plan);
    const day = placed?.day ?? meeting.firstDay;
    const seatings = day ? seatingsOf(facts, meeting, placed, instance, plan, day) : [];
    if (!placed)
      return seatings.length > 0 ? [{ meetingId: meeting.id, when: undefined, online: undefined, seatings }] : [];
    return [
      {
        meetingId: meeting.id,
        when: meeting.fixedByStaff ? undefined : placed.when,
        online: meeting.fixedByStaff ? undefined : placed.online,
        seatings,
      },
    ];
  });
}

/**
 * Where a plan has a meeting, a committee or a hearing. A committee has the programme's hours on each of its days; who comes to it follows
 * from posts, and how it is held stays. A hearing begins with its slot and takes as long as the programme says, which may be less.
 */
export function placedIn(
  { key, halfDays, minutes }: Meeting,
  activity: MeetingActivity,
  instance: Instance,
  plan: Pick<Plan, 'meetings' | 'conferences' | 'hearings'>,
): Placed | undefined {
  const dayOf = (index: number) => date(instance.days[index]!.date);
  const at = (start: number) => whenPlanned({ ...activity, halfDays }, dayOf(start >> 1), (start & 1) as 0 | 1);
  const nobody = { online: undefined, seats: {}, attending: {} };
  const visit = plan.meetings[key];
  if (visit) {
    const online = activity.online ? visit.online === true : undefined;
    return { day: dayOf(visit.start >> 1), when: at(visit.start), ...visit, online };
  }
  const committee = plan.conferences[key];
  if (committee) return { day: dayOf(committee.day), when: at(2 * committee.day), ...nobody };
  const heard = plan.hearings[key];
  const conference = instance.conferences.find(({ hearings }) => hearings.some(({ id }) => id === key));
  const slot = heard && conference?.slots[heard.slot];
  if (!slot) return undefined;
  const day = dayOf(heard.day);
  const when = { firstDay: day, lastDay: day, from: slot.at, to: minutesLater(slot.at, minutes ?? slot.minutes) };
  return { day, when, ...nobody, seats: heard.seats };
}

/** Who sits where in one meeting of a plan. @param day on which it begins @param placed undefined: only who is assigned */
export function seatingsOf(
  facts: PublishFacts,
  meeting: Meeting,
  placed: Pick<Placed, 'seats' | 'attending'> | undefined,
  instance: Instance,
  { assignments }: Pick<Plan, 'assignments'>,
  day: CalendarDate,
): Seating[] {
  const activity = meetingActivityOf(facts.cycle.rules, meeting.activity)!;
  return facts.seats
    .filter((seat) => seat.meetingId === meeting.id && !seat.post)
    .flatMap((seat): Seating[] => {
      const rule = activity.seats.find((r) => r.id === seat.rule);
      if (!rule || rule.byHand) return [];
      const kinds = rule.oneOf?.map((choice) => choice.post) ?? (rule.holder ? [rule.holder] : []);
      const sit = (person: string, postKinds: readonly string[]): Seating => {
        const posts = postKinds.flatMap((kind) => postsFor(facts.roster, kind, meeting, seat));
        return { seatKey: seat.key, person, post: postOnDay(facts.roster, posts, person, day)?.id ?? null };
      };
      if (rule.assigned) {
        const person = assignments[`${rule.assigned}/${meeting.centre}`];
        const post = facts.cycle.rules.assignments.find((a) => a.id === rule.assigned)?.post;
        return person ? [sit(person, post ? [post] : [])] : [];
      }
      if (rule.panel) {
        const post = facts.cycle.rules.panels.find((p) => p.id === rule.panel!.id)?.post;
        return (placed?.attending[seat.key] ?? []).map((person) => sit(person, post ? [post] : []));
      }
      const chosen = placed?.seats[seat.key] ?? (placed && onlyCandidate(instance, meeting.key, seat.key));
      return chosen ? [sit(chosen, kinds)] : [];
    });
}

/** A seat of choice with one candidate is written into the instance as that person; the plan then says nothing about it. */
function onlyCandidate(instance: Instance, meetingKey: string, seatKey: string): string | undefined {
  const things = [...instance.meetings, ...instance.conferences.flatMap(({ hearings }) => hearings)];
  const seats: readonly (Seat | HearingSeat)[] = things.find(({ id }) => id === meetingKey)?.seats ?? [];
  const seat = seats.find(({ id }) => id === seatKey);
  return seat && 'person' in seat ? seat.person : undefined;
}
