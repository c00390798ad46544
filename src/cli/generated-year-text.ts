import type { GeneratedMilestone, GeneratedYear } from '../cycle/generated-year.ts';
import { dayRange } from '../kernel/zoned-time.ts';
import { dateLong } from '../kernel/calendar-date.ts';
import { fiscalYearLabels } from '../kernel/fiscal-year.ts';
import { fill, text, type Language, type Text } from '../kernel/text.ts';
import { paragraphs, tableOf } from './terminal-text.ts';

/** What a year consists of, each row with its reason */
export function generatedYearText(
  year: GeneratedYear,
  { exists, id }: { readonly exists: boolean; readonly id: string | null },
  language: Language,
): string {
  const { meetings, milestones } = year;
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
