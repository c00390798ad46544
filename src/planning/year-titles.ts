import { text, type Text } from '../kernel/text.ts';
import type { Meeting, Seat } from '../meetings/meeting.ts';
import type { Programme } from '../programme/programme.ts';
import type { Roster } from '../roster/roster.ts';
import type { CalledAs } from './questions.ts';
import type { YearNames } from './say-change.ts';
import type { YearFacts } from './year-facts.ts';

/** What meetings are called, by key */
export const titlesOf = (meetings: readonly Pick<Meeting, 'key' | 'title'>[]): Map<string, Text> =>
  new Map(meetings.map(({ key, title }) => [key, title]));

/**
 * What everything in a year's plan is called, by its id in the instance: meetings (`site/c3`), assignments and panels of a centre
 * (`officer/c3`), loads and limits; where seats are given, they too (`site/c3 lead`), without the meeting's title.
 */
export function titlesOfPlan(
  rules: Programme,
  roster: Roster,
  meetings: readonly Pick<Meeting, 'id' | 'key' | 'title'>[],
  seats: readonly Seat[] = [],
): Map<string, Text> {
  const titles = titlesOf(meetings);
  const meetingOf = new Map(meetings.map((meeting) => [meeting.id, meeting]));
  for (const seat of seats) {
    const meeting = meetingOf.get(seat.meetingId);
    if (meeting) titles.set(`${meeting.key} ${seat.key}`, titleOfSeat(seat, roster));
  }
  for (const pool of [...rules.assignments, ...rules.panels])
    for (const centre of roster.centres)
      titles.set(
        `${pool.id}/${centre.id}`,
        text(`${centre.name.ja}の${pool.name.ja}`, `${pool.name.en}, ${centre.name.en}`),
      );
  for (const count of [...rules.loads, ...rules.limits]) titles.set(count.id, count.name);
  return titles;
}

/** 「対応役員（東北大学）」: in an alliance each host has one */
function titleOfSeat({ name, institution }: Seat, roster: Roster): Text {
  const host = institution === null ? undefined : roster.institutions.find(({ id }) => id === institution);
  return host ? text(`${name.ja}（${host.name.ja}）`, `${name.en} (${host.name.en})`) : name;
}

/** The same for the planner's sentences, with people; seats are called with their meeting there */
export function calledIn(facts: Pick<YearFacts, 'cycle' | 'roster' | 'meetings' | 'untold'>): CalledAs {
  const { cycle, roster, meetings } = facts;
  return {
    people: Object.fromEntries(roster.people.map(({ id, name }) => [id, name])),
    things: Object.fromEntries(titlesOfPlan(cycle.rules, roster, meetings)),
    untold: untoldIn(facts),
  };
}

/** Of whom nobody was told yet, by id: meetings, and a centre's assignments and panels where that is true of all its meetings */
export function untoldIn({
  cycle,
  meetings,
  untold = new Set(),
}: Pick<YearFacts, 'cycle' | 'meetings' | 'untold'>): string[] {
  const scheduled = meetings.filter(({ state, centre }) => state === 'scheduled' && centre !== null);
  const ofCentre = Map.groupBy(scheduled, ({ centre }) => centre!);
  const centres = [...ofCentre].filter(([, theirs]) => theirs.every(({ key }) => untold.has(key)));
  const pools = [...cycle.rules.assignments, ...cycle.rules.panels];
  return [...untold, ...centres.flatMap(([centre]) => pools.map(({ id }) => `${id}/${centre}`))];
}

/** What everything is called that a change of the year may be about */
export function namesOf(
  rules: Programme,
  roster: Roster,
  meetings: readonly Pick<Meeting, 'id' | 'key' | 'title'>[],
  seats: readonly Seat[] = [],
): YearNames {
  const titles = titlesOfPlan(rules, roster, meetings, seats);
  for (const activity of rules.activities) if (!titles.has(activity.id)) titles.set(activity.id, activity.name);
  return { titles, people: new Map(roster.people.map(({ id, name }) => [id, name])) };
}
