import { z } from 'zod';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import { Day, Id, integer, OptionalDay, OptionalId, RequiredLine, says, type Cells } from './cells.ts';
import { OptionalAddress } from './mailbox.ts';
import type { Post, Term } from './roster.ts';

/** The cells of a post → everything but its id */
export const PostForm = z
  .object({
    kind: Id,
    title_ja: RequiredLine,
    title_en: RequiredLine,
    centre: OptionalId,
    institution: OptionalId,
    reach: z.enum(['own', 'secretary', 'office'], {
      error: says(
        'own（本人）、secretary（秘書）、office（窓口のみ）のいずれかにしてください。',
        'own, secretary or office, please.',
      ),
    }),
    secretary_address: OptionalAddress,
    office: OptionalId,
    rank: integer(0, 99),
    ended_on: OptionalDay,
  })
  .refine((cells) => cells.centre === null || cells.institution === null, {
    path: ['institution'],
    error: says(
      '役職は拠点か機関のどちらか一方に属します。',
      'A post belongs to a centre or to an institution, not to both.',
    ),
  })
  .refine((cells) => cells.reach !== 'secretary' || cells.secretary_address !== null, {
    path: ['secretary_address'],
    error: says(
      '秘書宛てにする場合は秘書のアドレスを入力してください。',
      'A post reached through the secretary needs their address.',
    ),
  })
  .refine((cells) => cells.reach !== 'office' || cells.office !== null, {
    path: ['office'],
    error: says('窓口のみの場合は窓口を選んでください。', 'A post reached through an office needs that office.'),
  })
  .transform((cells): Omit<Post, 'id'> => ({
    kind: cells.kind,
    title: { ja: cells.title_ja, en: cells.title_en },
    centre: cells.centre,
    institution: cells.institution,
    reach: cells.reach,
    secretaryAddress: cells.secretary_address,
    office: cells.office,
    rank: cells.rank,
    endedOn: cells.ended_on,
  }));

export const postCells = (post: Post): Cells => ({
  id: post.id,
  kind: post.kind,
  title_ja: post.title.ja,
  title_en: post.title.en,
  centre: post.centre ?? '',
  institution: post.institution ?? '',
  reach: post.reach,
  secretary_address: post.secretaryAddress ?? '',
  office: post.office ?? '',
  rank: String(post.rank),
  ended_on: post.endedOn ?? '',
});

/** The cells of a term → everything but its id */
export const TermForm = z
  .object({ post: Id, person: Id, from: Day, to: OptionalDay })
  .refine((cells) => cells.to === null || cells.from <= cells.to, {
    path: ['to'],
    error: says('任期の終わりは始まり以降の日にしてください。', 'A term cannot end before it begins.'),
  })
  .transform((cells): Omit<Term, 'id'> => cells);

export const termCells = (term: Term): Cells => ({
  id: term.id,
  post: term.post,
  person: term.person,
  from: term.from,
  to: term.to ?? '',
});

const meets = (a: Pick<Term, 'from' | 'to'>, b: Pick<Term, 'from' | 'to'>): boolean =>
  (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to);

/** Another term of the same post that shares a day with this one */
export const overlapping = <T extends Term>(terms: readonly T[], term: Term): T | undefined =>
  terms.find((other) => other.id !== term.id && other.post === term.post && meets(other, term));

/** The term that a successor ends: the one that runs on the day or would still run then; it must have begun before. */
export const runningBefore = <T extends Term>(terms: readonly T[], post: string, from: CalendarDate): T | undefined =>
  terms.find((term) => term.post === post && term.from < from && (term.to === null || term.to >= from));
