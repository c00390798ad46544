import { text, type Text } from '../kernel/text.ts';

/** How a command ended, for scripts. These numbers do not change. */
export const exitCodes = {
  done: 0,
  fault: 1,
  usage: 2,
  undecided: 3,
  refused: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeMeanings: readonly { readonly code: ExitCode; readonly means: Text }[] = [
  { code: exitCodes.done, means: text('完了した', 'done') },
  {
    code: exitCodes.fault,
    means: text('巡り側の不具合（データベースに届かないときも）', 'a fault of ours, or the database is out of reach'),
  },
  {
    code: exitCodes.usage,
    means: text(
      '使い方、入力、設定の誤り（すべて示す）。何も書き込んでいない',
      'wrong usage, input or configuration; every fault is said and nothing was written',
    ),
  },
  {
    code: exitCodes.undecided,
    means: text('完了したが、決まっていないものが残っている', 'done, but something is still undecided'),
  },
  {
    code: exitCodes.refused,
    means: text(
      '規則により、または指定したものがないため受け付けなかった。何も書き込んでいない',
      'refused by a rule, or because there is no such thing; nothing was written',
    ),
  },
  {
    code: exitCodes.interrupted,
    means: text(
      '中断された、または確認に「いいえ」と答えた（計画では、その時点で最もよい計画を残す）',
      'interrupted, or answered with no; of a plan the best so far is kept',
    ),
  },
];

/** Somebody stopped the command, or said no when it asked. */
export class Interrupted extends Error {
  readonly text: Text;

  constructor(said: Text = text('中断しました。', 'Interrupted.')) {
    super(said.en);
    this.name = 'Interrupted';
    this.text = said;
  }
}

/** A rule stands against what was asked for, with more to say than one sentence of a room. */
export class RefusedByRules extends Error {
  readonly code: string;
  readonly texts: readonly Text[];

  constructor(code: string, texts: readonly Text[]) {
    super(`${code}: ${texts.map((said) => said.en).join(' ')}`);
    this.name = 'RefusedByRules';
    this.code = code;
    this.texts = texts;
  }
}
