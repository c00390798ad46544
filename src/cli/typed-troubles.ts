import { fill, text } from '../kernel/text.ts';
import { readTrouble, type Trouble, type TroubleGround, type TypedTrouble } from '../planning/year-troubles.ts';
import { UsageFaults, type Given } from './given.ts';

/** A trouble as it was typed, not yet held against the year */
export interface GivenTrouble extends TypedTrouble {
  readonly typed: string;
}

const kinds = ['storm', 'ill', 'closed'] as const;
const shape = /^(?:(.+)=)?(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?$/;

/** `--storm PLACE=DAYS`, `--ill PERSON=DAYS`, `--closed PLACE=DAYS`; DAYS is `2027-09-07` or `2027-09-07..2027-09-08`, no PLACE is everywhere */
export const troublesGiven = (given: Given): GivenTrouble[] =>
  kinds.flatMap((kind) =>
    given.list(kind).flatMap((typed): GivenTrouble[] => {
      const match = shape.exec(typed.normalize('NFKC').trim());
      if (match && (match[1] !== undefined || kind !== 'ill'))
        return [{ kind, typed: `--${kind} ${typed}`, of: match[1] ?? '*', from: match[2]!, to: match[3] ?? '' }];
      given.fault(
        fill(
          text(
            '--{kind} は「{form}」のように指定してください（今は「{typed}」）。',
            '--{kind} is written as “{form}” (it is “{typed}”).',
          ),
          { kind, typed, form: kind === 'ill' ? 'PERSON=2027-09-01..2027-09-14' : 'icredd=2027-09-07..2027-09-08' },
        ),
      );
      return [];
    }),
  );

/** @param ground the year @throws UsageFaults with everything that is not in it */
export function troublesIn(given: readonly GivenTrouble[], ground: TroubleGround): Trouble[] {
  const read = given.map((one) => ({ one, ...readTrouble({ ...one, of: placeIn(one, ground) }, ground) }));
  const faults = read.flatMap(({ one, faults: wrong }) => {
    const what = wrong.of
      ? text(`「${one.of}」はこの年度にありません。`, `“${one.of}” is not in this year.`)
      : (wrong.from ?? wrong.to);
    return what ? [text(`${one.typed}：${what.ja}`, `${one.typed}: ${what.en}`)] : [];
  });
  if (faults.length > 0) throw new UsageFaults(faults);
  return read.flatMap(({ trouble }) => trouble ?? []);
}

/** A centre by its id, a meeting of the whole programme by its key, or a city by its English name */
function placeIn({ kind, of }: GivenTrouble, { roster, meetings }: TroubleGround): string {
  if (kind === 'ill' || of === '*') return of;
  if (roster.centres.some(({ id }) => id === of)) return `centre ${of}`;
  return meetings.some(({ key, centre }) => centre === null && key === of) ? `meeting ${of}` : `city ${of}`;
}
