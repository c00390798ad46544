import { fill, text, type Text } from '../../kernel/text.ts';
import { momentIn, timeRange } from '../../kernel/zoned-time.ts';
import { attendanceNames } from '../../responses/answer.ts';
import { attendanceOf, faultText, reasonText, type Settlement } from '../../responses/incoming.ts';
import type { ReadingKind } from '../../responses/reading/reading.ts';
import type { GivenReply } from '../../responses/reading/verdict.ts';
import type { IncomingDetail, IncomingLine } from '../../responses/triage.queries.ts';
import { meetingAddress } from './year-address.ts';

const kindNames: Readonly<Record<ReadingKind, Text>> = {
  reply: text('予定表からの回答', 'Answer from a calendar'),
  counter: text('別の日時の提案', 'Another time proposed'),
  refresh: text('再送の依頼', 'Asks for it again'),
  'other-calendar': text('予定データ', 'A calendar'),
  dsn: text('配達の通知', 'Delivery report'),
  complaint: text('迷惑メールの報告', 'Spam report'),
  'auto-reply': text('自動返信', 'Automatic reply'),
  human: text('文章のメール', 'Written by a person'),
  unreadable: text('読み取れないメール', 'Unreadable'),
  'counter-unreadable': text('読み取れない提案', 'Unreadable proposal'),
};

const partstatNames: Readonly<Record<GivenReply['partstat'], Text>> = {
  ACCEPTED: text('承諾', 'Accepted'),
  DECLINED: text('辞退', 'Declined'),
  TENTATIVE: text('仮承諾', 'Tentative'),
  DELEGATED: text('委任', 'Delegated'),
};

const settlementNames: Readonly<Record<Settlement, Text>> = {
  alias: text('別のアドレスとして登録し、回答を記録', 'Address confirmed, answer recorded'),
  forwarded: text('転送先の方の回答として、記録せず', 'Treated as forwarded, not recorded'),
  answered: text('回答を記録', 'Answer recorded'),
  ignored: text('対応不要とした', 'Put aside'),
  declined: text('日程はそのままとした', 'Kept the date'),
  seen: text('確認した', 'Looked at'),
  resumed: text('送信を再開', 'Sending resumed'),
};

export const lineOf = (line: IncomingLine) => ({
  id: line.id,
  at: line.receivedAt.toISOString(),
  who: line.personName ?? text(line.from, line.from),
  from: line.from,
  subject: line.subject,
  meeting: line.meetingTitle,
  kind: line.kind ? kindNames[line.kind] : text('未処理', 'Not read yet'),
  why: line.reason ? reasonText(line.reason) : text('まだ処理されていません', 'It has not been handled yet'),
  settled: line.settledAs
    ? fill(text('{what}（{who}）', '{what} ({who})'), {
        what: settlementNames[line.settledAs],
        who: line.settledBy ?? '',
      })
    : null,
  waits: line.state === 'held',
});

/** One press. `value` goes into the hidden field `as`, or `attendance` */
export interface Deed {
  readonly action: string;
  readonly label: Text;
  readonly kind: 'primary' | 'danger' | null;
  readonly name: string;
  readonly value: string;
}

export interface Fact {
  readonly label: Text;
  readonly value: Text;
  readonly href?: string;
}

const said = (value: string): Text => text(value, value);

/** What a mail was understood to say, and what can be done about it */
export function triageView(one: IncomingDetail) {
  const base = `/mail/triage/${one.id}`;
  const fault = one.reading?.fault;
  return {
    ...lineOf(one),
    why: fault && one.reason === 'unreadable' ? joined(reasonText('unreadable'), faultText(fault)) : lineOf(one).why,
    facts: factsOf(one),
    deeds: one.state === 'held' ? deedsFor(one, base) : [],
    // looked at before it is done
    pages:
      one.state === 'held' && one.reason === 'other-time'
        ? [{ label: words['declined']!, href: `${base}/decline` }]
        : [],
    leads: leadsFrom(one),
    // a report names where mail is forwarded to; that is nobody's business
    shown: one.kind !== 'dsn' && one.kind !== 'complaint',
  };
}

const joined = (a: Text, b: Text): Text => text(a.ja + b.ja, `${a.en} ${b.en}`);

function factsOf(one: IncomingDetail): Fact[] {
  const { reading, reply } = one;
  const proposed = reading?.answer?.proposed;
  const zone = one.zone ?? 'Asia/Tokyo';
  const report = reading?.mail.report;
  const facts: (Fact | undefined)[] = [
    one.personName
      ? {
          label: text('ご案内した方', 'Invited'),
          value: joined(one.personName, said(one.invitedAddress ? ` <${one.invitedAddress}>` : '')),
        }
      : undefined,
    one.meetingId && one.meetingTitle
      ? { label: text('会議', 'Meeting'), value: one.meetingTitle, href: meetingAddress(one.meetingId) }
      : undefined,
    one.startsAt && one.endsAt
      ? {
          label: text('現在の日時', 'Its time now'),
          value: timeRange(one.startsAt.toISOString(), one.endsAt.toISOString(), zone),
        }
      : undefined,
    reply && !proposed
      ? {
          label: text('読み取った回答', 'The answer in it'),
          value: fill(text('{partstat}（{attendance}）', '{partstat} ({attendance})'), {
            partstat: partstatNames[reply.partstat],
            attendance: attendanceNames[attendanceOf(reply.partstat)],
          }),
        }
      : undefined,
    reply
      ? {
          label: text('回答した方', 'Answered by'),
          value: said(`${reply.attendee.name} <${reply.attendee.address}>`.trim()),
        }
      : undefined,
    reply?.delegate ? { label: text('委任先', 'Delegated to'), value: said(reply.delegate) } : undefined,
    proposed
      ? {
          label: text('希望する日時', 'Asks for'),
          value: proposed.start
            ? proposed.end
              ? timeRange(proposed.start, proposed.end, zone)
              : momentIn(proposed.start, zone)
            : said(proposed.written),
        }
      : undefined,
    reply?.comment || reading?.answer?.comment
      ? { label: text('添えられた言葉', 'Their words'), value: said(reply?.comment || reading!.answer!.comment) }
      : undefined,
    report && report.kind === 'delivery'
      ? {
          label: text('相手のサーバーの応答', 'What the server said'),
          value: said([report.status, report.diagnostic].filter(Boolean).join(' ') || '—'),
        }
      : undefined,
  ];
  return facts.filter((fact) => fact !== undefined);
}

function leadsFrom(one: IncomingDetail): { label: Text; href: string }[] {
  return [
    ...(one.mailId
      ? [{ label: text('こちらから送ったメールを見る', 'The mail that we sent'), href: `/mailbox/out/${one.mailId}` }]
      : []),
    ...(one.meetingId && one.attendeeId
      ? [
          {
            label: text('この方の回答の画面を開く', 'Their page at this meeting'),
            href: meetingAddress(one.meetingId, `/people/${one.attendeeId}`),
          },
        ]
      : []),
  ];
}

const words: Readonly<Record<string, Text>> = {
  alias: text(
    'ご本人の別のアドレスとして登録し、回答を記録する',
    'It is theirs: remember the address and record the answer',
  ),
  aliasOnly: text('ご本人の別のアドレスとして登録する', 'It is theirs: remember the address'),
  theirs: text('ご本人の希望として扱う', 'It is theirs'),
  forwarded: text('転送先の方の回答とみなし、記録しない', 'It was forwarded: do not record it'),
  record: text('この回答を記録する', 'Record this answer'),
  ignored: text('対応しない', 'Put aside'),
  seen: text('確認した', 'Looked at'),
  move: text('会議の日時を変更する', 'Change the time of the meeting'),
  declined: text('日程はそのままにする（返事の文面を見る）', 'Keep the date (see the letter)'),
  again: text('ご案内をもう一度送る', 'Send the invitation again'),
  resumed: text('この方への送信を再開する', 'Send to this person again'),
  stopped: text('送信を止めたままにする', 'Keep it stopped'),
};

function deedsFor(one: IncomingDetail, base: string): Deed[] {
  const deed = (path: string, label: string, as = '', kind: Deed['kind'] = null): Deed => ({
    action: `${base}/${path}`,
    label: words[label]!,
    kind,
    name: 'as',
    value: as,
  });
  const aside = (as: Settlement, label: string = as) => deed('aside', label, as);
  const proposes = one.kind === 'counter';
  const onBehalf = one.attendeeId
    ? (['attending', 'absent', 'undecided'] as const).map((attendance) => answer(base, attendance))
    : [];
  switch (one.reason) {
    case 'other-address':
    case 'several-attendees':
      return [
        ...(one.reply ? [deed('alias', proposes ? 'aliasOnly' : 'alias', '', 'primary')] : onBehalf),
        aside('forwarded'),
      ];
    case 'not-authentic':
    case 'sequence-reset':
    case 'keys-disagree':
    case 'booked-elsewhere':
      return [
        ...(one.reply && one.invitationId ? [deed('record', proposes ? 'theirs' : 'record', '', 'primary')] : onBehalf),
        aside('ignored'),
      ];
    case 'other-time':
      return [deed('move', 'move', '', 'primary')];
    case 'asks-again':
      return [deed('again', 'again', '', 'primary'), aside('ignored')];
    case 'spam-report':
      return [aside('seen', 'stopped'), aside('resumed')];
    case 'delegated':
    case 'not-reached':
    case 'mailbox-full':
    case 'policy':
      return [aside('seen')];
    default:
      return [...onBehalf, aside(one.reason === 'no-invitation' ? 'ignored' : 'seen')];
  }
}

const answer = (base: string, attendance: 'attending' | 'absent' | 'undecided'): Deed => ({
  action: `${base}/answer`,
  label: fill(text('「{answer}」として記録する', 'Record “{answer}”'), { answer: attendanceNames[attendance] }),
  kind: null,
  name: 'attendance',
  value: attendance,
});
