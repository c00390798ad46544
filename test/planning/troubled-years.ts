import type { Instance } from '../../src/planning/instance.ts';
import { yearOf } from './instances.ts';

const away = (instance: Instance, ids: readonly string[]): void => {
  for (const person of instance.people)
    if (ids.includes(person.id)) person.availability = 'x'.repeat(person.availability.length);
};

/** Years in which not everything can be decided, each for another reason */
export const troubledYears: Record<string, () => Instance> = {
  'two visits fixed for the same days, with the same lead': () => {
    const instance = yearOf({ centres: 3, seed: 3 });
    const [a, b] = instance.meetings.filter(({ kind }) => kind === 'site');
    const lead = a!.seats.find(({ id }) => id === 'lead') as { oneOf: { person: string }[] };
    const start = 2 * a!.from + 20;
    for (const { id } of [a!, b!]) instance.locks.push({ meeting: id, start, seats: { lead: lead.oneOf[0]!.person } });
    return instance;
  },
  'a committee without its quorum': () => {
    const instance = yearOf({ centres: 3, seed: 2 });
    const [committee] = instance.conferences;
    away(
      instance,
      committee!.members.slice(0, committee!.members.length - committee!.quorum + 1).map(({ person }) => person),
    );
    return instance;
  },
  'one officer for more centres than they accept': () => {
    const instance = yearOf({ centres: 3, seed: 3 });
    const [first] = instance.assignments[0]!.candidates;
    for (const assignment of instance.assignments) assignment.candidates = [{ person: first!.person, costs: {} }];
    const load = instance.loads.find(({ of }) => of.includes(instance.assignments[0]!.id))!;
    load.most = 2;
    load.mostOf = {};
    return instance;
  },
  'a window of closed days': () => {
    const instance = yearOf({ centres: 2, seed: 4 });
    const [meeting] = instance.meetings;
    meeting!.closed = Array.from({ length: meeting!.to - meeting!.from + 1 }, (_, k) => meeting!.from + k);
    return instance;
  },
  'a visit for which nobody can lead': () => {
    const instance = yearOf({ centres: 2, seed: 5 });
    const seat = instance.meetings[0]!.seats.find((one) => 'oneOf' in one) as { oneOf: unknown[] };
    instance.people.push({ id: 'kaku', name: '架空 太郎', availability: 'x'.repeat(2 * instance.days.length) });
    seat.oneOf = [{ person: 'kaku', costs: {} }];
    return instance;
  },
};
