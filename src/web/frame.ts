import type { Text } from '../kernel/text.ts';

/** The entries of the staff navigation, in the order in which a year is worked through. */
export const sections = [
  { id: 'today', name: { ja: '今日', en: 'Today' } },
  { id: 'year-board', name: { ja: '年間予定表', en: 'Year board' } },
  { id: 'new-year', name: { ja: '新年度', en: 'New year' } },
  { id: 'plan', name: { ja: '計画', en: 'Plan' } },
  { id: 'release', name: { ja: '送信', en: 'Release' } },
  { id: 'roster', name: { ja: '名簿', en: 'Roster' } },
  { id: 'availability', name: { ja: '日程回答', en: 'Availability' } },
  { id: 'mailbox', name: { ja: 'メール', en: 'Mailbox' } },
] as const satisfies readonly { id: string; name: Text }[];

export type SectionId = (typeof sections)[number]['id'];

/** What stands around every page, whatever the page is about. */
export interface Frame {
  /** Absent on pages from an emailed link and before sign-in: the page then has no navigation */
  readonly staff?: {
    readonly name: string;
    readonly signOutHref: string;
    readonly programme: { readonly name: Text; readonly href?: string };
    /** The fiscal years that exist, newest first; `current` is the one that the page is about */
    readonly years: readonly { readonly year: number; readonly href: string; readonly current: boolean }[];
    /** Address of each section for the year shown, and how many things wait there (0 shows nothing) */
    readonly navigation: readonly { readonly id: SectionId; readonly href: string; readonly waiting?: number }[];
  };
  /** Set while mail leaves only for listed addresses */
  readonly rehearsal?: { readonly addresses: readonly string[]; readonly href?: string };
  /** The sample year: every person on the page is made up */
  readonly sample: boolean;
}

export const emptyFrame: Frame = { sample: false };

/** Token under which the doors provide what tells the frame of a request. */
export const FRAMES = Symbol('frames');

export interface Frames {
  /** @param request the Fastify request; read its session, never its body */
  frameOf(request: unknown): Promise<Frame>;
}
