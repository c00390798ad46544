import { stepCost, type Problem, type ProblemMeeting, type Start } from '../problem/problem.ts';

/** How often everybody is used and how many meetings there are in each week or day, with what that costs and forbids. */
export class Tallies {
  private readonly problem: Problem;
  /** by load, by person */
  private readonly uses: Int16Array[];
  /** by limit, by week (counted from the first) or day */
  private readonly counts: Int16Array[];
  private readonly firstWeek: number;
  /** by limit: meetings that it counts */
  private readonly limited: readonly ProblemMeeting[][];

  constructor(problem: Problem) {
    this.problem = problem;
    this.uses = problem.loads.map(() => new Int16Array(problem.people.length));
    const weeks = problem.calendar.week;
    this.firstWeek = weeks[0] ?? 0;
    const weekCount = (weeks.at(-1) ?? 0) - this.firstWeek + 1;
    this.counts = problem.limits.map((l) => new Int16Array(l.perWeek ? weekCount : problem.calendar.dayCount));
    this.limited = problem.limits.map(() => []);
    for (const meeting of problem.meetings) for (const l of meeting.limits) this.limited[l]!.push(meeting);
  }

  /** How often a load uses somebody */
  used(load: number, person: number): number {
    return this.uses[load]![person]!;
  }

  /** How many meetings a limit counts in a week (as numbered by the calendar) or on a day */
  counted(limit: number, time: number): number {
    return this.counts[limit]![this.problem.limits[limit]!.perWeek ? time - this.firstWeek : time]!;
  }

  /** The load that does not allow the person one more use, −1: none */
  fullLoad(loads: readonly number[], person: number): number {
    for (const l of loads) if (this.uses[l]![person]! >= this.problem.loads[l]!.most[person]!) return l;
    return -1;
  }

  /** What one more use of the person costs */
  loadDifference(loads: readonly number[], person: number): number {
    let cost = 0;
    for (const l of loads) {
      const n = this.uses[l]![person]!;
      const steps = this.problem.loads[l]!.cost;
      cost += stepCost(steps, n + 1) - stepCost(steps, n);
    }
    return cost;
  }

  /** @returns the difference of cost */
  count(loads: readonly number[], person: number, by: 1 | -1): number {
    let difference = 0;
    for (const l of loads) {
      const uses = this.uses[l]!;
      const steps = this.problem.loads[l]!.cost;
      const n = uses[person]!;
      difference += stepCost(steps, n + by) - stepCost(steps, n);
      uses[person] = n + by;
    }
    return difference;
  }

  /** The limit that leaves no room for the meeting there, −1: none */
  fullLimit(meeting: ProblemMeeting, start: Start): number {
    for (const l of meeting.limits) {
      const limit = this.problem.limits[l]!;
      const counts = this.counts[l]!;
      if (limit.perWeek) {
        if (counts[this.weekOf(start)]! >= limit.most) return l;
      } else for (let day = start.firstDay; day <= start.lastDay; day++) if (counts[day]! >= limit.most) return l;
    }
    return -1;
  }

  /** What the limits' costs are more with the meeting there */
  crowding(meeting: ProblemMeeting, start: Start): number {
    let cost = 0;
    for (const l of meeting.limits) {
      const limit = this.problem.limits[l]!;
      if (!limit.cost.length) continue;
      const counts = this.counts[l]!;
      const more = (n: number) => stepCost(limit.cost, n + 1) - stepCost(limit.cost, n);
      if (limit.perWeek) cost += more(counts[this.weekOf(start)]!);
      else for (let day = start.firstDay; day <= start.lastDay; day++) cost += more(counts[day]!);
    }
    return cost;
  }

  /** The limits that leave no room for the meeting there */
  fullLimits(meeting: ProblemMeeting, start: Start): number[] {
    return meeting.limits.filter((l) => this.fullLimit({ ...meeting, limits: [l] }, start) >= 0);
  }

  /** The meetings that a limit counts */
  limitedBy(limit: number): readonly ProblemMeeting[] {
    return this.limited[limit]!;
  }

  /** A limit counts meetings at these two starts in the same week or on a day in common. */
  together(limit: number, a: Start, b: Start): boolean {
    return this.problem.limits[limit]!.perWeek
      ? this.weekOf(a) === this.weekOf(b)
      : a.firstDay <= b.lastDay && b.firstDay <= a.lastDay;
  }

  countMeeting(meeting: ProblemMeeting, start: Start, by: 1 | -1): void {
    for (const l of meeting.limits) {
      const counts = this.counts[l]!;
      if (this.problem.limits[l]!.perWeek) counts[this.weekOf(start)]! += by;
      else for (let day = start.firstDay; day <= start.lastDay; day++) counts[day]! += by;
    }
  }

  private weekOf(start: Start): number {
    return this.problem.calendar.week[start.firstDay]! - this.firstWeek;
  }
}
