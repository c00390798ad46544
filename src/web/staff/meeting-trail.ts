import type { TrailEntry } from '../../audit/trail.queries.ts';
import { dateLong, parseDate } from '../../kernel/calendar-date.ts';
import { fill, joinTexts, text, type Text } from '../../kernel/text.ts';
import { momentIn } from '../../kernel/zoned-time.ts';
import { attendanceNames } from '../../responses/answer.ts';
import type { StaffMember } from '../../identity/staff.ts';
import type { Roster } from '../../roster/roster.ts';
import { nameIn } from './meeting-file.ts';
import { channelNames, meetingStateNames, modeNames } from './meeting-words.ts';

export interface TrailLine {
  readonly number: string;
  readonly at: string;
  readonly who: string;
  readonly what: Text;
  readonly changes: readonly { readonly label: Text; readonly before: Text | null; readonly after: Text | null }[];
}

const verbs: Readonly<Record<string, Text>> = {
  'meeting.schedule': text('日程を決定', 'Set the day'),
  'meeting.set': text('会議の内容を変更', 'Changed the meeting'),
  'meeting.cancel': text('会議を中止', 'Cancelled the meeting'),
  'meeting.reinstate': text('中止を取り消し', 'Took the cancellation back'),
  'meeting.seat': text('席に着く方を決定', 'Filled seats'),
  'planning.move': text('年間予定表で移動', 'Moved on the year board'),
  'attendee.add': text('{after}さんを出席者に追加', 'Added {after}'),
  'attendee.remove': text('{before}さんを出席者から外した', 'Removed {before}'),
  'attendee.replace': text('{before}さんを{after}さんに交代', 'Replaced {before} by {after}'),
  'attendee.take-part': text('{after}さんの参加方法を変更', 'Changed how {after} takes part'),
  'responses.record': text('{after}さんの回答：{answer}', 'Answer of {after}: {answer}'),
  'responses.settle-mail': text('{after}さんからの返信を処理', 'Settled a reply from {after}'),
  'milestone.submitted': text('提出済み・済みにした', 'Marked as submitted or done'),
  'milestone.waived': text('今回は不要とした', 'Waived'),
  'milestone.reopen': text('未了に戻した', 'Opened again'),
  'milestone.extend': text('期日を変更', 'Changed the day'),
};

/** What the sentence of a deed says already */
const inSentence = new Set(['person', 'attendance', 'channel', 'as']);

const labels: Readonly<Record<string, Text>> = {
  state: text('状態', 'State'),
  startsAt: text('開始', 'Begins'),
  endsAt: text('終了', 'Ends'),
  mode: text('開催方法', 'Format'),
  place: text('場所', 'Place'),
  room: text('会議室', 'Room'),
  access: text('行き方', 'Getting there'),
  onlineUrl: text('オンラインの接続先', 'Link to join'),
  note: text('備考', 'Note'),
  staffInCharge: text('担当者', 'In charge'),
  fixedByStaff: text('日程の固定', 'Day fixed by staff'),
  provisional: text('仮押さえ', 'Provisional'),
  person: text('出席者', 'Participant'),
  people: text('出席者', 'Participants'),
  attendance: text('出欠', 'Answer'),
  channel: text('回答の方法', 'How it came in'),
  extendedTo: text('期日', 'Due'),
};

/** What ids in the trail stand for */
export interface TrailContext {
  readonly roster: Roster;
  readonly staff: readonly StaffMember[];
  readonly zone: string;
}

type Values = Readonly<Record<string, unknown>>;
const valuesOf = (value: unknown): Values => (typeof value === 'object' && value !== null ? (value as Values) : {});
const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && typeof (value as Text).ja === 'string';
const both = (value: string): Text => text(value, value);

/** Deeds in words, as they came: what is not for people (numbers of revisions, days that the hours say already) is left out. */
export function trailView(entries: readonly TrailEntry[], file: TrailContext): TrailLine[] {
  return entries.map((entry) => {
    const [before, after] = [valuesOf(entry.before), valuesOf(entry.after)];
    const keys = Object.keys(labels).filter(
      (key) => (key in before || key in after) && !(inSentence.has(key) && entry.verb in verbs),
    );
    return {
      number: entry.number,
      at: entry.at.toISOString(),
      who: entry.actor.name,
      what: fill(verbs[entry.verb] ?? both(entry.verb), {
        before: said('person', before['person'], file) ?? nobody,
        after: said('person', after['person'], file) ?? nobody,
        answer: answerIn(before, after, file),
      }),
      changes: keys.map((key) => ({
        label: labels[key]!,
        before: said(key, before[key], file),
        after: said(key, after[key], file),
      })),
    };
  });
}

const nobody = text('空席', 'nobody');

/** 出席 → 欠席（窓口のリンク） */
function answerIn(before: Values, after: Values, context: TrailContext): Text {
  const [was, is, channel] = [
    said('attendance', before['attendance'], context),
    said('attendance', after['attendance'], context) ?? text('', ''),
    said('channel', after['channel'], context),
  ];
  const change = was ? fill(text('{was} → {is}', '{was} → {is}'), { was, is }) : is;
  return channel ? fill(text('{change}（{channel}）', '{change} ({channel})'), { change, channel }) : change;
}

function said(key: string, value: unknown, file: TrailContext): Text | null {
  if (value === undefined || value === null || value === '') return null;
  if (isText(value)) return value.ja === '' && value.en === '' ? null : value;
  if (typeof value === 'boolean') return value ? text('固定', 'fixed') : text('固定しない', 'not fixed');
  if (Array.isArray(value)) return value.length === 0 ? null : joinTexts(value.map((id) => nameIn(file, String(id))));
  const word = typeof value === 'string' ? value : JSON.stringify(value);
  switch (key) {
    case 'state':
      return { ...meetingStateNames, ...milestoneStates }[word] ?? both(word);
    case 'mode':
      return modeNames[word as keyof typeof modeNames] ?? both(word);
    case 'attendance':
      return attendanceNames[word as keyof typeof attendanceNames] ?? both(word);
    case 'channel':
      return channelNames[word as keyof typeof channelNames] ?? both(word);
    case 'person':
      return nameIn(file, word);
    case 'staffInCharge':
      return staffName(file, word);
    case 'startsAt':
    case 'endsAt':
      return momentIn(new Date(word).toISOString(), file.zone);
    case 'extendedTo': {
      const day = parseDate(word);
      return day ? dateLong(day) : both(word);
    }
    default:
      return both(word);
  }
}

const milestoneStates: Readonly<Record<string, Text>> = {
  open: text('未了', 'open'),
  submitted: text('提出済み', 'submitted'),
  waived: text('提出不要', 'waived'),
};

function staffName({ staff }: TrailContext, id: string): Text {
  const member = staff.find((one) => one.id === id);
  return member ? text(member.nameJa, member.nameEn) : both(id);
}
