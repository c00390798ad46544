import type { PlacedHearing, Plan } from '../instance.ts';
import type { ProblemConference } from '../problem/problem.ts';
import { daysFindings } from '../problem/starts.ts';
import type { Finding, SaidCharge, SaidFinding } from '../rules/finding.ts';
import { chargesIn, sayCharge } from '../rules/judge.ts';
import { arrangementKeeping, type Kept } from '../search/arrange.ts';
import type { Arrangement } from '../search/conference-draft.ts';
import { planOf } from '../search/plan-of.ts';
import type { Standing } from './alternatives.ts';
import { chargesApart, type PaidOtherwise } from './charges-apart.ts';
import { lostHearings, sessionFindings } from './hearing-obstacles.ts';

/** One first day of a conference: what the whole plan would cost more (less: negative), or what forbids it */
export type ConferenceDay =
  | {
      readonly day: number;
      readonly difference: number;
      /** Where its hearings would be; null: undecided, as before */
      readonly hearings: Readonly<Record<string, PlacedHearing | null>>;
      /** Hearings that could not keep their slot */
      readonly moved: readonly string[];
      /** What becomes dearer and what cheaper, the dearest first */
      readonly parts: readonly PaidOtherwise<SaidCharge>[];
    }
  | { readonly day: number; readonly blocked: readonly SaidFinding[] };

/**
 * Each first day of a conference in its window, all meetings and assignments as they are. Its hearings go with it: each keeps its slot of
 * the same day of the conference where recusals, those whom it requires, its quorum and other bookings allow it; the others go where they
 * cost least. A day on which one that has a slot now would find none is not possible. A conference that is undecided is compared with
 * staying so.
 * @throws RangeError where there is no such conference
 */
export function conferenceDays(standing: Standing, id: string): ConferenceDay[] {
  const { problem, draft, plan, names } = standing;
  const conference = problem.conferences.find((one) => one.id === id);
  if (!conference) throw new RangeError(`there is no conference ${id}`);
  const before = draft.cost;
  const paid = chargesIn(problem, plan);
  const now = draft.conferences.arrangement(conference.index);
  const wanted = wantedIn(standing, conference);
  const mark = draft.mark();
  const source = problem.instance.conferences[conference.index]!;
  draft.arrange(conference.index, { day: -1, hearings: conference.hearings.map(() => null) });
  const away = draft.mark();
  const found: ConferenceDay[] = [];
  for (let day = Math.max(0, source.from); day <= source.to; day++) {
    const isPossible = conference.firstDays.some((first) => first.day === day);
    const findings = isPossible ? [] : daysFindings(source, problem.calendar, day, day + conference.dayCount - 1);
    if (!isPossible && findings.length === 0)
      findings.push({ rule: 'locked', where: id, days: [conference.lockedDay] });
    if (!isPossible) found.push({ day, blocked: standing.said(findings) });
    else {
      const arrangement = arrangementKeeping(draft, conference, day, wanted);
      draft.arrange(conference.index, arrangement);
      const lost = lostIn(standing, conference, now, arrangement);
      if (lost.length > 0) found.push({ day, blocked: standing.said(lost) });
      else {
        const hearings = hearingsIn(planOf(draft), standing, conference);
        const moved: Plan = {
          ...plan,
          conferences: { ...plan.conferences, [id]: { day } },
          hearings: { ...plan.hearings, ...hearings },
        };
        const parts = chargesApart(paid, chargesIn(problem, moved));
        found.push({
          day,
          difference: draft.cost - before,
          hearings,
          moved: movedIn(standing, conference, wanted, arrangement),
          parts: parts.map(({ charge, difference }) => ({ charge: sayCharge(charge, names), difference })),
        });
      }
      draft.back(away);
    }
  }
  draft.back(mark);
  return found;
}

/** Of a conference that has its day, what has no slot stays without. */
function wantedIn({ plan, problem }: Standing, conference: ProblemConference): (Kept | null | undefined)[] {
  const first = plan.conferences[conference.id]?.day;
  return conference.hearings.map((h) => {
    const place = plan.hearings[problem.hearings[h]!.id];
    if (first === undefined) return undefined;
    const nth = place ? place.day - first : -1;
    return place && nth >= 0 && nth < conference.dayCount ? { nth, slot: place.slot } : null;
  });
}

/** What stands in the way of hearings that have a slot and would find none, each where it would be with its conference; the conference is there. */
function lostIn(standing: Standing, conference: ProblemConference, now: Arrangement, next: Arrangement): Finding[] {
  const { draft, problem } = standing;
  if (draft.conferences.broken > 0) return eachOnce(lostHearings(draft));
  const findings = conference.hearings.flatMap((h, i): Finding[] => {
    const place = now.hearings[i];
    if (!place || next.hearings[i]) return [];
    const session = { first: next.day, day: next.day + place.day - now.day, slot: place.slot };
    const found = sessionFindings(draft, problem.hearings[h]!, session);
    // where it could be there by itself, others have their only slot in its place
    const own = found.filter(({ rule }) => rule !== 'slot');
    return own.length > 0 ? own : found;
  });
  return eachOnce(findings);
}

/** What forbids several hearings on one day is one reason; how many members are left differs with who is recused. */
function eachOnce(findings: readonly Finding[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const finding of findings) {
    const { rule, where, people, days, meetings } = finding;
    const key = JSON.stringify([
      rule,
      days,
      ...(rule === 'quorum' ? [] : [people, meetings]),
      rule === 'too-soon' && where,
    ]);
    if (!known.has(key)) known.set(key, finding);
  }
  return [...known.values()];
}

function hearingsIn(
  { hearings }: Plan,
  { problem }: Standing,
  conference: ProblemConference,
): Record<string, PlacedHearing | null> {
  return Object.fromEntries(
    conference.hearings.map((h) => {
      const { id } = problem.hearings[h]!;
      return [id, hearings[id] ?? null];
    }),
  );
}

const movedIn = (
  { problem }: Standing,
  conference: ProblemConference,
  wanted: readonly (Kept | null | undefined)[],
  { day, hearings }: Arrangement,
): string[] =>
  conference.hearings.flatMap((h, i) => {
    const [place, kept] = [hearings[i], wanted[i]];
    const isKept = !place || !kept || (place.day === day + kept.nth && place.slot === kept.slot);
    return isKept ? [] : [problem.hearings[h]!.id];
  });
