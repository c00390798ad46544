import { text, type Text } from '../../kernel/text.ts';
import type { PlanRunSummary } from '../../planning/planning.queries.ts';

type Run = Pick<PlanRunSummary, 'state' | 'cost' | 'bound' | 'proven' | 'seconds' | 'cancelWanted'>;

export const isUnderWay = ({ state }: Pick<Run, 'state'>): boolean => state === 'waiting' || state === 'running';

/** A state of a run by word and shape (the shapes are those of parts/state) */
export function stateOf({ state, cancelWanted }: Pick<Run, 'state' | 'cancelWanted'>): { label: Text; shape: string } {
  if (isUnderWay({ state }) && cancelWanted) return { label: text('中止しています', 'Stopping'), shape: 'hold' };
  return states[state];
}

const states: Readonly<Record<Run['state'], { label: Text; shape: string }>> = {
  waiting: { label: text('順番待ち', 'Waiting'), shape: 'queued' },
  running: { label: text('計算中', 'Computing'), shape: 'sending' },
  ready: { label: text('計算済み', 'Ready'), shape: 'answered' },
  failed: { label: text('失敗', 'Failed'), shape: 'failed' },
  published: { label: text('公開済み', 'Published'), shape: 'announced' },
  discarded: { label: text('破棄', 'Discarded'), shape: 'withdrawn' },
};

const points = (n: number): Text => text(`${n}点`, n === 1 ? '1 point' : `${n} points`);
export const pointsOf = (cost: number | null): Text => (cost === null ? text('–', '–') : points(Math.round(cost)));

/** How much better another plan could be, at most, in words */
export function gapOf({ cost, bound, proven }: Pick<Run, 'cost' | 'bound' | 'proven'>): Text {
  if (cost === null) return text('まだ計画がありません', 'There is no plan yet');
  if (proven) return text('これより良い計画はありません（証明済み）', 'Proven: there is no better plan');
  const gap = gapPoints({ cost, bound });
  if (gap === undefined)
    return text('最良の計画との差はわかっていません', 'How far it is from the best plan is not known');
  const percent = Math.ceil((1000 * gap) / cost) / 10;
  return text(
    `最良の計画との差は、大きくても${gap}点（${percent}%）です`,
    `At most ${gap === 1 ? '1 point' : `${gap} points`} (${percent}%) above the best possible plan`,
  );
}

/** The same in a table's cell */
export function gapShort({ cost, bound, proven }: Pick<Run, 'cost' | 'bound' | 'proven'>): Text {
  if (cost === null) return text('–', '–');
  if (proven) return text('証明済み', 'proven');
  const gap = gapPoints({ cost, bound });
  return gap === undefined ? text('不明', 'not known') : text(`${gap}点以内`, `within ${gap}`);
}

function gapPoints({ cost, bound }: { cost: number; bound: number | null }): number | undefined {
  if (bound === null || bound <= 0 || cost <= 0) return undefined;
  return Math.max(0, Math.floor(cost - bound));
}

/** 5秒 · 1分20秒 */
export function lasting(seconds: number): Text {
  const whole = Math.round(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes === 0) return text(`${whole}秒`, `${whole} s`);
  if (rest === 0) return text(`${minutes}分`, `${minutes} min`);
  return text(`${minutes}分${rest}秒`, `${minutes} min ${rest} s`);
}

/** What the page says of a run while it is under way; asked for again and again */
export function progressOf(run: Run & { readonly timeLimit: number }) {
  const { label } = stateOf(run);
  return {
    over: !isUnderWay(run),
    seconds: Math.min(run.seconds, run.timeLimit),
    timeLimit: run.timeLimit,
    said: {
      state: label,
      time: text(
        `${lasting(run.seconds).ja}経過（最長${lasting(run.timeLimit).ja}）`,
        `${lasting(run.seconds).en} of at most ${lasting(run.timeLimit).en}`,
      ),
      cost: pointsOf(run.cost),
      bound: run.bound === null || run.bound <= 0 ? text('–', '–') : points(Math.floor(run.bound)),
      gap: gapOf(run),
    },
  };
}

/** 新規12件、日程変更2件 · 12 new, 2 moved: what publishing does, in numbers */
export function changeWords({
  new: fresh,
  moved,
  people,
  same,
}: Readonly<Record<'new' | 'moved' | 'people' | 'same', number>>): Text[] {
  const said: [number, Text][] = [
    [fresh, text(`新規${fresh}件`, `${fresh} new`)],
    [moved, text(`日程変更${moved}件`, `${moved} moved`)],
    [people, text(`人の変更${people}件`, `${people} with other people`)],
    [same, text(`変更なし${same}件`, `${same} the same`)],
  ];
  return said.filter(([count]) => count > 0).map(([, words]) => words);
}

/** +3, −2, ±0: with a real minus */
export const signed = (n: number): string => (n === 0 ? '±0' : n > 0 ? `+${n}` : `−${-n}`);
