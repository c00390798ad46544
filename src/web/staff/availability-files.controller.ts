import { Body, Controller, Get, Post, Query, Req, Res, UploadedFiles, UseGuards } from '@nestjs/common';
import type { UploadedMultipartFile } from '@nestjs/platform-fastify/multipart';
import type { FastifyReply } from 'fastify';
import { AvailabilityImport } from '../../availability/availability-import.service.ts';
import { AvailabilityQueries } from '../../availability/availability.queries.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { parseDate } from '../../kernel/calendar-date.ts';
import { firstDayOf, fiscalYearOf, lastDayOf } from '../../kernel/fiscal-year.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import type { NamedFile } from '../../roster/csv-text.ts';
import { Pages } from '../page.service.ts';
import { availabilityFile, availabilityPreview } from './availability-files.ts';
import { RosterDesk } from './roster-desk.service.ts';
import { figuresIn, noFileChosen, sendCsv, TakesFiles, Uploads } from './uploads.service.ts';
import { staffActor } from './years.service.ts';

/** Answers as a CSV file: out, and in again after a preview that is confirmed */
@Controller('availability/files')
@UseGuards(StaffGuard)
export class AvailabilityFilesController {
  constructor(
    private readonly desk: RosterDesk,
    private readonly queries: AvailabilityQueries,
    private readonly imports: AvailabilityImport,
    private readonly uploads: Uploads,
    private readonly pages: Pages,
  ) {}

  @Get()
  async page(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('done') done?: string): Promise<void> {
    await this.form(request, reply, { done: doneText(done) });
  }

  /** All that was said of the days of the query; without days those of the fiscal year */
  @Get('availability.csv')
  async file(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('from') from = '',
    @Query('to') to = '',
  ): Promise<void> {
    const { roster, cycle, day } = await this.desk.open(request);
    const year = cycle?.fiscalYear ?? fiscalYearOf(day);
    const span = { from: parseDate(from) ?? firstDayOf(year), to: parseDate(to) ?? lastDayOf(year) };
    const ids = roster.people.map((person) => person.id);
    await sendCsv(reply, availabilityFile(roster.people, await this.queries.between(ids, span.from, span.to)));
  }

  @Post('preview')
  @TakesFiles()
  async preview(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @UploadedFiles() uploaded: UploadedMultipartFile[] | undefined,
  ): Promise<void> {
    const [file] = this.uploads.named(uploaded);
    if (!file) return this.form(request, reply, noFileChosen);
    await this.show(reply, file);
  }

  @Post('import')
  async confirm(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const [file] = await this.uploads.unpack(body['packed']);
    if (!file) return this.form(request, reply, {});
    try {
      const { added, changed, people } = await this.imports.apply(file, staffActor(request), {
        skipFaulty: body['skip'] === 'yes',
      });
      await reply.redirect(`/availability/files?done=${people}.${added}.${changed}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.show(reply, file, error);
    }
  }

  private async show(reply: FastifyReply, file: NamedFile, refusal?: Refusal): Promise<void> {
    const sheet = await this.imports.preview(file);
    const spans = sheet.rows.flatMap(({ person, span }) => (person && span ? [{ id: person.id, ...span }] : []));
    const days = spans.flatMap(({ from, to }) => [from, to]).sort();
    const recorded = spans.length
      ? await this.queries.between([...new Set(spans.map(({ id }) => id))], days[0]!, days.at(-1)!)
      : [];
    await this.pages.render(
      reply,
      'staff/availability-import',
      {
        name: file.name,
        view: availabilityPreview(sheet, recorded),
        packed: await this.uploads.pack([file]),
        problem: refusal?.text,
      },
      { status: refusal?.status ?? (sheet.faults.length ? 422 : 200) },
    );
  }

  private async form(
    request: StaffRequest,
    reply: FastifyReply,
    { done, fault, status = 200 }: { done?: Text | undefined; fault?: Text; status?: number },
  ): Promise<void> {
    await this.pages.render(
      reply,
      'staff/availability-files',
      { done, faults: fault ? { files: fault } : {}, may: request.staff.role !== 'reader' },
      { status },
    );
  }
}

/** `?done=3.40.2`: of three people, forty half days added, two changed */
function doneText(done: unknown): Text | undefined {
  const figures = figuresIn(done);
  if (!figures) return undefined;
  const [people, added, changed] = figures;
  return fill(
    text(
      '{people}人分を読み込みました：半日単位で追加{added}、変更{changed}',
      'Imported for {people} people: half days added {added}, changed {changed}',
    ),
    { people, added, changed },
  );
}
