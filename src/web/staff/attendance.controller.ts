import { Controller, Get, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import type { Language } from '../../kernel/text.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { ResponseQueries } from '../../responses/responses.queries.ts';
import { writeSheet } from '../../roster/csv-text.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import { Pages } from '../page.service.ts';
import { attendanceRows, attendanceSheet, bySide, headcount, type AttendanceRow } from './attendance.ts';
import { factsOf } from './meeting-facts.ts';
import type { MeetingFile } from './meeting-file.ts';
import { headOf } from './meeting-head.ts';
import { IdInPath, MeetingPages } from './meeting-pages.service.ts';
import { detailsOf } from './meeting-words.ts';
import { Years } from './years.service.ts';

/** Who comes: for the door on paper, for everything else as a spreadsheet */
@Controller()
@UseGuards(StaffGuard)
export class AttendanceController {
  constructor(
    private readonly meetingPages: MeetingPages,
    private readonly years: Years,
    private readonly meetings: MeetingQueries,
    private readonly responses: ResponseQueries,
    private readonly roster: RosterQueries,
    private readonly pages: Pages,
  ) {}

  @Get('meetings/:id/attendance')
  async list(@IdInPath() id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    const rows = rowsOf(file);
    await this.pages.render(reply, 'staff/attendance', {
      head: headOf(file, { mayChange: false }),
      facts: factsOf(file),
      count: headcount(rows),
      at: file.now.toISOString(),
      zone: file.meeting.zone,
      sides: bySide(rows).map(({ name, rows: of }) => ({ name, rows: of.map(shownRow) })),
    });
  }

  @Get('meetings/:id/attendance.csv')
  async sheet(@IdInPath() id: string, @Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.meetingPages.open(id, request, reply);
    await send(reply, rowsOf(file), `attendance-${file.meeting.key}`, this.pages.language(request));
  }

  /** Everybody at every meeting of the year */
  @Get('y/:programme/:year/attendance.csv')
  async ofYear(@Req() request: StaffRequest, @Res() reply: FastifyReply): Promise<void> {
    const cycle = await this.years.named(request, reply);
    const meetings = await this.meetings.ofCycle(cycle.id);
    const ids = meetings.map((meeting) => meeting.id);
    const [roster, seats, attendees] = await Promise.all([
      this.roster.wholeRoster(),
      this.meetings.seatsOf(ids),
      this.meetings.attendeesOf(ids),
    ]);
    const answers = await this.responses.historyOf(attendees.map((attendee) => attendee.id));
    const rows = attendanceRows({ meetings, seats, attendees, answers, roster });
    await send(reply, rows, `attendance-${cycle.programme}-${cycle.fiscalYear}`, this.pages.language(request));
  }
}

const rowsOf = (file: MeetingFile): AttendanceRow[] => attendanceRows({ ...file, meetings: [file.meeting] });

const shownRow = ({ number, name, person, role, post, attendee, answer }: AttendanceRow) => ({
  number,
  name,
  kana: person?.kana ?? '',
  role,
  post,
  attendance: attendee.attendance,
  details: answer ? detailsOf(answer) : [],
});

/** Keys of meetings have slashes, which are none of a file's name. */
async function send(
  reply: FastifyReply,
  rows: readonly AttendanceRow[],
  name: string,
  language: Language,
): Promise<void> {
  const sheet = attendanceSheet(rows, language);
  const file = writeSheet(`${name.replaceAll(/[^a-z0-9-]/g, '-')}.csv`, sheet.heads, sheet.rows);
  void reply
    .header('content-disposition', `attachment; filename="${file.name}"`)
    .header('cache-control', 'private, no-store')
    .type('text/csv; charset=utf-8');
  await reply.send(Buffer.from(file.bytes));
}
