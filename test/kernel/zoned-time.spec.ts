import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { date } from '../../src/kernel/calendar-date.ts';
import {
  dayInZone,
  dayRange,
  inReadersZone,
  instantAt,
  localTime,
  momentIn,
  timeRange,
  zoneName,
  zoneWithOffset,
} from '../../src/kernel/zoned-time.ts';

const zones = fc.constantFrom(
  ...'Asia/Tokyo Europe/Paris Europe/London America/New_York Asia/Kolkata Asia/Kathmandu Australia/Lord_Howe Pacific/Chatham Pacific/Apia America/St_Johns UTC Africa/Casablanca Pacific/Kiritimati America/Sao_Paulo'.split(
    ' ',
  ),
);
const instants = fc
  .integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2060, 0, 1) })
  .map((ms) => new Date(ms).toISOString());

describe('A time in a zone', () => {
  it('has the day, the weekday, the clock time and the offset that luxon finds', () => {
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const expected = DateTime.fromISO(instant, { zone });
        expect(localTime(instant, zone)).toEqual({
          day: expected.toFormat('yyyy-MM-dd'),
          time: expected.toFormat('HH:mm'),
          offset: expected.offset,
        });
        const said = momentIn(instant, zone);
        expect(said.en.startsWith(expected.setLocale('en').toFormat('ccc d MMMM yyyy, HH:mm ('))).toBe(true);
        expect(said.ja.startsWith(expected.setLocale('ja').toFormat('yyyy年M月d日(ccc) HH:mm（'))).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('is found from what the clock shows: as luxon finds it, and the first where the clock shows it twice', () => {
    fc.assert(
      fc.property(instants, zones, (shown, zone) => {
        const [day, time] = [date(shown.slice(0, 10)), shown.slice(11, 16)];
        const expected = DateTime.fromISO(`${day}T${time}`, { zone });
        const first = DateTime.min(...expected.getPossibleOffsets())!;
        expect(instantAt(day, time, zone)).toBe(first.toUTC().toISO());
      }),
      { numRuns: 1500 },
    );
    expect(instantAt(date('2027-10-31'), '02:30', 'Europe/Paris')).toBe('2027-10-31T00:30:00.000Z');
    expect(instantAt(date('2027-03-28'), '02:30', 'Europe/Paris')).toBe('2027-03-28T01:30:00.000Z');
    expect(() => instantAt(date('2027-03-28'), '25:30', 'Europe/Paris')).toThrow(RangeError);
  });

  it('is a range that names both days exactly where the days of the zone differ', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 4 * 24 * 60 }), zones, (startsAt, minutes, zone) => {
        const start = DateTime.fromISO(startsAt, { zone });
        const end = start.plus({ minutes });
        const { ja, en } = timeRange(startsAt, end.toISO()!, zone);
        const oneDay = start.hasSame(end, 'day') && start.offset === end.offset;
        expect(en.match(/\d{4}/g)!.filter((year) => Number(year) > 1900 && Number(year) < 2100).length).toBe(
          oneDay ? 1 : 2,
        );
        expect(en).toContain(start.setLocale('en').toFormat('ccc d MMMM yyyy, HH:mm'));
        expect(en).toContain(end.toFormat(oneDay ? "'–'HH:mm" : 'ccc d MMMM yyyy, HH:mm'));
        expect(ja).toContain(end.setLocale('ja').toFormat(oneDay ? "'～'HH:mm" : 'd日(ccc) HH:mm'));
      }),
      { numRuns: 800 },
    );
  });

  it('is summer time where luxon says so', () => {
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom('Europe/Paris', 'America/New_York', 'Australia/Sydney', 'Asia/Tokyo'),
        (instant, zone) => {
          const summer = DateTime.fromISO(instant, { zone }).isInDST;
          expect(zoneName(zone, instant).ja.endsWith('夏時間')).toBe(summer);
        },
      ),
    );
  });
});

describe('What is said of a time', () => {
  it.each([
    [
      timeRange('2027-07-09T01:00:00Z', '2027-07-09T08:00:00Z', 'Asia/Tokyo'),
      '2027年7月9日(金) 10:00～17:00（日本時間）',
      'Fri 9 July 2027, 10:00–17:00 (Japan time)',
    ],
    [
      timeRange('2027-07-08T10:00:00+09:00', '2027-07-09T17:00:00+09:00', 'Asia/Tokyo'),
      '2027年7月8日(木) 10:00 ～ 9日(金) 17:00（日本時間）',
      'Thu 8 July 2027, 10:00 – Fri 9 July 2027, 17:00 (Japan time)',
    ],
    [
      timeRange('2027-07-31T01:00:00Z', '2027-08-01T08:00:00Z', 'Asia/Tokyo'),
      '2027年7月31日(土) 10:00 ～ 8月1日(日) 17:00（日本時間）',
      'Sat 31 July 2027, 10:00 – Sun 1 August 2027, 17:00 (Japan time)',
    ],
    [
      timeRange('2027-12-31T01:00:00Z', '2028-01-01T08:00:00Z', 'Asia/Tokyo'),
      '2027年12月31日(金) 10:00 ～ 2028年1月1日(土) 17:00（日本時間）',
      'Fri 31 December 2027, 10:00 – Sat 1 January 2028, 17:00 (Japan time)',
    ],
    [
      timeRange('2027-07-09T15:00:00Z', '2027-07-10T15:00:00Z', 'Asia/Tokyo'),
      '2027年7月10日(土) 00:00 ～ 11日(日) 00:00（日本時間）',
      'Sat 10 July 2027, 00:00 – Sun 11 July 2027, 00:00 (Japan time)',
    ],
    // the night in which Paris puts its clocks back: 02:30 summer time, 02:15 ordinary time
    [
      timeRange('2027-10-31T00:30:00Z', '2027-10-31T01:15:00Z', 'Europe/Paris'),
      '2027年10月31日(日) 02:30（中央ヨーロッパ夏時間） ～ 31日(日) 02:15（中央ヨーロッパ時間）',
      'Sun 31 October 2027, 02:30 (Central European Summer Time) – Sun 31 October 2027, 02:15 (Central European Time)',
    ],
    [
      momentIn('2027-06-01T08:00:00Z', 'Asia/Tokyo', { offset: true }),
      '2027年6月1日(火) 17:00（日本時間、UTC+9）',
      'Tue 1 June 2027, 17:00 (Japan time, UTC+9)',
    ],
    [
      zoneWithOffset('America/New_York', '2027-07-09T01:00:00Z'),
      '米国東部夏時間、UTC−4',
      'US Eastern Daylight Time, UTC−4',
    ],
    [zoneName('America/Sao_Paulo', '2027-07-09T01:00:00Z'), 'ブラジリア標準時', 'Brasilia Standard Time'],
    [zoneName('Etc/GMT-9', '2027-07-09T01:00:00Z'), 'UTC+9', 'UTC+9'],
    [zoneWithOffset('Etc/GMT-9', '2027-07-09T01:00:00Z'), 'UTC+9', 'UTC+9'],
    [dayRange(date('2027-07-08'), date('2027-07-09')), '2027年7月8日(木)～9日(金)', 'Thu 8 – Fri 9 July 2027'],
    [
      dayRange(date('2027-07-31'), date('2027-08-01')),
      '2027年7月31日(土)～8月1日(日)',
      'Sat 31 July – Sun 1 August 2027',
    ],
    [
      dayRange(date('2027-12-31'), date('2028-01-01')),
      '2027年12月31日(金)～2028年1月1日(土)',
      'Fri 31 December 2027 – Sat 1 January 2028',
    ],
    [dayRange(date('2027-07-08'), date('2027-07-08')), '2027年7月8日(木)', 'Thu 8 July 2027'],
  ])('%o', (said, ja, en) => {
    expect(said).toEqual({ ja, en });
  });

  it('is said a second time for a reader on another clock, with their weekday', () => {
    const at = ['2027-07-09T01:00:00Z', '2027-07-09T08:00:00Z', 'Asia/Tokyo'] as const;
    expect(inReadersZone(...at, 'America/New_York')).toEqual({
      ja: '2027年7月8日(木) 21:00 ～ 9日(金) 04:00（米国東部夏時間、UTC−4）',
      en: 'Thu 8 July 2027, 21:00 – Fri 9 July 2027, 04:00 (US Eastern Daylight Time, UTC−4)',
    });
  });

  it('is not said twice to a reader whose clock shows the same', () => {
    const at = ['2027-07-09T01:00:00Z', '2027-07-09T08:00:00Z', 'Asia/Tokyo'] as const;
    expect(inReadersZone(...at, 'Asia/Tokyo')).toBeUndefined();
    expect(inReadersZone(...at, 'Asia/Seoul')).toBeUndefined();
  });

  it('knows on which day an instant falls', () => {
    expect(dayInZone('2027-07-08T23:30:00Z', 'Asia/Tokyo')).toBe('2027-07-09');
  });

  it('refuses a time without an offset, because it would depend on the machine', () => {
    expect(() => localTime('2027-07-09T10:00:00', 'Asia/Tokyo')).toThrow(RangeError);
    expect(() => localTime('2027-07-09', 'Asia/Tokyo')).toThrow(RangeError);
  });

  it('refuses an unknown zone', () => {
    expect(() => localTime('2027-07-09T10:00:00Z', 'Asia/Nowhere')).toThrow(RangeError);
  });
});
