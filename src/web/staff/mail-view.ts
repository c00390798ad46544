import type { FastifyReply } from 'fastify';
import type { ReadMessage } from '../../mail/reading.ts';

/** A message as a page shows it: the headers that matter first, all of them below, the calendar as text */
export interface MailView {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly hasHtml: boolean;
  readonly calendars: readonly {
    readonly type: string;
    readonly name: string;
    readonly method: string;
    readonly content: string;
  }[];
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly size: number }[];
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly size: number;
}

export const mailView = (message: ReadMessage): MailView => ({
  subject: message.subject,
  from: message.from,
  to: message.to,
  text: message.text,
  hasHtml: message.html !== '',
  calendars: message.calendars.map((part) => ({
    type: part.mimeType,
    name: part.filename,
    method: part.method ?? '',
    // RFC 5545 §3.1: a line break and a space within a line are only there to keep it short
    content: part.content.toString('utf8').replace(/\r?\n[ \t]/g, ''),
  })),
  attachments: message.attachments.map((part) => ({
    name: part.filename,
    type: part.mimeType,
    size: part.content.length,
  })),
  headers: message.headers,
  size: message.raw.length,
});

/**
 * What a mail's HTML is allowed in its frame: its own inline styles and our font, nothing else. Without the font a machine without
 * Japanese fonts would show boxes.
 */
const mailFramePolicy =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The mail's own HTML with the product's font at hand */
function framedHtml(html: string, assets: string): string {
  const head = `<base target="_blank"><link rel="stylesheet" href="${assets}/font/font.css"><style>body{font-family:"Noto Sans JP Variable","Noto Sans JP",sans-serif!important}</style>`;
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (tag) => tag + head) : head + html;
}

/** The HTML of a message for the frame in which pages show it: whoever wrote it, it can run nothing and learns nothing of who reads it */
export async function sendFramed(reply: FastifyReply, html: string, assets: string): Promise<void> {
  void reply
    .header('content-security-policy', mailFramePolicy)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer');
  await reply.type('text/html; charset=utf-8').send(framedHtml(html, assets));
}

/** A message as a file, byte for byte */
export async function sendMailFile(reply: FastifyReply, raw: Buffer): Promise<void> {
  void reply.header('content-disposition', 'attachment; filename="mail.eml"').header('cache-control', 'no-store');
  await reply.type('message/rfc822').send(raw);
}
