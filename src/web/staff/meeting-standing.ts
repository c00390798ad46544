import { fill, joinTexts, text, type Text } from '../../kernel/text.ts';
import type { ToldOf } from '../../invitations/invitations.queries.ts';
import type { Attendee, Meeting, Seat } from '../../meetings/meeting.ts';
import { centreAnswers, type CentreAnswers } from '../../milestones/answered.ts';
import type { MeetingActivity, SeatRule } from '../../programme/programme.ts';
import type { BoardState } from './state-shapes.ts';

/** A rule of the programme that a meeting does not keep as things stand */
export interface Broken {
  readonly rule: 'vacant' | 'absent' | 'panel' | 'quorum';
  readonly words: Text;
  /** The seat whose filling would settle it; none for a quorum */
  readonly seatId: string | null;
}

/** How a meeting stands: from its day, from who was told of it, and from what they said */
export interface Standing {
  readonly state: BoardState;
  readonly broken: readonly Broken[];
  /** Those who are asked */
  readonly asked: number;
  /** Those of them who know when and where it is now */
  readonly told: number;
  readonly answered: number;
  readonly unanswered: readonly Attendee[];
  /** Those of `unanswered` whose answer was due before now */
  readonly overdue: readonly Attendee[];
  readonly undecided: readonly Attendee[];
  /** Of the centre's side, whether or not they were told of it */
  readonly centre: CentreAnswers;
  /** By when each of `unanswered` was asked to answer, by id of the attendee; ISO 8601 */
  readonly dueBy: ReadonlyMap<string, string>;
  /** The earliest of them */
  readonly answerBy: string | null;
}

export interface StandingOf {
  readonly meeting: Meeting;
  readonly activity: MeetingActivity | undefined;
  readonly seats: readonly Seat[];
  readonly attendees: readonly Attendee[];
  /** What these people were told of this meeting, by person; the newest where there are several */
  readonly told: ReadonlyMap<string, ToldOf>;
  readonly nameOf: (personId: string) => Text;
  readonly now: Date;
}

const isThere = ({ attendance }: Attendee): boolean => attendance !== 'absent';

/**
 * Undated, cancelled: as the meeting is. Then the worst that is true: a rule is broken; nobody who is needed knows of the present time, or
 * somebody knows of another (planned); they know (announced); all of them know and have answered (answered). Where nobody is needed, all count.
 */
export function standingOf(it: StandingOf): Standing {
  const { meeting, attendees, told, now } = it;
  const scheduled = meeting.state === 'scheduled';
  const over = meeting.endsAt !== null && meeting.endsAt <= now;
  const startsAt = meeting.startsAt?.toISOString();
  const knows = ({ personId }: Attendee) => {
    const of = told.get(personId);
    return of !== undefined && !of.cancelled && of.startsAt === startsAt;
  };
  const outdated = attendees.some((one) => told.has(one.personId) && !knows(one));
  const awaited = scheduled && !over ? attendees.filter(knows) : [];
  const unanswered = awaited.filter(({ attendance }) => attendance === 'unanswered');
  const dueOf = ({ personId }: Attendee) => told.get(personId)?.answerBy ?? null;
  const overdue = unanswered.filter((attendee) => {
    const due = dueOf(attendee);
    return due !== null && new Date(due) <= now;
  });
  const broken = scheduled && !over ? brokenRules(it) : [];
  const dueBy = new Map(
    unanswered.flatMap((attendee) => {
      const due = dueOf(attendee);
      return due === null ? [] : [[attendee.id, due] as const];
    }),
  );
  return {
    state: stateOf(meeting, broken, attendees, knows, outdated),
    broken,
    asked: attendees.length,
    told: attendees.filter(knows).length,
    answered: attendees.filter(({ attendance }) => attendance !== 'unanswered').length,
    unanswered,
    overdue,
    undecided: awaited.filter(({ attendance }) => attendance === 'undecided'),
    centre: centreAnswers(attendees),
    dueBy,
    answerBy: [...dueBy.values()].sort()[0] ?? null,
  };
}

function stateOf(
  { state }: Meeting,
  broken: readonly Broken[],
  attendees: readonly Attendee[],
  knows: (attendee: Attendee) => boolean,
  outdated: boolean,
): BoardState {
  if (state !== 'scheduled') return state;
  if (broken.length > 0) return 'problem';
  const required = attendees.filter((attendee) => attendee.required);
  const needed = required.length > 0 ? required : attendees;
  if (!needed.some(knows) || outdated) return 'planned';
  const settled = ({ attendance }: Attendee) => attendance !== 'unanswered' && attendance !== 'undecided';
  return needed.every((one) => knows(one) && settled(one)) ? 'answered' : 'announced';
}

function brokenRules(it: StandingOf): Broken[] {
  const { seats, attendees, activity } = it;
  const rules = new Map(activity?.seats.map((rule) => [rule.id, rule]));
  const counted = new Set(activity?.quorum ? [activity.quorum.seat, ...activity.quorum.also] : []);
  const sitting = Map.groupBy(attendees, (attendee) => attendee.seatId ?? '');
  const ofSeats = seats
    .filter((seat) => seat.required && !counted.has(seat.rule))
    .flatMap((seat) => brokenSeat(seat, rules.get(seat.rule), sitting.get(seat.id) ?? [], it.nameOf) ?? []);
  const quorum = activity?.quorum && brokenQuorum(activity.quorum.percent, counted, seats, attendees);
  return quorum ? [...ofSeats, quorum] : ofSeats;
}

function brokenSeat(
  seat: Seat,
  rule: SeatRule | undefined,
  people: readonly Attendee[],
  nameOf: (personId: string) => Text,
): Broken | undefined {
  const broken = (kind: Broken['rule'], pattern: Text, values: Readonly<Record<string, Text | number>> = {}) => ({
    rule: kind,
    words: fill(pattern, { seat: seat.name, ...values }),
    seatId: seat.id,
  });
  if (people.length === 0) return broken('vacant', text('「{seat}」が空席です', '“{seat}” is vacant'));
  if (rule?.panel) {
    const need = Math.max(rule.panel.atLeast, Math.ceil((people.length * rule.panel.percent) / 100));
    const there = people.filter((one) => isThere(one) && one.attendance !== 'proxy').length;
    if (there >= need) return undefined;
    return broken(
      'panel',
      text('「{seat}」は{need}名以上必要ですが、{there}名です', '“{seat}”: {need} are needed, {there} can come'),
      { need, there },
    );
  }
  const comes = (one: Attendee) => isThere(one) && !(one.attendance === 'proxy' && rule?.standIn === 'no');
  if (people.some(comes)) return undefined;
  const names = joinTexts(people.map((one) => nameOf(one.personId)));
  return broken('absent', text('「{seat}」の{names}さんが欠席です', '“{seat}”: {names} cannot come'), { names });
}

/** Of all who have such a seat, whether or not somebody holds the post just now */
function brokenQuorum(
  percent: number,
  counted: ReadonlySet<string>,
  seats: readonly Seat[],
  attendees: readonly Attendee[],
): Broken | undefined {
  const ids = new Set(seats.filter((seat) => counted.has(seat.rule)).map((seat) => seat.id));
  if (ids.size === 0) return undefined;
  const need = Math.ceil((ids.size * percent) / 100);
  const there = attendees.filter((one) => ids.has(one.seatId ?? '') && isThere(one) && one.attendance !== 'proxy');
  if (there.length >= need) return undefined;
  return {
    rule: 'quorum',
    words: fill(
      text('定足数{need}名に対し、出席できる委員は{there}名です', 'The quorum is {need}; {there} members can come'),
      { need, there: there.length },
    ),
    seatId: null,
  };
}

/** By meeting, then by person, the newest that they were told */
export function toldByMeeting(told: readonly ToldOf[]): Map<string, Map<string, ToldOf>> {
  const byMeeting = new Map<string, Map<string, ToldOf>>();
  for (const one of told) {
    const people = byMeeting.get(one.meetingId) ?? new Map<string, ToldOf>();
    const known = people.get(one.personId);
    if (!known || known.sentAt < one.sentAt) people.set(one.personId, one);
    byMeeting.set(one.meetingId, people);
  }
  return byMeeting;
}
