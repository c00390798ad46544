import { text, type Text } from '../../kernel/text.ts';

/** Every state has a shape of its own: it must be told without colour, in print and by those who do not see colours. */
export const states = ['undated', 'planned', 'announced', 'answered', 'problem', 'cancelled'] as const;
export type BoardState = (typeof states)[number];

/** Parts of a shape in a box of 16 × 16. `line` is stroked, `solid` filled, `gap` shows what lies below through the solid. */
export interface Shape {
  readonly solid?: string;
  readonly line?: string;
  readonly gap?: string;
  readonly dash?: string;
}

const circle = 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11Z';

/** The same paths as in `public/icons.svg` under `state-…`, so that board, tables and legends speak alike. */
export const stateShapes: Readonly<Record<BoardState, Shape>> = {
  undated: { line: circle, dash: '2.4 2.1' },
  planned: { line: circle },
  announced: { solid: 'M4 2.6V13.4L13.6 8Z' },
  answered: { solid: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13Z', gap: 'M4.9 8.3 7.1 10.5 11.2 5.7' },
  problem: { solid: 'M8 1.2 15.4 14.4H.6Z', gap: 'M8 5.6V9.6M8 11.7V12.6' },
  cancelled: { line: 'M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5' },
};

export const stateNames: Readonly<Record<BoardState, Text>> = {
  undated: text('日程未定', 'No day yet'),
  planned: text('計画中', 'Planned'),
  announced: text('通知済み', 'Announced'),
  answered: text('回答済み', 'Answered'),
  problem: text('要対応', 'Needs attention'),
  cancelled: text('中止', 'Cancelled'),
};
