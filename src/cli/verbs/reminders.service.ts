import { Clock } from '../../clock/clock.service.ts';
import { addDays } from '../../kernel/calendar-date.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import { dayInZone, momentIn } from '../../kernel/zoned-time.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { holdNames } from '../../reminders/obligation.ts';
import {
  ReminderQueries,
  type Call,
  type ComingMail,
  type PastReminder,
  type ReminderBoard,
} from '../../reminders/reminders.queries.ts';
import { Reminders } from '../../reminders/reminders.service.ts';
import { Unsubscribing } from '../../reminders/unsubscribing.service.ts';
import { YEAR } from '../../reminders/reminder.ts';
import { answer, type Answer } from '../answer.ts';
import { chosenYear } from '../chosen-year.service.ts';
import type { Command, Doing, OpenHouse } from '../command.ts';
import { tableOf } from '../terminal-text.ts';

const PAST = 200;
const NEAR_DAYS = 28;

const list: Doing = async (command) => {
  const { given } = command;
  given.atMostOneOf('past', 'calls', 'unsubscribed');
  const [past, calls, unsubscribed] = [given.on('past'), given.on('calls'), given.on('unsubscribed')];
  const days = given.integer('days', 0, 400) ?? NEAR_DAYS;
  if (given.on('days') && (past || calls || unsubscribed))
    given.fault(
      text(
        '--days は --past、--calls、--unsubscribed と同時に使えません。',
        '--days excludes --past, --calls and --unsubscribed.',
      ),
    );
  const { house, cycle } = await chosenYear(command);
  const queries = house.get(ReminderQueries);
  const { zone } = cycle.rules;
  if (past) return pastAnswer(await queries.past(cycle.id, PAST), zone);
  if (unsubscribed) return unsubscribedAnswer(await queries.unsubscribed(cycle.id), zone);
  if (calls) return callsAnswer(await queries.calls(cycle.id), zone);
  const today = dayInZone(house.get(Clock).now().toISO()!, zone);
  return comingAnswer(await queries.board(cycle.id, addDays(today, days)), zone);
};

const pastAnswer = (rows: readonly PastReminder[], zone: string): Answer =>
  answer(rows, (language) =>
    rows.length === 0
      ? text('まだ催促は送られていません。', 'No reminder has been sent yet.')[language]
      : tableOf(
          language,
          [
            text('日時', 'When'),
            text('対象', 'Who owes it'),
            text('内容', 'What'),
            text('段階', 'Step'),
            text('宛先', 'Sent to'),
            text('結果', 'Result'),
          ],
          rows.map((row) => [
            momentIn(row.decidedAt.toISOString(), zone),
            row.about.who,
            row.about.what,
            row.step,
            row.about.to ?? '',
            resultOf(row),
          ]),
        ),
  );

const callsAnswer = (rows: readonly Call[], zone: string): Answer =>
  answer(rows, (language) =>
    rows.length === 0
      ? text('電話で確かめる相手はいません。', 'Nobody is to be called.')[language]
      : tableOf(
          language,
          [text('相手', 'Whom'), text('電話', 'Telephone'), text('用件', 'About'), text('期限', 'Due')],
          rows.map(({ about, telephones }) => [
            about.who,
            telephones.map(({ of, number }) => `${of[language]} ${number}`).join(', '),
            about.what,
            about.due ? momentIn(about.due, zone) : '',
          ]),
        ),
  );

const unsubscribedAnswer = (rows: ReminderBoard['unsubscribed'], zone: string): Answer =>
  answer(rows, (language) =>
    rows.length === 0
      ? text('催促メールの停止を希望した相手はいません。', 'Everybody gets reminders by mail.')[language]
      : tableOf(
          language,
          [text('相手', 'Who'), text('ID', 'ID'), text('日時', 'Since'), text('操作した人', 'By')],
          rows.map(({ subject, name, by, at }) => [name ?? '', subject, momentIn(at.toISOString(), zone), by]),
        ),
  );

const comingAnswer = (board: ReminderBoard, zone: string): Answer =>
  answer(board, (language) => {
    const head = [
      text('日時', 'When'),
      text('宛先', 'To'),
      text('まだのもの', 'Still open'),
      text('段階', 'Step'),
      text('注意', 'Note'),
    ];
    const paused = text('この年度の催促は停止中です。', 'Reminders of this year are paused.')[language];
    const none = text('予定している催促はありません。', 'No reminder is planned.')[language];
    const lines = board.coming.flatMap((mail) => linesOf(mail, zone));
    return [...(board.yearPaused ? [paused] : []), lines.length === 0 ? none : tableOf(language, head, lines)].join(
      '\n',
    );
  });

const telephoneList = text('電話リスト', 'telephone list');

const linesOf = (mail: ComingMail, zone: string): (Text | string)[][] =>
  mail.reminders.map((one) => [
    momentIn(mail.at, zone),
    mail.to ? fill(text('{name} <{address}>', '{name} <{address}>'), mail.to) : telephoneList,
    fill(text('{what} {who}', '{what}, {who}'), { what: one.about.what, who: one.about.who }),
    one.says,
    one.hold ? holdNames[one.hold] : '',
  ]);

const results: Readonly<Record<string, Text>> = {
  listed: text('電話リスト', 'telephone list'),
  overtaken: text('次の段階に進んだ', 'overtaken'),
  'too-late': text('遅れすぎ', 'too late'),
  'by-staff': text('取りやめ', 'taken out'),
};

const resultOf = ({ state, reason, mailState }: PastReminder): Text | string =>
  results[reason ?? state] ?? mailState ?? state;

const send: Doing = async (command) => {
  const { house, cycle } = await chosenYear(command);
  const done = await house.get(Reminders).remind(cycle.id);
  return answer(
    done,
    (language) =>
      fill(
        text(
          '催促のメールを{mails}通、送信に回しました（電話リストへ{listed}件、見送り{skipped}件）。',
          '{mails} reminders are on their way ({listed} put on the telephone list, {skipped} skipped).',
        ),
        { ...done },
      )[language],
  );
};

/** Staff name a meeting by its key; what is kept is its id. */
async function subjectOf(command: Command): Promise<{ house: OpenHouse; cycleId: string; subject: string }> {
  const named = command.given.text('of');
  const { house, cycle } = await chosenYear(command);
  const key = named?.startsWith('meeting/') ? named.slice('meeting/'.length) : undefined;
  const subject =
    key === undefined ? (named ?? YEAR) : `meeting/${(await house.get(MeetingQueries).named(cycle.id, key)).id}`;
  return { house, cycleId: cycle.id, subject };
}

const pause: Doing = async (command) => {
  const { house, cycleId, subject } = await subjectOf(command);
  await house.get(Reminders).pause(cycleId, subject, command.actor);
  return answer({ subject, paused: true }, (language) => text('催促を止めました。', 'Reminders are paused.')[language]);
};

const resume: Doing = async (command) => {
  const { house, cycleId, subject } = await subjectOf(command);
  await house.get(Reminders).resume(cycleId, subject, command.actor);
  return answer({ subject, paused: false }, (language) => text('催促を再開しました。', 'Reminders go on.')[language]);
};

async function readerOf(command: Command): Promise<{ house: OpenHouse; programme: string; subject: string }> {
  const subject = command.given.needed('of');
  const { house, cycle } = await chosenYear(command);
  return { house, programme: cycle.programme, subject };
}

const unsubscribe: Doing = async (command) => {
  const { house, programme, subject } = await readerOf(command);
  await house.get(Unsubscribing).switchOff({ programme, subject, rehearsal: false }, command.actor);
  return answer(
    { programme, subject, unsubscribed: true },
    (language) => text('催促メールを止めました。', 'Reminders by mail are switched off.')[language],
  );
};

const subscribe: Doing = async (command) => {
  const { house, programme, subject } = await readerOf(command);
  await house.get(Unsubscribing).switchOn({ programme, subject }, command.actor);
  return answer(
    { programme, subject, unsubscribed: false },
    (language) => text('催促メールを再開しました。', 'Reminders by mail are switched on again.')[language],
  );
};

export const doings: Record<string, Doing> = {
  'reminders list': list,
  'reminders send': send,
  'reminders pause': pause,
  'reminders resume': resume,
  'reminders unsubscribe': unsubscribe,
  'reminders subscribe': subscribe,
};
