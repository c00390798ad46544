import { fact } from '../jobs/fact.ts';

export const meetingScheduled = fact<{ meetingId: string }>('MeetingScheduled');
/** Its time, place or mode is another than before */
export const meetingMoved = fact<{ meetingId: string }>('MeetingMoved');
export const meetingCancelled = fact<{ meetingId: string }>('MeetingCancelled');
/** Who is asked to come, or what they said, has changed */
export const attendanceChanged = fact<{ meetingId: string; attendeeId: string }>('AttendanceChanged');
