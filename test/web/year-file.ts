import type { Cycle } from '../../src/cycle/cycle.ts';
import { dueDayAlong } from '../../src/cycle/due-days.ts';
import { generateYear } from '../../src/cycle/generate.ts';
import { optionsOf } from '../../src/cycle/years.ts';
import type { ToldOf } from '../../src/invitations/invitations.queries.ts';
import type { CalendarDate } from '../../src/kernel/calendar-date.ts';
import { Refusal } from '../../src/kernel/refusal.ts';
import { text } from '../../src/kernel/text.ts';
import { undatedMeeting } from '../../src/meetings/generated-meeting.ts';
import { instantsOf } from '../../src/meetings/meeting-time.ts';
import type { Attendance, Attendee, Meeting, Seat } from '../../src/meetings/meeting.ts';
import type { Milestone } from '../../src/milestones/milestone.ts';
import { meetingActivityOf } from '../../src/programme/programme.ts';
import { workingDayOf } from '../../src/programme/working-days.ts';
import { holderOn, type Roster } from '../../src/roster/roster.ts';
import type { YearStanding } from '../../src/web/staff/board.ts';
import type { MeetingFile } from '../../src/web/staff/meeting-file.ts';
import { standingOf, toldByMeeting } from '../../src/web/staff/meeting-standing.ts';
import { shipped } from '../programme/shipped.ts';
import { rosterOf, sampleRoster } from '../roster/sample-files.ts';

const rules = shipped('wpi');
const roster: Roster = rosterOf(sampleRoster());

/** The sample's fiscal year 2027 without a database: real meetings, seats and deadlines, of which a test dates and fills those it is about */
export class YearFile {
  readonly cycle: Cycle = {
    id: 'cycle',
    programme: 'wpi',
    fiscalYear: 2027,
    covers: 2026,
    rules,
    options: {},
    sample: true,
    staffInCharge: null,
    createdAt: new Date('2026-11-21T00:00:00Z'),
  };
  readonly roster = roster;
  readonly meetings: Meeting[] = [];
  readonly seats: Seat[] = [];
  readonly attendees: Attendee[] = [];
  readonly milestones: Milestone[] = [];
  readonly told: ToldOf[] = [];
  now = new Date('2027-05-20T03:00:00Z');

  constructor() {
    const year = generateYear(rules, roster, 2027, { options: optionsOf(rules) });
    for (const row of year.meetings) {
      const its = { id: row.key, cycleId: 'cycle', partOf: row.partOf, zone: rules.zone };
      this.meetings.push(undatedMeeting(row, its, roster, meetingActivityOf(rules, row.activity)));
      row.seats.forEach(({ choices: _, ...seat }, position) =>
        this.seats.push({ ...seat, id: `${row.key}#${seat.key}`, meetingId: row.key, position }),
      );
    }
    for (const { meeting, ...row } of year.milestones)
      this.milestones.push({
        ...row,
        id: row.key,
        cycleId: 'cycle',
        meetingId: meeting,
        dueOn: row.due.fixedDay,
        extendedTo: null,
        state: 'open',
        settledAt: null,
        note: '',
      });
  }

  meeting(key: string): Meeting {
    return this.meetings.find((meeting) => meeting.key === key)!;
  }

  seat(key: string, seatKey: string): Seat {
    return this.seats.find((seat) => seat.meetingId === key && seat.key === seatKey)!;
  }

  /** Sets a day, and fills the seats that go with a post with its holder */
  date(key: string, firstDay: CalendarDate, lastDay = firstDay, from = '10:00', to = '17:00'): void {
    const meeting = this.meeting(key);
    const instants = instantsOf({ firstDay, lastDay, from, to }, meeting.zone);
    if (instants instanceof Refusal) throw instants;
    Object.assign(meeting, { firstDay, lastDay, ...instants, state: 'scheduled' });
    for (const milestone of this.milestones.filter(({ meetingId }) => meetingId === key))
      milestone.dueOn = dueDayAlong(milestone.due.offsets, firstDay, lastDay, workingDayOf(rules));
    for (const seat of this.seats.filter(({ meetingId, post }) => meetingId === key && post !== null)) {
      const holder = holderOn(roster, seat.post!, firstDay);
      if (holder) this.sit(key, seat.key, holder.id);
    }
  }

  sit(key: string, seatKey: string, personId: string, attendance: Attendance = 'unanswered'): Attendee {
    const seat = this.seat(key, seatKey);
    const attendee: Attendee = {
      id: `${key}/${personId}`,
      meetingId: key,
      seatId: seat.id,
      personId,
      post: seat.post,
      role: seat.name,
      side: seat.side,
      required: seat.required,
      byHand: seat.post === null,
      online: false,
      attendance,
      removedAt: null,
    };
    this.attendees.push(attendee);
    return attendee;
  }

  /** Everybody of a meeting hears of it as it is now */
  tell(key: string, answerBy: string | null = '2027-06-10T08:00:00.000Z'): void {
    const startsAt = this.meeting(key).startsAt!.toISOString();
    for (const { personId } of this.attendees.filter((one) => one.meetingId === key))
      this.told.push({
        meetingId: key,
        personId,
        via: 'person',
        officeId: null,
        startsAt,
        cancelled: false,
        answerBy,
        sentAt: new Date('2027-01-18T00:00:00Z'),
      });
  }

  answer(key: string, attendance: Attendance, ...personIds: string[]): void {
    for (const attendee of this.attendees)
      if (attendee.meetingId === key && (personIds.length === 0 || personIds.includes(attendee.personId)))
        attendee.attendance = attendance;
  }

  standing(key: string) {
    const meeting = this.meeting(key);
    return standingOf({
      meeting,
      activity: meetingActivityOf(rules, meeting.activity),
      seats: this.seats.filter((seat) => seat.meetingId === key),
      attendees: this.attendees.filter((attendee) => attendee.meetingId === key),
      told: toldByMeeting(this.told).get(key) ?? new Map(),
      nameOf: (id) => roster.people.find((person) => person.id === id)?.name ?? text(id, id),
      now: this.now,
    });
  }

  year(): YearStanding {
    return {
      cycle: this.cycle,
      roster,
      milestones: this.milestones,
      now: this.now,
      meetings: this.meetings.map((meeting) => ({ meeting, standing: this.standing(meeting.key) })),
    };
  }

  file(key: string): MeetingFile {
    const meeting = this.meeting(key);
    return {
      meeting,
      activity: meetingActivityOf(rules, meeting.activity),
      cycle: this.cycle,
      roster,
      whole: this.meetings.find((one) => one.id === meeting.partOf),
      parts: this.meetings
        .filter((one) => one.partOf === key)
        .map((part) => ({
          meeting: part,
          standing: this.standing(part.key),
          told: toldByMeeting(this.told).get(part.key) ?? new Map(),
        })),
      others: this.meetings.filter((one) => one.key !== key),
      seats: this.seats.filter((seat) => seat.meetingId === key),
      attendees: this.attendees.filter((attendee) => attendee.meetingId === key),
      answers: new Map(),
      told: toldByMeeting(this.told).get(key) ?? new Map(),
      standing: this.standing(key),
      staff: [
        {
          id: '11111111-1111-4111-8111-111111111111',
          nameJa: '見本 一子',
          nameEn: 'Ichiko MIHON',
          email: 'i@example.org',
          telephone: '03-0000-0901',
          role: 'administrator',
          language: 'ja',
          active: true,
        },
      ],
      now: this.now,
    };
  }
}
