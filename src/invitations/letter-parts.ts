import { oneLine } from '../kernel/plain-text.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import type { Change } from './change.ts';
import { daysOf, type InvitationFacts, type MeetingFacts } from './invitation.ts';
import { rowOf, staffLine, type Row } from './particulars.ts';

/** In whose name it is written */
export interface Letterhead {
  readonly programme: Text;
  readonly secretariat: Text;
}

export type Named = Pick<InvitationFacts, 'name' | 'honorific' | 'post'>;

/** 架空 太郎 様 · Prof. Taro Kaku */
export const styled = ({ name, honorific }: Omit<Named, 'post'>, language: Language): string =>
  oneLine(
    language === 'ja'
      ? `${name.ja} ${honorific.ja || '様'}`
      : [honorific.en, name.en].filter((part) => part !== '').join(' '),
    160,
  );

/** Two lines where they hold an office: 見本大学長 / 架空 太郎 様 */
export const addressee = (person: Named, language: Language): string =>
  [oneLine(person.post[language], 160), styled(person, language)].filter((line) => line !== '').join('\n');

const before = text('（変更前）', 'was ');
const after = text('（変更後）', 'is now ');
const none = text('（なし）', '(none)');

/** 変更点: each aspect with what it was and what it is */
export const changeRows = (changes: readonly Change[], language: Language): readonly Row[] =>
  changes.map((change) => {
    const lines = [
      [before, change.before],
      [after, change.after],
    ] as const;
    return rowOf(
      change.label[language],
      ...lines.map(([label, value]) => label[language] + (value[language] || none[language])),
    );
  });

/** What every letter about a meeting says of it and of its sender */
export const common = (facts: MeetingFacts, letterhead: Letterhead, language: Language) => ({
  title: oneLine(facts.title[language], 120),
  days: daysOf(facts)[language],
  programme: oneLine(letterhead.programme[language]),
  secretariat: oneLine(letterhead.secretariat[language]),
  staff: staffLine(letterhead.secretariat, facts.staffInCharge, language),
});

export const officeAddressee = (name: Text, language: Language): string =>
  language === 'ja' ? `${oneLine(name.ja)} 御中` : oneLine(name.en);
