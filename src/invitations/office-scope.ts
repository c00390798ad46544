import type { Attendee, Meeting } from '../meetings/meeting.ts';
import type { Office, Person, Post, Roster } from '../roster/roster.ts';

/**
 * Whether an office answers for somebody at a meeting: it is the office of the post for which they come; or they sit on the centre's side
 * without a post (a principal investigator) and it is the centre's office.
 */
export function answersFor(office: Office, attendee: Attendee, meeting: Meeting, roster: Roster): boolean {
  const post = roster.posts.find((p) => p.id === attendee.post);
  if (post) return post.office === office.id;
  return (
    attendee.side === 'centre' &&
    office.kind === 'centre' &&
    office.centre === meeting.centre &&
    meeting.centre !== null
  );
}

/** How somebody is reached for a meeting, by the post for which they come */
export interface Reached {
  readonly reach: Post['reach'];
  /** Null: only through the link of an office */
  readonly address: string | null;
  readonly post: Post | undefined;
}

export function reachOf(attendee: Pick<Attendee, 'post'>, person: Person, roster: Roster): Reached {
  const post = roster.posts.find((p) => p.id === attendee.post);
  const own = person.addresses[0] ?? null;
  if (!post || post.reach === 'own') return { reach: 'own', address: own, post };
  if (post.reach === 'secretary') return { reach: 'secretary', address: post.secretaryAddress ?? own, post };
  return { reach: 'office', address: null, post };
}
