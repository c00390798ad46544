import { date } from '../../src/kernel/calendar-date.ts';
import { text } from '../../src/kernel/text.ts';
import type { Meeting } from '../../src/meetings/meeting.ts';

/** A site visit of one day on Thursday 8 July 2027, 10:00-17:00 in Japan */
export const siteVisit: Meeting = {
  id: '00000000-0000-4000-8000-000000000001',
  cycleId: '00000000-0000-4000-8000-000000000002',
  key: 'site/icredd',
  activity: 'site',
  centre: 'icredd',
  partOf: null,
  title: text('ICReDD サイトビジット', 'Site visit to ICReDD'),
  reason: text('毎年', 'every year'),
  windowFrom: date('2027-06-01'),
  windowTo: date('2027-09-30'),
  halfDays: 2,
  minutes: null,
  evaluation: false,
  state: 'scheduled',
  firstDay: date('2027-07-08'),
  lastDay: date('2027-07-08'),
  startsAt: new Date('2027-07-08T01:00:00Z'),
  endsAt: new Date('2027-07-08T08:00:00Z'),
  zone: 'Asia/Tokyo',
  mode: 'on-site',
  place: text('北海道大学', 'Hokkaido University'),
  room: text('大会議室', 'Large room'),
  access: text('', ''),
  onlineUrl: '',
  fixedByStaff: false,
  provisional: false,
  heldFrom: null,
  heldUntil: null,
  note: text('', ''),
  staffInCharge: null,
  revision: 3,
};

export const undated: Meeting = {
  ...siteVisit,
  state: 'undated',
  firstDay: null,
  lastDay: null,
  startsAt: null,
  endsAt: null,
  revision: 0,
};

/** A hearing of 45 minutes on Tuesday 26 October 2027 at 10:30 */
export const hearing: Meeting = {
  ...siteVisit,
  key: 'hearing/icredd',
  activity: 'hearing',
  partOf: '00000000-0000-4000-8000-000000000003',
  halfDays: 1,
  minutes: 45,
  firstDay: date('2027-10-26'),
  lastDay: date('2027-10-26'),
  startsAt: new Date('2027-10-26T01:30:00Z'),
  endsAt: new Date('2027-10-26T02:15:00Z'),
};
