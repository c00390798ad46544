import type { GeneratedMilestone, GeneratedYear } from '../cycle/generated-year.ts';
import { dayRange } from '../kernel/zoned-time.ts';
import { dateLong } from '../kernel/calendar-date.ts';
import { fiscalYearLabels } from '../kernel/fiscal-year.ts';
import { fill, text, type Language, type Text } from '../kernel/text.ts';
import { paragraphs, tableOf } from './terminal-text.ts';

interface Shown {
  readonly year: GeneratedYear;
  readonly exists: boolean;
}

const kept = <T extends { readonly key: string }>(rows: readonly T[], dropped: ReadonlySet<string>): T[] =>
  rows.filter((row) => !dropped.has(row.key));

/** What a year consists of, without what hangs on dropped rows */
function rowsLeft(year: GeneratedYear, dropped: ReadonlySet<string>) {
  const meetings = kept(year.meetings, dropped).filter((m) => m.partOf === null || !dropped.has(m.partOf));
  const there = new Set(meetings.map((meeting) => meeting.key));
  const milestones = kept(year.milestones, dropped).filter((m) => m.meeting === null || there.has(m.meeting));
  return { meetings, milestones };
}

export const generatedYearData = (year: GeneratedYear, dropped: ReadonlySet<string>) => ({
  fiscalYear: year.fiscalYear,
  covers: year.covers,
  centres: year.centres,
  ...rowsLeft(year, dropped),
});

export function generatedYearText(
  { year, exists }: Shown,
  dropped: ReadonlySet<string>,
  id: string | null,
  language: Language,
): string {
  const { meetings, milestones } = rowsLeft(year, dropped);
  return paragraphs(
    fill(text('{year}（{era}）', '{year} ({era})'), {
      year: fiscalYearLabels(year.fiscalYear).label,
      era: fiscalYearLabels(year.fiscalYear).era,
    })[language],
    tableOf(
      language,
      [text('拠点', 'Centre'), text('年次', 'Year'), text('この年度', 'This year'), text('理由', 'Reason')],
      year.centres.map((centre) => [centre.centre, centre.year, centre.name, centre.reason]),
    ),
    tableOf(
      language,
      [
        text('会議', 'Meeting'),
        text('名称', 'Title'),
        text('期間', 'Window'),
        text('席', 'Seats'),
        text('理由', 'Reason'),
      ],
      meetings.map((meeting) => [
        meeting.key,
        meeting.title,
        meeting.window && dayRange(meeting.window.from, meeting.window.to),
        meeting.seats.length,
        meeting.reason,
      ]),
    ),
    tableOf(
      language,
      [text('期限', 'Deadline'), text('名称', 'Title'), text('期日', 'Day'), text('理由', 'Reason')],
      milestones.map((milestone) => [milestone.key, milestone.title, dayOf(milestone), milestone.reason]),
    ),
    ending(exists, id)[language],
  );
}

const dayOf = ({ due, meeting }: GeneratedMilestone): Text =>
  due.fixedDay
    ? dateLong(due.fixedDay)
    : fill(text('「{meeting}」から数える', 'counts from {meeting}'), { meeting: meeting ?? '' });

function ending(exists: boolean, id: string | null): Text {
  if (id !== null) return fill(text('作成しました（ID {id}）。', 'Created (id {id}).'), { id });
  return exists
    ? text(
        'この年度はすでに作成されています。何も書き込んでいません。',
        'This year has been set up already. Nothing was written.',
      )
    : text('何も書き込んでいません（--dry-run）。', 'Nothing was written (--dry-run).');
}
