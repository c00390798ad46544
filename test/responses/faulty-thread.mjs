import { parentPort } from 'node:worker_threads';

/** Reads no mail, but does what its body says: never ends, takes all memory, throws, leaves. */
parentPort.on('message', ({ id, raw }) => {
  const body = Buffer.from(raw).toString().split('\r\n\r\n')[1];
  if (body === 'loop') for (;;);
  if (body === 'memory') for (const all = []; ;) all.push(Array.from({ length: 1e6 }, () => ({})));
  if (body === 'throw') throw new Error('no');
  if (body === 'exit') process.exit(1);
  parentPort.postMessage({ id, reading: { kind: 'words' } }, []);
});
