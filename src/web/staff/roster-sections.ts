import { fill, text, type Text } from '../../kernel/text.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import type { Attendee, Meeting } from '../../meetings/meeting.ts';
import { rules, type Noun } from '../../roster/noun.ts';
import type { ConflictView, TermView } from '../../roster/roster-views.ts';
import { newAddress, rosterAddress } from './roster-address.ts';
import type { RosterFile } from './roster-desk.service.ts';
import { conflictTable, postTable } from './roster-post-tables.ts';
import { column, type Link, type Table } from './roster-table.ts';
import { termText, postOf } from './roster-words.ts';
import { meetingAddress } from './year-address.ts';

/** Part of the page of one thing: a table, or the words that stand where there is nothing */
export interface Section {
  readonly title: Text;
  readonly action?: Link;
  readonly table?: Table;
  readonly empty: Text;
  /** Said before the table */
  readonly lead?: Text;
}

export interface Asked {
  readonly meeting: Meeting;
  /** Absent where the meeting is a centre's and not somebody's */
  readonly attendee?: Attendee;
}

export const add = (noun: Noun, given: Record<string, string>): Link => ({
  text: fill(text('{noun}を追加', /^[aeiou]/.test(rules[noun].name.en) ? 'Add an {noun}' : 'Add a {noun}'), {
    noun: rules[noun].name,
  }),
  href: newAddress(noun, given),
});

export const postSection = (
  posts: Parameters<typeof postTable>[0],
  file: RosterFile,
  given: Record<string, string>,
): Section => ({
  title: text('役職', 'Posts'),
  action: add('post', given),
  ...(posts.length ? { table: postTable(posts, file) } : {}),
  empty: text('役職がありません。', 'No posts.'),
});

export const conflictSection = (
  conflicts: readonly ConflictView[],
  file: RosterFile,
  given: Record<string, string>,
): Section => ({
  title: text('利益相反', 'Conflicts of interest'),
  action: add('conflict', given),
  ...(conflicts.length ? { table: conflictTable(conflicts, file) } : {}),
  empty: text('登録された利益相反はありません。', 'None entered.'),
});

const whenTags = {
  past: { text: text('終了', 'past'), tone: 'line' },
  present: { text: text('現在', 'now'), tone: 'key' },
  future: { text: text('就任予定', 'to come'), tone: 'strong' },
} as const;

/** @param shows which of the two ends is not the page's own */
export function termTable(terms: readonly TermView[], { words }: RosterFile, shows: 'post' | 'person'): Table {
  return {
    id: 'terms',
    label: text('任期', 'Terms'),
    columns: [shows === 'post' ? text('役職', 'Post') : text('氏名', 'Name'), text('任期', 'Term'), text('', '')].map(
      column,
    ),
    rows: terms.map(({ term, post, person, of, when }) => ({
      ended: when === 'past',
      cells: [
        {
          text: shows === 'post' ? postOf(post.title, of) : person.name,
          href: shows === 'post' ? rosterAddress('post', post.id) : rosterAddress('person', person.id),
          tags: [whenTags[when]],
          under: shows === 'post' && words.postKind(post.kind).ja !== post.title.ja ? [words.postKind(post.kind)] : [],
        },
        { text: termText(term.from, term.to) },
        {
          links: [
            { text: text('訂正', 'Correct'), href: rosterAddress('term', term.id, '/edit') },
            ...(when === 'past'
              ? []
              : [
                  {
                    text: when === 'future' ? text('取り消し', 'Withdraw') : text('終了', 'End'),
                    href: rosterAddress('term', term.id, '/end'),
                  },
                ]),
          ],
        },
      ],
    })),
  };
}

export function meetingSection(asked: readonly Asked[], { cycle }: RosterFile, lead?: Text): Section {
  const year = { year: cycle?.fiscalYear ?? 0 };
  return {
    title: cycle ? fill(text('{year}年度の会議', 'Meetings of FY{year}'), year) : text('会議', 'Meetings'),
    ...(asked.length ? { table: meetingTable(asked) } : {}),
    ...(lead ? { lead } : {}),
    empty: cycle
      ? text(
          'この年度の会議はまだありません。計画を公開するとここに並びます。',
          'No meeting this year so far: they are listed here once the plan is published.',
        )
      : text('年度がまだ作成されていません。', 'No year has been set up yet.'),
  };
}

function meetingTable(asked: readonly Asked[]): Table {
  const personal = asked.some(({ attendee }) => attendee);
  return {
    id: 'meetings',
    label: text('会議', 'Meetings'),
    columns: [
      text('会議', 'Meeting'),
      text('日程', 'Day'),
      ...(personal ? [text('立場', 'As'), text('出欠', 'Attendance')] : [text('状態', 'State')]),
    ].map(column),
    rows: asked.map(({ meeting, attendee }) => ({
      ended: meeting.state === 'cancelled',
      cells: [
        { text: meeting.title, href: meetingAddress(meeting.id), under: personal ? [] : [meeting.reason] },
        {
          text: meeting.firstDay
            ? dayRange(meeting.firstDay, meeting.lastDay ?? meeting.firstDay)
            : text('日程未定', 'no day yet'),
        },
        ...(attendee
          ? [
              { text: attendee.role, tags: attendee.required ? [] : [{ text: text('任意', 'optional') }] },
              { state: meeting.state === 'cancelled' ? 'cancelled' : attendee.attendance },
            ]
          : [{ state: meeting.state }]),
      ],
    })),
  };
}
