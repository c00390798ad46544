/**
 * Something that happened, in the past tense (`MeetingMoved`). It carries ids only: whoever hears it reads again and finds the present
 * state, so that hearing it twice or late does no harm.
 */
export interface Fact<T extends Record<string, string>> {
  readonly name: string;
  /** Only there to hold the type of the ids */
  readonly ids?: T;
}

/** `export const meetingMoved = fact<{ meetingId: string }>('MeetingMoved')` in a room's `*.facts.ts` */
export const fact = <T extends Record<string, string>>(name: string): Fact<T> => ({ name });

/** The queue in which one listener hears one fact */
export const queueOf = (fact: Fact<never>, listener: string): string => `${fact.name}/${listener}`;
