import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';

/** The only source of "now"; pure code takes it as a parameter. */
@Injectable()
export class Clock {
  /** In UTC */
  now(): DateTime {
    return DateTime.utc();
  }
}

/** A clock that stands still until it is set. */
export class FixedClock extends Clock {
  #now: DateTime;

  /** @param instant ISO 8601 with a zone, `2026-11-21T00:00:00Z` */
  constructor(instant: string) {
    super();
    this.#now = parse(instant);
  }

  override now(): DateTime {
    return this.#now;
  }

  set(instant: string): void {
    this.#now = parse(instant);
  }
}

function parse(instant: string): DateTime {
  const parsed = DateTime.fromISO(instant, { zone: 'utc' });
  if (!parsed.isValid) throw new RangeError(`not an instant: ${instant}`);
  return parsed;
}
