import type { Assignment, Instance, Lock, Panel, Plan } from './instance.ts';

/*
 * The year as it stands, as a plan: what has a day is where it is, whoever staff or an earlier plan put there. What nobody decided yet is
 * filled in with whoever costs least, so that the price of a day can be asked for although no plan was ever computed.
 */

/** @param instance of the year, with what stands as its reference */
export function standingPlan(instance: Instance): Plan {
  const { reference } = instance;
  return {
    format: 'meguri-plan/1',
    instance: instance.name,
    meetings: ofAll(instance.meetings, ({ id }) => reference?.meetings[id] ?? null),
    assignments: ofAll(instance.assignments, (one) => reference?.assignments[one.id] ?? cheapest(one)),
    panels: ofAll(instance.panels, (panel) => members(panel, reference?.panels[panel.id] ?? [])),
    conferences: ofAll(instance.conferences, ({ id }) => reference?.conferences[id] ?? null),
    hearings: ofAll(
      instance.conferences.flatMap(({ hearings }) => hearings),
      ({ id }) => reference?.hearings[id] ?? null,
    ),
  };
}

const ofAll = <T extends { id: string }, V>(list: readonly T[], value: (one: T) => V): Record<string, V> =>
  Object.fromEntries(list.map((one) => [one.id, value(one)]));

const priceOf = ({ costs }: { readonly costs: Readonly<Record<string, number>> }): number =>
  Object.values(costs).reduce((sum, cost) => sum + cost, 0);

function cheapest({ candidates }: Assignment): string | null {
  return [...candidates].sort((a, b) => priceOf(a) - priceOf(b))[0]?.person ?? null;
}

/** Those who are there; where they are too few or know too little, the cheapest who help most, last year's first */
function members(panel: Panel, there: readonly string[]): string[] {
  const chosen = panel.candidates.filter(({ person }) => there.includes(person)).slice(0, panel.max);
  for (;;) {
    const missing = panel.needs.filter((need) => !chosen.some(({ covers }) => covers.includes(need)));
    const wanted = missing.length > 0 || chosen.length < panel.min;
    if (!wanted || chosen.length >= panel.max) return chosen.map(({ person }) => person);
    const helps = (one: Panel['candidates'][number]) => missing.filter((need) => one.covers.includes(need)).length;
    const price = (one: Panel['candidates'][number]) =>
      priceOf(one) - (panel.previous.includes(one.person) ? panel.dropped : 0);
    const [next] = panel.candidates
      .filter((one) => !chosen.includes(one))
      .sort((a, b) => helps(b) - helps(a) || price(a) - price(b));
    if (!next) return chosen.map(({ person }) => person);
    chosen.push(next);
  }
}

/** Without the days that were fixed when a plan was computed: what another day would cost is asked of those too. */
export const withoutFixedDays = (instance: Instance): Instance => ({
  ...instance,
  locks: instance.locks.flatMap((lock): Lock[] => {
    if ('conference' in lock || 'hearing' in lock) return [];
    if (!('meeting' in lock)) return [lock];
    const { start: _, ...seats } = lock;
    return seats.seats ? [seats] : [];
  }),
});

/** Where another day is asked of a conference, its hearings go with it, those too that staff fixed. */
export function withoutFixedHearings(instance: Instance, conference: string | undefined): Instance {
  const hearings = instance.conferences.find(({ id }) => id === conference)?.hearings ?? [];
  const isItsOwn = (lock: Lock) => 'hearing' in lock && hearings.some(({ id }) => id === lock.hearing);
  return hearings.length === 0 ? instance : { ...instance, locks: instance.locks.filter((lock) => !isItsOwn(lock)) };
}
