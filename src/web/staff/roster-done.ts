import { text, type Text } from '../../kernel/text.ts';

const words = {
  added: text('登録しました。', 'Added.'),
  corrected: text('変更を保存しました。', 'The changes are saved.'),
  ended: text('終了日を登録しました。', 'The end is entered.'),
  withdrawn: text('取り消しました。', 'Withdrawn.'),
  appointed: text('任期を登録しました。', 'The term is entered.'),
  deactivated: text('利用を停止しました。', 'The account is deactivated.'),
  activated: text('利用を再開しました。', 'The account is active again.'),
} as const satisfies Readonly<Record<string, Text>>;
export type Done = keyof typeof words;

/** What a page says after a form that was accepted: `?done=added` */
export const doneWords = (done: unknown): Text | undefined =>
  typeof done === 'string' && Object.hasOwn(words, done) ? words[done as Done] : undefined;
