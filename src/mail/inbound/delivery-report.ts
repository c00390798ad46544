import { addressesIn, type HeaderAddress } from './header-value.ts';
import { headerOf, leavesOf, textOf, type Header, type MimePart } from './mime-tree.ts';

/** `failed`: it did not arrive and will not; `delayed`: it is still being tried; `delivered`: it did arrive, somehow */
export type DeliveryAction = 'failed' | 'delayed' | 'delivered';

/**
 * What a mail server, or a service that people complain to, says of a mail of ours. Where it went in the end is left out: that may be
 * a private mailbox to which somebody has their mail forwarded.
 */
export interface DeliveryReport {
  readonly kind: 'delivery' | 'complaint';
  readonly action: DeliveryAction;
  /** `5.1.1` (RFC 3463); null where none is given */
  readonly status: string | null;
  /** What the server said, without addresses */
  readonly diagnostic: string;
  /** Our own addresses and Message-IDs that it names: the returned mail's envelope sender, From and Message-ID */
  readonly about: readonly string[];
}

/** RFC 3464, RFC 5965, and what older servers write instead. Undefined parts of a report are no reason to throw it away. */
export function reportIn(
  tree: MimePart,
  head: {
    readonly from: HeaderAddress | null;
    readonly nullSender: boolean;
    readonly recipients: readonly string[];
    readonly subject: string;
  },
  text: string,
): DeliveryReport | null {
  const leaves = leavesOf(tree);
  const complaint = leaves.find(({ type }) => type.value === 'message/feedback-report');
  if (complaint) return complaintIn(textOf(complaint), leaves);
  const status = leaves.find(({ type }) => /^message\/(global-)?delivery-status$/.test(type.value));
  if (status) return deliveryIn(textOf(status), leaves);
  return looksReturned(tree, head) ? plainBounce(text, leaves) : null;
}

function complaintIn(report: string, leaves: readonly MimePart[]): DeliveryReport {
  const fields = fieldsIn(report);
  return {
    kind: 'complaint',
    action: 'delivered',
    status: null,
    diagnostic: (fields['feedback-type'] ?? '').slice(0, 50),
    about: [...idsAndAddresses(fields['original-mail-from'] ?? ''), ...returned(leaves)],
  };
}

/** One group of fields for the message and one for each recipient (RFC 3464 §2.1): a failure among them is what matters. */
function deliveryIn(report: string, leaves: readonly MimePart[]): DeliveryReport {
  const groups = report.split(/\r?\n[ \t]*\r?\n/).map((group) => fieldsIn(group));
  const recipients = groups.filter((fields) => fields['action'] !== undefined || fields['status'] !== undefined);
  const worst = recipients.find((fields) => actionOf(fields) === 'failed') ?? recipients[0] ?? {};
  return {
    kind: 'delivery',
    action: actionOf(worst),
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(worst['status'] ?? '')?.[0] ?? null,
    diagnostic: withoutAddresses((worst['diagnostic-code'] ?? '').replace(/^\s*\w+\s*;\s*/, '')),
    about: returned(leaves),
  };
}

function actionOf(fields: Readonly<Record<string, string>>): DeliveryAction {
  const action = (fields['action'] ?? '').trim().toLowerCase();
  if (['delivered', 'relayed', 'expanded'].includes(action)) return 'delivered';
  if (action === 'delayed' || (action === '' && (fields['status'] ?? '').startsWith('4'))) return 'delayed';
  return 'failed';
}

const daemon = /^(mailer-daemon|postmaster|mail-daemon|mailerdaemon|mdaemon)@/i;

const returning = /undeliver|returned|failure|failed|mail system|delivery status|配信|不達|エラー/i;

/** Servers that return mail without saying so in a way that programs read */
function looksReturned(
  { headers }: { readonly headers: readonly Header[] },
  head: {
    readonly from: HeaderAddress | null;
    readonly nullSender: boolean;
    readonly recipients: readonly string[];
    readonly subject: string;
  },
): boolean {
  if (headerOf(headers, 'x-failed-recipients') !== undefined) return true;
  if (daemon.test(head.from?.address ?? '')) return true;
  // auto-replies go to the envelope sender, too (RFC 3834 §4); they say what they are
  const reply = /^auto-(replied|generated)/i.test(headerOf(headers, 'auto-submitted') ?? '');
  const answers = reply || ['x-autoreply', 'x-autorespond', 'precedence'].some((name) => headerOf(headers, name));
  const toReturnAddress = head.recipients.some((address) => address.startsWith('bounce+'));
  return toReturnAddress && !answers && (head.nullSender || returning.test(head.subject));
}

function plainBounce(text: string, leaves: readonly MimePart[]): DeliveryReport {
  const delayed =
    /\b(delayed|will (keep|continue) (to )?try(ing)?|still being retried|temporar(y|ily) (failure|problem))\b/i;
  const failed = /\b(permanent|failed permanently|rejected|undeliverable|could not be delivered|returned mail)\b/i;
  const reply = /\b[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3} )?[^\r\n]{0,200}/.exec(text)?.[0] ?? '';
  return {
    kind: 'delivery',
    action: delayed.test(text) && !failed.test(text) ? 'delayed' : 'failed',
    // a number that is read out of prose is shown, and not believed
    status: null,
    diagnostic: withoutAddresses(reply),
    about: [...idsAndAddresses(text), ...returned(leaves)],
  };
}

/** What the returned message, or its headers, names: who sent it, from where, under which Message-ID. Nothing else in it is input. */
function returned(leaves: readonly MimePart[]): string[] {
  const part = leaves.find(({ type }) =>
    /^(message\/(rfc822|global)|text\/rfc822-headers|message\/rfc822-headers)$/.test(type.value),
  );
  if (!part) return [];
  const head = textOf(part)
    .slice(0, 64 * 1024)
    .split(/\r?\n\r?\n/)[0]!;
  const fields = fieldsIn(head);
  return ['return-path', 'message-id', 'from', 'reply-to'].flatMap((name) => idsAndAddresses(fields[name] ?? ''));
}

/** Message-IDs with their brackets, addresses without */
function idsAndAddresses(value: string): string[] {
  const ids = value.slice(0, 4_000).match(/<[^<>\s@]{1,300}@[^<>\s]{1,255}>/g) ?? [];
  const plain = addressesIn(value.slice(0, 4_000)).map(({ address }) => address);
  const bare = value.slice(0, 4_000).match(/[\w.+-]{1,100}\+[\w.]{1,100}@[\w.-]{1,255}/g) ?? [];
  return [...new Set([...ids, ...ids.map((id) => id.slice(1, -1)), ...plain, ...bare])].slice(0, 50);
}

function fieldsIn(block: string): Record<string, string> {
  const fields = Object.create(null) as Record<string, string>;
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) fields[line.slice(0, colon).trim().toLowerCase()] ??= line.slice(colon + 1).trim();
  }
  return fields;
}

const withoutAddresses = (value: string): string =>
  value
    .replace(/<?[^\s<>@]{1,100}@[^\s<>@]{1,255}>?/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);

/** What a failure means. Sources: RFC 3463, and the replies of large services (5.7.26 Gmail, 5.7.515 Microsoft: it is the sender's fault). */
export type Failure = 'undeliverable' | 'full-or-busy' | 'our-problem';

export function failureOf({ status, diagnostic }: Pick<DeliveryReport, 'status' | 'diagnostic'>): Failure {
  const said = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(diagnostic)?.[0];
  const generic = status === null || /^[45]\.[0-9]\.0$/.test(status);
  const code = generic ? (said ?? status) : status;
  if (code !== null && /^[45]\.7\./.test(code)) return 'our-problem';
  if (code !== null && (/^5\.2\.2$/.test(code) || code.startsWith('4.'))) return 'full-or-busy';
  if (/mailbox (is )?full|quota|over ?quota/i.test(diagnostic)) return 'full-or-busy';
  return 'undeliverable';
}
