import { text } from '../../kernel/text.ts';
import type { Verb } from '../verb.ts';

/** What the runner itself answers */
export const meguriVerbs: readonly Verb[] = [
  {
    path: 'help',
    says: text(
      '使い方を示す（help meeting set、help exit-codes など）',
      'says how verbs are used (help meeting set, help exit-codes)',
    ),
    parameters: [
      { name: 'VERB', says: text('コマンド、または exit-codes', 'a verb, or exit-codes'), optional: true, many: true },
    ],
  },
  { path: 'version', says: text('版を示す', 'prints the version') },
];
