import { CANNOT, type ProblemMeeting, type ProblemSeat, type Start } from '../problem/problem.ts';
import type { Finding } from '../rules/finding.ts';
import type { Draft } from '../search/draft.ts';

/** A place and time at which one meeting is tried; it is not in the draft. */
interface Trial {
  readonly draft: Draft;
  readonly meeting: ProblemMeeting;
  readonly start: Start;
  readonly online: boolean;
}

/**
 * What stands in the way of a meeting at a start that would be possible by itself, in the plan as it is: people who are elsewhere, full
 * weeks, a conference that would be too soon, a quorum that cannot be had.
 */
export function obstaclesAt(draft: Draft, meeting: ProblemMeeting, start: Start, online: boolean): Finding[] {
  const trial = { draft, meeting, start, online };
  return [...fullLimits(trial), ...tooLate(trial), ...meeting.seats.flatMap((seat) => seatObstacles(trial, seat))];
}

function fullLimits({ draft, meeting, start }: Trial): Finding[] {
  const { problem } = draft;
  return draft.tallies.fullLimits(meeting, start).map((l) => {
    const { source, most } = problem.limits[l]!;
    const others = problem.meetings.filter((other) => {
      const placed = other.limits.includes(l) ? draft.placement(other.index) : null;
      return placed !== null && draft.tallies.together(l, placed.start, start);
    });
    return { rule: 'limit', where: meeting.id, limit: source.id, meetings: others.map(({ id }) => id), wanted: most };
  });
}

function tooLate({ draft, meeting, start }: Trial): Finding[] {
  const h = draft.conferences.tooLateFor(meeting, start);
  if (h < 0) return [];
  const hearing = draft.problem.hearings[h]!;
  const wanted = hearing.after.find((after) => after.meeting === meeting.index)!.days;
  return [{ rule: 'too-soon', where: hearing.id, meetings: [meeting.id], wanted }];
}

function seatObstacles(trial: Trial, seat: ProblemSeat): Finding[] {
  const { draft, meeting, start } = trial;
  const where = `${meeting.id} ${seat.id}`;
  const people = draft.problem.people;
  if (seat.kind === 'person') return elsewhere(trial, seat, seat.person);
  if (seat.kind === 'assigned') {
    const holder = draft.holder[seat.assignment]!;
    if (holder < 0) return [{ rule: 'candidate', where }];
    if (!start.options[seat.index]!.some((o) => o.person === holder))
      return [{ rule: 'available', where, people: [people[holder]!] }];
    return elsewhere(trial, seat, holder);
  }
  if (seat.kind === 'oneOf') {
    // one who can is enough
    const each = start.options[seat.index]!.map(({ person }) => {
      const full = draft.tallies.fullLoad(seat.loads, person);
      const most = full < 0 ? 0 : draft.problem.loads[full]!.most[person]!;
      const overloaded: Finding[] = full < 0 ? [] : [{ rule: 'load', where, people: [people[person]!], wanted: most }];
      return [...overloaded, ...elsewhere(trial, seat, person)];
    });
    return each.some((findings) => !findings.length) ? [] : each.flat();
  }
  return panelObstacles(trial, seat, where);
}

function panelObstacles(trial: Trial, seat: ProblemSeat, where: string): Finding[] {
  const { draft, start } = trial;
  const members = draft.members[seat.panel];
  if (!members) return [{ rule: 'candidate', where }];
  const { candidates } = draft.problem.panels[seat.panel]!;
  const states = start.panel[seat.index]!;
  const span = draft.span(trial.meeting, seat, start, trial.online);
  const away = members.filter((i) => states[i] === CANNOT || !draft.diaries.fits(candidates[i]!.person, span));
  const count = members.length - away.length;
  const wanted = draft.quorum(seat);
  if (count >= wanted) return [];
  return [
    {
      rule: 'panel-quorum',
      where,
      people: away.map((i) => draft.problem.people[candidates[i]!.person]!),
      count,
      wanted,
    },
  ];
}

/** The other meetings and hearings that keep somebody from being there */
function elsewhere({ draft, meeting, start, online }: Trial, seat: ProblemSeat, person: number): Finding[] {
  const { problem } = draft;
  const span = draft.span(meeting, seat, start, online);
  return draft.diaries.obstacles(person, span).map((other) => {
    const where = `${meeting.id} ${seat.id}`;
    const people = [problem.people[person]!];
    const meetings = other.meeting < 0 ? [] : [problem.meetings[other.meeting]!.id];
    if (span.from < other.until && other.from < span.until) return { rule: 'two-places', where, people, meetings };
    const [from, to] = span.from < other.from ? [span, other] : [other, span];
    const days = [span.travel, other.travel].map((travel) => (travel ? travel[from.place]![to.place]! : 0));
    return { rule: 'travel', where, people, meetings, wanted: Math.max(...days) };
  });
}
