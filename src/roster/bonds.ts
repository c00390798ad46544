import { yearOf, type CalendarDate } from '../kernel/calendar-date.ts';
import type { Programme } from '../programme/programme.ts';
import type { Roster } from './roster.ts';

/** A rule of the programme about relations between people and centres */
export type BondRule = Programme['conflicts']['rules'][number];

/**
 * The programme's rules by which somebody is bound to a centre, or to one of its hosts, on a day: what is over binds for as many calendar
 * years as its rule looks back. Empty: nothing binds them.
 */
export function bondsOf(
  { conflicts }: Pick<Programme, 'conflicts'>,
  roster: Pick<Roster, 'centres' | 'people' | 'conflicts'>,
  personId: string,
  centreId: string | null,
  day: CalendarDate,
): readonly BondRule[] {
  const centre = roster.centres.find(({ id }) => id === centreId);
  if (!centre) return [];
  const employer = roster.people.find(({ id }) => id === personId)?.employer ?? null;
  const relations = roster.conflicts
    .filter(({ person }) => person === personId)
    .filter((it) => it.centre === centre.id || (it.institution !== null && centre.hosts.includes(it.institution)))
    .map(({ kind, to }) => ({ kind, to }));
  if (employer !== null && centre.hosts.includes(employer)) relations.push({ kind: 'employer', to: null });
  return relations.flatMap(({ kind, to }) => {
    const rule = conflicts.rules.find((one) => one.kind === kind);
    if (!rule) return [];
    const yearsAgo = to === null ? 0 : yearOf(day) - yearOf(to);
    return to !== null && rule.lookBackYears !== undefined && yearsAgo > rule.lookBackYears ? [] : [rule];
  });
}
