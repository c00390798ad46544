import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Refusal } from '../../kernel/refusal.ts';

/** Milliseconds after which a page says that it is being computed, instead of letting people wait */
const PATIENCE = 700;
const REMEMBERED = 30;

export type LongAnswer<T> =
  /** `soFar`: what is known before the end, where the question tells of it */
  | { readonly state: 'waiting'; readonly seconds: number; readonly soFar: T | null }
  | { readonly state: 'done'; readonly value: T; readonly seconds: number }
  | { readonly state: 'failed'; readonly refusal: Refusal | null };

interface Entry {
  readonly began: number;
  readonly work: Promise<unknown>;
  readonly stop: AbortController;
  answer: LongAnswer<unknown>;
}

/**
 * Questions that take seconds, each computed once however many people ask: a page comes at once with the answer or with the word that it is
 * being computed, and asks again. A key names everything that the answer depends on, so that an old answer is never shown for a new year.
 */
@Injectable()
export class LongQuestions implements OnModuleDestroy {
  private readonly log = new Logger('LongQuestions');
  private readonly entries = new Map<string, Entry>();

  async ask<T>(
    key: string,
    work: (signal: AbortSignal, tell: (soFar: T) => void) => Promise<T>,
  ): Promise<LongAnswer<T>> {
    const entry = this.entries.get(key) ?? this.begin(key, work);
    if (entry.answer.state === 'waiting') await Promise.race([entry.work, patience()]);
    if (entry.answer.state !== 'waiting') return entry.answer as LongAnswer<T>;
    const { soFar } = entry.answer as { soFar: T | null };
    return { state: 'waiting', seconds: (performance.now() - entry.began) / 1000, soFar };
  }

  /** To compute it anew with the next question */
  forget(key: string): void {
    this.entries.get(key)?.stop.abort();
    this.entries.delete(key);
  }

  onModuleDestroy(): void {
    for (const key of this.entries.keys()) this.forget(key);
  }

  private begin<T>(key: string, work: (signal: AbortSignal, tell: (soFar: T) => void) => Promise<T>): Entry {
    const stop = new AbortController();
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    const entry: Entry = {
      began,
      stop,
      answer: { state: 'waiting', seconds: 0, soFar: null },
      work: work(stop.signal, (soFar) => {
        if (entry.answer.state === 'waiting') entry.answer = { ...entry.answer, soFar };
      }).then(
        (value) => {
          entry.answer = { state: 'done', value, seconds: seconds() };
        },
        (error: unknown) => {
          if (!(error instanceof Refusal) && !stop.signal.aborted) this.log.error(error);
          entry.answer = { state: 'failed', refusal: error instanceof Refusal ? error : null };
        },
      ),
    };
    for (const oldest of this.entries.keys()) if (this.entries.size >= REMEMBERED) this.forget(oldest);
    this.entries.set(key, entry);
    return entry;
  }
}

const patience = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, PATIENCE).unref();
  });
