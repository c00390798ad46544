import type { StartedApp } from '../support/app.ts';
import { newId } from '../../src/kernel/ids.ts';
import { text } from '../../src/kernel/text.ts';
import type { Instance, Plan } from '../../src/planning/instance.ts';
import { PlanEntity } from '../../src/planning/plan.entity.ts';
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
    conferences: {},
    hearings: {},
  };
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
