import { parentPort } from 'node:worker_threads';
import { readingOf, type Reading } from './reading/reading.ts';

export interface ReadTask {
  readonly id: number;
  readonly raw: Uint8Array;
  readonly recipients: readonly string[];
  readonly sender: string | null;
  readonly ownDomain: string;
}

export interface ReadNews {
  readonly id: number;
  readonly reading: Reading;
}

parentPort!.on('message', ({ id, raw, recipients, sender, ownDomain }: ReadTask) => {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const reading = readingOf(bytes, { recipients, sender }, ownDomain);
  parentPort!.postMessage({ id, reading } satisfies ReadNews, []);
});
