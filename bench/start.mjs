// How long from a clean clone to a page that answers, and from a second start. Beside it, on the same machine and in the same minute, a bare `npm ci`
// of the same lock file: the part that no care of ours can shorten, and the measure of the machine. Run: node bench/start.mjs [runs]
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const runs = Number(process.argv[2] ?? 1);

function clone() {
  const folder = mkdtempSync(join(tmpdir(), 'meguri-bench-'));
  chmodSync(folder, 0o755);
  execFileSync('git', ['-c', 'safe.directory=*', 'clone', '--quiet', root, join(folder, 'meguri')]);
  return join(folder, 'meguri');
}

const drop = (folder) => rmSync(join(folder, '..'), { recursive: true, force: true });

function bareInstall() {
  const folder = clone();
  const since = performance.now();
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'ignore' });
  const took = performance.now() - since;
  drop(folder);
  return took;
}

/** @returns {Promise<number>} milliseconds from the command to a 200 of /ready */
async function start(folder) {
  const since = performance.now();
  const npm = spawn('npm', ['start'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let over = false;
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk) => (said += chunk));
  npm.once('close', () => (over = true));
  let took;
  while (took === undefined) {
    if (over) throw new Error(`it ended before it was ready:\n${said}`);
    const address = /http:\/\/localhost:\d+/.exec(said)?.[0];
    const ready =
      address &&
      (await fetch(`${address}/ready`).then(
        (r) => r.ok,
        () => false,
      ));
    if (ready) took = performance.now() - since;
    else await sleep(20);
  }
  npm.kill();
  while (existsSync(join(folder, 'data/postgres/postmaster.pid'))) await sleep(50);
  return took;
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const results = { reference: [], clean: [], second: [] };
for (let run = 0; run < runs; run++) {
  results.reference.push(bareInstall());
  const folder = clone();
  results.clean.push(await start(folder));
  results.second.push(await start(folder));
  drop(folder);
}
const [reference, clean, second] = [results.reference, results.clean, results.second].map(median);
process.stdout.write(
  [
    `${cpus().length} cores, ${runs} run(s), median`,
    `bare npm ci (reference)     ${seconds(reference)}`,
    `clean clone to ready        ${seconds(clean)}   ${(clean / reference).toFixed(2)} × reference`,
    `second start to ready       ${seconds(second)}   ${(second / reference).toFixed(2)} × reference`,
    '',
  ].join('\n'),
);
