import type { Extra, MeetingFacts } from '../invitations/invitation.ts';
import { text, type Text } from '../kernel/text.ts';
import type { Person } from '../roster/roster.ts';
import type { GivenAnswer } from './answer.ts';

/** An answer, whose it is, and to which meeting */
export interface Recorded {
  readonly facts: MeetingFacts;
  readonly person: Person;
  readonly given: GivenAnswer;
}

const both = (value: string): Text => text(value, value);

/** The other parts of an answer, as they were given */
export function detailsOf(given: GivenAnswer): Extra[] {
  const details: (Extra | undefined)[] = [
    given.lateFrom ? { label: text('到着', 'Arriving at'), value: both(given.lateFrom) } : undefined,
    given.leavingAt ? { label: text('退席', 'Leaving at'), value: both(given.leavingAt) } : undefined,
    given.proxyName
      ? {
          label: text('代理の方', 'Represented by'),
          value: both([given.proxyTitle, given.proxyName].filter(Boolean).join(' ')),
        }
      : undefined,
    given.accompanying.length > 0
      ? {
          label: text('同席者', 'Accompanied by'),
          value: text(given.accompanying.join('、'), given.accompanying.join(', ')),
        }
      : undefined,
    given.remarks ? { label: text('備考', 'Remarks'), value: both(given.remarks) } : undefined,
  ];
  return details.filter((detail) => detail !== undefined);
}
