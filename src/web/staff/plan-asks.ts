import { text, type Text } from '../../kernel/text.ts';
import { homeOf, type Home } from '../../planning/take-over.ts';
import type { YearChange } from '../../planning/year-change.ts';
import type { YearRelaxation } from '../../planning/year-questions.service.ts';

export interface AskCard {
  readonly letter: string;
  readonly text: Text;
  readonly said: readonly Text[];
  readonly cost: number;
  /** The changes, as the form of its button sends them */
  readonly fields: readonly string[];
}

export const askCards = (sets: readonly YearRelaxation[]): AskCard[] =>
  sets.map(({ changes, said, cost, text: words }, index) => ({
    letter: 'ABCDEFGH'[index] ?? String(index + 1),
    text: words,
    said,
    cost,
    fields: changes.map((change) => JSON.stringify(change)),
  }));

const written: Readonly<Record<Home, Text>> = {
  availability: text(
    '日程回答に、事務局が聞いた内容として△で記入します。先にご本人か窓口の了承を得てください。',
    'It is entered among people’s days as heard by staff (△). Please have their agreement, or their office’s, first.',
  ),
  window: text(
    '会議の実施期間が変わります。すでに決まっている日は動きません。',
    'The window of the meetings changes. Days that are set stay.',
  ),
  meeting: text(
    '会議の固定が外れ、次の計画で日や人が動くことがあります。',
    'The meeting is no longer fixed: the next plan may move it or choose other people.',
  ),
  rules: text(
    'この年度だけの取り決めとして残り、次の計画から使われます。「費用の重み」のページで取り消せます。',
    'It is kept for this year only and counts from the next plan on. It can be taken back on the page of weights.',
  ),
};

/** What applying changes does, each place in which something is written once */
export const consequencesOf = (changes: readonly YearChange[]): Text[] =>
  [...new Set(changes.map(homeOf))].map((home) => written[home]);
