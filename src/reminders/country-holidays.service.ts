import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../kernel/calendar-date.ts';
import type { HolidaysAsked, HolidaysFound } from './country-holidays.thread.ts';
import type { Holidays } from './reader-days.ts';
import type { Place } from './reader-place.ts';

const file = import.meta.url.endsWith('.ts') ? './country-holidays.thread.ts' : './country-holidays.thread.js';

const keyOf = ({ place, year }: HolidaysAsked): string => `${place} ${year}`;

/**
 * Public holidays abroad, from date-holidays. Its tables of the whole world take a third of a second and some ten megabytes to load: a
 * thread loads them when somebody abroad is first to be written to, and ends when it has said the days; those are kept.
 */
@Injectable()
export class CountryHolidays {
  readonly #known = new Map<string, Promise<readonly CalendarDate[]>>();
  /** How many threads were needed */
  threads = 0;

  /** @param years calendar years. @throws Error where the thread could not be run; asking again tries again */
  async of(places: readonly Place[], years: readonly number[]): Promise<Holidays> {
    const asked = places.flatMap((place) => years.map((year) => ({ place, year })));
    this.#askFor(asked.filter((one) => !this.#known.has(keyOf(one))));
    const days = new Map<Place, Set<CalendarDate>>();
    for (const one of asked) {
      const ofPlace = days.get(one.place) ?? new Set();
      for (const day of await this.#known.get(keyOf(one))!) ofPlace.add(day);
      days.set(one.place, ofPlace);
    }
    return days;
  }

  #askFor(asked: readonly HolidaysAsked[]): void {
    if (asked.length === 0) return;
    const found = this.#inThread(asked);
    for (const one of asked) {
      const days = found.then((all) => all.find((other) => keyOf(other) === keyOf(one))?.days ?? []);
      this.#known.set(keyOf(one), days);
      days.catch(() => this.#known.delete(keyOf(one)));
    }
  }

  #inThread(asked: readonly HolidaysAsked[]): Promise<readonly HolidaysFound[]> {
    this.threads++;
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL(file, import.meta.url), { workerData: { asked } });
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread ended without the holidays')));
    });
  }
}
