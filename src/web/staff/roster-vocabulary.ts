import type { Programme } from '../../programme/programme.ts';
import type { Words } from '../../roster/roster-faults.ts';
import type { Roster } from '../../roster/roster.ts';

/** A programme comes back from the database with its tables in no order: posts stand as its meetings seat them, fields by name. */
export function wordsInOrder(programme: Programme): Words {
  const place = new Map(seatedPosts(programme).map((kind, nth) => [kind, nth]));
  const rank = (kind: string) => place.get(kind) ?? place.size;
  const { posts, fields, schemes, conflicts } = programme;
  return {
    posts: Object.fromEntries(Object.entries(posts).sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))),
    fields: Object.fromEntries(Object.entries(fields).sort(([, a], [, b]) => a.en.localeCompare(b.en))),
    schemes,
    conflicts,
  };
}

/** Kinds of post in the order in which the seats of the year's meetings name them, those who visit before those who are visited */
function seatedPosts({ activities, assignments, panels }: Programme): string[] {
  const seats = activities.flatMap((activity) => (activity.what === 'meeting' ? activity.seats : []));
  const postsOf = (seat: (typeof seats)[number]): (string | undefined)[] => [
    ...(seat.oneOf ?? []).map((choice) => choice.post),
    seat.holder,
    assignments.find((one) => one.id === seat.assigned)?.post,
    panels.find((one) => one.id === seat.panel?.id)?.post,
  ];
  const sides = (['visiting', 'centre'] as const).flatMap((side) => seats.filter((seat) => seat.side === side));
  return [...new Set(sides.flatMap(postsOf).filter((kind) => kind !== undefined))];
}

/** The words of those programmes that know most of a roster's posts: what can be chosen from while no year says which one is meant */
export function likelyWords(programmes: readonly Programme[], roster: Roster): Words {
  const known = (words: Words) => roster.posts.filter((post) => Object.hasOwn(words.posts, post.kind)).length;
  const most = Math.max(0, ...programmes.map(known));
  const speaking = programmes.filter((programme) => known(programme) === most).map(wordsInOrder);
  return {
    posts: Object.fromEntries(speaking.flatMap((words) => Object.entries(words.posts))),
    fields: Object.fromEntries(speaking.flatMap((words) => Object.entries(words.fields))),
    schemes: Object.fromEntries(speaking.flatMap((words) => Object.entries(words.schemes))),
    conflicts: { rules: speaking.flatMap((words) => words.conflicts.rules) },
  };
}
