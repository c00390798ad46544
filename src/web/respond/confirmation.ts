import type { Text } from '../../kernel/text.ts';
import { readNonce, writeNonce, type NonceOf } from '../../links/nonce.ts';
import { detailsOf, type Recorded } from '../../responses/answer-details.ts';
import type { GivenAnswer } from '../../responses/answer.ts';
import { fieldName, type ReadAnswer } from './answer-fields.ts';
import { factsView } from './meeting-facts-view.ts';

/** The fields in which a form carries its seal, and who fills it in */
export const NONCE = 'nonce';
export const GIVEN_BY = 'givenBy';

/** An answer on the page that asks whether it is right: the second of two steps, so that no scanner answers (itip G2) */
export interface ConfirmationItem {
  readonly name: Text;
  readonly honorific: Text;
  readonly title: Text;
  readonly meeting: ReturnType<typeof factsView>;
  readonly attendance: GivenAnswer['attendance'];
  readonly details: readonly { readonly label: Text; readonly value: Text }[];
}

export interface Confirmation {
  readonly items: readonly ConfirmationItem[];
  /** Everything that was chosen, and the seal */
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
}

/** @param read answers without faults; `of` tells whose each is */
export function confirmationOf(
  read: readonly ReadAnswer[],
  of: (attendeeId: string) => Omit<Recorded, 'given'>,
  readerZone: string,
  { key, now, once }: Pick<NonceOf, 'key'> & { readonly now: number; readonly once: string },
  givenBy = '',
): Confirmation {
  const nonce = writeNonce({ key, step: 'confirm', content: contentOf(read, givenBy) }, now, once);
  return {
    items: read.map(({ attendeeId, given }) => {
      const { person, facts } = of(attendeeId);
      return {
        name: person.name,
        honorific: person.honorific,
        title: facts.title,
        meeting: factsView(facts, readerZone),
        attendance: given!.attendance,
        details: detailsOf(given!),
      };
    }),
    hidden: [
      ...read.flatMap((one) => fieldsOf(one).map(([name, value]) => ({ name, value }))),
      ...(givenBy ? [{ name: GIVEN_BY, value: givenBy }] : []),
      { name: NONCE, value: nonce },
    ],
  };
}

/** @returns what is to be spent; undefined where the page was not ours, was changed, or is too old */
export const confirmedNonce = (
  nonce: unknown,
  read: readonly ReadAnswer[],
  seal: Pick<NonceOf, 'key'>,
  now: number,
  givenBy = '',
): string | undefined => readNonce({ ...seal, step: 'confirm', content: contentOf(read, givenBy) }, nonce, now);

const fieldsOf = ({ attendeeId, typed, revision, seen }: ReadAnswer): [string, string][] => [
  ...Object.entries(typed)
    .filter(([, value]) => value !== '')
    .map(([field, value]): [string, string] => [fieldName(attendeeId, field as keyof ReadAnswer['typed']), value]),
  [fieldName(attendeeId, 'revision'), String(revision)],
  [fieldName(attendeeId, 'seen'), seen],
];

/** What was chosen; line ends as a browser sends them do not make it another answer */
const contentOf = (read: readonly ReadAnswer[], givenBy: string): string =>
  JSON.stringify([...read.map(({ attendeeId, revision, given }) => [attendeeId, revision, given]), givenBy]);
