import { describe, expect, it } from '@jest/globals';
import { readMail } from '../../src/mail/inbound/inbound-mail.ts';
import { keysOf, matchOf, readingOf, type KnownInvitation } from '../../src/responses/reading/reading.ts';
import { recordOf } from '../../src/responses/incoming.ts';
import { verdictOn } from '../../src/responses/reading/verdict.ts';
import { zoneOf } from '../../src/responses/reading/zones.ts';

const domain = 'visits.example.org';
const invitation: KnownInvitation = {
  id: 'i1',
  token: 'abc234',
  uid: 'inv-abc234@visits.example.org',
  messageIds: ['<inv-abc234.0@visits.example.org>', '<inv-abc234.1@visits.example.org>'],
  sequence: 1,
  sentAt: '2026-09-02T00:00:00Z',
  address: 'taro.kaku@univ.example.org',
  aliases: [],
  live: true,
};
const second: KnownInvitation = {
  ...invitation,
  id: 'i2',
  token: 'xyz789',
  uid: 'inv-xyz789@visits.example.org',
  messageIds: ['<inv-xyz789.0@visits.example.org>'],
};
const address = `visit+${invitation.token}@${domain}`;

interface Event {
  method?: string;
  lines?: readonly string[];
  before?: readonly string[];
  attendee?: string;
  uid?: string;
  sequence?: string | null;
  stamp?: string;
  organizer?: string | null;
}
const attendee = 'ATTENDEE;PARTSTAT=ACCEPTED;CN="Taro Kaku":mailto:taro.kaku@univ.example.org';
const event = (it: Event = {}) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `METHOD:${it.method ?? 'REPLY'}`,
    ...(it.before ?? []),
    'BEGIN:VEVENT',
    `UID:${it.uid ?? invitation.uid}`,
    `DTSTAMP:${it.stamp ?? '20260903T010000Z'}`,
    ...(it.sequence === null ? [] : [`SEQUENCE:${it.sequence ?? '1'}`]),
    ...(it.organizer === null ? [] : [`ORGANIZER:mailto:${it.organizer ?? address}`]),
    it.attendee ?? attendee,
    ...(it.lines ?? []),
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

const mail = (calendar: string, headers: readonly string[] = [], to = address) =>
  Buffer.from(
    [
      'From: Taro Kaku <taro.kaku@univ.example.org>',
      ...(to ? [`To: ${to}`] : []),
      'Date: Thu, 3 Sep 2026 02:00:00 +0000',
      ...headers,
      'MIME-Version: 1.0',
      'Content-Type: text/calendar; charset=utf-8; method=REPLY',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(calendar).toString('base64'),
    ].join('\r\n'),
  );
const plainMail = (body: string, headers: readonly string[] = []) =>
  Buffer.from(['From: taro.kaku@univ.example.org', `To: ${address}`, ...headers, '', body].join('\r\n'));

function understood(raw: Buffer, known: readonly KnownInvitation[] = [invitation, second]) {
  const reading = readingOf(raw, { recipients: [], sender: null }, domain);
  const match = matchOf(keysOf(reading, domain), known);
  const { outcome, reason, reply } = verdictOn(reading, match);
  return { kind: reading.kind, reading, match, outcome, reason, reply };
}

describe('Reading an answer', () => {
  it('E2: more parts, events, calendars or octets than anybody sends is for a person', () => {
    const parts = Array.from({ length: 10_000 }, () => '--b\r\n\r\nx').join('\r\n');
    const many = Buffer.from(`To: ${address}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}\r\n--b--`);
    const large = mail(event({ lines: [`DESCRIPTION:${'x'.repeat(200_000)}`] }));
    const events = mail(
      event().replace('END:VEVENT', 'END:VEVENT\r\n'.concat('BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n'.repeat(300))),
    );
    const huge = Buffer.concat([mail(event()), Buffer.alloc(5_000_000, 'x')]);
    for (const raw of [many, large, events, huge]) {
      const { kind, outcome, match } = understood(raw);
      expect([kind, outcome, match.invitation?.id]).toEqual(['unreadable', 'held', 'i1']);
    }
  });

  it('E3: finds the calendar wherever it is, but not in a message that is attached; copies count once', () => {
    const nested = (type: string, extra = '') =>
      Buffer.from(
        [
          `To: ${address}`,
          'Content-Type: multipart/mixed; boundary=a',
          '',
          '--a',
          'Content-Type: multipart/alternative; boundary=a-b',
          '',
          '--a-b',
          `Content-Type: ${type}${extra}`,
          '',
          event(),
          '--a-b--',
          '--a',
          'Content-Type: application/octet-stream; name="Reply.ICS"',
          '',
          event(),
          '--a--',
        ].join('\r\n'),
      );
    expect(understood(nested('text/calendar')).outcome).toBe('applied');
    expect(readMail(nested('text/calendar'), { recipients: [], sender: null }, domain).calendars).toHaveLength(1);
    expect(understood(nested('application/octet-stream')).outcome).toBe('applied');
    const forwarded = plainMail(`Content-Type: text/calendar\r\n\r\n${event()}`, ['Content-Type: message/rfc822']);
    expect(understood(forwarded)).toMatchObject({ kind: 'human', outcome: 'held' });
  });

  it('E3: an answer in a signed mail is read', () => {
    const signed = [
      `To: ${address}`,
      'Content-Type: multipart/signed; boundary=s; protocol="application/pkcs7-signature"',
      '',
      '--s',
      'Content-Type: text/calendar; method=REPLY',
      '',
      event(),
      '--s',
      'Content-Type: application/pkcs7-signature; name=smime.p7s',
      'Content-Transfer-Encoding: base64',
      '',
      'AAAA',
      '--s--',
    ].join('\r\n');
    expect(understood(Buffer.from(signed)).outcome).toBe('applied');
  });

  it('E4: the method is what the calendar says, whatever the part says', () => {
    const raw = mail(event({ method: 'COUNTER', lines: ['DTSTART:20261007T010000Z'] }));
    expect(understood(raw)).toMatchObject({ kind: 'counter', outcome: 'proposal' });
    expect(understood(mail(event().replace('END:VCALENDAR', 'METHOD:CANCEL\r\nEND:VCALENDAR')))).toMatchObject({
      kind: 'unreadable',
    });
  });

  it.each([
    ['a byte-order mark', `\uFEFF${event()}`],
    ['NUL', event().replace('REPLY', 'REPLY\0')],
    [
      'a zone that would keep a parser busy for ever',
      event({
        before: [
          'BEGIN:VTIMEZONE',
          'TZID:X',
          'BEGIN:STANDARD',
          'DTSTART:16010101T000000',
          'RRULE:FREQ=SECONDLY',
          'TZOFFSETFROM:+0900',
          'TZOFFSETTO:+0900',
          'END:STANDARD',
          'END:VTIMEZONE',
        ],
        lines: ['DTSTART;TZID=X:20261006T140000'],
      }),
    ],
    [
      'an alarm with a UID of its own',
      event({ lines: ['BEGIN:VALARM', 'UID:other', 'ATTENDEE:mailto:alarm@example.org', 'END:VALARM'] }),
    ],
    ['bare line feeds', event().replaceAll('\r\n', '\n')],
  ])('E5: %s does no harm', (_, calendar) => {
    expect(understood(mail(calendar)).outcome).toBe('applied');
  });

  it('E5: empty text is for a person', () => {
    expect(understood(mail(' '))).toMatchObject({ kind: 'unreadable', outcome: 'held' });
  });

  it.each([
    ['a line without colon', event({ lines: ['X-LIC-ERROR'] })],
    ['a parameter without value', event({ attendee: attendee.replace('ATTENDEE;', 'ATTENDEE;RSVP;') })],
    ['no END', event().replace(/END:VEVENT[\s\S]*$/, '')],
    ['bad dates', event({ lines: ['DTSTART:2026-13-45'] })],
    [
      'an unquoted colon in the name',
      event({ attendee: 'ATTENDEE;CN=Dr: Who;PARTSTAT=ACCEPTED:mailto:taro.kaku@univ.example.org' }),
    ],
    [
      'an unquoted comma in the name',
      event({ attendee: 'ATTENDEE;CN=Kaku, Taro;PARTSTAT=ACCEPTED:mailto:taro.kaku@univ.example.org' }),
    ],
    ['lines that are never folded', event({ lines: [`DESCRIPTION:${'長い'.repeat(2000)}`] })],
  ])('E6: %s is read all the same', (_, calendar) => {
    expect(understood(mail(calendar))).toMatchObject({ outcome: 'applied', reply: { partstat: 'ACCEPTED' } });
  });

  it('E6: what has two meanings is for a person', () => {
    const two = event().replace(
      'END:VCALENDAR',
      `${event({ uid: second.uid }).split('\r\n').slice(3, -2).join('\r\n')}\r\nEND:VCALENDAR`,
    );
    expect(understood(mail(two))).toMatchObject({ kind: 'unreadable', outcome: 'held' });
  });

  it('E7: organizer, start, summary and sequence may be missing; attendee and answer may not; times are not looked at', () => {
    expect(understood(mail(event({ organizer: null, sequence: null }))).outcome).toBe('applied');
    expect(understood(mail(event({ lines: ['DTSTART:19700101T000000Z'] }))).outcome).toBe('applied');
    expect(understood(mail(event({ attendee: 'X-NOBODY:1' })))).toMatchObject({ kind: 'unreadable', outcome: 'held' });
  });

  it('E7: without SEQUENCE the mail that it answers tells whether it is the present one', () => {
    const to = (n: number) => mail(event({ sequence: null }), [`In-Reply-To: ${invitation.messageIds[n]}`]);
    expect(understood(to(1)).reply?.sequence).toBe(1);
    expect(understood(to(0)).reply?.sequence).toBeNull();
  });
});

describe('Which invitation', () => {
  it('E8: by the address it came to, else UID, a wrapped UID, the mail that it answers', () => {
    const foreign = event({ uid: 'rewritten@phone', organizer: null });
    expect(understood(mail(foreign)).match).toMatchObject({ by: 'token', toToken: true });
    expect(understood(mail(foreign, [`Delivered-To: ${address}`], 'list@example.net')).match.by).toBe('token');
    expect(understood(mail(foreign, [`X-Original-To: VISIT+ABC234@VISITS.example.org`], '')).match.by).toBe('token');
    expect(understood(mail(event(), [], 'visit@visits.example.org')).match).toMatchObject({
      by: 'uid',
      toToken: false,
    });
    const hex = Buffer.from(`vCal-Uid\x01\0\0\0${invitation.uid}\0`, 'latin1').toString('hex');
    const wrapped = `040000008200E00074C5B7101A82E008${'0'.repeat(40)}${hex}`;
    expect(understood(mail(event({ uid: wrapped, organizer: null }), [], 'x@example.net')).match.by).toBe('uid');
    const reference = mail(foreign, [`References: <other@x> ${invitation.messageIds[0]}`], 'x@example.net');
    expect(understood(reference).match).toMatchObject({ by: 'message-id', invitation: { id: 'i1' } });
  });

  it('E8: two things that name different invitations are for a person', () => {
    expect(understood(mail(event({ uid: second.uid })))).toMatchObject({ outcome: 'held', reason: 'keys-disagree' });
    expect(understood(mail(event({ uid: 'x', organizer: null }), [], 'x@example.net'))).toMatchObject({
      outcome: 'held',
      reason: 'no-invitation',
    });
  });
});

describe('Whose answer', () => {
  it('E9: the invited address in any spelling; a confirmed alias; a delegate who says so; From decides nothing', () => {
    const from = (calendar: string, known = [invitation]) =>
      understood(
        Buffer.from(
          mail(calendar)
            .toString()
            .replace(/^From: .*$/m, 'From: noreply@cloud.example.net'),
        ),
        known,
      );
    expect(from(event()).outcome).toBe('applied');
    expect(
      from(event({ attendee: 'ATTENDEE;PARTSTAT=declined:MAILTO:Taro.Kaku@UNIV.example.org' })).reply?.partstat,
    ).toBe('DECLINED');
    const alias = event({ attendee: attendee.replace('univ.', 'alumni.') });
    expect(from(alias)).toMatchObject({ outcome: 'held', reason: 'other-address' });
    expect(from(alias, [{ ...invitation, aliases: ['taro.kaku@alumni.example.org'] }]).outcome).toBe('applied');
    const sent = event({
      attendee:
        'ATTENDEE;SENT-BY="mailto:secretary@univ.example.org";PARTSTAT=ACCEPTED:mailto:taro.kaku@univ.example.org',
    });
    expect(from(sent)).toMatchObject({
      outcome: 'applied',
      reply: { attendee: { sentBy: 'secretary@univ.example.org' } },
    });
  });

  it('E9: of several attendees the invited one; none of them is for a person', () => {
    const others = [
      'ATTENDEE;PARTSTAT=DECLINED:mailto:a@example.net',
      'ATTENDEE;PARTSTAT=TENTATIVE:mailto:b@example.net',
    ];
    expect(understood(mail(event({ lines: others }))).reply?.partstat).toBe('ACCEPTED');
    expect(understood(mail(event({ attendee: others[0]!, lines: [others[1]!] })))).toMatchObject({
      outcome: 'held',
      reason: 'several-attendees',
      reply: null,
    });
  });

  it.each([
    [
      'pass for the attendee’s domain, said by our own server',
      'mx.visits.example.org; dmarc=pass header.from=univ.example.org',
      'applied',
    ],
    ['pass for another domain', 'mx.visits.example.org; dmarc=pass header.from=evil.example', 'held'],
    ['pass, said by somebody else’s server', 'mx.evil.example; dmarc=pass header.from=univ.example.org', 'held'],
    [
      'pass, said by a server that only sounds like ours',
      'visits.example.org.evil.example; dmarc=pass header.from=univ.example.org',
      'held',
    ],
    ['fail', 'mx.visits.example.org; dmarc=fail header.from=univ.example.org', 'held'],
  ])('E10: without the address of its own, a DMARC %s', (_, results, outcome) => {
    const raw = mail(event({ organizer: null }), [`Authentication-Results: ${results}`], 'visit@visits.example.org');
    expect(understood(raw).outcome).toBe(outcome);
  });

  it('E10: with it, a failed check is no reason to refuse', () => {
    const failed = 'Authentication-Results: mx.visits.example.org; dmarc=fail header.from=univ.example.org';
    expect(understood(mail(event(), [failed])).outcome).toBe('applied');
    const forged = [
      'Authentication-Results: mx.visits.example.org; dmarc=fail',
      'Authentication-Results: mx.visits.example.org; dmarc=pass header.from=univ.example.org',
    ];
    expect(understood(mail(event({ organizer: null }), forged, 'visit@visits.example.org')).outcome).toBe('held');
  });
});

describe('What the answer is', () => {
  it.each([
    ['ACCEPTED', 'applied', 'answered'],
    ['declined', 'applied', 'answered'],
    ['Tentative', 'applied', 'answered'],
    ['NEEDS-ACTION', 'noted', 'no-decision'],
    ['X-MAYBE', 'noted', 'no-decision'],
    ['', 'noted', 'no-decision'],
  ])('E11: %s', (partstat, outcome, reason) => {
    expect(understood(mail(event({ attendee: attendee.replace('ACCEPTED', partstat) })))).toMatchObject({
      outcome,
      reason,
    });
  });

  it('E12: when it was given: the program’s own word, else DTSTAMP unless it is the request’s, else Date', () => {
    const at = (it: Event) => understood(mail(event(it))).reply?.at;
    expect(at({ lines: ['X-MICROSOFT-CDO-REPLYTIME:20260903T003000Z'] })).toBe('2026-09-03T00:30:00Z');
    expect(at({})).toBe('2026-09-03T01:00:00Z');
    expect(at({ stamp: '20260902T000000Z' })).toBe('2026-09-03T02:00:00.000Z');
  });

  it('E13: older is stale, newer is taken, and a device that counts anew is for a person', () => {
    expect(understood(mail(event({ sequence: '0' })))).toMatchObject({ outcome: 'stale', reason: 'older-revision' });
    expect(understood(mail(event({ sequence: '7' })))).toMatchObject({ outcome: 'applied', reason: 'newer-than-ours' });
    const hex = Buffer.from(`vCal-Uid\x01\0\0\0${invitation.uid}\0`, 'latin1').toString('hex');
    const wrapped = `040000008200E00074C5B7101A82E008${'0'.repeat(40)}${hex}`;
    expect(understood(mail(event({ uid: wrapped, sequence: '0' })))).toMatchObject({
      outcome: 'held',
      reason: 'sequence-reset',
    });
  });

  it.each([
    [
      'COMMENT before all others',
      ['COMMENT;LANGUAGE=ja:遅れます\\, 10分\\n', 'X-CALENDARSERVER-PRIVATE-COMMENT:no'],
      '遅れます, 10分',
    ],
    ['Apple’s', ['COMMENT:\\n', 'X-CALENDARSERVER-PRIVATE-COMMENT:later'], 'later'],
    ['nothing', ['COMMENT: \\n ', 'DESCRIPTION:text of the invitation'], ''],
  ])('E14: a note: %s', (_, lines, comment) => {
    expect(understood(mail(event({ lines }))).reply?.comment).toBe(comment);
  });

  it('E14: Google’s in a parameter, BlueMind’s in the description, and no more than 2,000 characters', () => {
    const google = 'ATTENDEE;PARTSTAT=ACCEPTED;X-RESPONSE-COMMENT="Late; very: late":mailto:taro.kaku@univ.example.org';
    expect(understood(mail(event({ attendee: google }))).reply?.comment).toBe('Late; very: late');
    const blue = event({ before: ['PRODID:-//BlueMind//EN'], lines: ['DESCRIPTION:in a hurry'] });
    expect(understood(mail(blue)).reply?.comment).toBe('in a hurry');
    expect(understood(mail(event({ lines: [`COMMENT:${'あ'.repeat(3000)}`] }))).reply?.comment).toHaveLength(2000);
  });

  it('E15: the whole is what counts; single events alone change nothing', () => {
    const single = [
      `BEGIN:VEVENT`,
      `UID:${invitation.uid}`,
      'RECURRENCE-ID:20261013T050000Z',
      attendee.replace('ACCEPTED', 'DECLINED'),
      'END:VEVENT',
    ];
    const both = event().replace('END:VCALENDAR', `${single.join('\r\n')}\r\nEND:VCALENDAR`);
    expect(understood(mail(both))).toMatchObject({ outcome: 'applied', reply: { partstat: 'ACCEPTED' } });
    expect(understood(mail(event({ lines: ['RECURRENCE-ID:20261013T050000Z'] })))).toMatchObject({
      outcome: 'noted',
      reason: 'single-event',
    });
  });

  it('E16: another time is a proposal whatever PARTSTAT says, in the zone of our own table', () => {
    const counter = (lines: string[]) => understood(mail(event({ method: 'COUNTER', lines })));
    const windows = counter(['DTSTART;TZID="Tokyo Standard Time":20261007T100000', 'DURATION:PT90M']);
    expect(windows).toMatchObject({ kind: 'counter', outcome: 'proposal' });
    expect(windows.reading.answer?.proposed).toMatchObject({
      start: '2026-10-07T01:00:00Z',
      end: '2026-10-07T02:30:00Z',
    });
    expect(counter(['DTSTART;TZID=Nowhere:20261007T100000']).reading.answer?.proposed).toMatchObject({
      start: null,
      written: expect.stringContaining('Nowhere'),
    });
    expect(counter([])).toMatchObject({ outcome: 'held' });
    expect(zoneOf('/freeassociation.sourceforge.net/Asia/Tokyo')).toBe('Asia/Tokyo');
    expect(zoneOf('(UTC+09:00) Osaka, Sapporo, Tokyo')).toBe('Asia/Tokyo');
    expect(zoneOf('../../etc/passwd')).toBeUndefined();
  });

  it('E17: a delegation names the delegate and waits to be looked at; who wants it again is listed; other methods change nothing', () => {
    const delegated = mail(
      event({
        attendee:
          'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:deputy@univ.example.org":mailto:taro.kaku@univ.example.org',
        lines: [
          'ATTENDEE;CN=Hanako Mihon;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:taro.kaku@univ.example.org":mailto:deputy@univ.example.org',
        ],
      }),
    );
    const { outcome, reason, reply } = understood(delegated);
    expect([outcome, reason, reply?.delegate]).toEqual(['applied', 'delegated', 'Hanako Mihon']);
    expect(recordOf(reply!, undefined)).toMatchObject({ attendance: 'proxy', proxyName: 'Hanako Mihon' });
    expect(understood(mail(event({ method: 'REFRESH' })))).toMatchObject({
      kind: 'refresh',
      outcome: 'held',
      reason: 'asks-again',
    });
    for (const method of ['REQUEST', 'CANCEL', 'ADD', 'PUBLISH'])
      expect(understood(mail(event({ method })))).toMatchObject({ kind: 'other-calendar', outcome: 'noted' });
  });

  it('E19: words never become an answer', () => {
    for (const words of ['出席します', 'PARTSTAT=ACCEPTED', 'I accept.'])
      expect(understood(plainMail(words))).toMatchObject({ kind: 'human', outcome: 'held', reply: null });
  });

  it('E21: an answer that a server has turned into a link is words for a person', () => {
    const link = plainMail('https://outlook.example.net/owa/?ItemID=AAMk&viewmodel=IMeetingMessageViewModel', [
      'Subject: Accepted: 会議',
      'Content-Class: urn:content-classes:calendarmessage',
    ]);
    expect(understood(link)).toMatchObject({ kind: 'human', outcome: 'held', match: { invitation: { id: 'i1' } } });
  });

  it('an invitation that was withdrawn takes no answers', () => {
    expect(understood(mail(event()), [{ ...invitation, live: false }])).toMatchObject({
      outcome: 'noted',
      reason: 'withdrawn',
    });
  });
});

describe('Mail that is no answer', () => {
  const report = (fields: string, extra = '') =>
    Buffer.from(
      `From: MAILER-DAEMON@mx.example.net\r\nTo: bounce+abc234.1@${domain}\r\nReturn-Path: <>\r\nAuto-Submitted: auto-replied\r\nContent-Type: multipart/report; boundary=r\r\n\r\n` +
        `--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n${fields}\r\n\r\n${extra}--r--\r\n`,
    );

  it('F1: a genuine answer comes before every other sign', () => {
    const signs = [
      'Auto-Submitted: auto-generated',
      'X-Auto-Response-Suppress: All',
      'Precedence: bulk',
      'Return-Path: <>',
      'List-Id: x',
    ];
    expect(understood(mail(event(), signs))).toMatchObject({ kind: 'reply', outcome: 'applied' });
  });

  it('F1, F5: a report comes before an automatic reply, and the invitation that it returns is not input', () => {
    const returned = `--r\r\nContent-Type: message/rfc822\r\n\r\nFrom: ${address}\r\nContent-Type: text/calendar\r\n\r\n${event()}\r\n`;
    expect(understood(report('Action: failed\r\nStatus: 5.1.1', returned))).toMatchObject({
      kind: 'dsn',
      outcome: 'undeliverable',
    });
  });

  it('F2, F3: a report is matched by the address that it came to, never by where the mail went in the end', () => {
    const { match, reading } = understood(
      report('Final-Recipient: rfc822; private@elsewhere.example\r\nAction: failed\r\nStatus: 5.1.1'),
    );
    expect(match.invitation?.id).toBe('i1');
    expect(JSON.stringify(reading)).not.toContain('private@');
  });

  it.each([
    ['Action: delayed\r\nStatus: 4.4.1', 'noted', 'still-trying'],
    ['Action: relayed\r\nStatus: 2.0.0', 'noted', 'arrived'],
    ['Action: expanded', 'noted', 'arrived'],
    ['Action: delivered', 'noted', 'arrived'],
    ['Action: failed\r\nStatus: 5.1.10', 'undeliverable', 'not-reached'],
    ['Action: failed\r\nStatus: 5.4.4', 'undeliverable', 'not-reached'],
    ['Action: failed', 'undeliverable', 'not-reached'],
    ['Action: failed\r\nStatus: 5.2.2', 'undeliverable', 'mailbox-full'],
    ['Action: failed\r\nStatus: 4.4.7', 'undeliverable', 'mailbox-full'],
    ['Action: failed\r\nStatus: 5.7.1', 'our-problem', 'policy'],
    ['Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 550 5.7.515 Access denied', 'our-problem', 'policy'],
    [
      'Action: failed\r\nStatus: 5.2.0\r\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full',
      'undeliverable',
      'mailbox-full',
    ],
    ['Action: delivered\r\n\r\nAction: failed\r\nStatus: 5.1.1', 'undeliverable', 'not-reached'],
  ])('F4: %j', (fields, outcome, reason) => {
    expect(understood(report(fields))).toMatchObject({ kind: 'dsn', outcome, reason });
  });

  it.each([
    ['Auto-Submitted: auto-replied'],
    ['X-Autoreply: yes'],
    ['X-Autorespond: away'],
    ['Precedence: auto_reply'],
    ['Precedence: bulk\r\nReturn-Path: <>'],
    ['X-Apple-Action: VACATION'],
    ['X-Auto-Response-Suppress: All'],
    ['List-Id: <list.example.net>'],
    ['Subject: =?utf-8?B?6Ieq5YuV5b+c562UOiDlh7rlvLXkuK0=?='],
    ['Subject: Automatic reply: away'],
  ])('F6: an automatic reply by %j changes nothing', (header) => {
    expect(understood(plainMail('I am away', header.split('\r\n')))).toMatchObject({
      kind: 'auto-reply',
      outcome: 'noted',
    });
  });

  it('F6: a vacation reply to the envelope sender is no bounce; Auto-Submitted: no is no sign', () => {
    const raw = Buffer.from(
      `From: taro.kaku@univ.example.org\r\nTo: bounce+abc234.1@${domain}\r\nReturn-Path: <>\r\nAuto-Submitted: auto-replied\r\n\r\naway`,
    );
    expect(understood(raw)).toMatchObject({ kind: 'auto-reply', outcome: 'noted' });
    expect(understood(plainMail('yes', ['Auto-Submitted: no']))).toMatchObject({ kind: 'human' });
  });

  it('F1: a carrier that returns mail in words of its own is known by the address that it returns to', () => {
    const bounce = (headers: string) =>
      Buffer.from(
        `From: system@carrier.example\r\nTo: bounce+abc234.1@${domain}\r\n${headers}\r\n\r\n550 Unknown user`,
      );
    expect(understood(bounce('Return-Path: <MAILER-DAEMON>'))).toMatchObject({ kind: 'dsn', outcome: 'undeliverable' });
    expect(understood(bounce('Subject: Returned mail'))).toMatchObject({ kind: 'dsn', outcome: 'undeliverable' });
    expect(understood(bounce('Subject: question'))).toMatchObject({ kind: 'human' });
  });

  it('F6: «has been read» changes nothing', () => {
    const receipt = plainMail(
      '--r\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n\r\n--r--',
      ['Content-Type: multipart/report; boundary=r; report-type=disposition-notification'],
    );
    expect(understood(receipt)).toMatchObject({ kind: 'auto-reply', outcome: 'noted' });
  });

  it('F7: a complaint stops mail to whoever made it', () => {
    const arf = `To: abuse@${domain}\r\nContent-Type: multipart/report; boundary=r\r\n\r\n--r\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nOriginal-Mail-From: <bounce+abc234.0@${domain}>\r\n\r\n--r--`;
    expect(understood(Buffer.from(arf))).toMatchObject({
      kind: 'complaint',
      outcome: 'complaint',
      match: { invitation: { id: 'i1' } },
    });
  });
});
