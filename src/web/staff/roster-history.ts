import { text, type Text } from '../../kernel/text.ts';
import type { HistoryEntry } from '../../roster/roster.queries.ts';
import type { Noun } from '../../roster/noun.ts';
import type { Change, RosterWords } from './roster-words.ts';

const verbs: Readonly<Record<string, Text>> = {
  'roster.add': text('登録', 'added'),
  'roster.correct': text('変更', 'changed'),
  'roster.end': text('終了', 'ended'),
  'roster.succeed': text('後任の登録', 'successor entered'),
  'roster.withdraw': text('取り消し', 'withdrawn'),
  'roster.import': text('CSVの読み込み', 'imported'),
  'reminders.unsubscribe': text('催促メールの停止', 'reminders by mail switched off'),
  'reminders.subscribe': text('催促メールの再開', 'reminders by mail switched on'),
};

export interface HistoryLine {
  readonly at: string;
  readonly who: string;
  readonly what: Text;
  /** Whose change it is where it is not the page's own thing: a term, a conflict */
  readonly of: Text | undefined;
  readonly changes: readonly Change[];
  /** Everything at once, as when it was added: folded away */
  readonly whole: boolean;
}

/** Newest first */
export const historyView = (entries: readonly HistoryEntry[], words: RosterWords): HistoryLine[] =>
  entries.map(({ at, by, verb, subject, changes }) => {
    const [noun = '', id = ''] = subject.split('/');
    const part = noun === 'term' || noun === 'conflict';
    return {
      at: at.toISOString(),
      who: by,
      what: verbs[verb] ?? text(verb, verb),
      of: part ? words.name(noun, id) : undefined,
      changes: words.changes(
        noun as Noun,
        changes.filter(({ column }) => column !== 'id'),
      ),
      whole: changes.some(({ column }) => column === 'id') || changes.length > 6,
    };
  });
