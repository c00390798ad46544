import type { Plan } from '../instance.ts';
import type { Problem } from '../problem/problem.ts';
import { judge } from '../rules/judge.ts';
import type { Found } from '../search/anneal.ts';

/**
 * Of plans that cost the same, one nearer to what was announced: whatever differs for no gain is put back (somebody who joined a panel,
 * who comes to a meeting, who sits in a seat that may change for nothing).
 */
export function nearest(problem: Problem, was: Plan, found: Found): Found {
  let best = found;
  const attempt = (change: (plan: Plan) => boolean | void) => {
    const plan = structuredClone(best.plan);
    if (change(plan) === false) return;
    const judged = judge(problem, plan);
    if (judged.valid && judged.cost <= best.cost) best = { plan, cost: judged.cost };
  };
  for (const panel of problem.instance.panels) {
    const announced = was.panels[panel.id];
    if (!announced || same(announced, best.plan.panels[panel.id])) continue;
    attempt((plan) => setPanel(problem, plan, panel.id, announced, was));
    for (const person of best.plan.panels[panel.id]?.filter((id) => !announced.includes(id)) ?? [])
      attempt((plan) => {
        const others = plan.panels[panel.id]!.filter((id) => id !== person);
        setPanel(problem, plan, panel.id, others, was);
      });
  }
  for (const { id } of problem.instance.meetings) {
    const [a, b] = [was.meetings[id], best.plan.meetings[id]];
    if (!a || !b || meaningOf(a) === meaningOf(b)) continue;
    attempt((plan) => void (plan.meetings[id] = within(plan, problem, id, a)));
    for (const seat of Object.keys(b.seats))
      if (a.seats[seat] !== undefined && a.seats[seat] !== b.seats[seat])
        attempt((plan) => void (plan.meetings[id]!.seats[seat] = a.seats[seat]!));
    if (a.start === b.start)
      attempt((plan) => void (plan.meetings[id]!.attending = within(plan, problem, id, a).attending));
  }
  for (const id of Object.keys(best.plan.hearings)) {
    const [a, b] = [was.hearings[id], best.plan.hearings[id]];
    if (!a || !b) continue;
    for (const seat of Object.keys(b.seats))
      if (a.seats[seat] !== undefined && a.seats[seat] !== b.seats[seat])
        attempt((plan) => void (plan.hearings[id]!.seats[seat] = a.seats[seat]!));
  }
  return best;
}

type Placed = NonNullable<Plan['meetings'][string]>;

/** An announced placement, with only those of its panels who are still on them */
function within(plan: Plan, problem: Problem, id: string, { attending, ...rest }: Placed): Placed {
  const meeting = problem.instance.meetings.find((one) => one.id === id)!;
  const here = meeting.seats.flatMap((seat) => {
    if (!('panel' in seat)) return [];
    const members = plan.panels[seat.panel] ?? [];
    return [[seat.id, members.filter((person) => attending?.[seat.id]?.includes(person))] as const];
  });
  return { ...structuredClone(rest), attending: Object.fromEntries(here) };
}

/** A panel of these people; those who leave it do not come to its meetings, those who come back come if they were to. */
function setPanel(problem: Problem, plan: Plan, id: string, people: readonly string[], was: Plan): void {
  plan.panels[id] = [...people];
  for (const meeting of problem.instance.meetings)
    for (const seat of meeting.seats) {
      const at = plan.meetings[meeting.id];
      if (!('panel' in seat) || seat.panel !== id || !at) continue;
      const before = at.attending[seat.id] ?? [];
      const announced = was.meetings[meeting.id]?.attending[seat.id] ?? [];
      at.attending[seat.id] = people.filter((person) => before.includes(person) || announced.includes(person));
    }
}

const same = (a: readonly string[], b: readonly string[] | null | undefined): boolean =>
  b != null && a.length === b.length && a.every((person) => b.includes(person));

/** The same for placements that mean the same */
function meaningOf({ start, seats, attending, online }: Placed): string {
  const lines = [
    ...Object.entries(seats).map(([seat, person]) => `${seat}: ${person}`),
    ...Object.entries(attending).map(([seat, people]) => `${seat}: ${[...people].sort().join(' ')}`),
  ];
  return [start, Boolean(online), ...lines.sort()].join('; ');
}
