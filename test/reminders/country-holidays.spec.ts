import { describe, expect, it } from '@jest/globals';
import { addDays, weekday, type CalendarDate } from '../../src/kernel/calendar-date.ts';
import { localTime } from '../../src/kernel/zoned-time.ts';
import { CountryHolidays } from '../../src/reminders/country-holidays.service.ts';
import { placesAbroad, readerDays, type ReaderDays } from '../../src/reminders/reader-days.ts';
import { placeOf } from '../../src/reminders/reader-place.ts';
import { yearsOfReminders } from '../../src/reminders/reminder.ts';
import { instantOf, mayLeaveAt, nextMoment } from '../../src/reminders/step-times.ts';
import { answerOf, hours, step } from './ladder.ts';

const service = new CountryHolidays();
const daysOf = async (zone: string, ...years: number[]): Promise<ReaderDays> =>
  readerDays(await service.of(placesAbroad([zone]), years));

describe('The country of a reader', () => {
  it.each([
    ['Asia/Tokyo', 'JP'],
    ['Japan', 'JP'],
    ['Europe/Paris', 'FR'],
    ['Europe/Berlin', 'DE'],
    ['Europe/Stockholm', 'SE'],
    ['Europe/London', 'GB-ENG'],
    ['GB', 'GB-ENG'],
    ['Asia/Seoul', 'KR'],
    ['Asia/Calcutta', 'IN'],
    ['America/New_York', 'US'],
    ['US/Hawaii', 'US-HI'],
    ['America/Toronto', 'CA-ON'],
    ['Australia/Sydney', 'AU-NSW'],
  ])('of the zone %s is %s', (zone, place) => expect(placeOf(zone)).toBe(place));

  it.each(['UTC', 'Etc/UTC', 'Etc/GMT-9', 'Nowhere/City'])('is not known of the zone %s', (zone) =>
    expect(placeOf(zone)).toBeUndefined(),
  );
});

describe('Public holidays abroad', () => {
  // each as the country itself announces it; none of them on a weekend, where nobody would notice
  it.each<[string, CalendarDate, string]>([
    ['Europe/Paris', '2026-07-14', 'the national holiday'],
    ['Europe/Paris', '2027-05-06', 'Ascension'],
    ['America/New_York', '2026-11-26', 'Thanksgiving'],
    ['America/New_York', '2026-07-03', 'Independence Day, whose day is a Saturday'],
    ['America/Los_Angeles', '2027-07-05', 'Independence Day, whose day is a Sunday'],
    ['Europe/London', '2026-12-28', 'Boxing Day, whose day is a Saturday'],
    ['Europe/London', '2026-08-31', 'the summer bank holiday'],
    ['Europe/London', '2027-12-27', 'Christmas, whose day is a Saturday'],
    ['Europe/London', '2027-12-28', 'Boxing Day, whose day is a Sunday'],
    ['Europe/Berlin', '2028-10-03', 'German Unity'],
    ['Europe/Berlin', '2027-05-17', 'Whit Monday'],
    ['Asia/Seoul', '2027-02-08', 'the day after Seollal'],
    ['Asia/Seoul', '2027-02-09', 'Seollal, whose day is a Sunday'],
    ['Asia/Seoul', '2027-09-14', 'the day before Chuseok'],
    ['Asia/Seoul', '2027-09-15', 'Chuseok'],
    ['Asia/Seoul', '2027-09-16', 'the day after Chuseok'],
    ['America/Toronto', '2026-10-12', 'Thanksgiving in Canada'],
    ['Australia/Melbourne', '2026-11-03', 'Melbourne Cup Day'],
    ['Asia/Singapore', '2027-02-08', 'Chinese New Year, whose second day is a Sunday'],
    ['Asia/Taipei', '2027-10-11', 'National Day, whose day is a Sunday'],
    ['Europe/Zurich', '2027-05-06', 'Ascension'],
  ])('in %s nobody works on %s: %s', async (zone, day) => {
    expect(weekday(day)).toBeLessThan(6);
    expect((await daysOf(zone, Number(day.slice(0, 4))))(zone)(day)).toBe(false);
  });

  it.each<[string, CalendarDate]>([
    ['Europe/Paris', '2026-07-13'],
    ['Europe/Paris', '2026-05-04'],
    ['America/New_York', '2026-11-25'],
    ['America/New_York', '2026-11-27'],
    // a day that everybody knows and nobody has off
    ['America/New_York', '2028-02-14'],
    // the holidays of other states and countries
    ['Europe/Berlin', '2028-11-01'],
    ['Europe/London', '2026-11-26'],
    ['Australia/Sydney', '2026-11-03'],
    // the day after the last of Seollal; the festival of children, on which half a day is free for them
    ['Asia/Seoul', '2027-02-10'],
    ['Asia/Shanghai', '2027-05-04'],
    // national holidays of Japan
    ['Europe/Paris', '2026-05-05'],
    ['America/New_York', '2026-11-23'],
  ])('in %s people work on %s', async (zone, day) => {
    expect((await daysOf(zone, Number(day.slice(0, 4))))(zone)(day)).toBe(true);
  });

  it('of Japan are those of the law, with the days around New Year, and are not asked for', async () => {
    expect(placesAbroad(['Asia/Tokyo', 'Japan', 'UTC'])).toEqual([]);
    const inTokyo = readerDays(new Map())('Asia/Tokyo');
    const off: CalendarDate[] = ['2026-05-06', '2026-12-29', '2027-01-03', '2027-11-23'];
    expect(off.filter((day) => inTokyo(day))).toEqual([]);
    expect(inTokyo('2026-07-14')).toBe(true);
  });

  it('are loaded once, by a thread, however many ask at the same time and however often', async () => {
    const fresh = new CountryHolidays();
    expect(fresh.threads).toBe(0);
    await fresh.of([], [2027]);
    expect(fresh.threads).toBe(0);
    await Promise.all([fresh.of(['FR', 'KR'], [2026, 2027]), fresh.of(['KR'], [2027])]);
    expect(fresh.threads).toBe(1);
    expect([...(await fresh.of(['FR'], [2027])).get('FR')!]).toContain('2027-07-14');
    expect(fresh.threads).toBe(1);
    await fresh.of(['FR'], [2028]);
    expect(fresh.threads).toBe(2);
  });

  it('of a country that the tables do not have are none', async () => {
    expect([...(await service.of(['ZZ'], [2027])).values()].flatMap((days) => [...days])).toEqual([]);
  });

  it('are known for every year in which a reminder of a fiscal year can fall', () => {
    expect(yearsOfReminders({ fiscalYear: 2027 })).toEqual([2026, 2027, 2028, 2029]);
  });
});

describe('A reminder to somebody abroad', () => {
  const before = (days: number, onDayOff: 'earlier' | 'later' | 'same' = 'later') =>
    step('s', { before: 'due', days }, { onDayOff });
  const whenIn = (zone: string, one: ReturnType<typeof before>, due: string) => {
    const { day, time } = localTime(instantOf(one, answerOf({ due }), zone, hours)!, zone);
    return `${day} ${time}`;
  };

  it('leaves on the working day before or after a holiday of theirs, at the same time of their day', () => {
    // Ascension, Thursday 6 May 2027; the deadline is a day in Japan
    expect(whenIn('Europe/Paris', before(1), '2027-05-07T08:00:00Z')).toBe('2027-05-07 10:00');
    expect(whenIn('Europe/Paris', before(1, 'earlier'), '2027-05-07T08:00:00Z')).toBe('2027-05-05 10:00');
    expect(whenIn('Europe/Paris', before(1, 'same'), '2027-05-07T08:00:00Z')).toBe('2027-05-06 10:00');
    expect(whenIn('Asia/Tokyo', before(1), '2027-05-07T08:00:00Z')).toBe('2027-05-06 10:00');
  });

  it('over a long weekend waits until it is over', () => {
    // from Friday evening in Paris over Whit Monday, 17 May 2027
    const paris = hours.readerDays('Europe/Paris');
    const { day, time } = localTime(nextMoment('2027-05-14T19:00:00Z', 'Europe/Paris', hours, paris), 'Europe/Paris');
    expect(`${day} ${time}`).toBe('2027-05-18 08:00');
  });

  it('that was missed does not leave on a holiday of theirs, while it leaves elsewhere', () => {
    const noon = '2027-07-14T10:00:00.000Z';
    expect(mayLeaveAt(noon, before(1), 'Europe/Paris', hours)).toBe(false);
    expect(mayLeaveAt(noon, before(1, 'same'), 'Europe/Paris', hours)).toBe(true);
    expect(mayLeaveAt(noon, before(1), 'Europe/Berlin', hours)).toBe(true);
    expect(mayLeaveAt(noon, before(1), 'Asia/Tokyo', hours)).toBe(true);
  });

  it('never falls on a day off, whatever the country and the day', async () => {
    const zones = ['Europe/Paris', 'Asia/Seoul', 'America/New_York', 'Africa/Cairo', 'Europe/London'];
    const abroad = { ...hours, readerDays: readerDays(await service.of(placesAbroad(zones), [2026, 2027, 2028])) };
    for (const zone of zones)
      for (let day: CalendarDate = '2027-01-01'; day <= '2027-12-31'; day = addDays(day, 1))
        for (const onDayOff of ['earlier', 'later'] as const) {
          const at = instantOf(before(3, onDayOff), answerOf({ due: `${day}T08:00:00Z` }), zone, abroad)!;
          const local = localTime(at, zone);
          expect(abroad.readerDays(zone)(local.day)).toBe(true);
          expect(local.time).toBe('10:00');
        }
  });
});
