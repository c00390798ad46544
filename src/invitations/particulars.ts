import { momentIn } from '../kernel/zoned-time.ts';
import { oneLine, plainText } from '../kernel/plain-text.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import {
  accessOf,
  heldNote,
  linkOf,
  modeNames,
  placeOf,
  roomOf,
  seatOf,
  whenForReader,
  whenOf,
  type StaffInCharge,
  type Told,
} from './invitation.ts';

/** A line of 記, or of a calendar entry: what it is about, and what is said of it in one or several lines */
export interface Row {
  readonly label: string;
  readonly lines: readonly string[];
}

const labels = {
  title: text('件名', 'Meeting'),
  status: text('状態', 'Status'),
  when: text('日時', 'When'),
  mode: text('開催方法', 'Format'),
  place: text('場所', 'Place'),
  room: text('会議室', 'Room'),
  access: text('アクセス', 'Getting there'),
  link: text('接続先', 'Link to join'),
  seat: text('お立場', 'Your role'),
  answerBy: text('回答期限', 'Please reply by'),
} satisfies Record<string, Text>;

const elsewhere = text('ご在住地では', 'In your time zone:');
const linkToFollow = text('追ってご案内いたします', 'to follow');

export const rowOf = (label: string, ...values: readonly string[]): Row => ({
  label,
  lines: values.flatMap((value) => plainText(value).split('\n')).filter((line) => line !== ''),
});

/** Rows with nothing to say are left out */
export const said = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => row.lines.length > 0);

/** Venue time first with its zone; then, where the reader's clock differs, their own with their weekday (product rule 15) */
export function whenLines(facts: Told, language: Language): readonly string[] {
  const own = whenForReader(facts);
  return [
    ...whenOf(facts, facts.zone, own.length > 0).map((span) => span[language]),
    ...own.map((span, index) => (index === 0 ? `${elsewhere[language]} ${span[language]}` : span[language])),
  ];
}

/** Each row, and whether a calendar entry can do without it where room is short */
function allRows(facts: Told, language: Language): readonly { row: Row; further: boolean }[] {
  const main = (label: keyof typeof labels, ...lines: readonly string[]) => ({
    row: rowOf(labels[label][language], ...lines),
    further: false,
  });
  return [
    main('title', oneLine(facts.title[language])),
    main('when', ...whenLines(facts, language)),
    main('status', facts.status === 'hold' ? heldNote[language] : ''),
    main('mode', modeNames[facts.mode][language]),
    main('place', oneLine(placeOf(facts)[language])),
    main('room', oneLine(roomOf(facts)[language])),
    { row: rowOf(labels.access[language], accessOf(facts)[language]), further: true },
    main('link', facts.mode === 'on-site' ? '' : linkOf(facts) || linkToFollow[language]),
    main('seat', oneLine(seatOf(facts)[language])),
    ...facts.extras.map(({ label, value }) => ({
      row: rowOf(oneLine(label[language], 40), value[language]),
      further: true,
    })),
  ].filter(({ row }) => row.lines.length > 0);
}

/** When, where and how; what the reader comes as; how to get there, and what staff added */
export const particulars = (facts: Told, language: Language): readonly Row[] =>
  allRows(facts, language).map(({ row }) => row);

/** The same without the way there and what staff added */
export const mainRows = (facts: Told, language: Language): readonly Row[] =>
  allRows(facts, language).flatMap(({ row, further }) => (further ? [] : [row]));

/** Only the way there and what staff added */
export const furtherRows = (facts: Told, language: Language): readonly Row[] =>
  allRows(facts, language).flatMap(({ row, further }) => (further ? [row] : []));

/** Until when an answer is asked for, venue time and, where it differs, the reader's */
export function answerByLines(facts: Told, language: Language): readonly string[] {
  if (facts.answerBy === null) return [];
  const venue = momentIn(facts.answerBy, facts.zone)[language];
  if (whenForReader(facts).length === 0) return [venue];
  return [
    momentIn(facts.answerBy, facts.zone, { offset: true })[language],
    `${elsewhere[language]} ${momentIn(facts.answerBy, facts.readerZone, { offset: true })[language]}`,
  ];
}

export const answerByRow = (facts: Told, language: Language): readonly Row[] =>
  said([rowOf(labels.answerBy[language], ...answerByLines(facts, language))]);

/** 見本事務局　見本 花子　電話 03-0000-0000　office@example.org */
export function staffLine(secretariat: Text, staff: StaffInCharge, language: Language): string {
  const telephone = { ja: `電話 ${staff.telephone}`, en: `tel. ${staff.telephone}` }[language];
  return [secretariat[language], staff.name[language], staff.telephone && telephone, staff.address]
    .map((part) => oneLine(part, 80))
    .filter((part) => part !== '')
    .join(language === 'ja' ? '　' : ', ');
}
