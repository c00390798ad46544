import { writeTrialReply, type TrialAnswer } from '../../src/responses/reading/trial-reply.ts';
import type { Arrived } from '../invitations/post.ts';

/** The mail that the calendar program of whoever got this invitation sends. @param at when they press the button, ISO 8601 */
export function replyTo(mail: Arrived, answer: TrialAnswer, at: string, comment = ''): Buffer {
  return writeTrialReply({
    calendar: mail.message.calendars[0]!.content.toString(),
    messageId: mail.message.messageId,
    answer,
    comment,
    proposedStart: '2027-07-09T01:00:00Z',
    at,
    nonce: `${answer}${at}${comment}`.replace(/\W/g, ''),
  })!.raw;
}
