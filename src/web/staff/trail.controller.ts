import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DateTime } from 'luxon';
import { TrailQueries, type TrailEntry, type TrailFilter } from '../../audit/trail.queries.ts';
import { CycleQueries } from '../../cycle/cycle.queries.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { StaffQueries } from '../../identity/staff.queries.ts';
import { addDays, parseDate, type CalendarDate } from '../../kernel/calendar-date.ts';
import { text, type Text } from '../../kernel/text.ts';
import { MeetingQueries } from '../../meetings/meetings.queries.ts';
import { MilestoneQueries } from '../../milestones/milestones.queries.ts';
import { Pages } from '../page.service.ts';
import { RosterDesk, type RosterFile } from './roster-desk.service.ts';
import { subjectKinds } from './trail-words.ts';
import { subjectOf, trailDays, type TrailNames } from './trail-view.ts';

interface Asked {
  readonly subject: string;
  readonly kind: string;
  readonly who: string;
  readonly from: CalendarDate | undefined;
  readonly to: CalendarDate | undefined;
  readonly before: string;
}

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Who did what when, before and after */
@Controller('trail')
@UseGuards(StaffGuard)
export class TrailController {
  constructor(
    private readonly trail: TrailQueries,
    private readonly desk: RosterDesk,
    private readonly meetings: MeetingQueries,
    private readonly milestones: MilestoneQueries,
    private readonly staff: StaffQueries,
    private readonly cycles: CycleQueries,
    private readonly pages: Pages,
  ) {}

  @Get()
  async page(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query() query: Record<string, unknown>,
  ): Promise<void> {
    const file = await this.desk.open(request);
    const asked = askedFor(query);
    const zone = file.cycle?.rules.zone ?? 'Asia/Tokyo';
    const { entries, older } = await this.trail.page(filterOf(asked, zone));
    const names = await this.names(file, entries, asked.subject, zone);
    const staff = await this.staff.list();
    await this.pages.render(reply, 'staff/trail', {
      days: trailDays(entries, names),
      zone,
      asked,
      subject: asked.subject ? subjectOf(asked.subject, names) : undefined,
      kinds: Object.entries(subjectKinds).map(([value, label]) => ({ value, label })),
      staff: staff.map(({ id, nameJa, nameEn }) => ({ value: id, label: text(nameJa, nameEn) })),
      older: older ? addressOf({ ...asked, before: older }) : undefined,
      newest: asked.before ? addressOf({ ...asked, before: '' }) : undefined,
      narrowed: Boolean(asked.subject || asked.kind || asked.who || asked.from || asked.to),
    });
  }

  /** What the subjects of these entries are called */
  private async names(
    { roster, words, cycle }: RosterFile,
    entries: readonly TrailEntry[],
    subject: string,
    zone: string,
  ): Promise<TrailNames> {
    const subjects = [...entries.map((entry) => entry.subject), subject];
    const ids = (kind: string) => [
      ...new Set(
        subjects
          .filter((one) => one.startsWith(`${kind}/`))
          .map((one) => one.slice(kind.length + 1))
          .filter((id) => uuid.test(id)),
      ),
    ];
    const meetings = await this.meetings.several(ids('meeting'));
    const milestones = cycle && ids('milestone').length ? await this.milestones.ofCycle(cycle.id) : [];
    const all = await this.cycles.all();
    return {
      roster: words,
      rosterThings: roster,
      zone,
      staff: new Map((await this.staff.list()).map((one) => [one.id, text(one.nameJa, one.nameEn)])),
      meetings: titles(meetings),
      milestones: titles(milestones),
      cycles: cycle ? [cycle, ...all.filter((one) => one.id !== cycle.id)] : all,
    };
  }
}

const titles = (things: readonly { readonly id: string; readonly title: Text }[]): Map<string, Text> =>
  new Map(things.map((thing) => [thing.id, thing.title]));

function askedFor(query: Record<string, unknown>): Asked {
  const of = (name: string) => (typeof query[name] === 'string' ? query[name].trim().slice(0, 200) : '');
  const before = of('before');
  return {
    subject: of('subject'),
    kind: Object.hasOwn(subjectKinds, of('kind')) ? of('kind') : '',
    who: uuid.test(of('who')) ? of('who') : '',
    from: parseDate(of('from')),
    to: parseDate(of('to')),
    before: /^\d{1,18}$/.test(before) ? before : '',
  };
}

const startOf = (day: CalendarDate, zone: string): Date => DateTime.fromISO(day, { zone }).toJSDate();

const filterOf = ({ subject, kind, who, from, to, before }: Asked, zone: string): TrailFilter => ({
  ...(subject ? { subject } : {}),
  ...(kind ? { kind } : {}),
  ...(who ? { actorId: who } : {}),
  ...(from ? { from: startOf(from, zone) } : {}),
  ...(to ? { until: startOf(addDays(to, 1), zone) } : {}),
  ...(before ? { before } : {}),
});

function addressOf(asked: Asked): string {
  const used = Object.entries(asked).filter((part): part is [string, string] => Boolean(part[1]));
  return `/trail?${new URLSearchParams(used).toString()}`;
}
