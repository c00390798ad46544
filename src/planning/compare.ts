import { dateShort, type CalendarDate } from '../kernel/calendar-date.ts';
import { joinTexts, text, type Text } from '../kernel/text.ts';
import type { Instance, Plan } from './instance.ts';
import { compile } from './problem/compile.ts';
import type { Problem } from './problem/problem.ts';
import { judge, type Judgement } from './rules/judge.ts';
import { titleOfPart } from './rules/parts.ts';
import { Names } from './rules/rule.ts';

export interface ComparedPlan {
  readonly instance: Instance;
  readonly plan: Plan;
  /** The instance compiled, where it is at hand */
  readonly problem?: Problem;
}

/**
 * How one thing differs. `only-one`: the other year does not have it; `decided`: undecided in the other; `follows`: decided alike, but what
 * it costs differs, because of something else (a trip that followed another, a crowded week, another weight)
 */
export type DifferenceKind =
  | 'only-one'
  | 'decided'
  | 'day'
  | 'half-day'
  | 'mode'
  | 'people'
  | 'assignment'
  | 'panel'
  | 'conference'
  | 'hearing'
  | 'follows';

export interface Difference {
  /** `site/c3`, `officer/c3`, a load or limit */
  readonly of: string;
  readonly title: Text;
  readonly kind: DifferenceKind;
  readonly was: Text;
  readonly is: Text;
  /** The second less the first; of a thing that differs in several ways it stands on the first of them */
  readonly cost: number;
  readonly parts: readonly { readonly part: string; readonly title: Text; readonly cost: number }[];
}

export interface Compared {
  readonly cost: readonly [number, number];
  readonly parts: readonly { readonly part: string; readonly title: Text; readonly cost: readonly [number, number] }[];
  /** What the differences cost is what the plans differ by, altogether */
  readonly differences: readonly Difference[];
}

/** One plan with all that is needed to say what it does and what each thing in it costs */
class Side {
  readonly instance: Instance;
  readonly plan: Plan;
  readonly judged: Judgement;
  readonly problem: Problem;
  readonly names: Names;
  private readonly byOwner = new Map<string, Record<string, number>>();

  constructor({ instance, plan, problem = compile(instance) }: ComparedPlan) {
    this.instance = instance;
    this.plan = plan;
    this.problem = problem;
    this.judged = judge(problem, plan);
    this.names = new Names(instance);
    for (const { where, part, cost } of this.judged.charges) {
      const owner = where.split(' ')[0]!;
      const parts = this.byOwner.get(owner) ?? {};
      parts[part] = (parts[part] ?? 0) + cost;
      this.byOwner.set(owner, parts);
    }
  }

  get owners(): Iterable<string> {
    return this.byOwner.keys();
  }

  costOf(owner: string): Readonly<Record<string, number>> {
    return this.byOwner.get(owner) ?? {};
  }

  has(list: 'meetings' | 'assignments' | 'panels' | 'conferences', id: string): boolean {
    return this.instance[list].some((one) => one.id === id);
  }

  date(day: number): CalendarDate | undefined {
    return this.instance.days[day]?.date as CalendarDate | undefined;
  }
}

/** One way in which a thing differs */
interface Way {
  readonly kind: DifferenceKind;
  readonly was: Text;
  readonly is: Text;
}

const undecided = text('未定', 'undecided');
const absent = text('なし', 'none');
const halves = [text('午前', 'morning'), text('午後', 'afternoon')] as const;
const onSite = text('現地', 'on site');
const online = text('オンライン', 'online');

/**
 * What the second plan does otherwise than the first, each with what it costs. The plans may be of two instances with different calendars,
 * weights and people (a what-if copy): days are compared as dates, people by their ids, and each plan is judged in its own instance.
 * @param titles of meetings and the like, by id; others are called by their ids
 */
export function comparePlans(
  first: ComparedPlan,
  second: ComparedPlan,
  titles: ReadonlyMap<string, Text> = new Map(),
): Compared {
  const a = new Side(first);
  const b = new Side(second.instance === first.instance ? { ...second, problem: a.problem } : second);
  const titleOf = (id: string) => titles.get(id) ?? text(id, id);
  const differences: Difference[] = [];
  const told = new Set<string>();
  const tell = (of: string, ways: readonly Way[]) => {
    if (ways.length) told.add(of);
    ways.forEach((way, n) => differences.push({ of, title: titleOf(of), ...way, ...priceOf(a, b, of, n === 0) }));
  };
  for (const id of idsOf(a, b, 'meetings')) tell(id, waysOfMeeting(a, b, id));
  for (const id of idsOf(a, b, 'assignments')) tell(id, waysOfAssignment(a, b, id));
  for (const id of idsOf(a, b, 'panels')) tell(id, waysOfPanel(a, b, id));
  for (const id of idsOf(a, b, 'conferences')) tell(id, waysOfConference(a, b, id));
  for (const id of new Set([...hearingsOf(a), ...hearingsOf(b)])) tell(id, waysOfHearing(a, b, id));
  for (const id of new Set([...a.owners, ...b.owners])) {
    if (told.has(id)) continue;
    const { cost, parts } = priceOf(a, b, id, true);
    if (parts.length)
      differences.push({
        of: id,
        title: titleOf(id),
        kind: 'follows',
        was: costText(a, id),
        is: costText(b, id),
        cost,
        parts,
      });
  }
  return { cost: [a.judged.cost, b.judged.cost], parts: partsOf(a, b), differences };
}

const idsOf = (a: Side, b: Side, list: 'meetings' | 'assignments' | 'panels' | 'conferences'): Set<string> =>
  new Set([...a.instance[list], ...b.instance[list]].map((one) => one.id));
const hearingsOf = ({ instance }: Side): string[] =>
  instance.conferences.flatMap((conference) => conference.hearings.map((hearing) => hearing.id));

function partsOf(a: Side, b: Side): Compared['parts'] {
  const names = new Set([...Object.keys(a.judged.parts), ...Object.keys(b.judged.parts)]);
  return [...names].sort().map((part) => ({
    part,
    title: titleOfPart(part),
    cost: [a.judged.parts[part] ?? 0, b.judged.parts[part] ?? 0],
  }));
}

function priceOf(a: Side, b: Side, id: string, counts: boolean): Pick<Difference, 'cost' | 'parts'> {
  if (!counts) return { cost: 0, parts: [] };
  const [was, is] = [a.costOf(id), b.costOf(id)];
  const parts = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((part) => ({ part, title: titleOfPart(part), cost: (is[part] ?? 0) - (was[part] ?? 0) }))
    .filter(({ cost }) => cost !== 0);
  return { cost: parts.reduce((sum, { cost }) => sum + cost, 0), parts };
}

function costText(side: Side, id: string): Text {
  const total = Object.values(side.costOf(id)).reduce((sum, cost) => sum + cost, 0);
  return text(`${total}点`, total === 1 ? '1 point' : `${total} points`);
}

/** Whether only one of the years has it, or only one of the plans decides it; undefined where both do */
function missing(inA: boolean, inB: boolean, was: Text | undefined, is: Text | undefined): Way[] | undefined {
  if (inA !== inB) return [{ kind: 'only-one', was: was ?? absent, is: is ?? absent }];
  if (was === undefined && is === undefined) return [];
  if (was === undefined || is === undefined) return [{ kind: 'decided', was: was ?? undecided, is: is ?? undecided }];
  return undefined;
}

const dayText = (day: CalendarDate | undefined): Text =>
  day ? dateShort(day) : text('暦の外', 'outside the calendar');

function waysOfMeeting(a: Side, b: Side, id: string): Way[] {
  const [x, y] = [a.plan.meetings[id] ?? undefined, b.plan.meetings[id] ?? undefined];
  const when = (side: Side, start: number | undefined): Text | undefined => {
    if (start === undefined) return undefined;
    const [day, half] = [dayText(side.date(start >> 1)), halves[start & 1]!];
    return text(`${day.ja} ${half.ja}`, `${day.en}, ${half.en}`);
  };
  const [was, is] = [when(a, x?.start), when(b, y?.start)];
  const gone = missing(a.has('meetings', id), b.has('meetings', id), was, is);
  if (gone || !x || !y) return gone ?? [];
  const ways: Way[] = [];
  if (a.date(x.start >> 1) !== b.date(y.start >> 1)) ways.push({ kind: 'day', was: was!, is: is! });
  else if ((x.start & 1) !== (y.start & 1)) ways.push({ kind: 'half-day', was: was!, is: is! });
  if ((x.online ?? false) !== (y.online ?? false))
    ways.push({ kind: 'mode', was: x.online ? online : onSite, is: y.online ? online : onSite });
  const seated = (side: Side, placed: typeof x) =>
    [
      ...Object.entries(placed.seats),
      ...Object.entries(placed.attending).flatMap(([seat, list]) => list.map((p) => [seat, p])),
    ]
      .map(([seat, person]) => ({ seat: seat!, person: person! }))
      .map((one) => ({ ...one, name: side.names.list([one.person]) }));
  return [...ways, ...peopleWay(seated(a, x), seated(b, y))];
}

interface Sitter {
  readonly seat: string;
  readonly person: string;
  readonly name: Text;
}

/** Only those who are in one of the plans: the others say nothing */
function peopleWay(was: readonly Sitter[], is: readonly Sitter[], kind: DifferenceKind = 'people'): Way[] {
  const key = ({ seat, person }: Sitter) => `${seat} ${person}`;
  const only = (list: readonly Sitter[], other: readonly Sitter[]) => {
    const keys = new Set(other.map(key));
    return list.filter((one) => !keys.has(key(one)));
  };
  const [left, come] = [only(was, is), only(is, was)];
  if (left.length + come.length === 0) return [];
  const said = (list: readonly Sitter[]) => (list.length ? joinTexts(list.map(({ name }) => name)) : absent);
  return [{ kind, was: said(left), is: said(come) }];
}

function waysOfAssignment(a: Side, b: Side, id: string): Way[] {
  const [x, y] = [a.plan.assignments[id] ?? undefined, b.plan.assignments[id] ?? undefined];
  const [was, is] = [x === undefined ? x : a.names.list([x]), y === undefined ? y : b.names.list([y])];
  const gone = missing(a.has('assignments', id), b.has('assignments', id), was, is);
  if (gone) return gone;
  return x === y ? [] : [{ kind: 'assignment', was: was!, is: is! }];
}

function waysOfPanel(a: Side, b: Side, id: string): Way[] {
  const [x, y] = [a.plan.panels[id] ?? undefined, b.plan.panels[id] ?? undefined];
  const gone = missing(a.has('panels', id), b.has('panels', id), x && a.names.list(x), y && b.names.list(y));
  if (gone) return gone;
  const sitters = (side: Side, list: readonly string[]) =>
    list.map((person) => ({ seat: '', person, name: side.names.list([person]) }));
  return peopleWay(sitters(a, x!), sitters(b, y!), 'panel');
}

function waysOfConference(a: Side, b: Side, id: string): Way[] {
  const [x, y] = [a, b].map((side) => {
    const at = side.plan.conferences[id];
    return at ? side.date(at.day) : undefined;
  });
  const gone = missing(a.has('conferences', id), b.has('conferences', id), x && dayText(x), y && dayText(y));
  if (gone) return gone;
  return x === y ? [] : [{ kind: 'conference', was: dayText(x), is: dayText(y) }];
}

function waysOfHearing(a: Side, b: Side, id: string): Way[] {
  const heard = (side: Side) => {
    const at = side.plan.hearings[id];
    const conference = side.instance.conferences.find((one) => one.hearings.some((hearing) => hearing.id === id));
    if (!at || !conference) return undefined;
    const time = `${side.date(at.day) ?? ''} ${conference.slots[at.slot]?.at ?? ''}`;
    const day = dayText(side.date(at.day));
    const clock = conference.slots[at.slot]?.at ?? '?';
    const seated = Object.entries(at.seats).map(([seat, person]) => ({
      seat,
      person,
      name: side.names.list([person]),
    }));
    return { time, said: text(`${day.ja} ${clock}`, `${day.en}, ${clock}`), seated };
  };
  const [x, y] = [heard(a), heard(b)];
  const gone = missing(hearingsOf(a).includes(id), hearingsOf(b).includes(id), x?.said, y?.said);
  if (gone || !x || !y) return gone ?? [];
  const moved: Way[] = x.time === y.time ? [] : [{ kind: 'hearing', was: x.said, is: y.said }];
  return [...moved, ...peopleWay(x.seated, y.seated)];
}
