import { fill, text, type Text } from '../../kernel/text.ts';
import { momentIn } from '../../kernel/zoned-time.ts';
import type { MailState } from '../../mail/delivery.ts';
import type { Way } from '../../mail/inbound/contact.ts';
import { counted, type Task, type TodayInput } from './today-task.ts';
import { addressIn } from './year-address.ts';

export const waitingReplies = ({ replies = 0 }: TodayInput): Task[] =>
  replies === 0
    ? []
    : [
        {
          kind: 'warn',
          title: counted(
            replies,
            '確認を待っている返信{n}通',
            '{n} reply needs a decision',
            '{n} replies need a decision',
          ),
          under: text(
            '別の日時の希望、読み取れないメール、届かなかったメールなど',
            'Another time proposed, unreadable mails, mails that did not arrive',
          ),
          href: '/mail/triage',
          action: text('確認する', 'Settle them'),
        },
      ];

/** How the pages call a way by which replies come */
export const wayNames: Readonly<Record<Way, { readonly down: Text; readonly under: Text }>> = {
  imap: {
    down: text(
      '{since}から返信用のメールボックスを読めていません',
      'The mailbox for replies cannot be read since {since}',
    ),
    under: text(
      '予定表からの回答や配達エラーが届いていません。リンクからの回答は届きます。{fault}',
      'Answers from calendars and bounces do not come in; answers by link do. {fault}',
    ),
  },
  listener: {
    down: text('{since}から返信メールの受け口が止まっています', 'Nobody takes replies by mail since {since}'),
    under: text(
      '予定表からの回答や配達エラーを受け取れません。受け取る処理が動いているかご確認ください。{fault}',
      'Answers from calendars and bounces cannot come in. Please see whether the process that takes them runs. {fault}',
    ),
  },
};

/** Ways by which replies should come, and have not for so long that somebody has to look */
export const closedWays = ({ closedWays = [], year }: TodayInput): Task[] =>
  closedWays.map(({ way, since, fault }) => ({
    kind: 'bad',
    title: fill(wayNames[way].down, { since: momentIn(since.toISOString(), year.cycle.rules.zone) }),
    under: fill(wayNames[way].under, { fault: fault === '' ? '' : text(`（${fault}）`, `(${fault})`) }),
    href: '/mail/triage',
    action: text('返信を見る', 'See replies'),
  }));

export function mailTasks({ mails, stopped }: TodayInput): Task[] {
  const line = (state: MailState, kind: Task['kind'], title: Text, under: Text): Task[] =>
    mails[state] === 0
      ? []
      : [{ kind, title, under, href: `/mailbox/out?state=${state}`, action: text('メールを見る', 'See mails') }];
  return [
    ...stopped.map(({ destination, refusal, waiting }): Task => ({
      kind: 'bad',
      title: fill(text('{destination} への送信を止めています', 'Mail to {destination} is stopped'), { destination }),
      under: fill(
        text(
          '相手のサーバーに拒否されました（{refusal}）。待機{waiting}通',
          'Its server refuses us ({refusal}); {waiting} waiting',
        ),
        {
          refusal,
          waiting,
        },
      ),
      href: '/mailbox/out',
      action: text('メールを見る', 'See mails'),
    })),
    ...line(
      'held',
      'info',
      counted(mails.held, '保留しているメール{n}通', '{n} mail is held', '{n} mails are held'),
      text('確認して、送信してよいものを選んでください', 'Look at them and let go what may leave'),
    ),
    ...line(
      'failed',
      'bad',
      counted(mails.failed, '送信できなかったメール{n}通', '{n} mail failed', '{n} mails failed'),
      text('宛先を確かめて、もう一度送るか電話で連絡してください', 'Check the address and send it again, or call'),
    ),
    ...line(
      'uncertain',
      'warn',
      counted(
        mails.uncertain,
        '届いたか不明のメール{n}通',
        '{n} mail may not have arrived',
        '{n} mails may not have arrived',
      ),
      text('送信中に接続が切れました', 'The connection was lost while they were handed over'),
    ),
    ...line(
      'kept-back',
      'info',
      counted(
        mails['kept-back'],
        '予行のため送らなかったメール{n}通',
        '{n} mail was kept back',
        '{n} mails were kept back',
      ),
      text(
        '登録した宛先ではないため、実際には送られていません',
        'Not to listed addresses: in rehearsal they did not leave',
      ),
    ),
  ];
}

export function releaseTask({ year, pending }: TodayInput): Task[] {
  const href = addressIn(year.cycle, 'release');
  const action = text('送信の画面へ', 'To release');
  if (pending.hindrance)
    return [
      {
        kind: 'bad',
        title: text('案内を作成できません', 'No mail can be written'),
        under: pending.hindrance,
        href,
        action,
      },
    ];
  if (pending.count === 0) return [];
  const problems =
    pending.problems === 0
      ? text('送るまで、相手には何も伝わりません', 'Until they are released nobody hears of it')
      : counted(
          pending.problems,
          'うち{n}通は宛先などに問題があります',
          '{n} of them cannot be sent as it is',
          '{n} of them cannot be sent as they are',
        );
  return [
    {
      kind: 'warn',
      title: counted(
        pending.count,
        '送信を待っている案内{n}通',
        '{n} mail waits for release',
        '{n} mails wait for release',
      ),
      under: problems,
      href,
      action,
    },
  ];
}
