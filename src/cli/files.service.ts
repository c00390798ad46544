import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fill, text, type Text } from '../kernel/text.ts';
import type { Given } from './given.ts';

export interface ReadBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const reasons: Readonly<Record<string, Text>> = {
  ENOENT: text('ありません', 'it is not there'),
  EACCES: text('権限がありません', 'permission denied'),
  EPERM: text('権限がありません', 'permission denied'),
  EISDIR: text('フォルダーです', 'it is a folder'),
  ENOTDIR: text('フォルダーではありません', 'not a folder'),
  EEXIST: text('すでにあります', 'it is there already'),
  ENOSPC: text('空き容量がありません', 'no space is left'),
  EROFS: text('書き込めない場所です', 'the place cannot be written to'),
  ENAMETOOLONG: text('名前が長すぎます', 'the name is too long'),
  NOTFILE: text('ふつうのファイルではありません', 'it is no ordinary file'),
  TOOLARGE: text('大きすぎます', 'it is too large'),
};

function fileFault(path: string, error: unknown): Text {
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  if (!reason) throw error;
  return fill(text('{path}：{reason}。', '{path}: {reason}.'), { path, reason });
}

const failed = (code: string): Error => Object.assign(new Error(code), { code });

/** Reads a file that somebody named. What is wrong with it is a fault of what was given. */
export async function readGiven(given: Given, path: string, most: number): Promise<ReadBytes | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw failed('EISDIR');
    // a device or a pipe may never end
    if (!found.isFile()) throw failed('NOTFILE');
    if (found.size > most) throw failed('TOOLARGE');
    return { name: basename(path), bytes: await readFile(path) };
  } catch (error) {
    given.fault(fileFault(path, error));
    return undefined;
  }
}

/** CSV files that were named, or all of the folders that were named */
export async function readSheets(given: Given, paths: readonly string[], most: number): Promise<ReadBytes[]> {
  const files: ReadBytes[] = [];
  for (const path of paths) {
    const inside = await sheetsIn(path);
    if (inside?.length === 0)
      given.fault(fill(text('{path}：CSVファイルがありません。', '{path}: there are no CSV files.'), { path }));
    for (const one of inside ?? [path]) {
      const file = await readGiven(given, one, most);
      if (file) files.push(file);
    }
  }
  return files;
}

async function sheetsIn(folder: string): Promise<string[] | undefined> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) return undefined;
  const names = (await readdir(folder)).filter((name) => /\.csv$/i.test(name) && !name.startsWith('.'));
  return names.sort().map((name) => join(folder, name));
}

/** Whole or not at all: a reader never finds half a file. */
export async function writeWhole(given: Given, path: string, bytes: Uint8Array | string): Promise<void> {
  const half = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    await writeFile(half, bytes);
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    given.fault(fileFault(path, error));
  }
  given.done();
}

/** Several files into a folder, which is made where it is not there. Without `force` nothing that is there is touched. */
export async function writeFolder(
  given: Given,
  folder: string,
  files: readonly ReadBytes[],
  force: boolean,
): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    const there = new Set(await readdir(folder));
    for (const { name } of force ? [] : files)
      if (there.has(name)) given.fault(fileFault(join(folder, name), failed('EEXIST')));
  } catch (error) {
    given.fault(fileFault(folder, error));
  }
  given.done();
  for (const { name, bytes } of files) await writeWhole(given, join(folder, name), bytes);
}

/** Whether a file could be written there: said before a long computation, not after it */
export async function mayWrite(given: Given, path: string): Promise<void> {
  try {
    const folder = await stat(dirname(path));
    if (!folder.isDirectory()) throw failed('ENOTDIR');
    const there = await stat(path).catch(() => undefined);
    if (there?.isDirectory()) throw failed('EISDIR');
  } catch (error) {
    given.fault(fileFault(path, error));
  }
}
