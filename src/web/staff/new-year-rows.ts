import type { CentreYear, GeneratedMeeting, GeneratedMilestone, GeneratedYear } from '../../cycle/generated-year.ts';
import { dateLong } from '../../kernel/calendar-date.ts';
import { fill, joinTexts, text, type Text } from '../../kernel/text.ts';
import { daysOf } from '../../programme/sessions.ts';
import { offsetText } from '../../programme/phrases.ts';
import type { Activity, Programme } from '../../programme/programme.ts';
import type { Centre, Roster } from '../../roster/roster.ts';
import type { GeneratedRow, YearOnOffer } from '../../planning/year-choices.ts';
import { dayRangeShort } from '../moment.ts';
import { addedWord, type YearForm } from './new-year-form.ts';

export interface MeetingRow {
  readonly key: string;
  readonly title: Text;
  readonly name: Text;
  readonly window: Text | null;
  readonly length: Text;
  readonly seats: number;
  readonly reason: Text;
  /** The word of an added row, by which it is taken out again */
  readonly added: string | null;
  readonly part: boolean;
}

export interface MilestoneRow {
  readonly key: string;
  readonly name: Text;
  readonly due: Text;
  readonly owedBy: Text;
  /** Empty where it says no more than the due day does */
  readonly reason: Text | null;
  readonly logistics: boolean;
}

/** What the year is for one centre, or for the whole programme */
export interface RowGroup {
  /** `programme`, or the id of the centre */
  readonly id: string;
  readonly title: Text;
  readonly under: Text | null;
  readonly kind: Text | null;
  readonly evaluation: boolean;
  readonly reason: Text | null;
  readonly meetings: readonly MeetingRow[];
  readonly milestones: readonly MilestoneRow[];
}

export interface RowsView {
  readonly counts: {
    readonly meetings: number;
    readonly milestones: number;
    readonly centres: number;
    readonly evaluations: number;
  };
  readonly groups: readonly RowGroup[];
  /** Centres for which nothing takes place, each with the reason */
  readonly idle: readonly { readonly name: Text; readonly kind: Text; readonly reason: Text }[];
  /** Rows that staff dropped and that could be taken back, with how they are called */
  readonly dropped: readonly { readonly key: string; readonly title: Text }[];
  readonly added: readonly { readonly word: string; readonly title: Text }[];
  readonly addable: { readonly groups: readonly Addable[]; readonly centres: readonly Choice[] };
}

interface Choice {
  readonly value: string;
  readonly label: Text;
}
interface Addable {
  readonly label: Text;
  readonly options: readonly Choice[];
}

const owers: Readonly<Record<GeneratedMilestone['owedBy'], Text>> = {
  centre: text('拠点', 'Centre'),
  officer: text('PO', 'Officer'),
  committee: text('委員会', 'Committee'),
  secretariat: text('事務局', 'Secretariat'),
};

export const groupOf = (row: Pick<GeneratedRow, 'centre'>): string => row.centre ?? 'programme';

export function rowsView({ rules, year, kept }: YearOnOffer, roster: Roster, form: YearForm): RowsView {
  const centres = new Map(roster.centres.map((centre) => [centre.id, centre]));
  const words = new Map(
    form.added.map((one) => [one.centre === null ? one.activity : `${one.activity}/${one.centre}`, addedWord(one)]),
  );
  const hosts = (centre: Centre) =>
    joinTexts(centre.hosts.flatMap((id) => roster.institutions.find((one) => one.id === id)?.name ?? []));
  const rows = (id: string) => ({
    meetings: kept.meetings.filter((row) => groupOf(row) === id).map((row) => meetingRow(row, rules, words)),
    milestones: kept.milestones
      .filter((row) => groupOf(row) === id)
      .map((row) => milestoneRow(row, rules, centres.get(id)?.acronym)),
  });
  const all = kept.centres.map((at): RowGroup => {
    const centre = centres.get(at.centre)!;
    return {
      id: centre.id,
      title: text(centre.acronym, centre.acronym),
      under: hosts(centre),
      kind: at.name,
      evaluation: at.evaluation,
      reason: at.reason,
      ...rows(centre.id),
    };
  });
  const active = all.filter((group) => group.meetings.length + group.milestones.length > 0);
  const programme: RowGroup = {
    id: 'programme',
    title: text('プログラム全体', 'The whole programme'),
    under: null,
    kind: null,
    evaluation: false,
    reason: null,
    ...rows('programme'),
  };
  return {
    counts: {
      meetings: kept.meetings.length,
      milestones: kept.milestones.length,
      centres: active.length,
      evaluations: kept.centres.filter((at) => at.evaluation).length,
    },
    groups: [programme, ...active],
    idle: all
      .filter((group) => !active.includes(group))
      .map(({ title, kind, reason }) => ({ name: title, kind: kind!, reason: reason! })),
    dropped: form.dropped.map((key) => ({ key, title: titleOf(key, year, rules, centres) })),
    added: form.added.map((one) => ({
      word: addedWord(one),
      title: titleOf(one.centre === null ? one.activity : `${one.activity}/${one.centre}`, kept, rules, centres),
    })),
    addable: addable(rules, kept.centres, centres),
  };
}

/** Under the heading of its centre a title need not say which centre it is */
export const withoutCentre = (title: Text, acronym: string | undefined): Text =>
  acronym === undefined ? title : text(title.ja.replace(`（${acronym}）`, ''), title.en.replace(` (${acronym})`, ''));

const meetingRow = (row: GeneratedMeeting, rules: Programme, words: ReadonlyMap<string, string>): MeetingRow => ({
  key: row.key,
  title: row.title,
  name: rules.activities.find((activity) => activity.id === row.activity)?.name ?? row.title,
  window: row.window && dayRangeShort(row.window.from, row.window.to),
  length: lengthOf(row),
  seats: row.seats.length,
  reason: row.reason,
  added: words.get(row.key) ?? null,
  part: row.partOf !== null,
});

/** 1日 · 半日 · 45分 */
export function lengthOf({ halfDays, minutes }: Pick<GeneratedMeeting, 'halfDays' | 'minutes'>): Text {
  if (minutes !== null) return text(`${minutes}分`, `${minutes} min`);
  if (halfDays === 1) return text('半日', 'half a day');
  const days = daysOf(halfDays);
  const half = halfDays % 2 === 1;
  if (half) return text(`${days - 1}日半`, `${days - 1}½ days`);
  return text(`${days}日`, days === 1 ? '1 day' : `${days} days`);
}

function milestoneRow(row: GeneratedMilestone, rules: Programme, acronym: string | undefined): MilestoneRow {
  const due = row.due.fixedDay
    ? dateLong(row.due.fixedDay)
    : row.due.offset
      ? offsetText(rules, row.due.offset)
      : text('', '');
  return {
    key: row.key,
    name: withoutCentre(row.title, acronym),
    due,
    owedBy: owers[row.owedBy],
    reason: row.reason.ja === due.ja ? null : row.reason,
    logistics: row.logistics,
  };
}

/** Of a row that is not there any more: its name from the year on offer, or from its key */
export function titleOf(
  key: string,
  year: GeneratedYear,
  rules: Programme,
  centres: ReadonlyMap<string, Centre>,
): Text {
  const row = [...year.meetings, ...year.milestones].find((one) => one.key === key);
  if (row) return row.title;
  const [activity = '', ...rest] = key.split('/');
  const name = rules.activities.find((one) => one.id === activity)?.name ?? text(key, key);
  const centre = centres.get(rest.at(-1) ?? '');
  return centre ? fill(text('{name}（{of}）', '{name} ({of})'), { name, of: centre.acronym }) : name;
}

/** Of every meeting of the programme one can be added: what is held on request first, then what the rules do not give by themselves */
function addable(
  rules: Programme,
  years: readonly CentreYear[],
  centres: ReadonlyMap<string, Centre>,
): RowsView['addable'] {
  const choice = ({ id, name, per }: Activity): Choice => ({
    value: id,
    label: per === 'centre' ? fill(text('{name}（拠点ごと）', '{name} (of one centre)'), { name }) : name,
  });
  const meetings = rules.activities.filter((activity) => activity.what === 'meeting');
  const groups = [
    { label: text('随時の活動', 'On request'), options: meetings.filter((one) => one.onRequest).map(choice) },
    { label: text('そのほかの会議', 'Other meetings'), options: meetings.filter((one) => !one.onRequest).map(choice) },
  ];
  return {
    groups: groups.filter((group) => group.options.length > 0),
    centres: years
      .filter((at) => at.kind !== 'before-adoption')
      .map((at) => ({
        value: at.centre,
        label: text(centres.get(at.centre)!.acronym, centres.get(at.centre)!.acronym),
      })),
  };
}
