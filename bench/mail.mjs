// How fast mail leaves: the outbox (PostgreSQL, states written down before and after each hand-over) against a bare nodemailer pool that
// sends the same prebuilt bytes to the same sink, one after the other in each round.
//   node bench/mail.mjs [--sizes 1000,10000,50000] [--rounds 3] [--lines 2]
// The sink is a real SMTP server in a process of its own. A line of JSON for each round goes to stdout, the table to stderr.
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
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit' });
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
  try {
    for (const size of values.sizes.split(',').map(Number))
      for (let round = 0; round < Number(values.rounds); round++) {
        const bytes = await fill(house, Outbox, invitation, size);
        const measured = {};
        // in turn, so that neither always has the warmer machine
        const order = round % 2 ? ['pool', 'outbox'] : ['outbox', 'pool'];
        for (const which of order) {
          const began = performance.now();
          if (which === 'outbox') await house.get(Sender).drain();
          else await pool(url, bytes, lines);
          measured[which] = size / ((performance.now() - began) / 1000);
          const arrived = await taken();
          if (arrived !== size) throw new Error(`${which}: ${arrived} of ${size} arrived`);
        }
        const row = { size, round, ...measured, ratio: measured.outbox / measured.pool };
        console.log(JSON.stringify(row));
        rows.push(row);
        await house.database.query('truncate mail cascade');
      }
  } finally {
    await house.stop();
    await stop();
    child.kill();
  }
  console.error('\n| mails | outbox, a second | bare pool, a second | ratio |\n|---|---|---|---|');
  for (const [size, list] of Map.groupBy(rows, (row) => row.size)) {
    const median = (key) => list.map((row) => row[key]).sort((a, b) => a - b)[list.length >> 1];
    const [outbox, bare, ratio] = ['outbox', 'pool', 'ratio'].map(median);
    console.error(`| ${size} | ${outbox.toFixed(0)} | ${bare.toFixed(0)} | ${ratio.toFixed(2)} |`);
  }
}

/** @returns the bytes that were put, with their envelopes */
async function fill(house, Outbox, invitation, size) {
  const outbox = house.get(Outbox);
  for (let n = 0; n < size; n += 500)
    await house.database.transaction(async (tx) => {
      for (let k = n; k < Math.min(size, n + 500); k++)
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
  await house.database.query('vacuum analyze mail');
  return house.database.query(
    `select envelope_from as "from", to_address as "to", bytes from mail order by due_at, id`,
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
