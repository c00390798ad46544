import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { date } from '../../src/kernel/calendar-date.ts';
import { text } from '../../src/kernel/text.ts';
import { parseLine, unfold } from '../../src/invitations/calendar-lines.ts';
import { DESCRIPTION_OCTETS, lintCalendar } from '../../src/invitations/calendar-lint.ts';
import { writeCalendar, type CalendarObject } from '../../src/invitations/calendar-object.ts';
import { faultToInvite, type InvitationFacts } from '../../src/invitations/invitation.ts';
import { MailTemplates } from '../../src/mail/mail-templates.service.ts';
import { goldenCases, goldenMail } from './golden-cases.ts';
import { readByBoth } from './parsers.ts';
import { answerUrl, letterhead, organizer, siteVisit } from './sample-facts.ts';

/** What every calendar that we write keeps, one test for each rule, over the calendars of all golden mails */
const { sources } = new MailTemplates();
const all = Object.entries(goldenCases).map(([name, golden]) => {
  const { calendar } = goldenMail(sources, golden);
  return { name, calendar, lines: unfold(calendar), facts: golden.now ?? golden.sent!.facts };
});
const requests = all.filter(({ lines }) => lines.includes('METHOD:REQUEST'));
const of = (lines: readonly string[], name: string) =>
  lines.map((line) => parseLine(line)!).filter((line) => line.name === name);
/** Names of the cases that break a rule */
const breaking = (rule: (one: (typeof all)[number]) => boolean, among = all) =>
  among.filter((one) => !rule(one)).map(({ name }) => name);

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
const good = writeCalendar(object());
const withLine = (line: string) => good.replace('END:VEVENT', `${line}\r\nEND:VEVENT`);
const both = (value: string) => text(value, value);

describe('The calendars that we write', () => {
  it('are many, keep every rule of the lint, and are read alike by two parsers', () => {
    expect(all.length).toBeGreaterThan(45);
    for (const { calendar } of all) {
      expect(lintCalendar(calendar)).toEqual([]);
      const [one, other] = readByBoth(calendar);
      expect(other).toEqual(one);
    }
  });

  it('A1: have lines of at most 75 octets with CRLF, each of them whole characters, the last one too', () => {
    for (const { calendar } of all) {
      const lines = Buffer.from(calendar).toString('latin1').split('\r\n');
      expect(lines.pop()).toBe('');
      for (const line of lines) {
        expect(line.length).toBeLessThanOrEqual(75);
        expect(line).not.toMatch(/[\r\n]/);
        new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(line, 'latin1'));
      }
    }
  });

  it('A2: have one VERSION, PRODID, METHOD and CALSCALE each, and no property of feeds', () => {
    for (const name of ['VERSION', 'PRODID', 'METHOD', 'CALSCALE'])
      expect(breaking(({ lines }) => of(lines, name).length === 1)).toEqual([]);
    expect(breaking(({ calendar }) => !/^(TIMEZONE-ID|NAME|X-WR-|X-PUBLISHED-TTL)/m.test(calendar))).toEqual([]);
  });

  it('A3: are REQUESTs with all that a request needs, confirmed or tentative, and never PUBLISH', () => {
    expect(requests.length).toBeGreaterThan(30);
    for (const name of ['UID', 'DTSTAMP', 'DTSTART', 'ORGANIZER', 'SUMMARY', 'ATTENDEE'])
      expect(breaking(({ lines }) => of(lines, name).length === 1, requests)).toEqual([]);
    const status = (lines: readonly string[]) => of(lines, 'STATUS')[0]!.value;
    expect(breaking(({ lines }) => ['CONFIRMED', 'TENTATIVE'].includes(status(lines)), requests)).toEqual([]);
    expect(
      breaking(({ facts, lines }) => (facts.status === 'hold') === (status(lines) === 'TENTATIVE'), requests),
    ).toEqual([]);
    expect(breaking(({ lines }) => ['REQUEST', 'CANCEL'].includes(of(lines, 'METHOD')[0]!.value))).toEqual([]);
  });

  it('A4: have DTSTAMP, CREATED and LAST-MODIFIED in UTC', () => {
    for (const name of ['DTSTAMP', 'CREATED', 'LAST-MODIFIED'])
      expect(breaking(({ lines }) => /^\d{8}T\d{6}Z$/.test(of(lines, name)[0]!.value))).toEqual([]);
    expect(lintCalendar(good.replace(/^(DTSTAMP:\d+T\d+)Z/m, '$1'))).toContain('DTSTAMP is not in UTC');
  });

  it.each(['UTC', 'Asia/Tokyo', 'America/New_York'])('A5: are the same where the machine’s zone is %s', (zone) => {
    const written = execFileSync(process.execPath, [join(import.meta.dirname, 'write-calendars.ts')], {
      encoding: 'utf8',
      input: JSON.stringify(sources),
      env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
    });
    for (const { calendar } of all) expect(written).toContain(calendar);
    expect(written.split('\n')[0]).toContain({ UTC: 'GMT+0000', 'Asia/Tokyo': 'GMT+0900' }[zone] ?? 'GMT-0400');
  });

  it('A6: have hours in UTC, no zone and no floating time', () => {
    const isHour = (value: string) => /^\d{8}T\d{6}Z$/.test(value);
    const isDay = ({ value, parameters }: { value: string; parameters: ReadonlyMap<string, string> }) =>
      /^\d{8}$/.test(value) && parameters.get('VALUE') === 'DATE';
    for (const name of ['DTSTART', 'DTEND'])
      expect(breaking(({ lines }) => of(lines, name).every((line) => isHour(line.value) || isDay(line)))).toEqual([]);
    expect(breaking(({ calendar }) => !/TZID|VTIMEZONE/.test(calendar))).toEqual([]);
  });

  it('A7: end after they begin: what does not is refused, not turned round', () => {
    const { startsAt, endsAt } = siteVisit;
    for (const wrong of [{ endsAt: startsAt }, { startsAt: endsAt, endsAt: startsAt }]) {
      expect(faultToInvite({ ...siteVisit, ...wrong })?.en).toBe('it does not end after it begins');
      expect(() => writeCalendar(object({ endsAt: startsAt }))).toThrow('DTEND is not after DTSTART');
    }
  });

  it('A8: have whole days as dates, until the day after', () => {
    const whole = requests.filter(({ facts }) => facts.form === 'whole-days');
    expect(whole.length).toBeGreaterThan(3);
    const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    expect(
      breaking(
        ({ lines, facts }) =>
          lines.includes(`DTSTART;VALUE=DATE:${facts.firstDay.replaceAll('-', '')}`) &&
          lines.includes(`DTEND;VALUE=DATE:${dayAfter(facts.lastDay).replaceAll('-', '')}`),
        whole,
      ),
    ).toEqual([]);
  });

  it('A9: have one event, over two days as whole days or one day each, never through the night', () => {
    expect(breaking(({ lines }) => lines.filter((line) => line === 'BEGIN:VEVENT').length === 1)).toEqual([]);
    const span = { lastDay: date('2027-07-10'), endsAt: '2027-07-10T08:00:00Z' };
    expect(faultToInvite({ ...siteVisit, ...span })?.en).toBe('it would be one entry that goes on through the night');
    expect(faultToInvite({ ...siteVisit, ...span, form: 'whole-days' })).toBeUndefined();
    const [first] = all.filter(({ name }) => name === 'two-days-first-entry-ja');
    expect(first!.lines).toContain('DTSTART:20270709T010000Z');
    expect(first!.lines).toContain('DTEND:20270709T080000Z');
  });

  it('A10: have a UID of plain characters at our domain, and none that input could break', () => {
    expect(
      breaking(({ lines }) => /^UID:[\w.-]+@meguri\.example\.org$/.test(`UID:${of(lines, 'UID')[0]!.value}`)),
    ).toEqual([]);
    for (const uid of ['inv\r\nX-EVIL:1@example.org', 'in v@example.org', 'inv', `${'x'.repeat(250)}@example.org`])
      expect(() => writeCalendar(object({}, { uid }))).toThrow('must not be sent');
  });

  it('A11: have names in quotes, with curly quotes and without carets', () => {
    const lines = unfold(writeCalendar(object({ name: both('Kaku, "Taro"; Dr.: ^n') })));
    expect(lines.find((line) => line.startsWith('ATTENDEE'))).toContain(';CN="Kaku, “Taro”; Dr.: n":mailto:');
    expect(breaking(({ calendar }) => !/CN=[^"]|\^/.test(calendar.replace(/\r\n /g, '')))).toEqual([]);
  });

  it('A12: have texts escaped, in one line where they are titles, without what cannot be seen', () => {
    const calendar = writeCalendar(
      object({ title: both('A;B,C\\D\r\nX-EVIL:1\u0007\u202eか\u3099'), place: both('甲\n乙') }),
    );
    const lines = unfold(calendar);
    expect(lines).toContain('SUMMARY:A\\;B\\,C\\\\D X-EVIL:1が');
    expect(of(lines, 'LOCATION')[0]!.value).toMatch(/^甲 乙/);
    expect(lines.some((line) => line.startsWith('X-EVIL'))).toBe(false);
  });

  it('A13: ask their reader in full: CUTYPE, ROLE, PARTSTAT, RSVP, CN and mailto', () => {
    const shape =
      /^ATTENDEE;ROLE=(REQ|OPT)-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="[^"]+":mailto:\S+$/;
    expect(breaking(({ lines }) => lines.some((line) => shape.test(line)), requests)).toEqual([]);
  });

  it('A14: name as ATTENDEE exactly the address that the mail goes to', () => {
    expect(
      breaking(({ lines, facts }) => of(lines, 'ATTENDEE')[0]!.value === `mailto:${facts.address}`, requests),
    ).toEqual([]);
    expect(lintCalendar(good, { attendee: 'alias@example.org' }).join()).toContain('ATTENDEE is');
  });

  it('A15: have an ORGANIZER who is not their reader, and nobody who sends for them', () => {
    expect(breaking(({ lines }) => of(lines, 'ORGANIZER')[0]!.value === `mailto:${organizer.address}`)).toEqual([]);
    expect(breaking(({ calendar }) => !calendar.includes('SENT-BY'))).toEqual([]);
    expect(() => writeCalendar(object({ address: organizer.address }))).toThrow('the organizer is the attendee');
    expect(faultToInvite({ ...siteVisit, address: organizer.address }, organizer.address)).toBeDefined();
  });

  it('A16: carry no sequence of Microsoft’s own, no HTML, no alarm and no attachment', () => {
    const unwanted = /^(X-MICROSOFT-CDO-APPT-SEQUENCE|X-ALT-DESC|BEGIN:VALARM|ATTACH)/m;
    expect(breaking(({ calendar }) => !unwanted.test(calendar))).toEqual([]);
    for (const line of ['X-MICROSOFT-CDO-APPT-SEQUENCE:1', 'X-ALT-DESC:x', 'ATTACH:https://example.org/x'])
      expect(lintCalendar(withLine(line)).join()).toContain('does not belong here');
    expect(breaking(({ calendar, facts }) => facts.form === 'whole-days' || !calendar.includes('ALLDAYEVENT'))).toEqual(
      [],
    );
  });

  it('A17: say in their text when with its zone, where and on which page, in less than 4 kB', () => {
    for (const { calendar, facts } of requests) {
      const [{ description }] = readByBoth(calendar);
      expect(description).toContain(answerUrl);
      expect(Buffer.byteLength(description)).toBeLessThanOrEqual(DESCRIPTION_OCTETS);
      if (!facts.hoursToFollow) expect(description).toMatch(/日本時間|Japan time/);
      if (facts.mode !== 'online') expect(description).toContain(facts.place[facts.language]);
    }
  });

  it('A18: delegate to nobody: such parameters are never written', () => {
    expect(breaking(({ calendar }) => !/DELEGATED-(TO|FROM)|MEMBER=|DIR=/.test(calendar))).toEqual([]);
    const delegated = good.replace(/\r\n /g, '').replace('ATTENDEE;', 'ATTENDEE;DELEGATED-TO=x@example.org;');
    expect(lintCalendar(delegated)).toContain('ATTENDEE parameters');
  });

  it('A19: are no series', () => {
    expect(breaking(({ calendar }) => !/^(RRULE|RDATE|EXDATE|RECURRENCE-ID)/m.test(calendar))).toEqual([]);
    for (const line of ['RDATE:20270710T010000Z', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15'])
      expect(lintCalendar(withLine(line)).join()).toContain('does not belong here');
  });
});
