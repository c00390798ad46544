import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import { dayInZone, localTime, millisOf } from '../../src/kernel/zoned-time.ts';
import type { ReminderStep } from '../../src/programme/programme.ts';
import { comingSteps, digestsOf, dueSteps, takenKey, type Due, type Planned } from '../../src/reminders/due-steps.ts';
import type { Obligation } from '../../src/reminders/obligation.ts';
import { answerOf, hours, reader, step, steps } from './ladder.ts';

const at = (day: string, time = '10:00') => new Date(`${day}T${time}:00+09:00`).toISOString();
const decide = (obligation: Obligation, now: string, taken: ReadonlySet<string> = new Set()): Due =>
  dueSteps([obligation], steps, now, hours, taken);
const ids = (planned: readonly Planned[]) => planned.map((one) => one.step.id);
const told = (due: Due) => [...due.send.map((one) => `${one.step.id} → ${one.reader.key}`), ...ids(due.list)];

/** What is taken, told and skipped when a round is made at each of these times */
function rounds(obligation: Obligation, times: readonly string[], ladder: readonly ReminderStep[] = steps) {
  const taken = new Set<string>();
  const sent: Planned[] = [];
  const skipped: string[] = [];
  for (const now of times) {
    const due = dueSteps([obligation], ladder, now, hours, taken);
    sent.push(...due.send, ...due.list);
    skipped.push(...due.skip.map((one) => `${one.step.id} ${one.reason}`));
    for (const one of [...due.send, ...due.list, ...due.skip]) taken.add(takenKey(obligation, one.step.id));
  }
  return { sent, skipped };
}

describe('The ladder', () => {
  it('goes from the person to the office, to staff in charge, to the telephone list', () => {
    const days = ['2027-05-13', '2027-05-24', '2027-05-27', '2027-05-31', '2027-06-02'];
    expect(days.map((day) => told(decide(answerOf(), at(day))).join())).toEqual([
      'two-weeks-before → person/kaku-taro',
      'three-days-before → person/kaku-taro',
      'on-the-day → office/mihon',
      'overdue → staff/1',
      'telephone',
    ]);
  });

  it('begins at its hour and not before', () => {
    expect(told(decide(answerOf(), at('2027-05-13', '09:59')))).toEqual([]);
    expect(told(decide(answerOf(), at('2027-05-13', '10:00')))).toHaveLength(1);
  });

  it('asks the person again where no office answers for them, and the office where nobody else can be written to', () => {
    const { person, office, staff } = answerOf().readers;
    const alone = answerOf({ readers: { person: person!, staff: staff!, telephone: true } });
    expect(told(decide(alone, at('2027-05-27')))).toEqual(['on-the-day → person/kaku-taro']);
    const behindOffice = answerOf({ readers: { office: office!, staff: staff!, telephone: true } });
    expect(told(decide(behindOffice, at('2027-05-13')))).toEqual(['two-weeks-before → office/mihon']);
  });

  it('passes over who wants no reminders by mail for the next rung that reads them, and loses nobody', () => {
    const { person, office, staff } = answerOf().readers;
    const off = <T extends object>(one: T) => ({ ...one, unsubscribed: true });
    const days = ['2027-05-13', '2027-05-27', '2027-05-31'];
    const toldTo = (readers: Obligation['readers']) =>
      days.flatMap((day) => told(decide(answerOf({ readers }), at(day))));
    expect(toldTo({ person: off(person!), office: office!, staff: staff!, telephone: true })).toEqual([
      'two-weeks-before → office/mihon',
      'on-the-day → office/mihon',
      'overdue → staff/1',
    ]);
    expect(toldTo({ person: off(person!), office: off(office!), staff: staff!, telephone: true })).toEqual([
      'two-weeks-before → staff/1',
      'on-the-day → staff/1',
      'overdue → staff/1',
    ]);
    // only the office does not want any: the person is asked before, and not a second time in its place
    expect(toldTo({ person: person!, office: off(office!), staff: staff!, telephone: true })).toEqual([
      'two-weeks-before → person/kaku-taro',
      'on-the-day → staff/1',
      'overdue → staff/1',
    ]);
    const nobodyElse = answerOf({ readers: { person: off(person!), telephone: true } });
    expect(told(decide(nobodyElse, at('2027-05-13')))).toEqual(['two-weeks-before']);
    expect(decide(nobodyElse, at('2027-05-13')).send).toEqual([]);
  });

  it('does not have staff telephone themselves', () => {
    const own = answerOf({ who: 'staff/1', readers: { staff: reader('staff/1'), telephone: false } });
    expect(ids(comingSteps([own], steps, at('2027-04-21'), hours))).not.toContain('telephone');
    expect(told(decide(own, at('2027-06-02')))).toEqual(['overdue → staff/1']);
  });

  it('has no step before the question was asked', () => {
    const late = answerOf({ askedAt: at('2027-05-20') });
    expect(decide(late, at('2027-05-21'))).toEqual({ send: [], list: [], skip: [], wait: [] });
    expect(ids(comingSteps([late], steps, at('2027-05-21'), hours))[0]).toBe('three-days-before');
  });

  it('counts from the meeting where a step says so, and leaves that step out where there is none', () => {
    const ladder = [step('eve', { before: 'meeting', days: 1 })];
    const noTime = answerOf({ due: null });
    expect(comingSteps([noTime], ladder, at('2027-05-01'), hours).map((one) => one.at)).toEqual([at('2027-07-07')]);
    expect(comingSteps([{ ...noTime, meeting: null }], ladder, at('2027-05-01'), hours)).toEqual([]);
    expect(comingSteps([noTime], steps, at('2027-05-01'), hours)).toEqual([]);
  });

  it('asks those who are undecided only where a step says so', () => {
    const undecided = answerOf({ standing: 'undecided' });
    expect(told(decide(undecided, at('2027-05-13')))).toEqual([]);
    const ladder = [step('soft', { before: 'due', days: 14 }, { audience: 'unsettled' })];
    expect(dueSteps([undecided], ladder, at('2027-05-13'), hours).send).toHaveLength(1);
    expect(dueSteps([answerOf({ standing: 'settled' })], ladder, at('2027-05-13'), hours).send).toEqual([]);
  });

  it('is of answers, of what is handed in or of preparations, as a step says', () => {
    const ladder = [step('report', { before: 'due', days: 14 }, { for: ['milestone'] })];
    expect(dueSteps([answerOf()], ladder, at('2027-05-13'), hours).send).toEqual([]);
    expect(dueSteps([answerOf({ of: 'milestone' })], ladder, at('2027-05-13'), hours).send).toHaveLength(1);
  });
});

describe('After a standstill', () => {
  it('of 72 hours the latest step of each ladder is sent, and those before it are skipped as overtaken', () => {
    const due = decide(answerOf({ askedAt: at('2027-05-20') }), at('2027-05-27'));
    expect(told(due)).toEqual(['on-the-day → office/mihon']);
    expect(due.skip.map((one) => [one.step.id, one.reason])).toEqual([['three-days-before', 'overtaken']]);
  });

  it('two ladders are caught up each for itself', () => {
    const other = answerOf({ key: 'answer/other@0', who: 'person/mihon-hanako', due: at('2027-06-10', '17:00') });
    const due = dueSteps([answerOf(), other], steps, at('2027-05-28'), hours);
    expect(due.send.map((one) => `${one.obligation.who} ${one.step.id}`)).toEqual([
      'person/kaku-taro on-the-day',
      'person/mihon-hanako two-weeks-before',
    ]);
  });

  it('a reminder that was missed by more than a week is not sent, but the telephone list has no age', () => {
    const ladder = steps.filter((one) => one.to !== 'telephone-list');
    const due = dueSteps([answerOf()], ladder, at('2027-06-21'), hours);
    expect([due.send, [...new Set(due.skip.map((one) => one.reason))]]).toEqual([[], ['too-late']]);
    expect(told(decide(answerOf(), at('2027-09-21')))).toEqual(['telephone']);
  });

  it('a step below one that was taken is skipped, never sent', () => {
    const taken = new Set([takenKey(answerOf(), 'on-the-day')]);
    const due = decide(answerOf(), at('2027-05-28'), taken);
    expect([due.send, ids(due.skip)]).toEqual([[], ['two-weeks-before', 'three-days-before']]);
  });

  it('waits for the morning, and for Monday', () => {
    expect(ids(decide(answerOf(), at('2027-05-13', '22:00')).wait)).toEqual(['two-weeks-before']);
    expect(ids(decide(answerOf(), at('2027-05-15', '12:00')).wait)).toEqual(['two-weeks-before']);
    expect(told(decide(answerOf(), at('2027-05-17', '08:00')))).toEqual(['two-weeks-before → person/kaku-taro']);
  });
});

describe('Nothing is sent', () => {
  it.each(['paused', 'change-waiting', 'post-ended'] as const)('while all of it is held: %s', (hold) => {
    const due = decide(answerOf({ hold }), at('2027-05-13'));
    expect([due.send, due.wait.map((one) => one.hold)]).toEqual([[], [hold]]);
  });

  it('to a reader whose last mail came back; the next rung is reached all the same', () => {
    const { readers } = answerOf();
    const held = answerOf({ readers: { ...readers, person: reader('person/kaku-taro', 'Asia/Tokyo', 'bounced') } });
    expect(decide(held, at('2027-05-13')).send).toEqual([]);
    expect(told(decide(held, at('2027-05-27')))).toEqual(['on-the-day → office/mihon']);
  });
});

describe('Reminders of one day', () => {
  const other = answerOf({ key: 'answer/other@0' });
  const afternoon = [step('afternoon', { before: 'due', days: 14 }, { at: '15:00' })];

  it('are one mail to one reader', () => {
    const due = dueSteps([answerOf(), other], steps, at('2027-05-13'), hours);
    expect(digestsOf(due, [], at('2027-05-13')).map(({ items }) => items.length)).toEqual([2]);
  });

  it('take along what would follow later that day', () => {
    const now = at('2027-05-13');
    const due = dueSteps([answerOf()], steps, now, hours);
    const coming = comingSteps([other], afternoon, now, hours);
    const [digest] = digestsOf(due, coming, now);
    expect(ids(digest!.items)).toEqual(['two-weeks-before', 'afternoon']);
  });

  it('wait for the next day where a reader had one already', () => {
    const now = at('2027-05-13', '11:00');
    const due = dueSteps([answerOf()], steps, now, hours);
    expect(digestsOf(due, [], now, new Map([['person/kaku-taro', '2027-05-13']]))).toEqual([]);
    expect(digestsOf(due, [], now, new Map([['person/kaku-taro', '2027-05-12']]))).toHaveLength(1);
  });

  it('of an office stand in one mail for all its people', () => {
    const people = ['kaku-taro', 'mihon-hanako', 'rei-jiro'].map((id) =>
      answerOf({ who: `person/${id}`, readers: { ...answerOf().readers, person: reader(`person/${id}`) } }),
    );
    const due = dueSteps(people, steps, at('2027-05-27'), hours);
    expect(digestsOf(due, [], at('2027-05-27')).map((one) => [one.reader.key, one.items.length])).toEqual([
      ['office/mihon', 3],
    ]);
  });
});

const zones = [
  'Asia/Tokyo',
  'Europe/Paris',
  'America/New_York',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
];
const days = fc
  .integer({ min: 0, max: 700 })
  .map((n) => new Date(Date.UTC(2027, 0, 4) + n * 86_400_000).toISOString().slice(0, 10) as CalendarDate);
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
const anyStep = (index: number) =>
  fc
    .record({
      days: fc.integer({ min: 0, max: 20 }),
      side: fc.constantFrom('before' as const, 'after' as const),
      unit: fc.constantFrom('days' as const, 'workingDays' as const),
      time: clock,
      zone: fc.constantFrom('reader' as const, 'programme' as const),
      onDayOff: fc.constantFrom('earlier' as const, 'later' as const, 'same' as const),
      to: fc.constantFrom('person' as const, 'office' as const, 'staff' as const, 'telephone-list' as const),
    })
    .map((one) =>
      step(
        `step-${index}`,
        { [one.side]: 'due', [one.unit]: one.days },
        { at: one.time, zone: one.zone, onDayOff: one.onDayOff, to: one.to },
      ),
    );
const anyLadder = fc
  .integer({ min: 1, max: 5 })
  .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => anyStep(i))));
const anyCase = fc.record({
  ladder: anyLadder,
  due: fc.tuple(days, clock).map(([day, time]) => at(day, time)),
  zone: fc.constantFrom(...zones),
  /** Hours between rounds: minutes apart, or after days of standstill */
  gaps: fc.array(fc.oneof(fc.constant(0.1), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 24, max: 200 })), {
    minLength: 5,
    maxLength: 30,
  }),
});

const timesOf = (due: string, gaps: readonly number[]) => {
  let now = millisOf(due) - 30 * 86_400_000;
  return gaps.map((gap) => new Date((now += gap * 3_600_000)).toISOString());
};

describe('Whatever the steps, the zone and the times at which rounds are made', () => {
  it('no step is taken twice, none is taken too early, and none leaves in quiet hours or on a day off', () => {
    fc.assert(
      fc.property(anyCase, ({ ladder, due, zone, gaps }) => {
        const readers = {
          person: reader('person/a', zone),
          office: reader('office/b', zone),
          staff: reader('staff/c', zone),
        };
        const obligation = answerOf({
          due,
          askedAt: '2026-01-01T00:00:00.000Z',
          readers: { ...readers, telephone: true },
        });
        const taken = new Set<string>();
        for (const now of timesOf(due, gaps)) {
          const decided = dueSteps([obligation], ladder, now, hours, taken);
          expect(decided.send.length + decided.list.length).toBeLessThanOrEqual(1);
          for (const one of [...decided.send, ...decided.list, ...decided.skip]) {
            const key = takenKey(obligation, one.step.id);
            expect(taken.has(key)).toBe(false);
            taken.add(key);
            expect(millisOf(one.at)).toBeLessThanOrEqual(millisOf(now));
          }
          for (const one of decided.send) {
            const { time } = localTime(now, zone);
            expect(time >= '08:00' && time < '20:00').toBe(true);
            if (one.step.onDayOff !== 'same') expect(hours.readerDays(zone)(dayInZone(now, zone))).toBe(true);
          }
          expect(dueSteps([obligation], ladder, now, hours, taken)).toMatchObject({ send: [], list: [], skip: [] });
        }
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('the time of every step is a working hour of its reader', () => {
    fc.assert(
      fc.property(anyCase, ({ ladder, due, zone }) => {
        const readers = { person: reader('person/a', zone), telephone: false };
        const obligation = answerOf({ due, askedAt: '2026-01-01T00:00:00.000Z', readers });
        for (const one of comingSteps([obligation], ladder, '2026-01-02T00:00:00.000Z', hours)) {
          const { day, time } = localTime(one.at, zone);
          expect(time >= '08:00' && time < '20:00').toBe(true);
          if (one.step.onDayOff !== 'same') expect(hours.readerDays(zone)(day)).toBe(true);
        }
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('everybody who is held up long enough is caught up with exactly one mail', () => {
    const { sent, skipped } = rounds(answerOf(), [at('2027-05-28'), at('2027-05-28', '10:05')]);
    expect([ids(sent), skipped]).toEqual([
      ['on-the-day'],
      ['two-weeks-before overtaken', 'three-days-before overtaken'],
    ]);
  });
});
