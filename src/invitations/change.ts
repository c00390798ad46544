import { momentIn, millisOf } from '../kernel/zoned-time.ts';
import { joinTexts, text, type Language, type Text } from '../kernel/text.ts';
import { plainText } from '../kernel/plain-text.ts';
import {
  accessOf,
  extrasOf,
  linkOf,
  modeNames,
  nothing,
  placeOf,
  roomOf,
  seatOf,
  statusNames,
  whenOf,
  type MeetingFacts,
  type Told,
} from './invitation.ts';

export type Aspect =
  'status' | 'time' | 'mode' | 'place' | 'room' | 'online-link' | 'title' | 'seat' | 'access' | 'answer-by' | 'text';

/** One thing that differs from what somebody was last sent, for the page of a release and for 変更点 in the mail. */
export interface Change {
  readonly what: Aspect;
  readonly label: Text;
  /** Empty where there was nothing */
  readonly before: Text;
  /** Empty where there is nothing any more */
  readonly after: Text;
}

interface AspectRule {
  readonly what: Aspect;
  readonly label: Text;
  /** May change the answer: everybody is asked again (RFC 5546 §2.1.4; itip C1) */
  readonly weighs: boolean;
  readonly said: (facts: Told) => Text;
  /** What is compared, where it is not what is said in the reader's language */
  readonly key?: (facts: Told) => string;
}

const both = (value: string): Text => text(value, value);
const spans = (facts: MeetingFacts) =>
  (facts.dailyHours ?? []).map((day) => [millisOf(day.startsAt), millisOf(day.endsAt)]);

/**
 * In the order in which people want to read them. A room in the same building does not change whether somebody comes, so it is told
 * without asking again; nor do a new link, title or text.
 */
const aspects: readonly AspectRule[] = [
  { what: 'status', label: text('状態', 'Status'), weighs: true, said: (facts) => statusNames[facts.status] },
  {
    what: 'time',
    label: text('日時', 'Date and time'),
    weighs: true,
    said: (facts) => joinTexts(whenOf(facts), '\n', '\n'),
    key: (facts) =>
      JSON.stringify([
        facts.form,
        facts.firstDay,
        facts.lastDay,
        facts.zone,
        facts.hoursToFollow ? 'days' : [millisOf(facts.startsAt), millisOf(facts.endsAt), spans(facts)],
      ]),
  },
  {
    what: 'mode',
    label: text('開催方法', 'Format'),
    weighs: true,
    said: (facts) => modeNames[facts.mode],
    key: (facts) => facts.mode,
  },
  { what: 'place', label: text('場所', 'Place'), weighs: true, said: placeOf },
  { what: 'room', label: text('会議室', 'Room'), weighs: false, said: roomOf },
  { what: 'online-link', label: text('接続先', 'Link to join'), weighs: false, said: (facts) => both(linkOf(facts)) },
  { what: 'title', label: text('件名', 'Title'), weighs: false, said: (facts) => facts.title },
  { what: 'seat', label: text('お立場', 'Your role'), weighs: false, said: seatOf },
  { what: 'access', label: text('アクセス', 'Getting there'), weighs: false, said: accessOf },
  { what: 'text', label: text('ご案内事項', 'Details'), weighs: false, said: extrasOf },
  {
    what: 'answer-by',
    label: text('回答期限', 'Please reply by'),
    weighs: false,
    said: (facts) => (facts.answerBy === null ? nothing : momentIn(facts.answerBy, facts.zone)),
    key: (facts) => (facts.answerBy === null ? '' : String(millisOf(facts.answerBy))),
  },
];

const weighty = new Set(aspects.filter((aspect) => aspect.weighs).map((aspect) => aspect.what));

/** Whether one of them may change somebody's answer */
export const asksAgain = (changes: readonly Change[]): boolean => changes.some((change) => weighty.has(change.what));

const saidIn = (language: Language, aspect: AspectRule, facts: Told): string =>
  aspect.key ? aspect.key(facts) : plainText(aspect.said(facts)[language]);

/**
 * What this reader would find different. Compared in the reader's language: a corrected translation that they do not read is no
 * change to them. Names, honorifics and the person in charge are no change of the meeting: they go along with the next message.
 */
export function changesBetween(before: Told, after: Told, language: Language): readonly Change[] {
  return aspects
    .filter((aspect) => saidIn(language, aspect, before) !== saidIn(language, aspect, after))
    .map((aspect) => ({
      what: aspect.what,
      label: aspect.label,
      before: aspect.said(before),
      after: aspect.said(after),
    }));
}
