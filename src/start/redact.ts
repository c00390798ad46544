const ordinary = /^[a-z0-9][a-z0-9.-]{0,19}$/i;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The path of a request without what may name or admit a person: no query, and of the path only short plain words and our own ids; links'
 * tokens and everything unusual become `…`.
 */
export function redactPath(url: string): string {
  const path = url.split(/[?#]/, 1)[0]!;
  return path
    .split('/')
    .map((segment) => (segment === '' || ordinary.test(segment) || uuid.test(segment) ? segment : '…'))
    .join('/');
}

/** A message without addresses, tokens of links, passwords in URLs. */
export const redactText = (message: string): string =>
  message
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1…@')
    .replace(/[^\s<>"'()[\],;:=/]+@[^\s<>"'()[\],;:=/]+\.[^\s<>"'()[\],;:=/]+/g, '…')
    .replace(/[A-Za-z0-9_-]{27,}/g, (word) => (uuid.test(word) || !/\d/.test(word) ? word : '…'));

export interface LoggedFault {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  /** PostgreSQL's code, or Node's */
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
}

/**
 * What is logged of an error. Of PostgreSQL's errors neither the statement, its parameters nor the detail: they hold names and addresses;
 * the code, table and constraint say what went wrong.
 */
export function faultOf(error: unknown): LoggedFault {
  if (!(error instanceof Error)) return { type: typeof error, message: redactText(String(error)) };
  const from = ((error as { driverError?: unknown }).driverError ?? error) as Record<string, unknown>;
  const isQuery = 'severity' in from || 'query' in error;
  // "invalid input syntax for type uuid: "…"" quotes what somebody typed
  const message = isQuery ? error.message.replace(/: .*$/s, '') : redactText(error.message);
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message,
    ...(frames?.length ? { stack: frames.join('\n') } : {}),
    ...only(from, 'code'),
    ...only(from, 'constraint'),
    ...only(from, 'table'),
  };
}

const only = (from: Record<string, unknown>, key: string): Record<string, string> =>
  typeof from[key] === 'string' ? { [key]: from[key] } : {};
