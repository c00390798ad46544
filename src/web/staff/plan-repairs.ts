import { joinTexts, type Text } from '../../kernel/text.ts';
import type { Difference } from '../../planning/compare.ts';
import type { YearRepair } from '../../planning/year-questions.service.ts';
import type { YearStanding } from './board.ts';
import { signed } from './plan-words.ts';
import { meetingAddress } from './year-address.ts';

export interface DifferenceRow {
  readonly title: Text;
  readonly was: Text;
  readonly is: Text;
  readonly cost: string;
  readonly dearer: boolean;
  readonly cheaper: boolean;
  readonly parts: readonly { readonly title: Text; readonly cost: string }[];
}

/** What differs between two plans, as a table shows it */
export const differenceRows = (differences: readonly Difference[]): DifferenceRow[] =>
  differences.map(({ title, was, is, cost, parts }) => ({
    title,
    was,
    is,
    cost: signed(cost),
    dearer: cost > 0,
    cheaper: cost < 0,
    parts: parts.map((part) => ({ title: part.title, cost: signed(part.cost) })),
  }));

export interface RepairCard {
  readonly index: number;
  readonly letter: string;
  readonly text: Text;
  readonly change: number;
  readonly cost: number | null;
  readonly undecided: number;
  /** What is decided otherwise */
  readonly rows: readonly DifferenceRow[];
  /** What costs more or less because of it, decided alike */
  readonly follows: readonly DifferenceRow[];
  readonly tell: Text;
  readonly told: number;
}

/** Ways to go on, the cheapest first; that nothing changes is none */
export const repairCards = (repairs: readonly YearRepair[]): RepairCard[] =>
  repairs.flatMap(({ repair, differences, tell, text }, index) => {
    const rows = differenceRows(differences.filter(({ kind }) => kind !== 'follows'));
    if (rows.length === 0 && tell.length === 0) return [];
    return {
      index,
      letter: 'ABCDEF'[index] ?? String(index + 1),
      text,
      change: repair.change,
      cost: repair.plan.cost ?? null,
      undecided: Object.values(repair.plan.meetings).filter((placed) => placed === null).length,
      rows,
      follows: differenceRows(differences.filter(({ kind }) => kind === 'follows')),
      tell: joinTexts(tell.map(({ name }) => name)),
      told: tell.length,
    };
  });

/** Rules that the year does not keep as it stands, of meetings that a repair may touch */
export const brokenIn = ({ meetings }: YearStanding) =>
  meetings.flatMap(({ meeting, standing }) =>
    standing.broken.map(({ words }) => ({ title: meeting.title, words, href: meetingAddress(meeting.id) })),
  );
