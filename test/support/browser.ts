import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

interface Found {
  readonly path: string;
  readonly env?: Record<string, string | undefined>;
}

/** A Chromium: CHROMIUM_PATH, else an installed one, else the one that comes inside an npm package (Linux on x64). */
export async function openBrowser(): Promise<Browser> {
  const { path, env } = await find();
  return await chromium.launch({
    executablePath: path,
    // Chromium refuses its sandbox to root, and in containers there often is none to be had
    chromiumSandbox: false,
    ...(env ? { env } : {}),
    // without a screen it would name itself so, and its answers would be taken for a scanner's
    args: [
      '--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
      '--lang=ja',
      '--force-color-profile=srgb',
      '--font-render-hinting=none',
      '--disable-dev-shm-usage',
    ],
  });
}

async function find(): Promise<Found> {
  const given = process.env['CHROMIUM_PATH'];
  if (given) return { path: given };
  const path = installed.find((candidate) => existsSync(candidate));
  if (path) return { path };
  if (process.platform === 'linux' && process.arch === 'x64') return await packaged();
  throw new Error(
    'No Chromium was found. Install Google Chrome or Chromium (macOS: `brew install --cask chromium`; Debian: ' +
      '`sudo apt-get install chromium`), or set CHROMIUM_PATH to one.',
  );
}

/**
 * The package unpacks into the temp directory, for its user only: each user gets a folder, filled whole before it gets its name, since
 * several test processes may come at once.
 */
async function packaged(): Promise<Found> {
  const folder = join(tmpdir(), `meguri-chromium-${versionOf('@sparticuz/chromium')}-${userInfo().uid}`);
  if (!existsSync(folder)) {
    const half = await mkdtemp(`${folder}.`);
    await unpack(half);
    await rename(half, folder).catch(() => rm(half, { recursive: true, force: true }));
  }
  return {
    path: join(folder, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  };
}

/** In a process of its own, since the package looks at variables of this one's. */
async function unpack(folder: string): Promise<void> {
  const program = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    // many machines lack the NSS libraries; it brings them when it believes to be where they always lack
    env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
  });
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
