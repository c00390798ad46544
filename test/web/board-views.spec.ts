import { describe, expect, it } from '@jest/globals';
import { text } from '../../src/kernel/text.ts';
import { monthView } from '../../src/web/staff/board-month.ts';
import { boardOfPeople, loadOf, peopleOfYear } from '../../src/web/staff/board-people.ts';
import { boardOf } from '../../src/web/staff/board.ts';
import { drawYearBoard } from '../../src/web/staff/year-board.ts';
import { YearFile } from './year-file.ts';

describe('the year by person', () => {
  const year = new YearFile();
  year.date('site/qup', '2027-06-24');
  year.date('site/prime', '2027-09-08');
  const attendee = (meetingId: string, side: 'visiting' | 'centre', attendance = 'unanswered') =>
    ({
      id: `${meetingId} ${side}`,
      meetingId,
      seatId: null,
      personId: side === 'visiting' ? 'kaku-taro' : 'host',
      post: null,
      role: text('代表', 'Lead'),
      side,
      required: true,
      byHand: false,
      attendance,
    }) as never;
  const attendees = [
    attendee('site/qup', 'visiting'),
    attendee('site/prime', 'visiting', 'absent'),
    attendee('site/qup', 'centre'),
    attendee('site/aimec', 'visiting'),
  ];
  const people = peopleOfYear(year.year(), attendees);

  it('has everybody who is asked to a meeting with a day, busiest first', () => {
    expect(people.map(({ id, attended }) => [id, attended.length])).toEqual([
      ['kaku-taro', 2],
      ['host', 1],
    ]);
  });

  it('counts trips of those who travel and come, and none of those who are at home', () => {
    expect(people.map(({ trips, days }) => [trips, days])).toEqual([
      [1, 1],
      [0, 1],
    ]);
    expect(loadOf(people[0]!)).toEqual(text('2件・出張1回', '2 dates, 1 trip'));
    expect(loadOf(people[1]!)).toEqual(text('1件', '1 meeting'));
  });

  it('is drawn with a row for each, and a meeting that they decline is crossed out', () => {
    const board = boardOfPeople(year.year(), people);
    expect(board.rows[0]!.bars.map(({ label, state }) => [label.en, state])).toEqual([
      ['QUP Site visit', 'planned'],
      ['PRIMe Site visit', 'cancelled'],
    ]);
    expect(drawYearBoard(board, 'ja')).toContain('aria-label="氏名"');
  });

  it('counts two visits in one city on following days as one trip', () => {
    const twice = new YearFile();
    const centres = twice.roster.centres.map((centre) =>
      centre.id === 'prime' ? { ...centre, city: twice.roster.centres.find(({ id }) => id === 'qup')!.city } : centre,
    );
    twice.date('site/qup', '2027-06-24');
    twice.date('site/prime', '2027-06-25');
    const both = [attendee('site/qup', 'visiting'), attendee('site/prime', 'visiting')];
    const [person] = peopleOfYear({ ...twice.year(), roster: { ...twice.roster, centres } }, both);
    expect(person!.trips).toBe(1);
  });
});

describe('the year by month', () => {
  const year = new YearFile();
  year.date('site/aimec', '2027-09-07', '2027-09-08');

  it('shows meetings on each of their days, with the hour where they begin', () => {
    const days = monthView(year.year(), '2027-09').weeks.flat();
    const on = (day: string) => days.find((one) => one.day === day)!.entries.filter(({ deadline }) => !deadline);
    expect(on('2027-09-07').map(({ title, time }) => [title.en, time])).toEqual([['Site visit (AIMEC)', '10:00']]);
    expect(on('2027-09-08').map(({ time }) => time)).toEqual(['']);
    expect(on('2027-09-09')).toEqual([]);
    expect(days.find(({ day }) => day === '2027-09-20')!.holiday?.ja).toBe('敬老の日');
  });

  it('leads through the twelve months of the fiscal year, and no further', () => {
    expect(monthView(year.year(), '2027-04')).toMatchObject({ before: null, after: '2027-05' });
    expect(monthView(year.year(), '2028-03')).toMatchObject({ before: '2028-02', after: null });
    expect(monthView(year.year(), '2028-04').month).toBe('2027-05');
    expect(monthView(year.year(), '<script>').all.filter(({ current }) => current)).toHaveLength(1);
  });
});

describe('bars that can be dragged', () => {
  const year = new YearFile();
  year.date('site/qup', '2027-06-24');
  year.date('site/prime', '2027-05-10');
  const movable = (drag: boolean) =>
    [...drawYearBoard(boardOf(year.year(), { drag }), 'ja').matchAll(/data-meeting="([^"]+)"/g)].map(([, id]) => id!);

  it('are those of meetings that the planner places and that are not over', () => {
    expect(movable(true)).toContain('site/qup');
    expect(movable(true)).toContain('pdpo/aimec');
    expect(movable(true)).not.toContain('site/prime');
    // hearings go with it
    expect(movable(true)).toContain('committee');
    expect(movable(true).filter((key) => key.startsWith('hearing/'))).toEqual([]);
  });

  it('are none for readers and on paper', () => {
    expect(movable(false)).toEqual([]);
  });

  it('say where they are; one without a day does not', () => {
    const html = drawYearBoard(boardOf(year.year(), { drag: true }), 'ja');
    expect(html).toContain('data-meeting="site/qup" data-from="2027-06-24" data-to="2027-06-24"');
    expect(html).toContain('data-meeting="site/aimec" data-from="" data-to=""');
    expect(html).toContain('data-first="2027-03-29" data-days="371"');
  });
});
