/**
 * Our own addresses that name one mail or one invitation: `visit+<token>@domain` for answers, `bounce+<token>.<revision>@domain` for what
 * comes back (VERP), `receipt+<token>@domain` for receipts. Local parts may have been lower-cased or upper-cased on their way.
 */
export interface OwnAddress {
  readonly purpose: string;
  readonly token: string;
  /** Of a bounce: which mail of the invitation */
  readonly revision: number | null;
}

const pattern = /^<?\s*([a-z]+)\+([a-z0-9]+)(?:\.(\d{1,9}))?@(.+?)\s*>?$/;

/** Undefined where it is not at our domain, or names nothing */
export function ownAddress(address: string, domain: string): OwnAddress | undefined {
  const [, purpose, token, revision, at] = pattern.exec(address.toLowerCase().replace(/^mailto:/, '')) ?? [];
  if (purpose === undefined || token === undefined || at !== domain.toLowerCase()) return undefined;
  return { purpose, token, revision: revision === undefined ? null : Number(revision) };
}
