import { text, type Text } from '../../kernel/text.ts';
import type { NewAttendee } from '../../meetings/attendees.service.ts';
import type { Faults } from '../faults.ts';
import { wordIn, type Body } from './meeting-form.ts';
import type { MeetingFile } from './meeting-file.ts';

/** What staff typed to add somebody: a seat of the meeting, or a role of their own */
export interface TypedPerson {
  readonly person: string;
  /** Id of a seat; empty: a role of their own */
  readonly seat: string;
  readonly roleJa: string;
  readonly roleEn: string;
  readonly side: string;
  readonly required: boolean;
  readonly online: boolean;
}

export const emptyPerson: TypedPerson = {
  person: '',
  seat: '',
  roleJa: '',
  roleEn: '',
  side: 'visiting',
  required: false,
  online: false,
};

const faults = {
  person: text('出席者を選んでください。', 'Please choose somebody.'),
  seat: text('席を選ぶか、役割を入力してください。', 'Choose a seat, or give a role.'),
  role: text(
    '役割は日本語と英語の両方を100字以内で入力してください。',
    'Please give the role in both languages, in at most 100 characters.',
  ),
} as const satisfies Record<string, Text>;

const oneLine = (value: string): string =>
  value
    .normalize('NFC')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .trim();

export function readPerson(
  body: Body,
  file: Pick<MeetingFile, 'meeting' | 'seats' | 'roster'>,
): { typed: TypedPerson; wanted: NewAttendee | undefined; faults: Faults } {
  const typed: TypedPerson = {
    person: wordIn(body, 'person', 200),
    seat: wordIn(body, 'seat', 100),
    roleJa: wordIn(body, 'roleJa', 500),
    roleEn: wordIn(body, 'roleEn', 500),
    side: wordIn(body, 'side', 20) === 'centre' ? 'centre' : 'visiting',
    required: wordIn(body, 'required', 5) === 'yes',
    online: wordIn(body, 'online', 5) === 'yes',
  };
  const found: Record<string, Text> = {};
  if (!file.roster.people.some(({ id }) => id === typed.person)) found['person'] = faults.person;
  const seat = file.seats.find(({ id }) => id === typed.seat);
  const role = { ja: oneLine(typed.roleJa), en: oneLine(typed.roleEn) };
  const isRole = role.ja !== '' && role.en !== '' && [...role.ja].length <= 100 && [...role.en].length <= 100;
  if (typed.seat !== '' && !seat) found['seat'] = faults.seat;
  if (typed.seat === '' && !isRole) found[role.ja === '' ? 'roleJa' : 'roleEn'] = faults.role;
  if (Object.keys(found).length > 0) return { typed, wanted: undefined, faults: found };
  const online = typed.online ? { online: true } : {};
  return {
    typed,
    faults: {},
    wanted: seat
      ? { person: typed.person, seatId: seat.id, ...online }
      : {
          person: typed.person,
          role,
          side: typed.side as 'visiting' | 'centre',
          required: typed.required,
          ...online,
        },
  };
}
