import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import type { Config } from '../config/config.ts';
import { faultOf, redactText, type LoggedFault } from './redact.ts';

type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** What Nest says of its own start is of interest only when one looks for a fault in it. */
const wiring = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication']);

/**
 * Where everything that the application logs comes together: rooms write `new Logger('Room')` of Nest. Objects are logged as fields; errors, alone or
 * as the field `error`, without personal data.
 */
export class Log implements LoggerService {
  readonly #pino: Pino;

  constructor(config: Pick<Config, 'logLevel' | 'logFormat'>, destination?: DestinationStream) {
    this.#pino = pino(
      {
        level: config.logLevel,
        base: undefined,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      config.logFormat === 'lines' ? lines(destination ?? process.stdout) : (destination ?? process.stdout),
    );
  }

  log(message: unknown, ...more: unknown[]): void {
    this.#write('info', message, more);
  }
  error(message: unknown, ...more: unknown[]): void {
    this.#write('error', message, more);
  }
  warn(message: unknown, ...more: unknown[]): void {
    this.#write('warn', message, more);
  }
  debug(message: unknown, ...more: unknown[]): void {
    this.#write('debug', message, more);
  }
  verbose(message: unknown, ...more: unknown[]): void {
    this.#write('debug', message, more);
  }
  fatal(message: unknown, ...more: unknown[]): void {
    this.#write('fatal', message, more);
  }

  /** Nest puts the context last, and for errors sometimes a stack before it. */
  #write(level: Level, message: unknown, more: unknown[]): void {
    const context = typeof more.at(-1) === 'string' ? (more.at(-1) as string) : undefined;
    const fields = { ...(context === undefined ? {} : { context }), ...fieldsOf(message) };
    this.#pino[level === 'info' && context && wiring.has(context) ? 'debug' : level](fields);
  }
}

function fieldsOf(message: unknown): Record<string, unknown> {
  if (message instanceof Error) return errorFields(message);
  if (typeof message !== 'object' || message === null) return { msg: redactText(String(message)) };
  const { error, ...rest } = message as Record<string, unknown>;
  return error === undefined ? rest : { ...rest, ...errorFields(error) };
}

function errorFields(error: unknown): Record<string, unknown> {
  const fault = faultOf(error);
  return { msg: `${fault.type}: ${fault.message}`, fault };
}

/** One line per record, for people: `10:32:05 warn  Jobs  message` */
const lines = (destination: DestinationStream): DestinationStream => ({
  write: (record) => {
    const { time, level, context, msg, fault, ...rest } = JSON.parse(record) as Record<string, string> & {
      fault?: LoggedFault;
    };
    const fields = Object.entries(rest).map(([key, value]) => `${key}=${value}`);
    const clock = new Date(time!).toTimeString().slice(0, 8);
    const line = [clock, level!.padEnd(5), context, msg, ...fields].filter(Boolean).join('  ');
    destination.write(`${[line, fault?.stack].filter(Boolean).join('\n')}\n`);
  },
});
