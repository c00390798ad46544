import type { Text } from '../../kernel/text.ts';
import {
  accessOf,
  heldNote,
  linkOf,
  modeNames,
  placeOf,
  roomOf,
  whenForReader,
  whenOf,
  type MeetingFacts,
} from '../../invitations/invitation.ts';

/** The particulars of a meeting as a page from an emailed link shows them: venue time first, then the reader's where it differs */
export interface FactsView {
  readonly title: Text;
  readonly when: readonly Text[];
  readonly own: readonly Text[];
  readonly mode: Text;
  readonly place: Text;
  readonly room: Text;
  readonly access: Text;
  readonly link: string;
  readonly answerBy: string | null;
  readonly zone: string;
  readonly cancelled: boolean;
  readonly extras: MeetingFacts['extras'];
}

export function factsView(facts: MeetingFacts, readerZone: string): FactsView {
  const own = whenForReader({ ...facts, readerZone });
  return {
    title: facts.title,
    when: [...whenOf(facts, facts.zone, own.length > 0), ...(facts.status === 'hold' ? [heldNote] : [])],
    own,
    mode: modeNames[facts.mode],
    place: placeOf(facts),
    room: roomOf(facts),
    access: accessOf(facts),
    link: linkOf(facts),
    answerBy: facts.answerBy,
    zone: facts.zone,
    cancelled: facts.status === 'cancelled',
    extras: facts.extras,
  };
}
