import {
  CANNOT,
  IF_NEED_BE,
  quorumOf,
  type ProblemMeeting,
  type ProblemPanel,
  type ProblemSeat,
  type Start,
} from '../problem/problem.ts';
import type { Draft } from './draft.ts';

/** The meeting for which a panel is chosen */
export interface Occasion {
  readonly meeting: ProblemMeeting;
  readonly seat: ProblemSeat;
  readonly start: Start;
  readonly online: boolean;
}

/** What one candidate adds to the cost, and whether they would come */
interface Marginal {
  readonly candidate: number;
  readonly cost: number;
  readonly comes: boolean;
}

/** A table of the exact choice would be larger than this: the quick choice has to do. */
const TABLE_LIMIT = 400_000;

/**
 * The panel that costs least for one occasion, all else as it is: last year's members, fields, loads and who comes weighed together.
 * Exact where the cheapest members happen to keep every rule, and by a table over (needs covered, size, who comes, wanted tag) else.
 * @param occasion undefined: nobody meets
 * @returns candidates by index; undefined: no panel keeps the rules there
 */
export function choosePanel(draft: Draft, panel: ProblemPanel, occasion?: Occasion): readonly number[] | undefined {
  if (panel.locked) return lockedPanel(panel, occasion, (list) => marginals(draft, panel, occasion, list));
  const list = marginals(draft, panel, occasion);
  const quick = cheapest(panel, list);
  if (keepsRules(panel, quick, occasion)) return quick.map((m) => m.candidate).sort((a, b) => a - b);
  const states = (panel.allNeeds + 1) * (panel.source.max + 1) ** 2 * 2;
  return states * list.length <= TABLE_LIMIT ? byTable(panel, list, occasion) : byRepair(panel, list, occasion);
}

function lockedPanel(
  panel: ProblemPanel,
  occasion: Occasion | undefined,
  of: (list: readonly number[]) => Marginal[],
): readonly number[] | undefined {
  const locked = panel.locked!;
  if (locked.includes(-1)) return undefined;
  return !occasion || keepsRules(panel, of(locked), occasion) ? locked : undefined;
}

function marginals(
  draft: Draft,
  panel: ProblemPanel,
  occasion: Occasion | undefined,
  among: readonly number[] = [...panel.candidates.keys()],
): Marginal[] {
  const list: Marginal[] = [];
  for (const candidate of among) {
    const { person, cost } = panel.candidates[candidate]!;
    if (draft.tallies.fullLoad(panel.loads, person) >= 0) continue;
    const base = cost + draft.tallies.loadDifference(panel.loads, person);
    if (!occasion) {
      list.push({ candidate, cost: base, comes: false });
      continue;
    }
    const { meeting, seat, start, online } = occasion;
    const coming = comingCost(draft, meeting, seat, start, online, candidate, person);
    const comes = coming <= seat.absent;
    list.push({ candidate, cost: base + (comes ? coming : seat.absent), comes });
  }
  return list.sort((a, b) => a.cost - b.cost || a.candidate - b.candidate);
}

/** What it costs that a panel's member comes; Infinity: cannot */
export function comingCost(
  draft: Draft,
  meeting: ProblemMeeting,
  seat: ProblemSeat,
  start: Start,
  online: boolean,
  candidate: number,
  person: number,
): number {
  const state = start.panel[seat.index]![candidate]!;
  if (state === CANNOT) return Infinity;
  const tentative = state === IF_NEED_BE ? seat.tentative : 0;
  if (draft.isSolo(person) && !seat.trip) return tentative;
  const span = draft.span(meeting, seat, start, online);
  if (!draft.diaries.fits(person, span)) return Infinity;
  return tentative + draft.diaries.tripDifference(person, span);
}

/** So many of the cheapest as pay, needs and quorum left aside */
function cheapest({ source }: ProblemPanel, list: readonly Marginal[]): Marginal[] {
  const chosen: Marginal[] = [];
  for (const m of list) {
    const size = chosen.length;
    if (size >= source.max) break;
    if (size >= source.min && m.cost >= (size < source.target ? source.short : 0)) break;
    chosen.push(m);
  }
  return chosen;
}

function keepsRules(panel: ProblemPanel, chosen: readonly Marginal[], occasion: Occasion | undefined): boolean {
  const { min, max } = panel.source;
  if (chosen.length < min || chosen.length > max) return false;
  let covered = 0;
  for (const m of chosen) covered |= panel.covers[m.candidate]!;
  if (covered !== panel.allNeeds) return false;
  if (!occasion) return true;
  const { seat } = occasion;
  if (chosen.filter((m) => m.comes).length < quorumOf(seat.quorum, chosen.length)) return false;
  return !seat.tagged || chosen.some((m) => m.comes && seat.tagged!.has[m.candidate]);
}

/**
 * Shortest path over (needs covered, size), one candidate after the other; where its panel lacks the quorum or somebody wanted, again
 * over (needs covered, size, number who come, somebody wanted comes).
 */
function byTable(panel: ProblemPanel, list: readonly Marginal[], occasion?: Occasion): number[] | undefined {
  const small = shortest(panel, list, undefined);
  if (!occasion || !small) return small;
  const chosen = list.filter((m) => small.includes(m.candidate));
  return keepsRules(panel, chosen, occasion) ? small : shortest(panel, list, occasion);
}

function shortest(panel: ProblemPanel, list: readonly Marginal[], occasion?: Occasion): number[] | undefined {
  const { min, max, target, short } = panel.source;
  const tagged = occasion?.seat.tagged ?? null;
  const comes = (m: Marginal) => (occasion && m.comes ? 1 : 0);
  const wide = max + 1;
  const deep = occasion ? wide : 1;
  const tags = tagged ? 2 : 1;
  const size = (panel.allNeeds + 1) * wide * deep * tags;
  const key = (mask: number, n: number, come: number, tag: number) => ((mask * wide + n) * deep + come) * tags + tag;
  const best = new Float64Array(size).fill(Infinity);
  best[0] = 0;
  const from = new Int32Array(size * list.length).fill(-1);
  // the states of one panel size with certain needs covered lie beside one another: (number who come, somebody wanted comes)
  const block = deep * tags;
  for (let k = 0; k < list.length; k++) {
    const m = list[k]!;
    const come = comes(m);
    const tag = come && tagged?.has[m.candidate] ? 1 : 0;
    const covers = panel.covers[m.candidate]!;
    const { cost } = m;
    // larger panels first: nobody is taken twice
    for (let n = Math.min(k, max - 1); n >= 0; n--)
      for (let mask = panel.allNeeds; mask >= 0; mask--) {
        const state = (mask * wide + n) * block;
        const next = ((mask | covers) * wide + n + 1) * block + come * tags;
        for (let b = 0; b < block; b++) {
          const value = best[state + b]! + cost;
          if (value === Infinity) continue;
          const to = next + (tag ? b | 1 : b);
          if (value >= best[to]!) continue;
          best[to] = value;
          from[k * size + to] = state + b;
        }
      }
  }
  let end = -1;
  let least = Infinity;
  for (let n = min; n <= max; n++)
    for (let come = occasion ? Math.max(0, quorumOf(occasion.seat.quorum, n)) : 0; come <= (occasion ? n : 0); come++)
      for (let tag = 0; tag < tags; tag++) {
        const state = key(panel.allNeeds, n, come, tag);
        const cost = best[state]! + short * Math.max(0, target - n) + (tagged && !tag ? tagged.missing : 0);
        if (cost >= least) continue;
        least = cost;
        end = state;
      }
  if (end < 0) return undefined;
  const chosen: number[] = [];
  for (let k = list.length - 1; k >= 0; k--) {
    const before = from[k * size + end]!;
    if (before < 0) continue;
    chosen.push(list[k]!.candidate);
    end = before;
  }
  return chosen.sort((a, b) => a - b);
}

/** For panels with many needs: those who cover most of what is uncovered first, then those who come, then the cheapest */
function byRepair(panel: ProblemPanel, list: readonly Marginal[], occasion?: Occasion): number[] | undefined {
  const left = [...list];
  const chosen: Marginal[] = [];
  let uncovered = panel.allNeeds;
  const bits = (mask: number) => mask.toString(2).replaceAll('0', '').length;
  const take = (value: (m: Marginal) => number) => {
    left.sort((a, b) => value(b) - value(a) || a.cost - b.cost);
    const m = left.shift()!;
    chosen.push(m);
    uncovered &= ~panel.covers[m.candidate]!;
  };
  while (uncovered && left.length && chosen.length < panel.source.max)
    take((m) => bits(panel.covers[m.candidate]! & uncovered) + (m.comes ? 0.5 : 0));
  while (left.length && chosen.length < Math.max(panel.source.min, Math.min(panel.source.target, panel.source.max)))
    take((m) => (m.comes ? 1 : 0));
  const relaxed = occasion && { ...occasion, seat: { ...occasion.seat, tagged: null } };
  return keepsRules(panel, chosen, relaxed) ? chosen.map((m) => m.candidate).sort((a, b) => a - b) : undefined;
}
