import { dayRange, timeRange } from '../../kernel/zoned-time.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import type { Meeting } from '../../meetings/meeting.ts';
import { isAnnounced, isOver, type MeetingFile } from './meeting-file.ts';
import { addressIn, meetingAddress } from './year-address.ts';

export type MeetingTab = 'people' | 'answers' | 'deadlines' | 'mails' | 'trail';

/** What a redirect after a change says */
const doneWords: Readonly<Record<string, Text>> = {
  believed: text('回答を本人のものとして確定しました。', 'The answer counts.'),
  dismissed: text('回答を無効としました。', 'The answer does not count.'),
  set: text('変更を保存しました。', 'The change is saved.'),
  same: text('変更はありませんでした。', 'Nothing was different.'),
  cancelled: text('会議を中止しました。', 'The meeting is cancelled.'),
  reinstated: text('中止を取り消しました。', 'The cancellation is taken back.'),
  freed: text('計画で日程を動かせるようにしました。', 'The planner may move it again.'),
  added: text('出席者を追加しました。', 'The participant is added.'),
  replaced: text('出席者を交代しました。', 'The participant is replaced.'),
  'take-part': text(
    '参加方法を切り替えました。この方には改めて出欠を伺います。',
    'The way to take part is changed. They are asked for an answer anew.',
  ),
  removed: text('出席者から外しました。', 'The participant is removed.'),
  answered: text('回答を記録しました。', 'The answer is recorded.'),
  milestone: text('期限を更新しました。', 'The deadline is updated.'),
  known: text('同じ回答がすでに記録されています。', 'That answer is on record already.'),
};

/** After these somebody may have to be told */
const tells = new Set(['set', 'cancelled', 'reinstated', 'added', 'replaced', 'removed', 'take-part']);

/** When a meeting is, as far as that is known: its hours, else its window, else its whole's */
export function whenOf(meeting: Meeting, whole?: Meeting): Text {
  if (meeting.startsAt && meeting.endsAt)
    return timeRange(meeting.startsAt.toISOString(), meeting.endsAt.toISOString(), meeting.zone);
  const window = [meeting, whole].find((one) => one?.windowFrom && one.windowTo);
  if (!window) return text('日程未定', 'No day yet');
  return fill(text('日程未定（{window}の間）', 'No day yet (within {window})'), {
    window: dayRange(window.windowFrom!, window.windowTo!),
  });
}

export interface HeadOptions {
  readonly tab?: MeetingTab | undefined;
  readonly done?: string | undefined;
  readonly mayChange: boolean;
}

export function headOf(file: MeetingFile, { tab, done, mayChange }: HeadOptions) {
  const { meeting, cycle, whole, standing, attendees, answers, roster } = file;
  const centre = roster.centres.find((one) => one.id === meeting.centre);
  const given = [...answers.values()].reduce((sum, list) => sum + list.length, 0);
  const tabs: { id: MeetingTab; label: Text; count?: number }[] = [
    { id: 'people', label: text('概要と出席者', 'Overview and people'), count: attendees.length },
    { id: 'answers', label: text('回答の履歴', 'Answers'), count: given },
    { id: 'deadlines', label: text('期限', 'Deadlines') },
    { id: 'mails', label: text('メール', 'Mails') },
    { id: 'trail', label: text('記録', 'Trail') },
  ];
  const address = (one: MeetingTab) => meetingAddress(meeting.id, one === 'people' ? '' : `/${one}`);
  return {
    id: meeting.id,
    address: meetingAddress(meeting.id),
    title: meeting.title,
    year: cycle.fiscalYear,
    centre: centre ? { acronym: centre.acronym, name: centre.name } : null,
    state: standing.state,
    when: whenOf(meeting, whole),
    cancelled: meeting.state === 'cancelled',
    provisional: meeting.provisional && meeting.state !== 'cancelled',
    over: isOver(file),
    // a held meeting stays as it was; a cancelled one is first taken back
    open: mayChange && meeting.state !== 'cancelled',
    mayChange,
    announced: isAnnounced(file),
    whole: whole ? { title: whole.title, href: meetingAddress(whole.id) } : null,
    crumbs: [
      { label: text('年間予定表', 'Year board'), href: addressIn(cycle, 'year-board') },
      ...(whole ? [{ label: whole.title, href: meetingAddress(whole.id) }] : []),
      { label: meeting.title, href: meetingAddress(meeting.id) },
    ],
    tabs: tabs.map(({ id, ...rest }) => ({ ...rest, href: address(id), current: id === tab })),
    done: done && Object.hasOwn(doneWords, done) ? doneWords[done]! : null,
    release: done && tells.has(done) && isAnnounced(file) ? addressIn(cycle, 'release') : null,
  };
}
