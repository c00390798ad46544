import type { Instance, Plan } from '../instance.ts';

/** person → what they are invited to → when and how */
type Invitations = Map<string, Map<string, string>>;

/**
 * People whose invitation changes: who is at a meeting that is moved, cancelled or held in another mode, before or after; who is new
 * somewhere or not needed any more; whose hearing has another slot; the members of a conference on another day. Sorted.
 * @param untold things of which nobody was told yet: what changes there is news to nobody
 */
export function peopleToTell(
  instance: Instance,
  was: Plan,
  plan: Plan,
  untold: ReadonlySet<string> = new Set(),
): string[] {
  const before = invitationsOf(instance, was, untold);
  const after = invitationsOf(instance, plan, untold);
  const people = new Set([...before.keys(), ...after.keys()]);
  return [...people].filter((person) => !same(before.get(person), after.get(person))).sort();
}

function same(a: ReadonlyMap<string, string> | undefined, b: ReadonlyMap<string, string> | undefined): boolean {
  if (!a || !b || a.size !== b.size) return false;
  return [...a].every(([to, how]) => b.get(to) === how);
}

function invitationsOf(instance: Instance, plan: Plan, untold: ReadonlySet<string>): Invitations {
  const invitations: Invitations = new Map();
  const invite = (person: string | null | undefined, to: string, how: string) => {
    if (person == null || untold.has(to)) return;
    const mine = invitations.get(person) ?? new Map<string, string>();
    invitations.set(person, mine.set(to, how));
  };
  for (const { id } of instance.assignments) invite(plan.assignments[id], id, '');
  for (const { id } of instance.panels) for (const person of plan.panels[id] ?? []) invite(person, id, '');
  for (const meeting of instance.meetings) {
    const at = plan.meetings[meeting.id];
    if (!at) continue;
    const how = `${at.start} ${Boolean(at.online)}`;
    for (const seat of meeting.seats) {
      if ('panel' in seat) {
        const members = plan.panels[seat.panel] ?? [];
        for (const person of at.attending?.[seat.id] ?? [])
          if (members.includes(person)) invite(person, meeting.id, how);
      } else invite(whoSits(seat, at, plan), meeting.id, how);
    }
  }
  for (const conference of instance.conferences) {
    const day = plan.conferences[conference.id]?.day;
    if (day !== undefined) for (const { person } of conference.members) invite(person, conference.id, String(day));
    for (const hearing of conference.hearings) {
      const at = plan.hearings[hearing.id];
      if (!at) continue;
      for (const seat of hearing.seats) invite(whoSits(seat, at, plan), hearing.id, `${at.day} ${at.slot}`);
    }
  }
  return invitations;
}

function whoSits(
  seat: { id: string } & ({ person: string } | { oneOf: unknown } | { assigned: string }),
  at: { seats?: Record<string, string> },
  plan: Plan,
): string | null | undefined {
  if ('person' in seat) return seat.person;
  return 'assigned' in seat ? plan.assignments[seat.assigned] : at.seats?.[seat.id];
}
