import { fill, text, type Text } from '../kernel/text.ts';
import type { Attendance } from '../meetings/meeting.ts';
import type { GivenAnswer } from './answer.ts';
import type { Outcome, Reason } from './reading/verdict.ts';
import type { GivenReply } from './reading/verdict.ts';

/** `received`: stored, not looked at yet · `read`: taken apart · `applied` · `held`: waits for a person · `ignored`: changes nothing */
export type IncomingState = 'received' | 'read' | 'applied' | 'held' | 'ignored';

export const settlements = ['alias', 'forwarded', 'answered', 'ignored', 'declined', 'seen', 'resumed'] as const;
/** What a person made of a mail that waited */
export type Settlement = (typeof settlements)[number];

/** Where a mail stands once it is decided. What is about our own mail waits until somebody has seen it. */
export const stateAfter = (outcome: Outcome, reason: Reason | 'fault'): IncomingState => {
  if (['held', 'proposal', 'complaint', 'our-problem', 'undeliverable'].includes(outcome)) return 'held';
  // the secretariat decides whether a delegate is welcome
  if (outcome === 'applied') return reason === 'delegated' ? 'held' : 'applied';
  return 'ignored';
};

type Decided = Exclude<Attendance, 'unanswered'>;

/**
 * PARTSTAT follows from the record of an answer: a proxy is a delegate to a calendar, and whoever sends one may also press «decline».
 */
const meanings: Readonly<Record<GivenReply['partstat'], readonly Decided[]>> = {
  ACCEPTED: ['attending', 'late', 'leaving', 'online'],
  DECLINED: ['absent', 'proxy'],
  TENTATIVE: ['undecided'],
  DELEGATED: ['proxy'],
};

/**
 * The record of an answer that came by calendar. A calendar says less than a form: where it only repeats what is on record, hours,
 * company and remarks stay.
 * @param before the answer that counts so far
 * @returns undefined where it says nothing new
 */
export function recordOf(reply: GivenReply, before: GivenAnswer | undefined): GivenAnswer | undefined {
  const repeats = before !== undefined && meanings[reply.partstat].includes(before.attendance);
  if (repeats) {
    if (reply.comment === '' || before.remarks.includes(reply.comment)) return undefined;
    return { ...plain(before), remarks: [before.remarks, reply.comment].filter(Boolean).join('\n').slice(0, 2000) };
  }
  return {
    attendance: meanings[reply.partstat][0]!,
    lateFrom: null,
    leavingAt: null,
    proxyName: reply.partstat === 'DELEGATED' ? reply.delegate.slice(0, 200) : '',
    proxyTitle: '',
    accompanying: [],
    remarks: reply.comment,
  };
}

const plain = ({
  attendance,
  lateFrom,
  leavingAt,
  proxyName,
  proxyTitle,
  accompanying,
  remarks,
}: GivenAnswer): GivenAnswer => ({ attendance, lateFrom, leavingAt, proxyName, proxyTitle, accompanying, remarks });

/** The attendance that a button of a calendar stands for, where nothing else is known */
export const attendanceOf = (partstat: GivenReply['partstat']): Decided => meanings[partstat][0]!;

/** Who gave it, as the ledger shows it: the attendee as written, and who answered in their place */
export function giverOf({ attendee }: GivenReply): string {
  const who = attendee.name === '' || attendee.name === attendee.address ? '' : `${attendee.name} `;
  const sent = attendee.sentBy && attendee.sentBy !== attendee.address ? ` / ${attendee.sentBy}` : '';
  return `${who}<${attendee.address}>${sent}`.slice(0, 300);
}

const reasons: Readonly<Record<Reason | 'fault', Text>> = {
  answered: text('回答を記録しました', 'The answer was recorded'),
  delegated: text(
    '代理の方に委任する回答です。代理出席として記録しました。ご確認ください',
    'They have delegated to somebody else. It was recorded as a proxy; please look whether that is right',
  ),
  'newer-than-ours': text(
    '回答を記録しました（相手の予定表の版が当方より新しくなっています）',
    'The answer was recorded (their calendar counts more revisions than we sent)',
  ),
  'older-revision': text(
    '変更前のご案内への回答です。記録しましたが、現在の日時への回答には数えません',
    'It answers an earlier version of the invitation. It was kept, and does not count for the present one',
  ),
  'changed-meanwhile': text(
    '回答の後で会議の内容が変わっています。記録しましたが、現在の内容への回答には数えません',
    'The meeting has been changed since. It was kept, and does not count for the present details',
  ),
  'other-time': text('別の日時を希望しています', 'They ask for another time'),
  'no-invitation': text('どのご案内への返信か分かりません', 'It is not known which invitation this belongs to'),
  'keys-disagree': text(
    '宛先と予定データが、別々のご案内を示しています',
    'The address that it was sent to and the calendar in it name different invitations',
  ),
  'other-address': text(
    'ご案内先と異なるアドレスからの回答です',
    'The answer is from an address other than the invited one',
  ),
  'several-attendees': text(
    '回答に複数の方が含まれ、ご案内先の方がいません',
    'Several people are named in it, and the invited one is not among them',
  ),
  'not-authentic': text(
    'ご本人からの回答であることを確認できません',
    'It cannot be told whether this really comes from the invited person',
  ),
  'sequence-reset': text(
    'どの版のご案内への回答か分かりません（端末が番号を振り直しています）',
    'It cannot be told which version they answered: their device counts anew',
  ),
  unreadable: text('内容を読み取れません', 'It could not be read'),
  words: text('文章で届いています。担当者が読んで判断してください', 'It is written in words; please read it'),
  'asks-again': text('ご案内の再送を求めています', 'They ask to be sent the invitation again'),
  automatic: text('自動返信です。何も変わりません', 'An automatic reply; nothing changes'),
  'still-trying': text('配達が遅れています。まだ失敗ではありません', 'Delivery is delayed; it has not failed yet'),
  arrived: text('配達の通知です', 'A notice of delivery'),
  'no-decision': text('出欠の記載がありません', 'It says neither yes nor no'),
  'no-answer': text('回答ではない予定データです', 'A calendar that is no answer'),
  'single-event': text(
    '複数の予定の一部への回答です。全体の出欠はご確認ください',
    'It answers one of several entries; what it means for the whole is for you to say',
  ),
  withdrawn: text('取り消したご案内への回答です', 'It answers an invitation that was withdrawn'),
  superseded: text(
    'より新しい回答があります。記録に残しましたが、数えません',
    'A newer answer is on record; this one was kept and does not count',
  ),
  over: text('会議は終了しています', 'The meeting is over'),
  'booked-elsewhere': text(
    '同じ時間に別の予定が入っているため、記録できませんでした',
    'They are expected elsewhere at the same time, so that it could not be recorded',
  ),
  'not-reached': text('メールが届きませんでした', 'The mail did not arrive'),
  'mailbox-full': text(
    '相手の受信箱がいっぱい、または受け取れない状態です',
    'Their mailbox is full or takes nothing now',
  ),
  policy: text(
    '送信元の設定を理由に拒否されました。このドメインへの送信を止めています',
    'It was refused because of how we send. Nothing more goes to that domain for now',
  ),
  'spam-report': text(
    '迷惑メールとして報告されました。この方への送信を止めています',
    'It was reported as spam. Nothing more is sent to this person',
  ),
  'outside-the-hours': text('会議の時間外の時刻が含まれています', 'It names hours at which the meeting is not held'),
  fault: text('処理中に問題が起きました。担当者が読んで判断してください', 'It could not be handled; please read it'),
};

/** Why a mail stands where it stands, for people */
export const reasonText = (reason: Reason | 'fault'): Text => reasons[reason];

const faults: Readonly<Record<string, Text>> = {
  'too-large': text('大きすぎます', 'it is too large'),
  'too-many-parts': text('構造が複雑すぎます', 'it has too many parts'),
  'too-slow': text('読み取りに時間がかかりすぎます', 'it takes too long to read'),
  'calendar-in-header': text('途中のサーバーで形が崩れています', 'a server on its way has damaged it'),
  tnef: text('Outlook の winmail.dat 形式です', 'it is in Outlook’s winmail.dat format'),
  encrypted: text('暗号化されています', 'it is encrypted'),
  'no-attendee': text('だれの回答かが書かれていません', 'it does not say whose answer it is'),
  'twice-encoded': text('文字の符号化が二重です', 'it is encoded twice'),
};

/** Why a mail cannot be read, for people */
export function faultText(fault: string): Text {
  return fill(text('（{why}）', '({why})'), {
    why: faults[fault] ?? text('予定データの形が正しくありません', 'its calendar is malformed'),
  });
}
