import { text, type Text } from '../../kernel/text.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import type { Alternative } from '../../planning/explain/alternatives.ts';
import type { Why } from '../../planning/explain/why.ts';
import type { Instance, Plan, Seat } from '../../planning/instance.ts';
import type { Charge } from '../../planning/rules/finding.ts';
import type { Judgement } from '../../planning/rules/judge.ts';
import { titleOfPart } from '../../planning/rules/parts.ts';
import { meetingActivityOf } from '../../programme/programme.ts';
import { chargeDifferences } from './plan-difference.ts';
import type { PlanGround } from './plan-placements.ts';
import { Speech } from './plan-speech.ts';
import { priceText, startsView, type StartsView } from './plan-starts.ts';

export interface Paid {
  readonly title: Text;
  readonly text: Text;
  readonly cost: number;
}

export interface SeatWhy {
  readonly seat: Text;
  readonly person: Text;
  /** Why nobody else is asked for: there is nobody else, or staff chose; null where there was a choice */
  readonly only: Text | null;
  readonly next: { readonly name: Text; readonly price: Text } | null;
  readonly paid: readonly Paid[];
  /** A member of the panel who does not come to this meeting */
  readonly absent: boolean;
}

/** Why a meeting is where it is in a plan, and with whom */
export interface MeetingWhy {
  readonly starts: StartsView;
  /** What the plan pays for this meeting, dearest first */
  readonly paid: readonly Paid[];
  readonly total: number;
  readonly people: readonly SeatWhy[];
  readonly locked: boolean;
}

export interface MeetingWhyInput {
  readonly ground: PlanGround;
  readonly meeting: Meeting;
  readonly instance: Instance;
  readonly plan: Plan;
  readonly judged: Pick<Judgement, 'charges'>;
  /** With what each makes dearer or cheaper */
  readonly alternatives: readonly Alternative[];
  /** Of the meeting, its assignments and its panels */
  readonly whys: readonly Why[];
}

export function meetingWhy(input: MeetingWhyInput): MeetingWhy {
  const { ground, meeting, instance, plan, judged } = input;
  const speech = new Speech(ground, instance);
  const now = plan.meetings[meeting.key] ?? null;
  const its = judged.charges.filter(({ where }) => where === meeting.key || where.startsWith(`${meeting.key} `));
  const lock = instance.locks.find((one) => 'meeting' in one && one.meeting === meeting.key);
  return {
    starts: startsView({
      meeting,
      activity: meetingActivityOf(ground.cycle.rules, meeting.activity)!,
      instance,
      now,
      alternatives: input.alternatives,
      finding: (finding) => speech.finding(finding),
      why: (parts) => chargeDifferences(parts, speech, meeting.key),
    }),
    paid: paidFor(its, speech),
    total: its.reduce((sum, { cost }) => sum + cost, 0),
    people: now ? seatWhys(input, speech) : [],
    locked: lock !== undefined && 'start' in lock && lock.start !== undefined,
  };
}

export const paidFor = (charges: readonly Charge[], speech: Speech): Paid[] =>
  charges
    .toSorted((a, b) => b.cost - a.cost)
    .map((charge) => ({ title: titleOfPart(charge.part), text: speech.charge(charge), cost: charge.cost }));

function seatWhys(input: MeetingWhyInput, speech: Speech): SeatWhy[] {
  const { meeting, instance } = input;
  const planned = instance.meetings.find((one) => one.id === meeting.key);
  return (planned?.seats ?? []).flatMap((seat) => seatWhy(input, seat, speech));
}

function seatWhy(input: MeetingWhyInput, seat: Seat, speech: Speech): SeatWhy[] {
  const { meeting, plan, judged } = input;
  const name = seatName(input.ground, meeting, seat.id);
  const paidBy = (where: string, person?: string) =>
    paidFor(
      judged.charges.filter((one) => one.where === where && (person === undefined || one.people?.includes(person))),
      speech,
    );
  const row = (person: string, rest: Partial<SeatWhy>): SeatWhy => ({
    seat: name,
    person: speech.person(person),
    only: null,
    next: null,
    paid: [],
    absent: false,
    ...rest,
  });
  const where = `${meeting.key} ${seat.id}`;
  if ('person' in seat) return [row(seat.person, { only: nobodyElse, paid: paidBy(where) })];
  if ('oneOf' in seat) {
    const person = plan.meetings[meeting.key]!.seats[seat.id];
    if (!person) return [];
    const said = whyOf(input, meeting.key, seat.id, person);
    return [row(person, { ...said, paid: paidBy(where) })];
  }
  if ('assigned' in seat) {
    const person = plan.assignments[seat.assigned];
    if (!person) return [];
    const said = whyOf(input, seat.assigned, seat.assigned, person);
    return [row(person, { ...said, paid: [...paidBy(seat.assigned), ...paidBy(where)] })];
  }
  const here = new Set(plan.meetings[meeting.key]!.attending[seat.id]);
  return (plan.panels[seat.panel] ?? []).map((person) =>
    row(person, {
      ...whyOf(input, seat.panel, seat.panel, person),
      paid: [...paidBy(seat.panel, person), ...paidBy(where, person)],
      absent: !here.has(person),
    }),
  );
}

export const nobodyElse = text('この方だけがこの席に着けます', 'nobody else may sit here');
const noOther = text('ほかに都合のつく候補者がいません', 'no other candidate can be there');

/** Who would be next in a seat, by what the whole plan would cost more */
export function whyOf(
  { whys, ground }: Pick<MeetingWhyInput, 'whys' | 'ground'>,
  of: string,
  seat: string,
  person: string,
): Pick<SeatWhy, 'only' | 'next'> {
  const found = whys.find((one) => one.of === of)?.people.find((one) => one.seat === seat && one.person === person);
  if (!found?.next) return { only: noOther, next: null };
  const { next } = found;
  const name = ground.roster.people.find((one) => one.id === next.person)?.name ?? text(next.person, next.person);
  return { only: null, next: { name, price: priceText(next.difference) } };
}

export function seatName(ground: PlanGround, meeting: Meeting, seat: string): Text {
  const its = ground.seats.find((one) => one.meetingId === meeting.id && one.key === seat);
  const rule = meetingActivityOf(ground.cycle.rules, meeting.activity)?.seats.find((one) => one.id === its?.rule);
  if (!rule) return text(seat, seat);
  const host = rule.perHost && ground.roster.institutions.find((one) => one.id === its?.institution)?.name;
  return host ? text(`${rule.name.ja}（${host.ja}）`, `${rule.name.en} (${host.en})`) : rule.name;
}
