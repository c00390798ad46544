import type { ReminderStep } from '../../src/programme/programme.ts';
import { japaneseWorkingDay } from '../../src/programme/working-days.ts';
import type { Obligation, Reader } from '../../src/reminders/obligation.ts';
import { readerDays } from '../../src/reminders/reader-days.ts';
import type { Hours } from '../../src/reminders/step-times.ts';

/** WPI's ladder and short words for what tests do with it */
const base = { for: ['answer', 'milestone', 'logistics'], onDayOff: 'later', at: '10:00', zone: 'reader' } as const;
const rest = { audience: 'unanswered' } as const;

export const step = (id: string, offset: ReminderStep['offset'], more: Partial<ReminderStep> = {}): ReminderStep => ({
  ...base,
  ...rest,
  for: [...base.for],
  id,
  offset,
  to: 'person',
  ...more,
});

export const steps: readonly ReminderStep[] = [
  step('two-weeks-before', { before: 'due', days: 14 }, { onDayOff: 'earlier' }),
  step('three-days-before', { before: 'due', workingDays: 3 }, { onDayOff: 'earlier' }),
  step('on-the-day', { after: 'due', days: 0 }, { to: 'office' }),
  step('overdue', { after: 'due', workingDays: 2 }, { to: 'staff' }),
  step('telephone', { after: 'due', workingDays: 4 }, { to: 'telephone-list' }),
];

export const hours: Hours = {
  zone: 'Asia/Tokyo',
  isWorking: japaneseWorkingDay,
  readerDays: readerDays(new Map([['FR', new Set(['2027-05-06', '2027-05-17', '2027-07-14'])]])),
  quietFrom: '20:00',
  quietTo: '08:00',
};

export const reader = (key: string, zone = 'Asia/Tokyo', hold: Reader['hold'] = null): Reader => ({ key, zone, hold });

/** Taro Kaku's answer, due on Thu 27 May 2027 at 17:00 in Japan, asked on 20 April */
export const answerOf = (more: Partial<Obligation> = {}): Obligation => ({
  key: 'answer/visit@0',
  of: 'answer',
  who: 'person/kaku-taro',
  due: '2027-05-27T08:00:00.000Z',
  meeting: { firstDay: '2027-07-08', lastDay: '2027-07-09' },
  askedAt: '2027-04-20T01:00:00.000Z',
  standing: 'unanswered',
  hold: null,
  readers: {
    person: reader('person/kaku-taro'),
    office: reader('office/mihon'),
    staff: reader('staff/1'),
    telephone: true,
  },
  ...more,
});
