import { CANNOT, type ProblemConference, type ProblemHearing, type ProblemSeat } from '../problem/problem.ts';
import { candidatesOf } from '../problem/separate.ts';
import type { Finding } from '../rules/finding.ts';
import type { Span } from '../search/diaries.ts';
import type { Draft } from '../search/draft.ts';

/** One session of a conference: its first day, the day itself and the slot */
export interface Session {
  readonly first: number;
  readonly day: number;
  readonly slot: number;
}

/** What stands in the way of a hearing at one session, in the plan as it is; the hearing itself is not in the draft. */
export function sessionFindings(draft: Draft, hearing: ProblemHearing, { first, day, slot }: Session): Finding[] {
  const { problem } = draft;
  const conference = problem.conferences[hearing.conference]!;
  const findings: Finding[] = [];
  const { ordinal } = problem.calendar;
  for (const { meeting, days } of hearing.after) {
    const last = draft.placement(meeting)?.start.lastDay;
    if (last === undefined || ordinal[first]! - ordinal[last]! >= days) continue;
    const meetings = [problem.meetings[meeting]!.id];
    findings.push({
      rule: 'too-soon',
      where: hearing.id,
      meetings,
      count: ordinal[first]! - ordinal[last]!,
      wanted: days,
    });
  }
  const span = draft.conferences.span(conference, day, slot);
  for (const seat of hearing.seats)
    findings.push(...seatFindings(draft, hearing, seat, 2 * day + conference.slots[slot]!.half, span));
  findings.push(...presenceFindings(draft, hearing, day, slot));
  const { hearings } = draft.conferences.arrangement(conference.index);
  const other = hearings.findIndex((place) => place?.day === day && place.slot === slot);
  if (other >= 0)
    findings.push({ rule: 'slot', where: hearing.id, meetings: [problem.hearings[conference.hearings[other]!]!.id] });
  return findings;
}

/** Nobody for a seat: who cannot at all, and who is elsewhere */
function seatFindings(draft: Draft, hearing: ProblemHearing, seat: ProblemSeat, half: number, span: Span): Finding[] {
  const { problem } = draft;
  const where = `${hearing.id} ${seat.id}`;
  const holder = seat.kind === 'assigned' ? draft.holder[seat.assignment]! : -1;
  if (seat.kind === 'assigned' && holder < 0) return [{ rule: 'candidate', where }];
  const people = (seat.kind === 'assigned' ? [holder] : candidatesOf(problem, seat)).filter(
    (person) => seat.locked < 0 || seat.locked === person,
  );
  const away = people.filter((person) => problem.can[person]![half] === CANNOT);
  const booked = people.filter((person) => !away.includes(person) && !draft.diaries.fits(person, span));
  if (away.length + booked.length < people.length) return [];
  const findings: Finding[] = booked.map((person) => {
    const meetings = draft.diaries.obstacles(person, span).map(({ meeting }) => problem.meetings[meeting]?.id);
    return {
      rule: 'two-places',
      where,
      people: [problem.people[person]!],
      meetings: [...new Set(meetings)].filter((id) => id !== undefined),
    };
  });
  if (away.length || !people.length)
    findings.push({
      rule: 'available',
      where,
      people: away.map((person) => problem.people[person]!),
      days: [half >> 1],
    });
  return findings;
}

/** Members whom the hearing requires, and its quorum, at one session */
export function presenceFindings(draft: Draft, hearing: ProblemHearing, day: number, slot: number): Finding[] {
  const { problem } = draft;
  const conference = problem.conferences[hearing.conference]!;
  const at = (day - conference.presenceFrom) * conference.slots.length + slot;
  const span = draft.conferences.span(conference, day, slot);
  const members = conference.members.flatMap((member, m) => (hearing.recused[m] ? [] : [{ ...member, m }]));
  const isThere = ({ m, person }: { m: number; person: number }) =>
    conference.presence[m]![at] !== CANNOT && draft.diaries.fits(person, span);
  const absent = members.filter((member) => !isThere(member));
  const names = (list: readonly { person: number }[]) => list.map(({ person }) => problem.people[person]!);
  const lacking = absent.filter(({ required }) => required);
  const findings: Finding[] = [];
  const days = [day];
  if (lacking.length) findings.push({ rule: 'required', where: hearing.id, people: names(lacking), days });
  const count = members.length - absent.length;
  if (count < conference.quorum)
    findings.push({ rule: 'quorum', where: hearing.id, people: names(absent), count, wanted: conference.quorum, days });
  return findings;
}

/** Hearings that are placed and have lost their quorum or somebody whom they require */
export function lostHearings(draft: Draft): Finding[] {
  return draft.problem.conferences.flatMap((conference) =>
    draft.conferences
      .arrangement(conference.index)
      .hearings.flatMap((place, i) =>
        place ? presenceFindings(draft, draft.problem.hearings[conference.hearings[i]!]!, place.day, place.slot) : [],
      ),
  );
}

/** Every session that a conference might have: of its day where it has one, else of all its possible days */
export function sessionsOf(draft: Draft, conference: ProblemConference): Session[] {
  const { day: now } = draft.conferences.arrangement(conference.index);
  const days = conference.firstDays.map(({ day }) => day).filter((day) => now < 0 || day === now);
  return days.flatMap((first) =>
    Array.from({ length: conference.dayCount }, (_, k) => first + k).flatMap((day) =>
      conference.slots.map((_, slot) => ({ first, day, slot })),
    ),
  );
}
