/**
 * The map of the house: every folder of src, the floor on which it stands, and whom it may import on its own floor. Everybody may import
 * everything on lower floors.
 */
export interface Room {
  readonly floor: number;
  /** Rooms on the same floor that it may import */
  readonly beside?: readonly string[];
}

export const rooms: Readonly<Record<string, Room>> = {
  kernel: { floor: 0 },

  config: { floor: 1 },
  clock: { floor: 1 },
  embedded: { floor: 1 },
  database: { floor: 1, beside: ['config'] },
  jobs: { floor: 1, beside: ['config'] },
  audit: { floor: 1, beside: ['clock'] },
  links: { floor: 1, beside: ['clock'] },
  mail: { floor: 1, beside: ['audit', 'clock', 'config', 'jobs'] },
  identity: { floor: 1, beside: ['audit', 'clock', 'config', 'jobs', 'links', 'mail'] },

  programme: { floor: 2 },
  roster: { floor: 2, beside: ['programme'] },
  availability: { floor: 2, beside: ['roster', 'programme'] },
  cycle: { floor: 2, beside: ['roster', 'programme'] },

  meetings: { floor: 3 },
  milestones: { floor: 3, beside: ['meetings'] },
  planning: { floor: 3, beside: ['meetings', 'milestones'] },

  invitations: { floor: 4 },
  responses: { floor: 4, beside: ['invitations'] },
  reminders: { floor: 4, beside: ['invitations', 'responses'] },

  web: { floor: 5 },
  cli: { floor: 5, beside: ['start'] },
  // opens the doors, so it stands beside them
  start: { floor: 5, beside: ['web'] },
};

/** What a file's suffix says it touches; none: pure. */
export const suffixes = [
  'module',
  'service',
  'queries',
  'entity',
  'worker',
  'thread',
  'facts',
  'controller',
  'guard',
  'filter',
] as const;

/** Only their own room (and ormconfig.ts, which lists the entities) imports these. */
export const privateSuffixes = ['entity', 'worker', 'thread', 'controller'] as const;

/** Files that are named otherwise or stand outside of rooms. */
export const exceptions = [
  'src/main.ts',
  'src/worker.ts',
  'src/app.module.ts',
  'src/cli/main.ts',
  // run before anything is installed, so without TypeScript
  'src/start/prepare.mjs',
  'src/start/meguri.mjs',
] as const;

/** Names under which everything and nothing is found. */
export const namesForNothing =
  /^(index|utils?|helpers?|common|shared|misc|dtos?|constants|types|interfaces|mappers?|repositor(y|ies)|manager)$/;

/** What pure code may use from outside: it computes from its parameters. */
export const purePackages = [
  '@holiday-jp/holiday_jp',
  'countries-and-timezones',
  'csv-parse',
  'csv-stringify',
  'ical-generator',
  'ical.js',
  'liquidjs',
  'luxon',
  // composes a message and sends nothing
  'nodemailer/dist/esm/mail-composer',
  'postal-mime',
  'yaml',
  'zod',
] as const;
export const pureCoreModules = ['buffer', 'crypto', 'path', 'url', 'util'] as const;

/** Bare files that may use what others may not, and why. */
export const impure: Readonly<Record<string, string>> = {
  'src/database/naming.ts': 'a naming strategy of TypeORM is a class of TypeORM',
  'src/kernel/ids.ts': 'ids and tokens are drawn from chance; rooms take them as parameters',
};
