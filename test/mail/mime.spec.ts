import { describe, expect, test } from '@jest/globals';
import { compose } from '../../src/mail/mime.ts';
import { readMessage } from '../../src/mail/reading.ts';
import { calendar, invitation, notice } from './sample.ts';

/** The tree of content types: `mixed[alternative[plain html calendar] ics]` */
function treeOf(part: string): string {
  const [head = '', ...rest] = part.split('\r\n\r\n');
  const type = /^content-type: *([\w/]+)/im.exec(head)?.[1] ?? 'none';
  const boundary = /boundary="?([^"\r\n;]+)/i.exec(head)?.[1];
  if (!boundary) return type;
  const children = rest
    .join('\r\n\r\n')
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((child) => treeOf(child.trimStart()));
  return `${type}[${children.join(' ')}]`;
}

/** RFC 2045 §6.7, §6.8: what the part was before it was made fit for the way */
function decode(head: string, body: string): string {
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString();
  if (!/quoted-printable/i.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

describe('the bytes of a mail', () => {
  test('of a notice are text and HTML, and no calendar', async () => {
    expect(treeOf((await compose(notice())).toString())).toBe('multipart/alternative[text/plain text/html]');
  });

  test('of an invitation have the calendar last among the alternatives and once more as a file', async () => {
    expect(treeOf((await compose(invitation())).toString())).toBe(
      'multipart/mixed[multipart/alternative[text/plain text/html text/calendar] application/ics]',
    );
  });

  test.each(['REQUEST', 'CANCEL'] as const)(
    'say METHOD %s in the header of the calendar as in it, and carry its bytes twice unchanged',
    async (method) => {
      const content = calendar(method);
      const bytes = await compose(invitation({ calendar: { method, content } }));
      const { calendars, attachments } = await readMessage(bytes);
      expect(calendars.map((part) => [part.mimeType, part.filename, part.method, part.content.toString()])).toEqual([
        ['text/calendar', '', method, content],
        ['application/ics', 'invite.ics', undefined, content],
      ]);
      expect(attachments).toEqual([]);
      const parts = [
        ...bytes.toString().matchAll(/content-type: (?:text\/calendar|application\/ics)([^]*?)\r\n\r\n([^]*?)\r\n--/gi),
      ];
      expect(parts.map(([, head, body]) => decode(head!, body!))).toEqual([content, content]);
      const header = /content-type: text\/calendar[^]*?\r\n\r\n/i.exec(bytes.toString())![0];
      expect(header).toMatch(new RegExp(`^content-type: text/calendar; charset=utf-8; method=${method}\r\n`, 'i'));
      expect(header).not.toMatch(/disposition/i);
    },
  );

  test('have the headers that keep machines from answering, one recipient, and the sender as the one to answer', async () => {
    const { headers } = await readMessage(
      await compose(
        invitation({ references: '<inv-1.0@visits.example.org>', messageId: '<inv-1.1@visits.example.org>' }),
      ),
    );
    const all = (name: string) =>
      headers.filter((header) => header.name.toLowerCase() === name).map((header) => header.value);
    expect({
      from: all('from'),
      to: all('to'),
      replyTo: all('reply-to'),
      cc: all('cc'),
      messageId: all('message-id'),
      inReplyTo: all('in-reply-to'),
      references: all('references'),
      date: all('date'),
      autoSubmitted: all('auto-submitted'),
      suppress: all('x-auto-response-suppress'),
      precedence: all('precedence'),
      subject: all('subject'),
    }).toEqual({
      from: ['見本事務局 <visit+k7q2m4xt@visits.example.org>'],
      to: ['架空 太郎 <taro@example.org>'],
      replyTo: ['見本事務局 <visit+k7q2m4xt@visits.example.org>'],
      cc: [],
      messageId: ['<inv-1.1@visits.example.org>'],
      inReplyTo: ['<inv-1.0@visits.example.org>'],
      references: ['<inv-1.0@visits.example.org>'],
      date: ['Tue, 01 Jun 2027 00:00:00 +0000'],
      autoSubmitted: ['auto-generated'],
      suppress: ['OOF, AutoReply'],
      precedence: [],
      subject: ['【ご出席のお願い】現地視察 7月9日(金)'],
    });
  });

  test('of a reminder name the page to unsubscribe at, by one press only where it is https', async () => {
    const path = `/u/${'k'.repeat(43)}`;
    const headOf = async (url: string) =>
      (await compose(notice({ unsubscribeUrl: url }))).toString().split('\r\n\r\n', 1)[0]!.split('\r\n');
    expect(await headOf(`https://meguri.example.org${path}`)).toEqual(
      expect.arrayContaining([
        `List-Unsubscribe: <https://meguri.example.org${path}>`,
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      ]),
    );
    const trial = (await headOf(`http://localhost:3000${path}`)).join('\n');
    expect(trial).toContain(`List-Unsubscribe: <http://localhost:3000${path}>`);
    expect(trial).not.toContain('List-Unsubscribe-Post');
    expect((await compose(notice())).toString()).not.toMatch(/List-Unsubscribe/i);
  });

  test('are the same every time, and others for another mail', async () => {
    const [one, again, other] = await Promise.all(
      [invitation(), invitation(), invitation({ revision: 1, messageId: '<inv-1.1@visits.example.org>' })].map(compose),
    );
    expect(again!.equals(one!)).toBe(true);
    expect(other!.equals(one!)).toBe(false);
  });

  test('are ASCII in lines that every server takes, and give the text back as it was written', async () => {
    const text = `髙橋 濵 𠮷野家 ☃\n${'長い行'.repeat(500)}\n.\n..点\nFrom 行頭\n`;
    const bytes = await compose(
      notice({ text, html: `<p>${text}</p>`, to: { name: '髙橋 "𠮷", 様', address: 'x..y.@example.org' } }),
    );
    expect(bytes.every((byte) => byte < 128)).toBe(true);
    expect(
      Math.max(
        ...bytes
          .toString()
          .split('\r\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(998);
    expect(bytes.toString()).not.toMatch(/[^\r]\n/);
    const read = await readMessage(bytes);
    expect(read.text.replaceAll('\r\n', '\n')).toBe(text);
    expect(read.to).toContain('髙橋 "𠮷", 様');
    expect(bytes.toString()).toContain('<"x..y."@example.org>');
  });

  test('never come from a file or an address that a text names', async () => {
    const { html } = await readMessage(await compose(notice({ html: 'file:///etc/passwd' })));
    expect(html.trim()).toBe('file:///etc/passwd');
  });
});
