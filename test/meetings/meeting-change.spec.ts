import { describe, expect, it } from '@jest/globals';
import { date } from '../../src/kernel/calendar-date.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { text } from '../../src/kernel/text.ts';
import {
  asksAgain,
  changeFaults,
  difference,
  fieldsOf,
  MeetingChange,
  setsTime,
} from '../../src/meetings/meeting-change.ts';
import { answeredTheHold, heldAfter } from '../../src/meetings/meeting-change.ts';
import { partFollowing } from '../../src/meetings/meeting-parts.ts';
import { timeAfter } from '../../src/meetings/time-after.ts';
import type { MeetingActivity } from '../../src/programme/programme.ts';
import { hearing, siteVisit, undated } from './sample-meeting.ts';

const faultsOf = (change: object) => {
  const parsed = MeetingChange.safeParse(change);
  return parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0]));
};

describe('A change from a form', () => {
  it('is read with its times padded and its texts on one line', () => {
    expect(
      MeetingChange.parse({
        firstDay: ' 2027-07-08 ',
        from: '9:30',
        room: { ja: ' 大会議室\r\n5階 ', en: 'Room\u202e 5' },
      }),
    ).toEqual({ firstDay: '2027-07-08', from: '09:30', room: { ja: '大会議室 5階', en: 'Room 5' } });
  });

  it.each([
    ['firstDay', '2027-02-29'],
    ['firstDay', 'tomorrow'],
    ['lastDay', ''],
    ['from', '24:00'],
    ['to', '17:60'],
    ['mode', 'dream'],
    ['place', { ja: '場所' }],
    ['place', { ja: 'あ'.repeat(301), en: '' }],
    ['onlineUrl', 'http://meet.example.org'],
    ['onlineUrl', 'javascript:alert(1)'],
    ['onlineUrl', 'https://meet.example.org/a b'],
    ['onlineUrl', 'https://meet.example.org/\nX: y'],
    ['onlineUrl', 'https://meet.example.org/"><script>'],
    ['staffInCharge', 'somebody'],
  ])('is refused at its field with a text: %s %p', (field, value) => {
    expect(faultsOf({ [field]: value })).toEqual([field]);
    expect(changeFaults[field]!.ja && changeFaults[field]!.en).toBeTruthy();
  });

  it('does not take fields that it does not know', () => {
    expect(faultsOf({ revision: 0 })).toHaveLength(1);
  });
});

describe('People have to answer again', () => {
  it.each([
    ['another time', { startsAt: new Date('2027-07-08T02:00:00Z') }, true],
    ['another end', { endsAt: new Date('2027-07-08T07:00:00Z') }, true],
    ['another mode', { mode: 'online' }, true],
    ['another place', { place: text('京都大学', 'Kyoto University') }, true],
    [
      'the same place with its languages in another order',
      { place: { en: 'Hokkaido University', ja: '北海道大学' } },
      false,
    ],
    ['days that are only held', { provisional: true }, true],
    ['another room', { room: text('小会議室', 'Small room') }, false],
    ['a note', { note: text('平服で', 'informal') }, false],
  ] as const)('after %s: %p → %p', (_, change, again) => {
    expect(asksAgain(siteVisit, { ...siteVisit, ...change })).toBe(again);
  });
});

describe('The difference for the trail', () => {
  it('has only what is different, before and after', () => {
    const after = {
      ...siteVisit,
      room: text('小会議室', 'Small room'),
      place: { en: 'Hokkaido University', ja: '北海道大学' },
    };
    expect(difference(siteVisit, after)).toEqual({ before: { room: siteVisit.room }, after: { room: after.room } });
  });

  it('is empty where nothing is', () => {
    expect(difference(siteVisit, { ...siteVisit, startsAt: new Date(siteVisit.startsAt!) })).toEqual({
      before: {},
      after: {},
    });
  });
});

it('A change of the hours only sets the time, one of the room does not; its own fields are all but the time', () => {
  expect([setsTime({ to: '16:00' }), setsTime({ lastDay: date('2027-07-09') }), setsTime({ mode: 'online' })]).toEqual([
    true,
    true,
    false,
  ]);
  expect(fieldsOf({ to: '16:00', mode: 'online', fixedByStaff: undefined })).toEqual({ mode: 'online' });
});

describe('The time after a change', () => {
  const year = {
    fiscalYear: 2027,
    activity: {
      hours: { morning: { from: '10:00', to: '12:30' }, afternoon: { from: '13:30', to: '17:00' } },
    } as MeetingActivity,
    now: new Date('2027-04-01T00:00:00Z'),
  };
  const after = (...[before, change]: [typeof siteVisit, Parameters<typeof timeAfter>[1]]) => {
    const time = timeAfter(before, change, year);
    return time instanceof Refusal
      ? time.code
      : [
          time.firstDay,
          time.lastDay,
          time.startsAt!.toISOString().slice(11, 16),
          time.endsAt!.toISOString().slice(11, 16),
        ];
  };

  it('keeps the hours with another day, and the day with other hours', () => {
    const short = { ...siteVisit, endsAt: new Date('2027-07-08T06:00:00Z') };
    expect(after(short, { firstDay: date('2027-08-02') })).toEqual(['2027-08-02', '2027-08-02', '01:00', '06:00']);
    expect(after(short, { from: '09:00' })).toEqual(['2027-07-08', '2027-07-08', '00:00', '06:00']);
  });

  it('keeps the number of days', () => {
    const two = { ...siteVisit, lastDay: date('2027-07-09'), endsAt: new Date('2027-07-09T08:00:00Z') };
    expect(after(two, { firstDay: date('2027-07-31') })).toEqual(['2027-07-31', '2027-08-01', '01:00', '08:00']);
    expect(after(two, { firstDay: date('2027-07-31'), lastDay: date('2027-07-31') })).toEqual([
      '2027-07-31',
      '2027-07-31',
      '01:00',
      '08:00',
    ]);
  });

  it('takes the hours of the programme where there are none yet: of a half day the morning', () => {
    expect(after(undated, { firstDay: date('2027-07-08') })).toEqual(['2027-07-08', '2027-07-08', '01:00', '08:00']);
    expect(after({ ...undated, halfDays: 1 }, { firstDay: date('2027-07-08') })).toEqual([
      '2027-07-08',
      '2027-07-08',
      '01:00',
      '03:30',
    ]);
    expect(after({ ...undated, halfDays: 4 }, { firstDay: date('2027-07-08') })).toEqual([
      '2027-07-08',
      '2027-07-09',
      '01:00',
      '08:00',
    ]);
  });

  it('keeps the length of a part', () => {
    expect(after(hearing, { from: '14:00' })).toEqual(['2027-10-26', '2027-10-26', '05:00', '05:45']);
    expect(after({ ...hearing, endsAt: new Date('2027-10-26T02:30:00Z') }, { from: '14:00' })[3]).toBe('06:00');
    expect(after(hearing, { from: '23:30' })).toBe('meetings.no-such-time');
  });

  it('is refused outside the year, without a day, and where what is over would be over on another day', () => {
    expect(after(siteVisit, { firstDay: date('2028-04-01') })).toBe('meetings.outside-the-year');
    expect(after(siteVisit, { lastDay: date('2028-04-01') })).toBe('meetings.outside-the-year');
    expect(after(siteVisit, { firstDay: date('2028-03-31') })).toHaveLength(4);
    expect(after(undated, { from: '10:00' })).toBe('meetings.no-such-time');
    const late = { ...year, now: new Date('2027-12-01T00:00:00Z') };
    expect(timeAfter(siteVisit, { from: '09:00' }, late)).toMatchObject({ code: 'meetings.held' });
    expect(timeAfter(siteVisit, { firstDay: date('2028-01-11') }, late)).toMatchObject({ firstDay: '2028-01-11' });
    expect(timeAfter(undated, { firstDay: date('2027-07-08') }, late)).toMatchObject({ state: 'scheduled' });
  });
});

describe('A part', () => {
  const whole = { ...siteVisit, firstDay: date('2027-10-26'), lastDay: date('2027-10-27') };
  const moved = { ...whole, firstDay: date('2027-11-09'), lastDay: date('2027-11-10') };
  const reception = { at: { day: 2, from: '18:00' } };
  const undatedPart = { ...undated, minutes: 120 };

  it('goes along with its whole and keeps its day of it', () => {
    const second = { ...hearing, firstDay: date('2027-10-27'), lastDay: date('2027-10-27') };
    expect(partFollowing(hearing, undefined, whole, moved)).toEqual({ firstDay: '2027-11-09', lastDay: '2027-11-09' });
    expect(partFollowing(second, undefined, whole, moved)).toMatchObject({ firstDay: '2027-11-10' });
  });

  it('gets its day with the whole where the programme puts it at a fixed time, and waits for staff where not', () => {
    expect(partFollowing(undatedPart, reception, undated, whole)).toEqual({ firstDay: '2027-10-27', from: '18:00' });
    expect(partFollowing(undatedPart, {}, undated, whole)).toBeUndefined();
  });

  it('stays where it is while its whole stays, is cancelled itself, or was set before its whole had a day', () => {
    expect(partFollowing(hearing, undefined, whole, { ...whole, lastDay: date('2027-10-26') })).toBeUndefined();
    expect(partFollowing({ ...hearing, state: 'cancelled' }, undefined, whole, moved)).toBeUndefined();
    expect(partFollowing(hearing, reception, undated, whole)).toBeUndefined();
  });
});

describe('Days that are only held', () => {
  const held = { ...siteVisit, provisional: true, heldFrom: 3, heldUntil: null };

  it('are held from the revision with which they became so, until that with which they are fixed', () => {
    expect(heldAfter(siteVisit, { ...siteVisit, provisional: true, revision: 4 })).toEqual({
      heldFrom: 4,
      heldUntil: null,
    });
    expect(heldAfter(held, { ...held, revision: 4 })).toEqual({ heldFrom: 3, heldUntil: null });
    expect(heldAfter(held, { ...held, provisional: false, revision: 5 })).toEqual({ heldFrom: 3, heldUntil: 5 });
  });

  it('tell an answer to them from one to the fixed day', () => {
    const fixed = { ...held, provisional: false, heldUntil: 5 };
    expect([2, 3, 4, 5].map((revision) => answeredTheHold(fixed, revision))).toEqual([false, true, true, false]);
    expect(answeredTheHold(held, 7)).toBe(true);
    expect(answeredTheHold(siteVisit, 3)).toBe(false);
  });

  it('ask nobody again where there is no day yet', () => {
    expect(asksAgain(undated, { ...undated, provisional: true })).toBe(false);
  });

  it('are held, and fixed, with their whole', () => {
    const whole = { ...siteVisit, provisional: false };
    const holding = { ...whole, provisional: true };
    expect(partFollowing(hearing, undefined, whole, holding)).toEqual({ provisional: true });
    expect(partFollowing({ ...hearing, provisional: true }, undefined, holding, whole)).toEqual({ provisional: false });
    expect(partFollowing({ ...hearing, provisional: true }, undefined, whole, holding)).toBeUndefined();
    expect(partFollowing({ ...hearing, state: 'cancelled' }, undefined, whole, holding)).toBeUndefined();
  });
});
