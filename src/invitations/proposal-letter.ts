import type { Text } from '../kernel/text.ts';
import { renderMail, sourceOf, type MailSources } from '../mail/mail-template.ts';
import type { InvitationFacts } from './invitation.ts';
import { addressee, common, styled, type Letterhead } from './letter-parts.ts';
import type { ComposedMail } from './mail-text.ts';
import { mainRows } from './particulars.ts';

export interface ProposalDeclinedInput {
  /** As the reader was told of the meeting, and as it stays */
  readonly facts: InvitationFacts;
  readonly letterhead: Letterhead;
  /** The time that they asked for; empty where it could not be read */
  readonly proposed: Text;
  /** What staff add in words of their own, in the reader's language; may be empty */
  readonly note: string;
  readonly answerUrl: string;
}

/**
 * Tells somebody who asked for another time that the meeting stays where it is (itip E16). A mail and no DECLINECOUNTER (RFC 5546 §3.2.8):
 * Exchange and Outlook know no such METHOD (MS-OXCICAL 2.1.3: PUBLISH, REQUEST, REPLY, COUNTER, CANCEL) and show what they do not know as an
 * unsupported calendar message, Thunderbird says no more than that there is one, and a request that repeats the entry would ask again.
 */
export function composeProposalDeclined(sources: MailSources, input: ProposalDeclinedInput): ComposedMail {
  const { facts, letterhead, proposed, note, answerUrl } = input;
  const { language } = facts;
  const data = {
    ...common(facts, letterhead, language),
    addressee: addressee(facts, language),
    name: styled(facts, language),
    secretary: facts.reach === 'secretary',
    proposed: proposed[language],
    note,
    rows: mainRows(facts, language),
    answer_url: answerUrl,
  };
  const kind = 'proposal-declined';
  return { kind, ...renderMail(sourceOf(sources, kind, language), language, data) };
}
