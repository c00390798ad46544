// How fast mail leaves: the outbox (PostgreSQL, states written down before and after each hand-over) against a bare nodemailer pool that
// sends the same prebuilt bytes to the same sink, one after the other in each round. Before the first round both send a few unmeasured,
// since whoever begins would pay for the start of the process.
//   node bench/mail.mjs [--sizes 1000,10000,50000] [--rounds 3] [--lines 2]
// The sink is a real SMTP server in a process of its own. A line of JSON for each round goes to stdout, the table to stderr. `peak` and
// `kept` are the memory of the process while the outbox sent: at most, and what of it stayed, in megabytes.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,50000' },
    rounds: { type: 'string', default: '3' },
    lines: { type: 'string', default: '2' },
    sink: { type: 'boolean', default: false },
    compiled: { type: 'boolean', default: false },
  },
});

if (values.sink) await sink();
else if (!values.compiled) await withTypeScript();
else await compare();

/** Decorators need more than Node's own stripping of types: the program runs itself again with the tests' loader. */
async function withTypeScript() {
  const loader = new URL('../test/mail/typescript.mjs', import.meta.url).href;
  const args = ['--import', loader, import.meta.filename, '--compiled', ...process.argv.slice(2)];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--expose-gc', ...args], {
    stdio: 'inherit',
  });
  const [code] = await once(child, 'close');
  process.exitCode = code;
}

/** Takes every mail and counts them. */
async function sink() {
  const { SMTPServer } = await import('smtp-server');
  let taken = 0;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, callback) => {
      stream.on('end', () => {
        taken++;
        callback();
      });
      stream.resume();
    },
  });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.server.address().port }));
  process.on('message', () => {
    process.send({ taken });
    taken = 0;
  });
}

async function compare() {
  const child = fork(import.meta.filename, ['--sink'], { execArgv: [] });
  const [{ port }] = await once(child, 'message');
  const taken = async () => {
    child.send('count');
    return (await once(child, 'message'))[0].taken;
  };
  const lines = Number(values.lines);
  const url = `smtp://127.0.0.1:${port}?maxConnections=${lines}`;
  const { default: start } = await import('../test/support/start-database.ts');
  const { default: stop } = await import('../test/support/stop-database.ts');
  await start();
  const { startMachinery } = await import('../test/mail/machinery.ts');
  const { invitation } = await import('../test/mail/sample.ts');
  const { Outbox } = await import('../src/mail/outbox.service.ts');
  const { Sender } = await import('../src/mail/sender.service.ts');
  const rates = { mailPerMinute: 0, mailPerMinuteToDomain: 0 };
  const house = await startMachinery({ config: { smtpUrl: url, embeddedMailbox: false, role: 'web', ...rates } });
  const rows = [];
  const measure = async (size, order) => {
    await fill(house, Outbox, invitation, size);
    const measured = {};
    for (const which of order) {
      const mails = which === 'pool' ? await stored(house) : [];
      const memory = watchMemory();
      const began = performance.now();
      if (which === 'outbox') await house.get(Sender).drain();
      else await pool(url, mails, lines);
      measured[which] = size / ((performance.now() - began) / 1000);
      const used = memory();
      if (which === 'outbox') Object.assign(measured, used);
      const arrived = await taken();
      if (arrived !== size) throw new Error(`${which}: ${arrived} of ${size} arrived`);
    }
    await house.database.query('truncate mail cascade');
    return measured;
  };
  try {
    await measure(200, ['outbox', 'pool']);
    for (const size of values.sizes.split(',').map(Number))
      for (let round = 0; round < Number(values.rounds); round++) {
        // in turn, so that neither always has the warmer machine
        const measured = await measure(size, round % 2 ? ['pool', 'outbox'] : ['outbox', 'pool']);
        const row = { size, round, ...measured, ratio: measured.outbox / measured.pool };
        console.log(JSON.stringify(row));
        rows.push(row);
      }
  } finally {
    await house.stop();
    await stop();
    child.kill();
  }
  console.error(
    '\n| mails | outbox, a second | bare pool, a second | ratio | memory, peak | kept |\n|---|---|---|---|---|---|',
  );
  for (const [size, list] of Map.groupBy(rows, (row) => row.size)) {
    const median = (key) => list.map((row) => row[key]).sort((a, b) => a - b)[list.length >> 1];
    const [outbox, bare, ratio, peak, kept] = ['outbox', 'pool', 'ratio', 'peak', 'kept'].map(median);
    const rates = [outbox.toFixed(0), bare.toFixed(0), ratio.toFixed(2)].join(' | ');
    console.error(`| ${size} | ${rates} | ${peak.toFixed(0)} MB | ${kept.toFixed(0)} MB |`);
  }
}

/** Watches the memory of this process. @returns what ends it and tells the most that was in use, and what was kept for good, in megabytes */
function watchMemory() {
  const kept = () => {
    globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = kept();
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  return () => {
    clearInterval(timer);
    return { peak: peak / 2 ** 20, kept: (kept() - before) / 2 ** 20 };
  };
}

/** Puts up to a thousand; the others are copies of these to other people, since how fast mails are written is not asked here. */
async function fill(house, Outbox, invitation, size) {
  const written = Math.min(size, 1000);
  const outbox = house.get(Outbox);
  await house.database.transaction(async (tx) => {
    for (let k = 0; k < written; k++)
      await outbox.put(
        tx,
        invitation({
          to: { name: '架空', address: `p${k}@example.org` },
          invitationId: `p${k}`,
          orderingKey: `p${k}`,
          messageId: `<p${k}@visits.example.org>`,
        }),
      );
  });
  const other = ['invitation_id', 'ordering_key', 'message_id'].map((name) => `'${name}', n || '-' || ${name}`).join();
  await house.database.query(
    `insert into mail select (jsonb_populate_record(mail, jsonb_build_object('id', gen_random_uuid(), ${other}))).*
       from mail, generate_series(2, $1) n`,
    [Math.ceil(size / written)],
  );
}

/** The bytes that were put, with their envelopes */
function stored(house) {
  return house.database.query(
    `select envelope_from as "from", to_address as "to", bytes from mail order by put_at, id`,
  );
}

async function pool(url, mails, lines) {
  const { createTransport } = await import('nodemailer');
  const { parseConnectionUrl } = await import('nodemailer/lib/shared');
  const transport = createTransport({
    ...parseConnectionUrl(url),
    pool: true,
    maxConnections: lines,
    maxMessages: 100,
  });
  let next = 0;
  const one = async () => {
    while (next < mails.length) {
      const { from, to, bytes } = mails[next++];
      await transport.sendMail({ envelope: { from, to: [to] }, raw: bytes });
    }
  };
  await Promise.all(Array.from({ length: lines * 4 }, one));
  transport.close();
}
