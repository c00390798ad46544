#!/usr/bin/env node
// `npx meguri <verb>`: makes the clone runnable if it is not yet, then hands over to the command line under the Node of ours.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nodeOfOurs, prepare } from './prepare.mjs';

prepare();
const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const command = spawn(nodeOfOurs(), ['--enable-source-maps', main, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the command by itself, from the terminal; it decides how to end
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => command.kill(signal));
command.on('error', (error) => {
  throw error;
});
command.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
