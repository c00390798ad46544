import { momentIn } from '../../kernel/zoned-time.ts';
import { answersFor, reachOf } from '../../invitations/office-scope.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { Attendee } from '../../meetings/meeting.ts';
import { refusalToAnswer } from '../../responses/answer.ts';
import { answerView, type TypedAnswer } from '../respond/answer-fields.ts';
import { nameIn, personIn, type MeetingFile } from './meeting-file.ts';
import { answersView } from './meeting-history.ts';
import { rosterAddress } from './roster-address.ts';
import { meetingAddress } from './year-address.ts';

const languages: Readonly<Record<string, Text>> = { ja: text('日本語', 'Japanese'), en: text('英語', 'English') };

/** @param typed what came back with faults; else the form shows the present answer */
export function personPage(file: MeetingFile, attendee: Attendee, typed?: TypedAnswer) {
  const { meeting, roster, told, now } = file;
  const person = personIn(file, attendee.personId);
  const history = file.answers.get(attendee.id) ?? [];
  const of = told.get(attendee.personId);
  const seat = file.seats.find(({ id }) => id === attendee.seatId);
  return {
    name: nameIn(file, attendee.personId),
    kana: person?.kana ?? '',
    address: meetingAddress(meeting.id, `/people/${attendee.id}`),
    roster: rosterAddress('person', attendee.personId),
    role: attendee.role,
    reason: seat?.reason ?? text('事務局が追加', 'added by the secretariat'),
    required: attendee.required,
    byHand: attendee.byHand,
    // at a meeting that is held on site one person may join through the link
    takesPart: meeting.mode === 'on-site' ? (attendee.online ? 'online' : 'on-site') : null,
    hasLink: meeting.onlineUrl !== '',
    attendance: attendee.attendance,
    language_name: person ? languages[person.language] : null,
    telephone: person?.telephone ?? '',
    reach: person ? reachedHow(file, attendee) : null,
    told: of
      ? {
          at: of.sentAt.toISOString(),
          via: of.via,
          current: of.startsAt === meeting.startsAt?.toISOString(),
          answerBy: of.answerBy ? momentIn(of.answerBy, meeting.zone) : null,
        }
      : null,
    offices: roster.offices
      .filter((office) => answersFor(office, attendee, meeting, roster))
      .map(({ name, telephone, address }) => ({ name, telephone, address })),
    answer: answerView(meeting, attendee, history, typed),
    // a revision that is older than the page is refused; here only whether an answer can be taken at all
    closed: refusalToAnswer(meeting, attendee, meeting.revision, now)?.text ?? null,
    entries: answersView(file, attendee.id),
  };
}

function reachedHow(file: MeetingFile, attendee: Attendee): { readonly words: Text; readonly address: string } {
  const { reach, address } = reachOf(attendee, personIn(file, attendee.personId)!, file.roster);
  const words: Readonly<Record<typeof reach, Text>> = {
    own: text('本人のメール', 'Own mail'),
    secretary: text('秘書のメール', 'Secretary’s mail'),
    office: text('窓口のリンクのみ', 'Only through the office’s link'),
  };
  return { words: words[reach], address: address ?? '' };
}
