import type { Attendee, Meeting } from '../../meetings/meeting.ts';
import { dayRange } from '../../kernel/zoned-time.ts';
import type { Text } from '../../kernel/text.ts';
import { meetingAddress } from './year-address.ts';

/** Meetings whose days are only held; parts are fixed with their whole. */
export function heldMeetings(meetings: readonly Meeting[]): Meeting[] {
  const held = meetings.filter(({ state, provisional }) => state === 'scheduled' && provisional);
  const ids = new Set(held.map(({ id }) => id));
  return held.filter(({ partOf }) => partOf === null || !ids.has(partOf));
}

export interface HeldRow {
  /** `<id> <revision>`: what the form sends */
  readonly value: string;
  readonly href: string;
  readonly title: Text;
  readonly days: Text;
  /** People who are needed, and what they said of the day as it is held */
  readonly asked: number;
  readonly coming: number;
  readonly declined: number;
}

export function heldRows(meetings: readonly Meeting[], attendees: readonly Attendee[]): HeldRow[] {
  return heldMeetings(meetings).map((meeting) => {
    const needed = attendees.filter((one) => one.meetingId === meeting.id && one.required);
    const declined = needed.filter(({ attendance }) => attendance === 'absent').length;
    const open = needed.filter(({ attendance }) => attendance === 'unanswered' || attendance === 'undecided').length;
    return {
      value: `${meeting.id} ${meeting.revision}`,
      href: meetingAddress(meeting.id),
      title: meeting.title,
      days: dayRange(meeting.firstDay!, meeting.lastDay!),
      asked: needed.length,
      coming: needed.length - declined - open,
      declined,
    };
  });
}
