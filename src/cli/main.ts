import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { run } from './run.service.ts';

const interrupt = new AbortController();
let interrupted = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // the second time somebody does not want to wait; Ctrl-C may come twice for one key, from the terminal and from npx
    if (interrupted > 0 && Date.now() - interrupted > 500) process.exit(130);
    interrupted ||= Date.now();
    interrupt.abort();
  });
// whoever read our output is gone (`meguri meeting list | head`): no reason to fall
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // an account without a name, as containers have it
    return String(process.getuid?.() ?? 'unknown');
  }
}

/** On standard error, so that standard output holds the result only */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((done) => terminal.once('close', () => done('')));
  try {
    return await Promise.race([terminal.question(question, { signal }), closed]);
  } finally {
    terminal.close();
  }
}

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  locale: Intl.DateTimeFormat().resolvedOptions().locale,
  user: accountName(),
  signal: interrupt.signal,
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask } : {}),
});
// everything is said and closed; a library that still holds a timer must not keep the terminal waiting
setTimeout(() => process.exit(), 1_000).unref();
