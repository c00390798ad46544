import { text, type Text } from '../kernel/text.ts';
import type { PersonDue } from './year-due.ts';

const does = {
  hold: text('仮の予定を追加し、都合を確認', 'Adds a tentative entry and asks'),
  add: text('予定を追加し、出欠を確認', 'Adds an entry and asks'),
  again: text('予定を更新し、改めて出欠を確認', 'Updates the entry and asks again'),
  'again-held': text('仮の予定を更新し、改めて都合を確認', 'Updates the tentative entry and asks again'),
  update: text('予定を更新（回答はそのまま）', 'Updates the entry; the answer stands'),
  remove: text('予定を削除', 'Removes the entry'),
  readdress: text('予定を削除し、新しい宛先へ改めて送る', 'Removes the entry, and invites at the new address'),
  shown: text('予定表は変えない（予行）', 'Leaves the calendar as it is (rehearsal)'),
} satisfies Record<string, Text>;

/** What a mail does to its reader's calendar; null: nothing, since it carries none */
export function calendarAction({ next, facts, onlyShown }: PersonDue): Text | null {
  if (next.action === 'withdraw') return null;
  if (onlyShown) return does.shown;
  const held = facts?.status === 'hold';
  if (next.action === 'new') return held ? does.hold : does.add;
  if (next.action === 'cancel') return next.thenNew ? does.readdress : does.remove;
  if (!next.sequenceBump) return does.update;
  return held ? does['again-held'] : does.again;
}
