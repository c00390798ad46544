import type { Instance, Plan } from '../../src/planning/instance.ts';

/** Staff fix these meetings as they were announced. */
export function lockMeetings(instance: Instance, ids: readonly string[]): void {
  for (const id of ids) {
    const { start, seats } = instance.reference!.meetings[id]!;
    instance.locks.push({ meeting: id, start, seats });
  }
}

/** The year without one centre */
export function without(year: Instance, unit: string): Instance {
  const smaller = structuredClone(year);
  smaller.name = `${year.name} without ${unit}`;
  smaller.reference = null;
  const stays = (item: { unit: string }) => item.unit !== unit;
  smaller.meetings = smaller.meetings.filter(stays);
  smaller.assignments = smaller.assignments.filter(stays);
  smaller.panels = smaller.panels.filter(stays);
  for (const conference of smaller.conferences) conference.hearings = conference.hearings.filter(stays);
  const left = new Set([...smaller.meetings, ...smaller.assignments, ...smaller.panels].map(({ id }) => id));
  for (const load of smaller.loads) load.of = load.of.filter((id) => left.has(id.split(' ')[0]!));
  for (const limit of smaller.limits) limit.meetings = limit.meetings.filter((id) => left.has(id));
  return smaller;
}

/** Everything that is in somebody's calendar, as one text */
function calendarOf(instance: Instance, plan: Plan, person: string): string {
  const entries: string[] = [];
  const sits = (seat: object & { id: string }, seats: Record<string, string>) => {
    if ('person' in seat) return seat.person === person;
    if ('assigned' in seat) return plan.assignments[seat.assigned as string] === person;
    return seats[seat.id] === person;
  };
  for (const meeting of instance.meetings) {
    const at = plan.meetings[meeting.id];
    if (!at) continue;
    const isThere = meeting.seats.some((seat) =>
      'panel' in seat
        ? plan.panels[seat.panel]?.includes(person) && at.attending[seat.id]?.includes(person)
        : sits(seat, at.seats),
    );
    if (isThere) entries.push(`${meeting.id} at ${at.start}${at.online ? ' online' : ''}`);
  }
  for (const [id, holder] of Object.entries(plan.assignments)) if (holder === person) entries.push(id);
  for (const [id, members] of Object.entries(plan.panels)) if (members?.includes(person)) entries.push(id);
  for (const conference of instance.conferences) {
    const at = plan.conferences[conference.id];
    if (at && conference.members.some((member) => member.person === person))
      entries.push(`${conference.id} on ${at.day}`);
    for (const hearing of conference.hearings) {
      const place = plan.hearings[hearing.id];
      if (place && hearing.seats.some((seat) => sits(seat, place.seats)))
        entries.push(`${hearing.id} at ${place.day}-${place.slot}`);
    }
  }
  return entries.sort().join('; ');
}

/** Those whose calendar is another one */
export function whoMustBeTold(instance: Instance, was: Plan, plan: Plan): string[] {
  const known = instance.people.map(({ id }) => id);
  const named = [was, plan].flatMap((one) => [
    ...Object.values(one.assignments).filter((id) => id !== null),
    ...Object.values(one.panels).flatMap((members) => members ?? []),
  ]);
  return [...new Set([...known, ...named])]
    .filter((id) => calendarOf(instance, was, id) !== calendarOf(instance, plan, id))
    .sort();
}

/** What changes in which way, to whatever day or person; panels and hearings left aside where anything else does */
export function kindsOf(instance: Instance, was: Plan, plan: Plan): string {
  const kinds: string[] = [];
  const followers: string[] = [];
  for (const { id } of instance.meetings) {
    const [a, b] = [was.meetings[id], plan.meetings[id]];
    if (!a && !b?.online) continue;
    if (!b) kinds.push(`${id} undecided`);
    else if (a && a.start >> 1 !== b.start >> 1) kinds.push(`${id} day`);
    else if (a && a.start !== b.start) kinds.push(`${id} half`);
    if (b && Boolean(a?.online) !== Boolean(b.online)) kinds.push(`${id} mode`);
    for (const seat of Object.keys(b?.seats ?? {}))
      if (a && a.seats[seat] !== b!.seats[seat]) kinds.push(`${id} ${seat}`);
  }
  for (const { id } of instance.assignments)
    if (was.assignments[id] && was.assignments[id] !== plan.assignments[id]) kinds.push(id);
  for (const { id } of instance.panels)
    if (was.panels[id] && was.panels[id].toSorted().join() !== plan.panels[id]?.toSorted().join()) followers.push(id);
  for (const [id, at] of Object.entries(plan.hearings)) {
    const a = was.hearings[id];
    if (a && at && JSON.stringify([a.day, a.slot, a.seats]) !== JSON.stringify([at.day, at.slot, at.seats]))
      kinds.push(id);
  }
  for (const [id, at] of Object.entries(plan.conferences))
    if (was.conferences[id] && was.conferences[id].day !== at?.day) kinds.push(id);
  return (kinds.length ? kinds : followers).sort().join('; ');
}
