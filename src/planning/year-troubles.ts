import { dateShort, daysBetween, eachDay, parseDate, type CalendarDate } from '../kernel/calendar-date.ts';
import { firstDayOf, lastDayOf } from '../kernel/fiscal-year.ts';
import { fill, text, type Text } from '../kernel/text.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { Centre, Roster } from '../roster/roster.ts';
import type { YearChange } from './year-change.ts';

/*
 * What happened that the year does not know of: a storm, an illness, days on which nothing can be held. Nothing of it is written before a
 * repair is taken.
 */

export const troubleKinds = ['storm', 'ill', 'closed'] as const;
export type TroubleKind = (typeof troubleKinds)[number];

export interface Trouble {
  readonly kind: TroubleKind;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** A person's id where somebody is ill; else `*`, `centre <id>`, `city <its English name>` or `meeting <key>` of one for all centres */
  readonly of: string;
}

export interface TroubleGround {
  readonly fiscalYear: number;
  readonly roster: Pick<Roster, 'people' | 'centres'>;
  /** Meetings that the planner may move */
  readonly meetings: readonly Pick<Meeting, 'key' | 'centre' | 'title'>[];
}

const MOST = 10;
/** A storm is told day by day. */
const LONGEST_STORM = 14;

export const kindOfTrouble = (value: unknown): TroubleKind => troubleKinds.find((kind) => kind === value) ?? 'storm';

/** `storm 2027-09-07 2027-09-08 centre aimec`: as it stands in the address */
export const troubleField = ({ kind, from, to, of }: Trouble): string => [kind, from, to, of].join(' ');

/** Those of an address that mean something in this year; anything else in it is left out. */
export function troublesIn(fields: unknown, ground: TroubleGround): Trouble[] {
  const given = [fields ?? []].flat().filter((one): one is string => typeof one === 'string');
  const read = given.slice(0, MOST).flatMap((field) => {
    const [kind, from = '', to = '', ...of] = field.split(' ');
    const { trouble } = readTrouble({ kind, from, to, of: of.join(' ') }, ground);
    return trouble && kind === trouble.kind ? [trouble] : [];
  });
  const fieldsOf = read.map(troubleField);
  return read.filter((one, n) => fieldsOf.indexOf(troubleField(one)) === n);
}

/** What is wrong, by field */
export type TroubleFaults = Readonly<Partial<Record<'from' | 'to' | 'of', Text>>>;

export interface TypedTrouble {
  readonly kind: unknown;
  readonly from: string;
  /** Left empty: one day */
  readonly to: string;
  readonly of: string;
}

/** @returns what was typed, or what is wrong with it, by field */
export function readTrouble(typed: TypedTrouble, ground: TroubleGround): { trouble?: Trouble; faults: TroubleFaults } {
  const kind = kindOfTrouble(typed.kind);
  const faults: { -readonly [K in keyof TroubleFaults]: Text } = {};
  const from = dayIn(typed.from, ground.fiscalYear);
  const to = typed.to.trim() === '' ? from : dayIn(typed.to, ground.fiscalYear);
  if (!from) faults.from = noDay;
  if (!to) faults.to = noDay;
  if (from && to && to < from) faults.to = text('初日より後の日にしてください。', 'Not before the first day, please.');
  else if (kind === 'storm' && from && to && daysBetween(from, to) >= LONGEST_STORM)
    faults.to = text(`${LONGEST_STORM}日以内にしてください。`, `At most ${LONGEST_STORM} days, please.`);
  const known = kind === 'ill' ? ground.roster.people.some(({ id }) => id === typed.of) : placeOf(typed.of, ground);
  if (!known) faults.of = text('選んでください。', 'Please choose.');
  return Object.keys(faults).length > 0
    ? { faults }
    : { trouble: { kind, from: from!, to: to!, of: typed.of }, faults };
}

const noDay = text('年度内の日を入力してください。', 'A day of the fiscal year, please.');

function dayIn(typed: string, fiscalYear: number): CalendarDate | undefined {
  const day = parseDate(typed.normalize('NFKC').trim());
  return day && day >= firstDayOf(fiscalYear) && day <= lastDayOf(fiscalYear) ? day : undefined;
}

const isAt = (centre: Centre, of: string): boolean => of === `centre ${centre.id}` || of === `city ${centre.city.en}`;

/** A meeting of the whole programme: the committee */
const forAll = (of: string, { meetings }: Pick<TroubleGround, 'meetings'>) =>
  meetings.find(({ key, centre }) => centre === null && of === `meeting ${key}`);

const placeOf = (of: string, ground: TroubleGround): boolean =>
  of === '*' || forAll(of, ground) !== undefined || ground.roster.centres.some((centre) => isAt(centre, of));

/** What troubles mean for a repair */
export function askedWith(troubles: readonly Trouble[], ground: TroubleGround) {
  const meant = (of: string): string[] => {
    if (of === '*') return ['*'];
    const one = forAll(of, ground);
    if (one) return [one.key];
    const centres = new Set(ground.roster.centres.filter((centre) => isAt(centre, of)).map(({ id }) => id));
    return ground.meetings.filter(({ centre }) => centre !== null && centres.has(centre)).map(({ key }) => key);
  };
  return {
    storms: troubles
      .filter(({ kind }) => kind === 'storm')
      .flatMap(({ from, to, of }) =>
        [...eachDay(from, to)].flatMap((day) => meant(of).map((one) => ({ of: one, day }))),
      ),
    changes: troubles.flatMap(({ kind, from, to, of }): YearChange[] => {
      if (kind === 'storm') return [];
      if (kind === 'closed') return meant(of).map((one) => ({ change: 'close', of: one, from, to }));
      return [{ change: 'half-days', person: of, from, to, half: 'all', state: 'x' }];
    }),
  };
}

/** 9月7日(火)～8日(水)：AIMECへ移動できない */
export function sayTrouble({ kind, from, to, of }: Trouble, { roster, meetings }: TroubleGround): Text {
  const days =
    from === to ? dateShort(from) : fill(text('{a}～{b}', '{a} – {b}'), { a: dateShort(from), b: dateShort(to) });
  if (kind === 'ill') {
    const who = roster.people.find(({ id }) => id === of)?.name ?? text(of, of);
    return fill(text('{days}：{who}さんは出られない', '{days}: {who} cannot come'), { days, who });
  }
  const place = forAll(of, { meetings })?.title ?? placeName(of, roster);
  if (kind === 'closed')
    return fill(text('{days}：会議を開けない（{place}）', '{days}: nothing can be held ({place})'), { days, place });
  return fill(text('{days}：移動できない（{place}）', '{days}: nobody can travel ({place})'), { days, place });
}

export const everywhere = text('すべての場所', 'everywhere');

function placeName(of: string, { centres }: Pick<Roster, 'centres'>): Text {
  const centre = centres.find((one) => of === `centre ${one.id}`);
  if (centre) return text(centre.acronym, centre.acronym);
  return centres.find((one) => of === `city ${one.city.en}`)?.city ?? everywhere;
}
