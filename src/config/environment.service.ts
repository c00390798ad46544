import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { readConfig, type Config } from './config.ts';

const above = resolve(import.meta.dirname, '../..');

/** The folder of package.json, templates and migrations: the same whether this runs from src or from dist/src. */
export const projectFolder: string =
  basename(above) === 'dist' && !existsSync(resolve(above, 'package.json')) ? dirname(above) : above;

/** The only place that reads `process.env` for the application. @throws ConfigFaults */
export const configFromEnvironment = (): Config =>
  readConfig(process.env, (path) => readFileSync(resolve(projectFolder, path), 'utf8'));

/** For the typeorm command line, which wants an address and nothing else. */
export const databaseUrlFromEnvironment = (): string | undefined => process.env['DATABASE_URL']?.trim() || undefined;

/** Whether `npm start` is our parent, so that we end when it does. */
export const startedByNpm = (): boolean => process.env['npm_lifecycle_event'] === 'start';
