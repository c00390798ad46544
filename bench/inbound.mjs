/**
 * How fast replies are read, in the thread that the application uses, beside mailparser and ical.js alone on the same octets; and whether
 * memory stays flat over 20,000 of them.
 *
 *   node bench/inbound.mjs [count]      (after npm run build)
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import ICAL from 'ical.js';
import mailparser from 'mailparser';

const folder = new URL('../test/responses/replies/', import.meta.url);
const built = new URL('../dist/src/responses/mail-reader.service.js', import.meta.url);
if (!existsSync(fileURLToPath(built))) {
  console.error('first: npm run build');
  process.exit(1);
}
await import('reflect-metadata');
const { MailReader } = await import(built.href);

const count = Number(process.argv[2] ?? 20_000);
const replies = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(new URL(name, folder)));
const nobody = { recipients: [], sender: null };
const megabytes = () => Math.round(process.memoryUsage().rss / 2 ** 20);

/** No two alike, as in life: a cache would help nobody */
const reply = (n) => Buffer.concat([Buffer.from(`X-Number: ${n}\r\n`), replies[n % replies.length]]);

async function bare(raw) {
  const mail = await mailparser.simpleParser(raw, {
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  });
  const part = mail.attachments.find(({ contentType }) => contentType === 'text/calendar');
  if (!part) return undefined;
  try {
    const event = new ICAL.Component(ICAL.parse(part.content.toString())).getFirstSubcomponent('vevent');
    return event?.getFirstProperty('attendee')?.getParameter('partstat');
  } catch {
    return undefined;
  }
}

async function timed(name, some, read) {
  for (let n = 0; n < 200; n++) await read(reply(n));
  const began = performance.now();
  for (let n = 0; n < some; n++) await read(reply(n));
  const perSecond = Math.round((some / (performance.now() - began)) * 1000);
  console.log(`${name.padEnd(44)} ${String(perSecond).padStart(6)} replies/s`);
  return perSecond;
}

console.log(`${availableParallelism()} cores, node ${process.version}, ${replies.length} kinds of replies`);
const reader = new MailReader({ mailFromDomain: 'visits.example.org' });
const some = Math.min(count, 5_000);
const theirs = await timed('mailparser + ical.js, this thread, one by one', some, bare);
const ours = await timed('ours, thread of its own, one by one', some, (raw) => reader.read(raw, nobody));
console.log(`${(ours / theirs).toFixed(2)} times as fast`);

console.log(`memory of the whole process while ${count} are read, 50 at a time:`);
global.gc?.();
const marks = new Set([1_000, 5_000, 10_000, 20_000, count]);
for (let n = 0; n < count;) {
  const batch = Array.from({ length: Math.min(50, count - n) }, () => reply(n++));
  await Promise.all(batch.map((raw) => reader.read(raw, nobody)));
  if (marks.has(n)) console.log(`  after ${String(n).padStart(6)}: ${megabytes()} MB`);
}
await reader.onApplicationShutdown();
