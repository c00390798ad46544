import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { Text } from '../kernel/text.ts';
import type { Instant } from '../kernel/zoned-time.ts';
import type { ReminderOf } from '../programme/programme.ts';

/** Why somebody gets no mail although a step is due */
export type Hold =
  /** Staff paused the year, the meeting, the person or the office */
  | 'paused'
  /** What they were told is not what is true, and staff have not released the change */
  | 'change-waiting'
  /** They have answered, and a person has yet to say whether it was they or a machine */
  | 'doubted'
  /** They do not hold the post any more for which they were asked */
  | 'post-ended'
  /** The last mail to their address came back */
  | 'bounced'
  /** Its owner has called our mail spam: nothing goes there until staff allow it */
  | 'stopped'
  /** There is no address to write to */
  | 'no-address';

export const holdNames: Readonly<Record<Hold, Text>> = {
  paused: { ja: '停止中', en: 'paused' },
  'change-waiting': { ja: '変更の案内がまだ送られていない', en: 'a change waits for release' },
  doubted: { ja: '回答が確認待ち', en: 'an answer waits to be confirmed' },
  'post-ended': { ja: '在任していない', en: 'does not hold the post any more' },
  bounced: { ja: '前のメールが届かなかった', en: 'the last mail to this address failed' },
  stopped: { ja: 'この宛先への送信を止めている', en: 'mail to this address is stopped' },
  'no-address': { ja: '宛先がない', en: 'there is no address' },
};

/** Somebody to whom a reminder can go */
export interface Reader {
  /** `person/kaku-taro`, `office/aimec-office`, `staff/<uuid>`: what one gets on one day is one mail */
  readonly key: string;
  /** IANA zone of their clock */
  readonly zone: string;
  /** Why no mail goes to them, or null */
  readonly hold: Hold | null;
  /** They want no reminders by mail: what would have gone to them goes one rung further */
  readonly unsubscribed?: boolean;
}

/** Something that somebody has yet to do: answer an invitation, hand something in, take a step of preparing a meeting */
export interface Obligation {
  /**
   * `answer/<meeting>@<revision>`, `milestone/<id>@<day>`: a meeting that moves and a deadline that is extended are asked after anew.
   */
  readonly key: string;
  readonly of: ReminderOf;
  /** Who owes it: `person/…`, `office/…`, `staff/…` */
  readonly who: string;
  /** When it is wanted; null: no time was said, and only steps that count from the meeting apply */
  readonly due: Instant | null;
  /** The meeting that it is about */
  readonly meeting: { readonly firstDay: CalendarDate; readonly lastDay: CalendarDate } | null;
  /** Since when they know of it: no step before that was ever meant for them */
  readonly askedAt: Instant;
  readonly standing: 'unanswered' | 'undecided' | 'settled';
  /** Of the whole of it, whoever would be written to */
  readonly hold: Hold | null;
  /** Undefined where the rung has nobody for this: nobody telephones themselves */
  readonly readers: {
    readonly person?: Reader;
    readonly office?: Reader;
    readonly staff?: Reader;
    /** Whether they can stand on the telephone list */
    readonly telephone: boolean;
  };
}

/** What a reminder is of: with the step it is unique */
export const ladderKey = ({ who, key }: Pick<Obligation, 'who' | 'key'>): string => `${who} ${key}`;
