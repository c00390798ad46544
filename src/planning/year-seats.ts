import type { CalendarDate } from '../kernel/calendar-date.ts';
import { text, type Text } from '../kernel/text.ts';
import type { Meeting, Seat } from '../meetings/meeting.ts';
import { postsFor } from '../meetings/seat-posts.ts';
import { meetingActivityOf, type MeetingActivity, type SeatRule } from '../programme/programme.ts';
import { bondsOf } from '../roster/bonds.ts';
import { holdersBetween, type Centre, type Person, type Post } from '../roster/roster.ts';
import type * as Planning from './instance.ts';
import type { YearFacts } from './year-facts.ts';

export interface SeatContext {
  readonly facts: YearFacts;
  readonly notes: Text[];
  readonly window: (meeting: Meeting) => readonly [CalendarDate, CalendarDate];
}

const ruleOf = (activity: MeetingActivity, seat: Seat): SeatRule | undefined =>
  activity.seats.find((rule) => rule.id === seat.rule);

/** The seats of one meeting that bind its day: required ones. Optional people are asked, but nothing waits for them. */
export function seatsOf(
  context: SeatContext,
  meeting: Meeting,
  seats: readonly Seat[],
  activity: MeetingActivity,
): Planning.Seat[] {
  const list: Planning.Seat[] = [];
  for (const seat of seats) {
    const rule = ruleOf(activity, seat);
    if (!rule || rule.byHand || !rule.required) continue;
    const chosen = chosenOf(context, meeting, seat, rule);
    if (!chosen) {
      context.notes.push(
        text(
          `「${meeting.title.ja}」の${seat.name.ja}は該当者がいないため、計画に含めません。`,
          `“${meeting.title.en}”: nobody can sit as ${seat.name.en}; the plan leaves that seat out.`,
        ),
      );
      continue;
    }
    list.push({
      id: seat.key,
      tentative: rule.tentative,
      ...('oneOf' in chosen ? { change: rule.change } : {}),
      ...(rule.openingOnly ? { openingOnly: true } : {}),
      ...(rule.travel ? { travel: rule.travel } : {}),
      ...(rule.trip ? { trip: true } : {}),
      ...chosen,
    });
  }
  return list;
}

function chosenOf(
  context: SeatContext,
  meeting: Meeting,
  seat: Seat,
  rule: SeatRule,
): Planning.Chosen | Planning.PanelSeat | undefined {
  if (rule.assigned) return { assigned: `${rule.assigned}/${meeting.centre}` };
  if (rule.panel) {
    const { id, atLeast, percent, absent, tagged } = rule.panel;
    return { panel: `${id}/${meeting.centre}`, atLeast, percent, absent, ...(tagged ? { tagged } : {}) };
  }
  const choices = rule.oneOf ?? [{ post: rule.holder ?? '', cost: 0, costName: 'stand-in' as const }];
  const posts = seat.post
    ? context.facts.roster.posts
        .filter((post) => post.id === seat.post)
        .map((post) => ({ post, cost: 0, costName: 'stand-in' as const }))
    : choices.flatMap((choice) =>
        postsFor(context.facts.roster, choice.post, meeting, seat).map((post) => ({
          post,
          cost: choice.cost,
          costName: choice.costName,
        })),
      );
  const candidates = candidatesFor(context, meeting, posts, rule);
  if (candidates.length === 0) return undefined;
  const only = candidates[0]!;
  if (candidates.length === 1 && Object.keys(only.costs).length === 0) return { person: only.person };
  return { oneOf: candidates };
}

function candidatesFor(
  context: SeatContext,
  meeting: Meeting,
  posts: readonly { post: Post; cost: number; costName: string }[],
  rule: SeatRule,
): Planning.Choice[] {
  const [from, to] = context.window(meeting);
  const best = new Map<string, Planning.Costs>();
  for (const { post, cost, costName } of posts)
    for (const { person } of holdersBetween(context.facts.roster, post.id, from, to)) {
      const bound = rule.side === 'visiting' ? conflictCost(context, person, meeting.centre, from) : 0;
      if (bound === 'hard') continue;
      const costs = named({ [costName]: cost, conflict: bound });
      const known = best.get(person);
      if (!known || total(costs) < total(known)) best.set(person, costs);
    }
  return [...best].map(([person, costs]) => ({ person, costs }));
}

/** One officer for each centre that has a meeting naming the assignment */
export function assignmentsOf(context: SeatContext, meetings: readonly Meeting[]): Planning.Assignment[] {
  const { cycle } = context.facts;
  return cycle.rules.assignments.flatMap((assignment) =>
    centresNaming(context, meetings, (rule) => rule.assigned === assignment.id).map(([centre, span]) => {
      const id = `${assignment.id}/${centre.id}`;
      const previous = context.facts.previous.get(id) ?? [];
      const candidates = experts(context, assignment.post, centre, span).map(({ person, bound, level }) => ({
        person: person.id,
        costs: named({
          expertise: mismatch(level, assignment.costs.mismatch),
          continuity: previous.length > 0 && !previous.includes(person.id) ? assignment.costs.continuity : 0,
          conflict: bound,
        }),
      }));
      return { id, unit: centre.id, candidates, change: assignment.change };
    }),
  );
}

export function panelsOf(context: SeatContext, meetings: readonly Meeting[]): Planning.Panel[] {
  const { cycle } = context.facts;
  return cycle.rules.panels.flatMap((panel) =>
    centresNaming(context, meetings, (rule) => rule.panel?.id === panel.id).map(([centre, span]) => {
      const id = `${panel.id}/${centre.id}`;
      const candidates = experts(context, panel.post, centre, span).map(({ person, bound, level }) => ({
        person: person.id,
        costs: named({ expertise: mismatch(level, panel.mismatch), conflict: bound }),
        covers: centre.fields.filter((field) => (person.fields[field] ?? 0) >= 2),
        tags: person.overseas ? ['overseas'] : [],
      }));
      const needs = panel.coverFields
        ? centre.fields.filter((field) => candidates.some((c) => c.covers.includes(field)))
        : [];
      const previous = (context.facts.previous.get(id) ?? []).filter((person) =>
        candidates.some((c) => c.person === person),
      );
      const { min, max, target, short, dropped, change } = panel;
      return { id, unit: centre.id, candidates, min, max, target, short, needs: [...needs], previous, dropped, change };
    }),
  );
}

/** Centres with a meeting in which some seat is of that rule, and from when to when those meetings may be */
function centresNaming(
  context: SeatContext,
  meetings: readonly Meeting[],
  names: (rule: SeatRule) => boolean,
): [Centre, readonly [CalendarDate, CalendarDate]][] {
  const { cycle, roster } = context.facts;
  const spans = new Map<string, readonly [CalendarDate, CalendarDate]>();
  for (const meeting of meetings) {
    if (!meeting.centre || !meetingActivityOf(cycle.rules, meeting.activity)?.seats.some(names)) continue;
    const [from, to] = context.window(meeting);
    const known = spans.get(meeting.centre) ?? [from, to];
    spans.set(meeting.centre, [known[0] < from ? known[0] : from, known[1] > to ? known[1] : to]);
  }
  return roster.centres.flatMap((centre) =>
    spans.has(centre.id)
      ? [[centre, spans.get(centre.id)!] as const].map(
          ([c, s]) => [c, s] as [Centre, readonly [CalendarDate, CalendarDate]],
        )
      : [],
  );
}

interface Expert {
  readonly person: Person;
  readonly bound: number;
  /** Best level in one of the centre's fields; 0 knows none of them */
  readonly level: number;
}

function experts(
  context: SeatContext,
  postKind: string,
  centre: Centre,
  [from, to]: readonly [CalendarDate, CalendarDate],
): Expert[] {
  const { roster } = context.facts;
  const holders = new Set(
    roster.posts
      .filter((post) => post.kind === postKind)
      .flatMap((post) => holdersBetween(roster, post.id, from, to).map((h) => h.person)),
  );
  return roster.people
    .filter((person) => holders.has(person.id) && person.dutiesAccepted > 0)
    .map((person) => ({
      person,
      bound: conflictCost(context, person.id, centre.id, from),
      level: Math.max(0, ...centre.fields.map((field) => person.fields[field] ?? 0)),
    }))
    .filter((expert): expert is Expert => expert.bound !== 'hard');
}

/** An authority costs nothing; who knows nothing of it costs the whole */
const mismatch = (level: number, whole: number) => Math.round((whole * (3 - level)) / 3);

const total = (costs: Planning.Costs) => Object.values(costs).reduce((a, b) => a + b, 0);
const named = (costs: Planning.Costs): Planning.Costs =>
  Object.fromEntries(Object.entries(costs).filter(([, cost]) => cost > 0));

/** What the programme's rules say of somebody's relations to a centre and its hosts on a day */
function conflictCost(
  { facts: { cycle, roster } }: Pick<SeatContext, 'facts'>,
  personId: string,
  centreId: string | null,
  day: CalendarDate,
): number | 'hard' {
  const bonds = bondsOf(cycle.rules, roster, personId, centreId, day);
  return bonds.some(({ binds }) => binds === 'hard') ? 'hard' : bonds.reduce((sum, { cost }) => sum + cost, 0);
}
