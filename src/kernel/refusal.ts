import { fill, type Text } from './text.ts';

/** What a room says when it cannot do what was asked: an HTTP status and a sentence in both languages. */
export interface RefusalText extends Text {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503;
}

/**
 * A room's refusals, by code `<room>.<reason>`. Written through this function so that a code without its two texts and its
 * status does not compile.
 */
export const refusals = <Code extends `${string}.${string}`>(
  table: Record<Code, RefusalText>,
): Record<Code, RefusalText> => table;

export type Values = Readonly<Record<string, string | number | Text>>;

/**
 * An expected "no". Pure code returns a refusal or undefined; services throw it; doors show `text` with `status`.
 * Everything else that is thrown is a fault of ours: 500, logged.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly text: Text;
  readonly values: Values;

  private constructor(code: string, text: RefusalText, values: Values) {
    const filled = fill(text, values);
    super(`${code}: ${filled.en}`);
    this.name = 'Refusal';
    this.code = code;
    this.status = text.status;
    this.text = filled;
    this.values = values;
  }

  /** `Refusal.of(meetingRefusals, 'meetings.cancelled', { title })` */
  static of<Code extends string>(table: Record<Code, RefusalText>, code: NoInfer<Code>, values: Values = {}): Refusal {
    return new Refusal(code, table[code], values);
  }
}

/** Throws what a pure check returned, if it returned anything. */
export function refuse(refusal: Refusal | undefined): void {
  if (refusal) throw refusal;
}
