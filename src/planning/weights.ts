import { fill, text, type Text } from '../kernel/text.ts';
import type { MeetingActivity, Programme } from '../programme/programme.ts';
import { byPercents } from './repriced.ts';
import { titleOfPart } from './rules/parts.ts';

/** What one thing of a part costs */
export interface PricedThing {
  readonly of: Text;
  readonly points: number;
  /** As the programme's file says */
  readonly usual: number;
}

/** How much a part of the cost counts in a year */
export interface Weight {
  readonly part: string;
  readonly title: Text;
  /** 100: as the programme says; 0: not at all */
  readonly percent: number;
  readonly prices: readonly PricedThing[];
  /** What its points stand for, said with an example */
  readonly worth: Text;
}

type Thing = readonly [part: string, of: Text, cost: number];

/** Everything that costs something by the rules of a programme, each with the part of the cost to which it belongs */
function* things(rules: Programme): Iterable<Thing> {
  for (const activity of rules.activities)
    if (activity.what === 'meeting' && activity.planned)
      yield* activity.slots.length > 0 ? thingsOfCommittee(activity) : thingsOfMeeting(activity, rules);
  for (const { name, costs, change } of rules.assignments) {
    yield ['expertise', ofWhom(name, text('専門外の人', 'somebody outside the field')), costs.mismatch];
    yield ['continuity', ofWhom(name, text('前年と別の人', 'another person than last year')), costs.continuity];
    yield ['change', ofWhom(name, text('担当者の変更', 'another person than in the plan that stands')), change];
  }
  for (const { name, mismatch, short, dropped, change } of rules.panels) {
    yield ['expertise', ofWhom(name, text('専門外の人', 'somebody outside the field')), mismatch];
    yield ['panel-short', ofWhom(name, text('目標人数に1人足りない', 'one member below the target')), short];
    yield ['panel-dropped', ofWhom(name, text('前年のメンバー1人を外す', 'one member of last year left out')), dropped];
    yield [
      'change',
      ofWhom(name, text('今の計画のメンバー1人を外す', 'one member of the plan that stands left out')),
      change,
    ];
  }
  for (const { name, cost } of rules.loads)
    for (const [n, price] of cost.entries()) if (n > 0) yield ['load', many(name, n), price];
  for (const { name, cost = [] } of rules.limits)
    for (const [n, price] of cost.entries()) if (n > 0) yield ['crowded', many(name, n), price];
  for (const { beyondKm, cost } of rules.travel.tripCost)
    yield [
      'trip',
      beyondKm
        ? text(`${beyondKm} km以上の出張`, `a trip of ${beyondKm} km or more`)
        : text('近くへの出張', 'a short trip'),
      cost,
    ];
  for (const { name, binds, cost } of rules.conflicts.rules) if (binds === 'soft') yield ['conflict', name, cost];
}

/** Its members cost by hearing; who is heard has seats in the hearings, which are activities of their own. */
function* thingsOfCommittee({ short, name, quorum, seats, change }: MeetingActivity): Iterable<Thing> {
  const its = short ?? name;
  const members = seats.find(({ id, required }) => (quorum ? id === quorum.seat : required));
  if (members) {
    yield ['member-absent', ofWhom(its, members.name), members.absent];
    yield ['member-tentative', ofWhom(its, members.name), members.tentative];
  }
  yield ['change', ofWhom(its, text('日の変更', 'another day')), change.moved];
}

function* thingsOfMeeting(activity: MeetingActivity, rules: Programme): Iterable<Thing> {
  const its = activity.short ?? activity.name;
  for (const seat of activity.seats) {
    const where = ofWhom(its, seat.name);
    yield ['tentative', where, seat.required ? seat.tentative : 0];
    if (seat.panel) {
      yield ['panel-absent', where, seat.panel.absent];
      yield ['panel-tagged', where, seat.panel.tagged?.missing ?? 0];
    }
    for (const { post, cost, costName } of seat.oneOf ?? [])
      yield [costName, ofWhom(its, rules.posts[post]?.name ?? seat.name), cost];
    if (seat.oneOf) yield ['change', ofWhom(where, text('別の人に変更', 'another person')), seat.change];
  }
  const isHeard = rules.activities.some(
    (whole) => whole.what === 'meeting' && whole.id === activity.partOf && whole.slots.length > 0,
  );
  if (isHeard) {
    yield ['change', ofWhom(its, text('枠の変更', 'another slot')), activity.change.moved];
    return;
  }
  const { moved, perDay, mode } = activity.change;
  yield ['change', ofWhom(its, text('日の変更', 'another day')), moved];
  yield ['change', ofWhom(its, text('1日ずれるごと', 'each day of difference')), perDay];
  if (activity.online) {
    yield ['change', ofWhom(its, text('開催方法の変更', 'another mode')), mode];
    yield ['online', its, activity.online.cost];
  }
}

const ofWhom = (whole: Text, part: Text): Text => text(`${whole.ja}：${part.ja}`, `${whole.en}: ${part.en}`);
const many = (name: Text, n: number): Text => text(`${name.ja}：${n}件`, `${name.en}: ${n}`);

/** Parts whose weight staff may set */
export const weightedParts = (rules: Programme): string[] => [
  ...new Set([...things(rules)].filter(([, , cost]) => cost > 0).map(([part]) => part)),
];

/** Parts that an order may name: what stays undecided among them */
export const orderedParts = (rules: Programme): string[] => ['unplaced', ...weightedParts(rules)];

/** Every weight of a year with what its points are worth */
export function weightsOf(rules: Programme, percents: Readonly<Record<string, number>>): Weight[] {
  const price = byPercents(percents);
  const all = [...things(rules)].filter(([, , cost]) => cost > 0);
  return weightedParts(rules).map((part) => {
    const prices = all
      .filter(([of]) => of === part)
      .map(([, of, usual]) => ({ of, usual, points: price(part, usual) }));
    const percent = Object.hasOwn(percents, part) ? percents[part]! : 100;
    return { part, title: titleOfPart(part), percent, prices, worth: worthOf(prices) };
  });
}

function worthOf(prices: readonly PricedThing[]): Text {
  const [first] = prices;
  if (!first || prices.every(({ points }) => points === 0)) return text('点数に数えません。', 'It does not count.');
  const points = [...new Set(prices.map((one) => one.points))].sort((a, b) => a - b);
  const range = points.length === 1 ? `${points[0]}` : `${points[0]}–${points.at(-1)}`;
  return text(
    `1件につき${range}点です（例：「${first.of.ja}」${first.points}点）。`,
    `${range} point${range === '1' ? '' : 's'} each time (for example “${first.of.en}”: ${first.points}).`,
  );
}

/** One sentence that says what a point is: the thing whose price is nearest to one */
export function pointIsAbout(weights: readonly Weight[]): Text {
  const [nearest] = weights
    .flatMap(({ title, prices }) => prices.map((one) => ({ ...one, title })))
    .filter(({ points }) => points > 0)
    .sort((a, b) => a.points - b.points);
  if (!nearest) return text('どの項目も点数に数えません。', 'Nothing counts.');
  const values = { title: nearest.title, of: nearest.of, n: nearest.points };
  return nearest.points === 1
    ? fill(text('1点は、「{title}」（{of}）1件分に当たります。', 'One point is about one “{title}” ({of}).'), values)
    : fill(text('「{title}」（{of}）1件が{n}点に当たります。', 'One “{title}” ({of}) is worth {n} points.'), values);
}
