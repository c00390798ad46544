import PostalMime, { decodeWords, type Address, type Email } from 'postal-mime';

export interface ReadHeader {
  readonly name: string;
  readonly value: string;
}

export interface ReadAttachment {
  readonly filename: string;
  readonly mimeType: string;
  /** The `method` parameter of a calendar part */
  readonly method?: string;
  readonly content: Buffer;
}

/** A message as its reader gets it. Everything in it was written by somebody else: pages show it as text, or in a sandbox. */
export interface ReadMessage {
  /** In the order of the message, values decoded */
  readonly headers: readonly ReadHeader[];
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly text: string;
  readonly html: string;
  /** Every calendar part, in the order of the message; an invitation has two with the same bytes */
  readonly calendars: readonly ReadAttachment[];
  /** All other parts */
  readonly attachments: readonly ReadAttachment[];
  readonly raw: Buffer;
}

/** @throws where the bytes are no message that can be taken apart (nested or headed beyond any reason) */
export async function readMessage(raw: Buffer): Promise<ReadMessage> {
  const email = await PostalMime.parse(raw, { maxNestingDepth: 50, maxHeadersSize: 256 * 1024 });
  const parts = partsOf(email);
  const isCalendar = (part: ReadAttachment) =>
    ['text/calendar', 'application/ics'].includes(part.mimeType) || /\.ics$/i.test(part.filename);
  return {
    headers: email.headers.map((header) => ({ name: header.originalKey, value: decodeWords(header.value) })),
    subject: email.subject ?? '',
    from: addresses(email.from ? [email.from] : []),
    to: addresses(email.to ?? []),
    messageId: email.messageId ?? '',
    text: email.text ?? '',
    html: email.html ?? '',
    calendars: parts.filter(isCalendar),
    attachments: parts.filter((part) => !isCalendar(part)),
    raw,
  };
}

const partsOf = (email: Email): ReadAttachment[] =>
  email.attachments.map((part) => {
    const content =
      typeof part.content === 'string' ? Buffer.from(part.content) : Buffer.from(part.content as ArrayBuffer);
    const isText = ['text/calendar', 'application/ics'].includes(part.mimeType);
    return {
      filename: part.filename ?? '',
      mimeType: part.mimeType,
      ...(part.method ? { method: part.method } : {}),
      // The parser has turned their line ends into LF; a calendar has CRLF (RFC 5545 §3.1)
      content: isText ? Buffer.from(content.toString().replace(/\r?\n/g, '\r\n')) : content,
    };
  });

const addresses = (list: readonly Address[]): string =>
  list.map((one) => (one.address ? `${one.name} <${one.address}>`.trim() : one.name)).join(', ');
