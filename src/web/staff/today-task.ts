import { fill, joinTexts, text, type Text } from '../../kernel/text.ts';
import type { MailState } from '../../mail/delivery.ts';
import type { Way } from '../../mail/inbound/contact.ts';
import type { Doubted } from '../../responses/responses.queries.ts';
import type { YearStanding } from './board.ts';

/** One line of what needs doing; it leads to where it is settled. The shape that `parts/tasks` shows. */
export interface Task {
  readonly kind: 'bad' | 'warn' | 'info';
  readonly title: Text;
  readonly under: Text | null;
  readonly href: string;
  readonly action: Text;
}

export interface TodayInput {
  readonly year: YearStanding;
  /** Mails that wait for release; the reason why none can be written, where there is one */
  readonly pending: { readonly count: number; readonly problems: number; readonly hindrance: Text | null };
  readonly mails: Readonly<Record<MailState, number>>;
  readonly plan: { readonly state: string; readonly unplaced: number } | undefined;
  /** Domains that refuse our mail */
  readonly stopped: readonly { readonly destination: string; readonly refusal: string; readonly waiting: number }[];
  /** Answers that a machine may have given */
  readonly doubted: readonly Doubted[];
  /** Replies by mail that wait for a person */
  readonly replies?: number;
  /** Ways by which replies should come and have not been open for long */
  readonly closedWays?: readonly { readonly way: Way; readonly since: Date; readonly fault: string }[];
  readonly availability: { readonly answered: number; readonly asked: number };
}

export const counted = (n: number, ja: string, one: string, many: string): Text =>
  fill(text(ja, n === 1 ? one : many), { n });

/** Up to so many names; the rest is counted */
export function someNames(year: YearStanding, personIds: readonly string[], most = 6): Text {
  const names = personIds.slice(0, most).map((id) => year.roster.people.find((person) => person.id === id)?.name);
  const listed = joinTexts(names.map((name, i) => name ?? text(personIds[i]!, personIds[i]!)));
  const rest = personIds.length - most;
  return rest > 0 ? fill(text('{listed} ほか{rest}名', '{listed} and {rest} more'), { listed, rest }) : listed;
}
