import { text } from '../../kernel/text.ts';
import { dayValue, yearFlags, type Parameter, type Verb } from '../verb.ts';

const key: Parameter = {
  name: 'KEY',
  says: text('期限（例 progress-report/icredd）', 'a deadline, such as progress-report/icredd'),
};
const note = { name: 'note', value: 'TEXT', says: text('備考', 'a note') } as const;

export const milestoneVerbs: readonly Verb[] = [
  {
    path: 'milestone list',
    says: text('期限を一覧にする', 'lists the deadlines'),
    flags: [...yearFlags, { name: 'open', says: text('済んでいないものだけ', 'only those that are open') }],
  },
  {
    path: 'milestone submit',
    says: text('提出済みにする', 'marks what was due as handed in'),
    parameters: [key],
    flags: [...yearFlags, note],
  },
  {
    path: 'milestone waive',
    says: text('今回は不要にする', 'says that it is not needed this time'),
    parameters: [key],
    flags: [...yearFlags, note],
  },
  { path: 'milestone reopen', says: text('未提出に戻す', 'takes either back'), parameters: [key], flags: yearFlags },
  {
    path: 'milestone extend',
    says: text('期限を延ばす', 'gives another day'),
    parameters: [key],
    flags: [...yearFlags, { name: 'to', value: dayValue, says: text('新しい期限', 'the new day') }],
  },
];
