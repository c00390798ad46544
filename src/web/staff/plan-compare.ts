import { text, type Text } from '../../kernel/text.ts';
import type { PlanView } from './plan-view.ts';
import type { Kind, PersonShown, PlacementRow } from './plan-placements.ts';

/** One meeting in two plans; null where a plan leaves it undecided */
export interface ComparedRow {
  readonly title: Text;
  readonly sides: readonly [Side | null, Side | null];
  readonly differs: { readonly time: boolean; readonly people: boolean };
}

interface Side {
  readonly when: Text;
  readonly online: boolean;
  readonly people: readonly { readonly name: Text; readonly only: boolean }[];
}

export interface ComparedPart {
  readonly title: Text;
  readonly costs: readonly [number, number];
  /** The second against the first, with its sign */
  readonly difference: string;
}

export interface Comparison {
  readonly parts: readonly ComparedPart[];
  /** Only meetings that differ */
  readonly rows: readonly ComparedRow[];
  readonly same: number;
}

export function compared(a: PlanView, b: PlanView): Comparison {
  const titles = new Map([...a.cost.parts, ...b.cost.parts].map(({ part, title }) => [part, title]));
  const costOf = (view: PlanView, part: string) => view.cost.parts.find((one) => one.part === part)?.cost ?? 0;
  const parts = [...titles].map(([part, title]): ComparedPart => {
    const costs = [costOf(a, part), costOf(b, part)] as const;
    return { title, costs, difference: signed(costs[1] - costs[0]) };
  });
  const rowsOf = (view: PlanView) => new Map(view.rows.map((row) => [row.key, row]));
  const [inA, inB] = [rowsOf(a), rowsOf(b)];
  const rows = [...new Set([...inA.keys(), ...inB.keys()])].map((key) => comparedRow(inA.get(key), inB.get(key)));
  const differing = rows.filter(({ differs }) => differs.time || differs.people);
  return { parts, rows: differing, same: rows.length - differing.length };
}

/** +3, −2, ±0: with a real minus */
export const signed = (n: number): string => (n === 0 ? '±0' : n > 0 ? `+${n}` : `−${-n}`);

const kinds: readonly Kind[] = ['lead', 'officer', 'executive', 'panel'];
const peopleIn = (row: PlacementRow): PersonShown[] => kinds.flatMap((kind) => row.people[kind]);

function comparedRow(a: PlacementRow | undefined, b: PlacementRow | undefined): ComparedRow {
  const ids = [a, b].map((row) => new Set(row ? peopleIn(row).map(({ id }) => id) : []));
  const side = (row: PlacementRow | undefined, others: ReadonlySet<string>): Side | null =>
    row
      ? {
          when: text(`${row.days.ja} ${row.hours.ja}`, `${row.days.en}, ${row.hours.en}`),
          online: row.online,
          people: peopleIn(row).map(({ id, name }) => ({ name, only: !others.has(id) })),
        }
      : null;
  const people = ids[0]!.size !== ids[1]!.size || [...ids[0]!].some((id) => !ids[1]!.has(id));
  // half days are counted by each plan's own calendar
  const at = (row: PlacementRow | undefined) => row && `${row.day} ${row.start & 1} ${row.online}`;
  return {
    title: (a ?? b)!.title,
    sides: [side(a, ids[1]!), side(b, ids[0]!)],
    differs: { time: at(a) !== at(b), people },
  };
}
