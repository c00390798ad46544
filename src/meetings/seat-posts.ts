import type { CalendarDate } from '../kernel/calendar-date.ts';
import { holdersBetween, type Post, type Roster } from '../roster/roster.ts';
import type { Meeting, Seat } from './meeting.ts';

/** Posts of a kind that belong to this seat: of the seat's host, of the meeting's centre, or of the programme */
export function postsFor(roster: Roster, kind: string, meeting: Meeting, seat: Pick<Seat, 'institution'>): Post[] {
  return roster.posts
    .filter((post) => post.kind === kind)
    .filter(
      (post) =>
        (post.institution === null || post.institution === seat.institution) &&
        (post.centre === null || post.centre === meeting.centre),
    )
    .sort((a, b) => a.rank - b.rank || a.id.localeCompare(b.id));
}

/** The post for which a person sits in a seat on a day: how they are reached follows from it */
export function postOnDay(roster: Roster, posts: readonly Post[], person: string, day: CalendarDate): Post | undefined {
  return posts.find((post) => holdersBetween(roster, post.id, day, day).some((holder) => holder.person === person));
}
