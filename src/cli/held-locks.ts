import { fill, text } from '../kernel/text.ts';
import type { LocksCannotHold } from '../planning/locks.ts';
import { RefusedByRules } from './exit-codes.ts';

const noSuchPlan = text('固定されたことを満たす計画はありません。', 'No plan keeps what is fixed.');

/** Which locks cannot hold, each with its place in the instance and the reasons */
export const heldLocks = ({ locks }: LocksCannotHold): RefusedByRules =>
  new RefusedByRules('planning.locks', [
    noSuchPlan,
    ...locks.flatMap(({ of, index, reasons }) =>
      reasons.map((why) => fill(text('locks[{index}] {of}：{why}', 'locks[{index}] {of}: {why}'), { index, of, why })),
    ),
  ]);
