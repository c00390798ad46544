import type { StartedApp } from '../support/app.ts';
import type { Actor } from '../../src/audit/actor.ts';
import { newId } from '../../src/kernel/ids.ts';
import { text } from '../../src/kernel/text.ts';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { PlanEntity } from '../../src/planning/plan.entity.ts';
import { Planning } from '../../src/planning/planning.service.ts';
import { YearFactsReader } from '../../src/planning/year-facts.service.ts';
import { yearInstance } from '../../src/planning/year-instance.ts';

/**
 * A plan that nobody computed: each meeting some days after the one before it, in every seat its first candidate. It keeps no rule but
 * that it can be published; what one looks at is how it is shown.
 */
export function madePlan(instance: Instance, undecided: readonly string[] = [], shift = 0): Plan {
  const panels = Object.fromEntries(
    instance.panels.map((panel, index) => [
      panel.id,
      panel.candidates.slice(4 * index, 4 * index + 6).map((c) => c.person),
    ]),
  );
  const taken = new Set<number>();
  const meetings: Plan['meetings'] = {};
  for (const meeting of instance.meetings) {
    if (undecided.includes(meeting.id)) {
      meetings[meeting.id] = null;
      continue;
    }
    let day = meeting.from + shift;
    // three free days between any two, so that nobody is in two places
    while ([...taken].some((other) => Math.abs(other - day) < 4) || meeting.closed.includes(day)) day++;
    taken.add(day);
    const seats: Record<string, string> = {};
    const attending: Record<string, string[]> = {};
    for (const seat of meeting.seats) {
      if ('oneOf' in seat) seats[seat.id] = seat.oneOf[0]!.person;
      if ('panel' in seat) attending[seat.id] = panels[seat.panel]!.slice(0, 5);
    }
    meetings[meeting.id] = { start: 2 * day, seats, attending };
  }
  return {
    format: 'meguri-plan/1',
    instance: instance.name,
    meetings,
    assignments: Object.fromEntries(
      instance.assignments.map((a, index) => [a.id, a.candidates[index % a.candidates.length]!.person]),
    ),
    panels,
    ...committees(instance, shift),
  };
}

/** Each committee on the first days in a row, some days after its window begins, its hearings one after the other */
function committees(instance: Instance, shift: number): Pick<Plan, 'conferences' | 'hearings'> {
  const conferences: Plan['conferences'] = {};
  const hearings: Plan['hearings'] = {};
  const dayAt = (index: number) => Date.parse(instance.days[index]!.date) / 86_400_000;
  for (const conference of instance.conferences) {
    let day = conference.from + shift;
    while (dayAt(day + conference.dayCount - 1) - dayAt(day) !== conference.dayCount - 1) day++;
    conferences[conference.id] = { day };
    for (const [n, hearing] of conference.hearings.entries()) {
      const [later, slot] = [Math.floor(n / conference.slots.length), n % conference.slots.length];
      const chosen = hearing.seats.flatMap((seat) => ('oneOf' in seat ? [[seat.id, seat.oneOf[0]!.person]] : []));
      hearings[hearing.id] = { day: day + later, slot, seats: Object.fromEntries(chosen) as Record<string, string> };
    }
  }
  return { conferences, hearings };
}

/** A run that is ready with such a plan. @returns its id */
export async function madeRun(
  house: StartedApp,
  cycleId: string,
  values: Partial<Omit<PlanEntity, 'instance' | 'plan'>> & {
    readonly undecided?: readonly string[];
    /** Days by which everything is later */
    readonly shift?: number;
    /** It failed before there was one */
    readonly plan?: null;
  } = {},
): Promise<string> {
  const facts = await house.get(YearFactsReader).ofCycle(cycleId);
  const { instance, notes, unanswered } = yearInstance(facts);
  const { undecided = [], shift = 0, plan = madePlan(instance, undecided, shift), ...columns } = values;
  const id = newId();
  await house.dataSource.getRepository(PlanEntity).insert({
    id,
    cycleId,
    state: 'ready',
    seed: 1,
    timeLimit: 60,
    instance: instance as never,
    plan: plan as never,
    unplaced: undecided.map((of) => ({
      of,
      reasons: [text('Taro KAKUは9月まで×です', 'Taro KAKU cannot until September')],
    })),
    notes: [...notes],
    unanswered: [...unanswered],
    basis: Object.fromEntries(facts.meetings.map((meeting) => [meeting.key, meeting.revision])),
    cost: 200,
    bound: 190,
    seconds: 12,
    requestedBy: '見本 一子',
    requestedAt: new Date('2026-11-21T00:00:00Z'),
    ...columns,
  });
  return id;
}

/** A real plan of the sample's year. @returns the id of its run */
export async function computedRun(house: StartedApp, cycleId: string, actor: Actor): Promise<string> {
  const id = await house.get(Planning).request(cycleId, { timeLimit: 8, seed: 1 }, actor);
  for (let tries = 0; tries < 400; tries++) {
    const { state } = await house.dataSource.getRepository(PlanEntity).findOneByOrFail({ id });
    if (state === 'ready') return id;
    if (state === 'failed') throw new Error('the sample could not be planned');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the plan did not come');
}
