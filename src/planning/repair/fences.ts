import type { Plan } from '../instance.ts';
import type { Problem, ProblemMeeting, ProblemSeat, Start } from '../problem/problem.ts';
import type { Difference } from './differences.ts';

/**
 * What a repair of another kind may not do: differ in one thing; move any announced meeting; replace anybody; hold a meeting otherwise
 * than online; hold it in person on some days, or online at all.
 */
export type Fence =
  | { readonly keep: Difference }
  | { readonly keepAll: 'days' | 'people' }
  | { readonly online: string }
  | { readonly inPerson: string; readonly notOn: readonly number[] };

/** The same problem with fewer ways out. What is fenced costs what it cost before: a plan of it is judged by the whole problem. */
export function fenced(problem: Problem, was: Plan, fences: readonly Fence[]): Problem {
  const asAnnounced = new Announced(problem, was, fences);
  if (!fences.length) return problem;
  return {
    ...problem,
    meetings: problem.meetings.map((meeting) => asAnnounced.meeting(meeting)),
    assignments: problem.assignments.map((assignment) => {
      const holder = asAnnounced.holders.get(assignment.index);
      return holder === undefined ? assignment : { ...assignment, locked: holder };
    }),
    panels: problem.panels.map((panel) => {
      const kept = asAnnounced.keeps(panel.id, 'members') ? was.panels[panel.id] : undefined;
      if (!kept || panel.locked) return panel;
      return { ...panel, locked: kept.map((id) => panel.candidateOf.get(asAnnounced.person(id)) ?? -1) };
    }),
    conferences: problem.conferences.map((conference) => {
      const day = was.conferences[conference.id]?.day;
      if (day === undefined || !asAnnounced.keeps(conference.id, 'day')) return conference;
      return { ...conference, firstDays: conference.firstDays.filter((first) => first.day === day) };
    }),
    hearings: problem.hearings.map((hearing) => {
      const at = was.hearings[hearing.id];
      if (!at) return hearing;
      const isKept = asAnnounced.keeps(hearing.id, 'slot') && !hearing.locked;
      const seats = hearing.seats.map((seat) => {
        const person = asAnnounced.keeps(hearing.id, 'person', seat.id) ? asAnnounced.person(at.seats[seat.id]) : -1;
        return seat.kind === 'oneOf' && seat.locked < 0 && person >= 0 ? { ...seat, locked: person } : seat;
      });
      return { ...hearing, seats, ...(isKept ? { locked: { day: at.day, slot: at.slot } } : {}) };
    }),
  };
}

/** What the fences say of each thing */
class Announced {
  /** assignment → person */
  readonly holders = new Map<number, number>();
  private readonly problem: Problem;
  private readonly was: Plan;
  private readonly fences: readonly Fence[];
  private readonly allDays: boolean;
  private readonly allPeople: boolean;
  private readonly kept = new Set<string>();

  constructor(problem: Problem, was: Plan, fences: readonly Fence[]) {
    this.problem = problem;
    this.was = was;
    this.fences = fences;
    this.allDays = fences.some((fence) => 'keepAll' in fence && fence.keepAll === 'days');
    this.allPeople = fences.some((fence) => 'keepAll' in fence && fence.keepAll === 'people');
    for (const fence of fences)
      if ('keep' in fence) this.kept.add(`${fence.keep.of} ${fence.keep.seat ?? ''} ${fence.keep.what}`);
    for (const { index, id, candidates } of problem.assignments) {
      const holder = this.person(was.assignments[id]);
      if (this.keeps(id, 'person') && candidates.some((c) => c.person === holder)) this.holders.set(index, holder);
    }
  }

  person(id: string | null | undefined): number {
    return id == null ? -1 : (this.problem.personIndex.get(id) ?? -1);
  }

  keeps(of: string, what: Difference['what'], seat = ''): boolean {
    if (what === 'person' && this.allPeople) return true;
    return this.kept.has(`${of} ${seat} ${what}`);
  }

  meeting(meeting: ProblemMeeting): ProblemMeeting {
    const at = this.was.meetings[meeting.id];
    const [inPerson, online] = this.modes(meeting);
    const seated = new Map<ProblemSeat, number>();
    for (const seat of meeting.seats) {
      const holder = seat.kind === 'assigned' ? this.holders.get(seat.assignment) : undefined;
      const mine = seat.kind === 'oneOf' && at && this.keeps(meeting.id, 'person', seat.id);
      if (holder !== undefined) seated.set(seat, holder);
      if (mine) seated.set(seat, this.person(at.seats[seat.id]));
    }
    const starts = meeting.starts
      .filter((start) => this.allows(meeting, start))
      .flatMap((start) => withPeople(start, seated))
      .map((start, index) => ({ ...start, index }));
    const modeCost = [inPerson ? meeting.modeCost[0] : -1, online ? meeting.modeCost[1] : -1] as const;
    return { ...meeting, modeCost, starts, startOfHalf: new Map(starts.map((start) => [start.half, start])) };
  }

  private modes({ id }: ProblemMeeting): [inPerson: boolean, online: boolean] {
    const at = this.was.meetings[id];
    const asBefore = at && this.keeps(id, 'mode') ? Boolean(at.online) : undefined;
    const onlyOnline = this.fences.some((fence) => 'online' in fence && fence.online === id);
    const onlyInPerson = this.fences.some((fence) => 'inPerson' in fence && fence.inPerson === id);
    return [!onlyOnline && asBefore !== true, !onlyInPerson && asBefore !== false];
  }

  private allows({ id }: ProblemMeeting, { half, firstDay, lastDay }: Start): boolean {
    for (const fence of this.fences)
      if ('inPerson' in fence && fence.inPerson === id && fence.notOn.some((day) => day >= firstDay && day <= lastDay))
        return false;
    const at = this.was.meetings[id];
    if (!at) return true;
    if (this.allDays) return half === at.start;
    if (this.keeps(id, 'day') && half >> 1 !== at.start >> 1) return false;
    return !this.keeps(id, 'half-day') || half === at.start || half >> 1 !== at.start >> 1;
  }
}

function withPeople(start: Start, seated: ReadonlyMap<ProblemSeat, number>): Start[] {
  if (!seated.size) return [start];
  const kept = new Map([...seated].map(([seat, person]) => [seat.index, person]));
  const options = start.options.map((list, s) =>
    kept.has(s) ? list.filter((option) => option.person === kept.get(s)) : list,
  );
  return [...kept.keys()].every((s) => options[s]!.length > 0) ? [{ ...start, options }] : [];
}
