import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, parseLine, unfold } from '../../src/invitations/calendar-lines.ts';
import { DESCRIPTION_OCTETS, lintCalendar } from '../../src/invitations/calendar-lint.ts';
import { commonName, writeCalendar, type CalendarObject } from '../../src/invitations/calendar-object.ts';
import { faultToInvite, type InvitationFacts } from '../../src/invitations/invitation.ts';
import { MailTemplates } from '../../src/mail/mail-templates.service.ts';
import { date } from '../../src/kernel/calendar-date.ts';
import { text } from '../../src/kernel/text.ts';
import { readByBoth } from './parsers.ts';
import { answerUrl, letterhead, organizer, siteVisit } from './sample-facts.ts';

const golden = join(import.meta.dirname, '../golden/mail');
const calendars = readdirSync(golden)
  .filter((file) => file.endsWith('.ics'))
  .map((file) => [file, readFileSync(join(golden, file), 'utf8')] as const);

const object = (facts: Partial<InvitationFacts> = {}, rest: Partial<CalendarObject> = {}): CalendarObject => ({
  method: 'REQUEST',
  uid: 'inv-0001-mihon@meguri.example.org',
  sequence: 2,
  stampedAt: '2027-05-06T00:00:00Z',
  createdAt: '2027-05-01T00:00:00Z',
  facts: { ...siteVisit, ...facts },
  organizer,
  secretariat: letterhead.secretariat,
  answerUrl,
  ...rest,
});
const both = (value: string) => text(value, value);

describe('The calendars of the golden mails', () => {
  it.each(calendars)('%s breaks no rule (A1-A18)', (_, calendar) => {
    expect(lintCalendar(calendar)).toEqual([]);
  });

  it.each(calendars)('%s is read alike by two parsers', (_, calendar) => {
    const [one, other] = readByBoth(calendar);
    expect(other).toEqual(one);
    expect(one.attendees).toHaveLength(1);
  });
});

describe('A calendar', () => {
  it('has its hours in UTC and no zone (A4, A6)', () => {
    const lines = unfold(writeCalendar(object()));
    expect(lines).toContain('DTSTART:20270709T010000Z');
    expect(lines).toContain('DTEND:20270709T080000Z');
    expect(lines.filter((line) => /TZID|TIMEZONE|X-WR/.test(line))).toEqual([]);
  });

  it('has two days as one entry, until the day after (A8, A9)', () => {
    const lines = unfold(
      writeCalendar(object({ form: 'whole-days', lastDay: date('2027-07-10'), endsAt: '2027-07-10T06:00:00Z' })),
    );
    expect(lines).toContain('DTSTART;VALUE=DATE:20270709');
    expect(lines).toContain('DTEND;VALUE=DATE:20270711');
  });

  it('lists only its reader, who must or may come, and asks for an answer (A13, A14)', () => {
    const attendee = (required: boolean) =>
      unfold(writeCalendar(object({ required }))).filter((line) => line.startsWith('ATTENDEE'));
    const shape = (role: string) =>
      `ATTENDEE;ROLE=${role};CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="架空 太郎":mailto:taro.kaku@example.org`;
    expect(attendee(true)).toEqual([shape('REQ-PARTICIPANT')]);
    expect(attendee(false)).toEqual([shape('OPT-PARTICIPANT')]);
  });

  it('of a hold is tentative and says so', () => {
    const lines = unfold(writeCalendar(object({ status: 'hold' })));
    expect(lines).toContain('STATUS:TENTATIVE');
    expect(lines).toContain('SUMMARY:【仮】ICReDD サイトビジット');
  });

  it('of a cancellation repeats when and what, is CANCELLED, and asks nothing (C6, C7)', () => {
    const lines = unfold(writeCalendar(object({}, { method: 'CANCEL', sequence: 3 })));
    expect(lines).toEqual(
      expect.arrayContaining([
        'METHOD:CANCEL',
        'STATUS:CANCELLED',
        'SEQUENCE:3',
        'DTSTART:20270709T010000Z',
        'SUMMARY:ICReDD サイトビジット',
      ]),
    );
    expect(lines.filter((line) => /RSVP|https/.test(line))).toEqual([]);
  });

  it('says where one joins, and on which page one answers', () => {
    const [read] = readByBoth(
      writeCalendar(object({ mode: 'hybrid', onlineUrl: 'https://meet.example.org/a?b=1,2;3' })),
    );
    expect(read.location).toBe('北海道大学 創成研究機構 5階 大会議室 / オンライン https://meet.example.org/a?b=1,2;3');
    expect(read.description.split('\n')).toContain(`ご回答・詳細：${answerUrl}`);
    expect(read.description.split('\n')).toContain('回答期限：2027年6月1日(火) 17:00（日本時間）');
  });

  it('is the same, byte for byte, for the same input (C5)', () => {
    expect(writeCalendar(object())).toBe(writeCalendar(object()));
  });

  it('does not depend on the clock or the zone of the machine (A5)', () => {
    const script = join(import.meta.dirname, 'write-calendars.ts');
    const input = JSON.stringify(new MailTemplates().sources);
    const written = ['UTC', 'Asia/Tokyo', 'America/New_York'].map((zone) =>
      execFileSync(process.execPath, [script], {
        encoding: 'utf8',
        input,
        env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
      }),
    );
    expect(written[0]!.length).toBeGreaterThan(1000);
    expect(new Set(written.map((output) => output.replace(/^zone .*\n/, '')))).toHaveProperty('size', 1);
    // The machines did differ
    expect(new Set(written)).toHaveProperty('size', 3);
  });

  it('is not written where it would break a rule', () => {
    expect(() => writeCalendar(object({ endsAt: siteVisit.startsAt }))).toThrow('DTEND');
    expect(() => writeCalendar(object({}, { uid: 'inv\r\nX-EVIL:1@example.org' }))).toThrow('must not be sent');
    expect(() => writeCalendar(object({ address: organizer.address }))).toThrow('the organizer is the attendee');
    expect(() => writeCalendar(object({ address: 'a@example.org, b@example.org' }))).toThrow('ATTENDEE');
  });
});

describe('Hostile and unusual texts', () => {
  const nasty: readonly [string, string][] = [
    ['a line break', 'A\r\nATTENDEE:mailto:evil@example.org\nB'],
    ['control characters and NUL', 'A\u0000\u0007\u001b[31mB\u007f\u0085C'],
    ['a bidirectional override', 'A\u202Eexe.cod\u2066B\u200F'],
    ['quotes and carets', 'A "quoted" ^n ^^ \'x\' B"'],
    ['commas, semicolons, colons, backslashes', 'Kaku, Taro; Dr.: \\n \\, C:\\dir'],
    ['emoji and flags', '👩‍🔬👨‍👩‍👧‍👦🇯🇵🏴󠁧󠁢󠁥󠁮󠁧󠁿 𠮷野'.repeat(9)],
    ['half of a surrogate pair', `A\uD83DB`],
    ['line and paragraph separators', 'A\u2028B\u2029C'],
    ['a byte-order mark', '\uFEFFA'],
    ['decomposed kana', 'か\u3099き\u3099'],
    ['long', '長'.repeat(5000)],
    ['many spaces', `A${' '.repeat(400)}B`],
    ['markup', '<script>alert(1)</script>{{ answer_url }}{% raw %}'],
    ['folded by hand', 'A\r\n B\r\n\tC'],
  ];

  it.each(nasty)('%s: every field keeps the rules and both parsers agree', (_, value) => {
    const calendar = writeCalendar(
      object(
        {
          title: both(value),
          name: both(value),
          place: both(value),
          room: both(value),
          access: both(value),
          seat: both(value),
          extras: [{ label: both(value), value: both(value) }],
          staffInCharge: { name: both(value), telephone: value, address: value },
        },
        { organizer: { ...organizer, name: value }, secretariat: both(value) },
      ),
    );
    expect(lintCalendar(calendar)).toEqual([]);
    const [one, other] = readByBoth(calendar);
    expect(other).toEqual(one);
    expect(one.attendees).toEqual(['mailto:taro.kaku@example.org']);
    const attendee = parseLine(unfold(calendar).find((line) => line.startsWith('ATTENDEE'))!);
    expect(attendee!.parameters.get('CN')).toBe(`"${commonName(value, 'taro.kaku@example.org')}"`);
    expect(one.description.split('\n')).toContain(`ご回答・詳細：${answerUrl}`);
  });

  it('any text at all keeps the rules', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        (a, b) => {
          // Never empty: that is refused before
          const calendar = writeCalendar(
            object({
              title: both(`x${a}`),
              place: both(b),
              extras: [{ label: both(b), value: both(a) }],
              name: both(a),
            }),
          );
          expect(lintCalendar(calendar)).toEqual([]);
          const [one, other] = readByBoth(calendar);
          expect(other.summary).toBe(one.summary);
          expect(other.description).toBe(one.description);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('a long description is cut, but not the page, the deadline or the telephone (A17)', () => {
    const [read] = readByBoth(
      writeCalendar(object({ extras: [{ label: both('備考'), value: both('長い備考'.repeat(2000)) }] })),
    );
    expect(Buffer.byteLength(read.description)).toBeLessThanOrEqual(DESCRIPTION_OCTETS);
    expect(Buffer.byteLength(read.description)).toBeGreaterThan(3500);
    expect(read.description).toContain(answerUrl);
    expect(read.description).toContain('03-0000-0000');
    expect(read.description.endsWith('…')).toBe(true);
  });

  it('a name keeps commas and colons, and has curly quotes and no carets (A11)', () => {
    expect(commonName('Kaku, "Taro": ^\\x;', 'a@example.org')).toBe('Kaku, “Taro”: x;');
    expect(commonName('"', 'a@example.org')).toBe('”');
    expect(commonName('\u202e ', 'a@example.org')).toBe('a@example.org');
  });

  it('an address of a carrier with two dots stays what it is', () => {
    const attendee = unfold(writeCalendar(object({ address: 'x..y.@example.org' }))).find((line) =>
      line.startsWith('ATTENDEE'),
    );
    expect(attendee).toContain(':mailto:x..y.@example.org');
  });
});

describe('Folding', () => {
  it('keeps lines within 75 octets, characters whole, and can be undone (A1)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (value) => {
        const line = `X:${value.replace(/[\r\n]/g, '')}`.toWellFormed();
        const folded = fold(line);
        const bytes = new TextEncoder().encode(folded);
        const lines = Buffer.from(bytes).toString('latin1').split('\r\n');
        expect(lines.every((each) => each.length <= 75)).toBe(true);
        // each physical line is UTF-8 by itself
        for (const each of lines) new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(each, 'latin1'));
        expect(unfold(folded)).toEqual([line]);
      }),
    );
  });

  it('reads parameters in quotes', () => {
    expect(parseLine('ATTENDEE;CN="a;b:c,d";X=1,2:mailto:x')).toEqual({
      name: 'ATTENDEE',
      parameters: new Map([
        ['CN', '"a;b:c,d"'],
        ['X', '1,2'],
      ]),
      value: 'mailto:x',
    });
    expect(parseLine('no colon')).toBeUndefined();
    expect(parseLine('A;CN="1";CN="2":x')).toBeUndefined();
  });
});

describe('The lint finds', () => {
  const good = writeCalendar(object({ mode: 'hybrid', onlineUrl: 'https://meet.example.org/a' }));
  const refold = (lines: readonly string[]) => lines.map(fold).join('');
  const edit = (pattern: RegExp, replacement: string) =>
    refold(unfold(good).map((line) => line.replace(pattern, replacement)));
  const without = (name: string) => refold(unfold(good).filter((line) => !line.startsWith(name)));
  const with_ = (line: string) => good.replace('END:VEVENT', `${line}\r\nEND:VEVENT`);

  it('nothing in what is right', () => {
    expect(lintCalendar(good, { method: 'REQUEST', uid: 'inv-0001-mihon@meguri.example.org', sequence: 2 })).toEqual(
      [],
    );
  });

  it.each<[string, string, string]>([
    ['a bare line feed', good.replace('VERSION:2.0\r\n', 'VERSION:2.0\n'), 'CRLF'],
    ['no line end at the end', good.slice(0, -2), 'no line end'],
    ['a line of 76 octets', good.replace('VERSION:2.0', `VERSION:2.0\r\nX-LONG:${'x'.repeat(69)}`), '76 octets'],
    ['a character cut in two', good.replace('SUMMARY:', 'SUMMARY:\uD83D\r\n \uDC69'), 'cut inside a character'],
    ['a control character', good.replace('SUMMARY:', 'SUMMARY:\u0007'), 'invisible'],
    ['a bidirectional override', good.replace('SUMMARY:', 'SUMMARY:\u202E'), 'invisible'],
    ['decomposed text', good.replace('SUMMARY:', 'SUMMARY:か\u3099'), 'NFC'],
    ['two methods', good.replace('METHOD:REQUEST', 'METHOD:REQUEST\r\nMETHOD:REQUEST'), 'METHOD 2 times'],
    ['a method of feeds', edit(/^METHOD:.*/, 'METHOD:PUBLISH'), 'METHOD:PUBLISH'],
    ['no CALSCALE', without('CALSCALE'), 'CALSCALE 0 times'],
    ['a property of feeds', good.replace('METHOD', 'X-WR-CALNAME:x\r\nMETHOD'), 'X-WR-CALNAME does not belong here'],
    ['a zone', good.replace('BEGIN:VEVENT', 'BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT'), 'not one event'],
    ['two events', good.replace('END:VCALENDAR', 'BEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR'), 'not one event'],
    ['no SEQUENCE', without('SEQUENCE'), 'SEQUENCE 0 times'],
    ['no ATTENDEE', without('ATTENDEE'), 'ATTENDEE 0 times'],
    ['two ATTENDEEs', with_('ATTENDEE;CN="x":mailto:y@example.org'), 'ATTENDEE 2 times'],
    ['an alarm’s property', with_('ATTACH:https://example.org/x'), 'ATTACH does not belong here'],
    ['Microsoft’s own sequence', with_('X-MICROSOFT-CDO-APPT-SEQUENCE:1'), 'does not belong here'],
    ['floating time', edit(/^(DTSTART:.*)Z$/, '$1'), 'does not exist'],
    ['a zone name', edit(/^DTSTART:(.*)Z$/, 'DTSTART;TZID=Asia/Tokyo:$1'), 'neither both in UTC'],
    ['a floating stamp', edit(/^(DTSTAMP:.*)Z$/, '$1'), 'DTSTAMP is not in UTC'],
    ['an end before the beginning', edit(/^DTEND:.*/, 'DTEND:20270709T005959Z'), 'not after'],
    ['a day that does not exist', edit(/^DTEND:.*/, 'DTEND:20270732T005959Z'), 'does not exist'],
    ['a day and an hour', edit(/^DTEND:.*/, 'DTEND;VALUE=DATE:20270710'), 'neither both'],
    ['the mark of whole days on hours', with_('X-MICROSOFT-CDO-ALLDAYEVENT:TRUE'), 'all-day mark'],
    ['CANCELLED in a request', edit(/^STATUS:.*/, 'STATUS:CANCELLED'), 'STATUS:CANCELLED in a REQUEST'],
    ['CONFIRMED in a cancellation', edit(/^METHOD:.*/, 'METHOD:CANCEL'), 'STATUS:CONFIRMED in a CANCEL'],
    ['a UID with a space', edit(/^UID:inv/, 'UID:in v'), 'UID'],
    ['a UID without a domain', edit(/@meguri.example.org$/, ''), 'UID'],
    ['a UID of 256 characters', edit(/^UID:/, `UID:${'x'.repeat(230)}`), 'UID'],
    ['an unescaped comma', edit(/^SUMMARY:/, 'SUMMARY:a,b'), 'SUMMARY is not escaped'],
    ['a title of two lines', edit(/^SUMMARY:/, 'SUMMARY:a\\n'), 'not one line'],
    ['a long description', edit(/^DESCRIPTION:/, `DESCRIPTION:${'長'.repeat(1300)}`), 'too long'],
    ['MAILTO in capitals', edit(/:mailto:taro/, ':MAILTO:taro'), 'not one mailto address'],
    ['a name without quotes', edit(/CN="架空 太郎"/, 'CN=架空 太郎'), 'no quoted CN'],
    ['a caret in a name', edit(/CN="架空/, 'CN="^\'架空'), 'no quoted CN'],
    ['no RSVP', edit(/;RSVP=TRUE/, ''), 'ATTENDEE parameters'],
    ['an answer given beforehand', edit(/NEEDS-ACTION/, 'ACCEPTED'), 'PARTSTAT'],
    ['a chair', edit(/REQ-PARTICIPANT/, 'CHAIR'), 'ROLE'],
    ['a delegate of the organizer', edit(/^ORGANIZER;/, 'ORGANIZER;SENT-BY="mailto:x@example.org";'), 'more than a CN'],
    [
      'an organizer who is the attendee',
      edit(/:mailto:taro.kaku@example.org$/, `:mailto:${organizer.address.toUpperCase()}`),
      'the organizer is the attendee',
    ],
    ['not a line', good.replace('END:VEVENT', 'HELLO\r\nEND:VEVENT'), 'not a content line'],
  ])('%s', (_, calendar, fault) => {
    expect(lintCalendar(calendar).join('\n')).toContain(fault);
  });

  it.each([
    ['another method', { method: 'CANCEL' as const }, 'METHOD is REQUEST'],
    ['another UID', { uid: 'x@example.org' }, 'UID is'],
    ['another SEQUENCE', { sequence: 3 }, 'SEQUENCE is 2, not 3'],
    ['another recipient than To (A14)', { attendee: 'x@example.org' }, 'ATTENDEE is'],
    ['another sender than From (A15)', { organizer: 'x@example.org' }, 'ORGANIZER is'],
  ])('%s than the mail', (_, expected, fault) => {
    expect(lintCalendar(good, expected).join('\n')).toContain(fault);
  });
});

describe('Nobody is invited', () => {
  it.each<[string, Partial<InvitationFacts>, string]>([
    ['to what ends before it begins (A7)', { endsAt: siteVisit.startsAt }, 'it does not end after it begins'],
    ['where days and hours disagree', { firstDay: date('2027-07-08') }, 'its days and its hours disagree'],
    [
      'to an entry that runs through the night (A9)',
      { lastDay: date('2027-07-10'), endsAt: '2027-07-10T08:00:00Z' },
      'it would be one entry that goes on through the night',
    ],
    ['without a title', { title: text(' \u202e', 'x') }, 'it has no title'],
    ['without a name', { name: text('', 'x') }, 'the name is missing'],
    ['at two addresses', { address: 'a@example.org, b@example.org' }, 'the address: it must be exactly one address'],
    ['by themselves (A15)', { address: organizer.address }, 'the sender is the recipient'],
  ])('%s', (_, facts, fault) => {
    expect(faultToInvite({ ...siteVisit, ...facts }, organizer.address)?.en).toBe(fault);
  });

  it.each<[string, Partial<InvitationFacts>]>([
    ['as it should be', {}],
    ['until midnight', { endsAt: '2027-07-09T15:00:00Z' }],
    [
      'over two days as whole days',
      { form: 'whole-days', lastDay: date('2027-07-10'), endsAt: '2027-07-10T08:00:00Z' },
    ],
    [
      'past midnight, in an online meeting',
      { startsAt: '2027-07-09T14:00:00Z', endsAt: '2027-07-09T16:00:00Z', lastDay: date('2027-07-10') },
    ],
    ['through an office only', { address: null }],
  ])('but one is %s', (_, facts) => {
    expect(faultToInvite({ ...siteVisit, ...facts }, organizer.address)).toBeUndefined();
  });
});
