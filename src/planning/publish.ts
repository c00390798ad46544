import { date, type CalendarDate } from '../kernel/calendar-date.ts';
import { Refusal } from '../kernel/refusal.ts';
import type { Text } from '../kernel/text.ts';
import type { Seating } from '../meetings/attendees.service.ts';
import { whenPlanned, type When } from '../meetings/meeting-time.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { postOnDay, postsFor } from '../meetings/seat-posts.ts';
import { meetingActivityOf } from '../programme/programme.ts';
import type { Instance, Plan, PlacedMeeting } from './instance.ts';
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
  run: Pick<PlanEntity, 'state' | 'plan' | 'basis'>,
  meetings: readonly Meeting[],
  join: (titles: readonly Text[]) => Text,
): Refusal | undefined {
  if (run.state === 'published') return Refusal.of(planningRefusals, 'planning.published-already');
  if (run.state !== 'ready' || !run.plan) return Refusal.of(planningRefusals, 'planning.not-ready');
  const changed = meetings.filter((meeting) => run.basis[meeting.key] !== meeting.revision);
  if (changed.length > 0)
    return Refusal.of(planningRefusals, 'planning.changed-meanwhile', { meetings: join(changed.map((m) => m.title)) });
  return undefined;
}

/** Days, hours and people of every meeting that the plan places, and the officer for the hearings that name one */
export function placementsOf(facts: PublishFacts, instance: Instance, plan: Plan): Placement[] {
  return facts.meetings.flatMap((meeting) => {
    if (meeting.state === 'cancelled') return [];
    const placed = plan.meetings[meeting.key];
    const activity = meetingActivityOf(facts.cycle.rules, meeting.activity);
    if (!activity) return [];
    const day = placed ? date(instance.days[placed.start >> 1]!.date) : meeting.firstDay;
    const seatings = day ? seatingsOf(facts, meeting, placed ?? undefined, instance, plan, day) : [];
    if (!placed)
      return seatings.length > 0 ? [{ meetingId: meeting.id, when: undefined, online: undefined, seatings }] : [];
    const when = meeting.fixedByStaff
      ? undefined
      : whenPlanned({ ...activity, halfDays: meeting.halfDays }, day!, (placed.start & 1) as 0 | 1);
    return [
      {
        meetingId: meeting.id,
        when,
        online: meeting.fixedByStaff || !activity.online ? undefined : placed.online === true,
        seatings,
      },
    ];
  });
}

function seatingsOf(
  facts: PublishFacts,
  meeting: Meeting,
  placed: PlacedMeeting | undefined,
  instance: Instance,
  plan: Plan,
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
        const person = plan.assignments[`${rule.assigned}/${meeting.centre}`];
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
  const seat = instance.meetings.find((m) => m.id === meetingKey)?.seats.find((s) => s.id === seatKey);
  return seat && 'person' in seat ? seat.person : undefined;
}
