import { mondayOf, ordinal, type CalendarDate } from '../../kernel/calendar-date.ts';
import type { Choice, Instance } from '../instance.ts';
import { compileConferences } from './compile-conferences.ts';
import { compileMeetings } from './compile-meetings.ts';
import { readLocks } from './fixed.ts';
import { sumOf, type Lookup } from './lookup.ts';
import {
  CAN,
  CANNOT,
  IF_NEED_BE,
  type Calendar,
  type Option,
  type Problem,
  type ProblemAssignment,
  type ProblemLimit,
  type ProblemLoad,
  type ProblemPanel,
} from './problem.ts';

const letters = { o: CAN, t: IF_NEED_BE, x: CANNOT };
const stateOfCode = new Uint8Array(128);
for (const [letter, state] of Object.entries(letters)) stateOfCode[letter.charCodeAt(0)] = state;

/** Letter by letter, since there are millions of them in a large year */
function statesOf(availability: string): Uint8Array {
  const states = new Uint8Array(availability.length);
  for (let half = 0; half < states.length; half++) states[half] = stateOfCode[availability.charCodeAt(half)]!;
  return states;
}

const indexById = (list: readonly { id: string }[]) => new Map(list.map((item, index) => [item.id, index]));

/** Of an instance that was found free of faults (instance-faults.ts) */
export function lookupOf(instance: Instance): Lookup {
  const ordinals = Int32Array.from(instance.days, (day) => ordinal(day.date as CalendarDate));
  const calendar: Calendar = {
    dayCount: instance.days.length,
    ordinal: ordinals,
    week: Int32Array.from(instance.days, (day) => Math.floor(ordinal(mondayOf(day.date as CalendarDate)) / 7)),
  };
  const hearings = instance.conferences.flatMap((conference) => conference.hearings);
  return {
    instance,
    calendar,
    personIndex: indexById(instance.people),
    can: instance.people.map((person) => statesOf(person.availability)),
    assignmentIndex: indexById(instance.assignments),
    panelIndex: indexById(instance.panels),
    meetingIndex: indexById(instance.meetings),
    hearingIndex: indexById(hearings),
    loadsOf: usersOf(instance.loads),
    fixed: readLocks(instance),
  };
}

/** Compiles an instance that was found free of faults (instance-faults.ts). */
export function compile(instance: Instance): Problem {
  const lookup = lookupOf(instance);
  const meetings = compileMeetings(lookup);
  const { conferences, hearings: compiledHearings } = compileConferences(lookup);
  return {
    instance,
    calendar: lookup.calendar,
    people: instance.people.map((person) => person.id),
    personIndex: lookup.personIndex,
    can: lookup.can,
    meetings,
    assignments: compileAssignments(lookup),
    panels: compilePanels(lookup),
    loads: compileLoads(lookup),
    limits: instance.limits.map((limit): ProblemLimit => ({
      source: limit,
      most: limit.most,
      cost: limit.cost ?? [],
      perWeek: limit.per === 'week',
    })),
    conferences,
    hearings: compiledHearings,
    travel: new Map(Object.entries(instance.travel)),
    unplaced: instance.unplaced,
    unkeepable: lookup.fixed.unkeepable,
  };
}

function usersOf(loads: Instance['loads']): Map<string, number[]> {
  const users = new Map<string, number[]>();
  loads.forEach((load, index) => {
    for (const id of load.of) users.set(id, [...(users.get(id) ?? []), index]);
  });
  return users;
}

function compileAssignments(lookup: Lookup): ProblemAssignment[] {
  const { instance, personIndex } = lookup;
  const meetings = naming(instance.meetings);
  const hearings = naming(instance.conferences.flatMap((conference) => conference.hearings));
  return instance.assignments.map((assignment, index) => {
    const announced = instance.reference?.assignments?.[assignment.id];
    const differs = (person: string | null) => (announced && announced !== person ? assignment.change : 0);
    const lockedTo = lookup.fixed.assignments.get(assignment.id);
    return {
      index,
      id: assignment.id,
      candidates: assignment.candidates.map((candidate) => ({
        person: personIndex.get(candidate.person)!,
        cost: sumOf(candidate.costs) + differs(candidate.person),
      })),
      undecided: instance.unplaced + differs(null),
      loads: lookup.loadsOf.get(assignment.id) ?? [],
      locked: lockedTo === undefined ? -1 : personIndex.get(lockedTo)!,
      meetings: meetings.get(assignment.id) ?? [],
      hearings: hearings.get(assignment.id) ?? [],
    };
  });
}

/** Assignment → meetings (or hearings) in which it has a seat, each once */
function naming(items: readonly { readonly seats: readonly object[] }[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  items.forEach(({ seats }, index) => {
    for (const seat of seats as readonly { readonly assigned?: string }[]) {
      if (seat.assigned === undefined) continue;
      const mine = found.get(seat.assigned);
      if (!mine) found.set(seat.assigned, [index]);
      else if (mine.at(-1) !== index) mine.push(index);
    }
  });
  return found;
}

function compilePanels(lookup: Lookup): ProblemPanel[] {
  const { instance, personIndex } = lookup;
  const meetings = new Map<string, { meeting: number; seat: number }[]>();
  instance.meetings.forEach(({ seats }, meeting) => {
    seats.forEach((s, seat) => {
      if (!('panel' in s)) return;
      const mine = meetings.get(s.panel);
      if (mine) mine.push({ meeting, seat });
      else meetings.set(s.panel, [{ meeting, seat }]);
    });
  });
  return instance.panels.map((panel, index) => {
    const announced = instance.reference?.panels?.[panel.id] ?? [];
    const times = (list: readonly string[], person: string) => list.filter((p) => p === person).length;
    const saved = (person: string) =>
      panel.dropped * times(panel.previous, person) + panel.change * times(announced, person);
    const cost = (choice: Choice) => sumOf(choice.costs) - saved(choice.person);
    const candidates: Option[] = panel.candidates.map((c) => ({ person: personIndex.get(c.person)!, cost: cost(c) }));
    const candidateOf = new Map(candidates.map((candidate, i) => [candidate.person, i]));
    const lockedTo = lookup.fixed.panels.get(panel.id);
    return {
      index,
      id: panel.id,
      source: panel,
      candidates,
      candidateOf,
      covers: panel.candidates.map((c) => panel.needs.reduce((m, n, i) => m | (c.covers.includes(n) ? 1 << i : 0), 0)),
      allNeeds: 2 ** panel.needs.length - 1,
      leftOut: panel.dropped * panel.previous.length + panel.change * announced.length,
      undecided: instance.unplaced + panel.change * announced.length,
      loads: lookup.loadsOf.get(panel.id) ?? [],
      locked: lockedTo?.map((person) => candidateOf.get(personIndex.get(person)!) ?? -1) ?? null,
      meetings: meetings.get(panel.id) ?? [],
    };
  });
}

function compileLoads({ instance, personIndex }: Lookup): ProblemLoad[] {
  return instance.loads.map((load) => {
    const most = new Int32Array(instance.people.length).fill(load.most);
    for (const [person, number] of Object.entries(load.mostOf ?? {})) most[personIndex.get(person)!] = number;
    return { source: load, most, cost: load.cost };
  });
}
