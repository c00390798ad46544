import { text, type Text } from '../../kernel/text.ts';
import type { MailLine } from '../../mail/outbox.queries.ts';
import { answeredTheHold } from '../../meetings/meeting-change.ts';
import { answersPresent, attendanceNames } from '../../responses/answer.ts';
import { nameIn, type MeetingFile } from './meeting-file.ts';
import { channelNames, detailsOf } from './meeting-words.ts';
import { meetingAddress } from './year-address.ts';

/** One answer as it was given. Those given to an earlier time of the meeting count no more. */
export interface AnswerEntry {
  readonly id: string;
  readonly name: Text;
  readonly href: string;
  readonly at: string;
  readonly attendance: string;
  readonly words: Text;
  readonly details: readonly Text[];
  readonly by: string;
  readonly source: Text;
  readonly agent: string;
  readonly counts: boolean;
  /** Given to the days while they were only held, before they were fixed */
  readonly toHold: boolean;
}

/** @param attendeeId of one participant only. Newest first */
export function answersView(file: MeetingFile, attendeeId?: string): AnswerEntry[] {
  const people = file.attendees.filter((attendee) => attendeeId === undefined || attendee.id === attendeeId);
  return people
    .flatMap((attendee) =>
      (file.answers.get(attendee.id) ?? []).map((answer, index, all): AnswerEntry => ({
        id: answer.id,
        name: nameIn(file, attendee.personId),
        href: meetingAddress(file.meeting.id, `/people/${attendee.id}`),
        at: answer.at.toISOString(),
        attendance: answer.attendance,
        words: attendanceNames[answer.attendance],
        details: detailsOf(answer),
        by: answer.givenBy,
        source: channelNames[answer.channel],
        agent: answer.agent,
        counts: index === all.length - 1 && answersPresent(answer, file.meeting.revision),
        toHold: answeredTheHold(file.meeting, answer.revision),
      })),
    )
    .sort((a, b) => Number(BigInt(b.id) - BigInt(a.id)));
}

/** As `templates/mail` calls them */
const kinds: Readonly<Record<string, Text>> = {
  'invitation-new': text('案内', 'Invitation'),
  'invitation-update': text('変更の案内', 'Update'),
  'invitation-cancel': text('取り消し', 'Cancellation'),
  'office-notice': text('窓口への案内', 'Notice to an office'),
  receipt: text('受付の控え', 'Receipt'),
};

export function mailsView(mails: readonly MailLine[], file: MeetingFile) {
  return mails.map((mail) => {
    const office = file.roster.offices.find((one) => one.id === mail.officeId);
    return {
      id: mail.id,
      href: `/mailbox/out/${mail.id}`,
      at: mail.putAt.toISOString(),
      subject: mail.subject,
      to: mail.personId ? nameIn(file, mail.personId) : (office?.name ?? text(mail.toName, mail.toName)),
      address: mail.toAddress,
      state: mail.state,
      kind: kinds[mail.kind] ?? text(mail.kind, mail.kind),
      rehearsed: mail.occasion !== 'real',
      reply: mail.state === 'failed' || mail.state === 'uncertain' ? mail.reply : null,
    };
  });
}
