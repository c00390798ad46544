import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { projectFolder } from '../config/environment.service.ts';

const compress = promisify(brotliCompress);

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const compressible = new Set(['.css', '.js', '.svg']);

/** One style sheet, in this order, so that a page waits for one file only; each part is named by its key in `files` */
const sheet = [
  'tokens.css',
  'font/font.css',
  ...[
    'base',
    'frame',
    'controls',
    'tables',
    'parts',
    'year-board',
    'board-views',
    'respond',
    'mail',
    'today',
    'reminders',
    'meeting',
    'new-year',
    'plan',
    'plan-why',
    'roster',
    'availability',
    'print',
    'attendance',
  ].map((name) => `css/${name}.css`),
];

export interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
  /** The same bytes in Brotli, where that is worth it */
  readonly brotli?: Buffer;
}

/**
 * The files that pages load: our own of `src/web/public`, the design tokens of the Digital Agency and the font, all from this
 * machine. One version for all of them stands in their address, so that files may name each other relatively and a
 * browser may keep them for ever.
 */
@Injectable()
export class Assets {
  /** `/assets/<version>`: what addresses in templates begin with */
  readonly base: string;
  readonly version: string;
  private readonly files: ReadonlyMap<string, string>;
  private readonly loaded = new Map<string, Promise<Asset>>();

  constructor() {
    this.files = listFiles();
    this.version = versionOf(this.files);
    this.base = `/assets/${this.version}`;
  }

  /** @param path as in the address after the version, `meguri.css` or `font/files/x.woff2` */
  find(path: string): Promise<Asset> | undefined {
    const known = this.loaded.get(path) ?? this.load(path);
    if (known) this.loaded.set(path, known);
    return known;
  }

  private load(path: string): Promise<Asset> | undefined {
    if (path === 'meguri.css') return asAsset('.css', this.sheet());
    const file = this.files.get(path);
    return file ? asAsset(extname(file), readFile(file)) : undefined;
  }

  private async sheet(): Promise<Buffer> {
    const parts = await Promise.all(sheet.map((path) => readFile(this.files.get(path)!, 'utf8')));
    // The font's own sheet names its files from where it lies.
    return Buffer.from(parts.join('\n').replaceAll('url(./files/', 'url(font/files/'));
  }
}

async function asAsset(extension: string, content: Promise<Buffer>): Promise<Asset> {
  const bytes = await content;
  const type = types[extension] ?? 'application/octet-stream';
  if (!compressible.has(extension)) return { type, bytes };
  const brotli = await compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  return { type, bytes, brotli };
}

/** Only what is in this list is ever served: a path from outside is looked up in it and never joined to a directory. */
function listFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const require = createRequire(import.meta.url);
  const own = join(projectFolder, 'src/web/public');
  for (const name of readdirSync(own, { recursive: true, encoding: 'utf8' })) {
    if (types[extname(name)]) files.set(name.replaceAll('\\', '/'), join(own, name));
  }
  files.set('tokens.css', require.resolve('@digital-go-jp/design-tokens/dist/tokens.css'));
  const font = dirname(require.resolve('@fontsource-variable/noto-sans-jp/package.json'));
  files.set('font/font.css', join(font, 'index.css'));
  for (const name of readdirSync(join(font, 'files'))) {
    if (name.endsWith('.woff2')) files.set(`font/files/${name}`, join(font, 'files', name));
  }
  return files;
}

/** By content for what is small and changes; by name and size for the font's 120 files, which would cost a start 6 MB of reading */
function versionOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [path, file] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(path).update(file.endsWith('.woff2') ? String(statSync(file).size) : readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}
