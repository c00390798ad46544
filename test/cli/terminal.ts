import type { Config } from '../../src/config/config.ts';
import { run, type Terminal } from '../../src/cli/run.service.ts';
import type { House } from '../../src/start/house.service.ts';
import type { StartedApp } from '../support/app.ts';

export interface Typed {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON; throws where it is none */
  readonly json: any;
}

export interface Around {
  readonly locale?: string;
  readonly user?: string;
  readonly signal?: AbortSignal;
  /** What is typed when the command asks; nobody sits there unless told */
  readonly reply?: string | ((question: string) => string);
  readonly configuration?: () => Config;
  readonly open?: () => Promise<House>;
}

/** A terminal on a running house: what is typed, and everything that comes back. */
export function terminalOn(house: StartedApp | undefined, around: Around = {}) {
  return async (...argv: string[]): Promise<Typed> => {
    const said = { out: '', err: '' };
    const { reply } = around;
    const terminal: Terminal = {
      stdout: { write: (text) => (said.out += text) },
      stderr: { write: (text) => (said.err += text) },
      locale: around.locale ?? 'en-US',
      user: around.user ?? 'kaku',
      ...(around.signal ? { signal: around.signal } : {}),
      ...(around.configuration ? { configuration: around.configuration } : {}),
      ...(reply === undefined
        ? {}
        : {
            ask: async (question) => {
              said.err += question;
              return typeof reply === 'string' ? reply : reply(question);
            },
          }),
      open:
        around.open ??
        (async () => {
          if (!house) throw new Error('this verb should open no house');
          return { app: house.app, config: house.config, close: async () => undefined };
        }),
    };
    const exit = await run(argv, terminal);
    return {
      exit,
      ...said,
      get json() {
        return JSON.parse(said.out) as unknown;
      },
    };
  };
}
