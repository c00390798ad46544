import { firstDayOf, lastDayOf, type FiscalYear } from '../kernel/fiscal-year.ts';
import type { MeetingActivity, Programme, SeatRule } from '../programme/programme.ts';
import { holdersBetween, type Centre, type Post, type Roster } from '../roster/roster.ts';
import type { GeneratedSeat, SeatChoice } from './generated-year.ts';
import { reasonOfSeat } from './reasons.ts';

/** Where a seat's posts are looked for: the centres that the meeting is about, one for a visit, all for a reception */
export interface Scope {
  readonly programme: Programme;
  readonly roster: Roster;
  readonly fiscalYear: FiscalYear;
  readonly centres: readonly Centre[];
  readonly postsOf: (kind: string, of: string | null) => readonly Post[];
}

/** Posts of a kind that belong to the meeting, by centre and rank. `institution`: of that host only. */
function postsIn({ programme, centres, postsOf }: Scope, kind: string, institution?: string): Post[] {
  const of = programme.posts[kind]?.of;
  if (of === 'programme') return [...postsOf(kind, null)];
  if (of === 'centre') return centres.flatMap((centre) => postsOf(kind, centre.id));
  const hosts = institution === undefined ? centres.flatMap((centre) => centre.hosts) : [institution];
  return [...new Set(hosts)].flatMap((host) => postsOf(kind, host));
}

/** Of several posts only those that somebody holds in the year, so that a former member's chair gets no seat */
function held(posts: Post[], { roster, fiscalYear }: Scope): Post[] {
  if (posts.length < 2) return posts;
  const inYear = posts.filter(
    (post) => holdersBetween(roster, post.id, firstDayOf(fiscalYear), lastDayOf(fiscalYear)).length > 0,
  );
  return inYear.length > 0 ? inYear : posts;
}

function choicesOf(scope: Scope, rule: SeatRule, institution?: string): SeatChoice[] {
  return (rule.oneOf ?? []).flatMap(({ post: kind, cost, costName }) =>
    held(postsIn(scope, kind, institution), scope).map((post) => ({ post: post.id, cost, costName })),
  );
}

function seatsOfRule(scope: Scope, rule: SeatRule): GeneratedSeat[] {
  const institutions = rule.perHost ? [...new Set(scope.centres.flatMap((centre) => centre.hosts))] : [undefined];
  return institutions.flatMap((institution) => {
    const key = institution === undefined ? rule.id : `${rule.id}/${institution}`;
    const host = scope.roster.institutions.find((one) => one.id === institution);
    const base = {
      rule: rule.id,
      name: rule.name,
      side: rule.side,
      required: rule.required,
      institution: institution ?? null,
      choices: choicesOf(scope, rule, institution),
    };
    const posts = rule.holder === undefined ? [] : held(postsIn(scope, rule.holder, institution), scope);
    if (posts.length < 2) {
      const [post] = posts;
      const reason = reasonOfSeat(scope.programme, rule, { institution: host, title: post?.title });
      return [{ ...base, key, post: post?.id ?? null, institution: institution ?? post?.institution ?? null, reason }];
    }
    return posts.map((post) => ({
      ...base,
      key: `${key}/${post.id}`,
      post: post.id,
      institution: institution ?? post.institution,
      reason: reasonOfSeat(scope.programme, rule, { institution: host, title: post.title }),
    }));
  });
}

/**
 * The seats of one meeting, in the order of the programme: one for each host of a `perHost` rule, one for each post where several are
 * held, one without a post where the plan, an assignment, a panel or staff fill it, or where the roster has no such post yet.
 */
export const seatsOf = (scope: Scope, activity: MeetingActivity): GeneratedSeat[] =>
  activity.seats.flatMap((rule) => seatsOfRule(scope, rule));
