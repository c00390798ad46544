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

const reader = {
  name: 'of',
  value: 'SUBJECT',
  says: text('相手（person/ID、office/ID）', 'whose: person/ID or office/ID'),
} as const;

export const remindersVerbs: readonly Verb[] = [
  {
    path: 'reminders list',
    says: text('これから送る催促を一覧にする', 'lists the reminders to come'),
    flags: [
      ...yearFlags,
      { name: 'past', says: text('これまでの催促', 'those that were sent or taken out') },
      { name: 'calls', says: text('電話リスト', 'whom to call') },
      {
        name: 'unsubscribed',
        says: text('催促メールの停止を希望した相手', 'who wants no reminders by mail'),
      },
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
  {
    path: 'reminders unsubscribe',
    says: text('メールでの催促を希望しない相手を記録する', 'says that somebody wants no reminders by mail'),
    more: text(
      '会議の案内は届きます。まだの回答や提出は、窓口、担当者、電話リストの順に回ります。本人がメールから止めることもできます。',
      'Invitations still reach them; what is open goes to their office, then to staff, then to the telephone list. They can do it themselves from any reminder.',
    ),
    flags: [...yearFlags, reader],
  },
  {
    path: 'reminders subscribe',
    says: text('メールでの催促を再開する', 'lets somebody have reminders by mail again'),
    flags: [...yearFlags, reader],
  },
];
