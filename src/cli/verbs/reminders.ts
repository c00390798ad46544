import { text } from '../../kernel/text.ts';
import { yearFlags, type Verb } from '../verb.ts';

const subject = {
  name: 'of',
  value: 'SUBJECT',
  says: text(
    '対象（meeting/キー、person/ID、office/ID。省略すると年度すべて）',
    'of what: meeting/KEY, person/ID, office/ID (the whole year unless told)',
  ),
} as const;

export const remindersVerbs: readonly Verb[] = [
  {
    path: 'reminders list',
    says: text('これから送る催促を一覧にする', 'lists the reminders to come'),
    flags: [
      ...yearFlags,
      { name: 'past', says: text('これまでの催促', 'those that were sent or taken out') },
      { name: 'calls', says: text('電話リスト', 'whom to call') },
      { name: 'days', value: 'N', says: text('何日先まで（省略すると28）', 'how many days ahead (28 unless told)') },
    ],
  },
  {
    path: 'reminders send',
    says: text('期限の来た催促を今すぐ送る', 'sends the reminders that are due'),
    more: text(
      '動いている巡りは数分ごとに同じことをします。二度実行しても、同じ催促は二度送られません。',
      'The running application does the same every few minutes. Nobody gets the same reminder twice.',
    ),
    flags: yearFlags,
  },
  {
    path: 'reminders pause',
    says: text('催促を止める', 'stops reminders'),
    flags: [...yearFlags, subject],
  },
  {
    path: 'reminders resume',
    says: text('催促を再開する', 'lets reminders go on'),
    flags: [...yearFlags, subject],
  },
];
