import type { CalendarDate } from '../kernel/calendar-date.ts';
import { holderOn, holdersBetween, type Post, type Roster } from '../roster/roster.ts';
import type { Meeting, Seat, Side } from './meeting.ts';

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

/**
 * The post for which somebody comes, by which they are reached and their office known: the seat's own; else, on the centre's side, one at
 * the centre or its hosts, or none: then the centre's office answers for them. On the visiting side one of the programme, since a member of
 * the committee who is also an executive somewhere does not come for that; else any that they hold on the day.
 */
export function postFor(
  roster: Roster,
  meeting: Meeting,
  person: string,
  seat: Pick<Seat, 'post'> | null,
  side: Side,
): string | null {
  const day = meeting.firstDay ?? meeting.windowFrom;
  if (!day) return null;
  const held = roster.posts.filter((post) => holderOn(roster, post.id, day)?.id === person);
  const own = held.find((post) => post.id === seat?.post);
  if (own) return own.id;
  if (side === 'visiting') return (held.find(isOfProgramme) ?? held[0])?.id ?? null;
  const hosts = roster.centres.find((centre) => centre.id === meeting.centre)?.hosts ?? [];
  const atCentre = held.find((post) => post.centre !== null && post.centre === meeting.centre);
  const atHost = held.find((post) => post.institution !== null && hosts.includes(post.institution));
  return (atCentre ?? atHost)?.id ?? null;
}

const isOfProgramme = (post: Post): boolean => post.centre === null && post.institution === null;
