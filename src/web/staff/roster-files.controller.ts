import {
  Body,
  Controller,
  Get,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  Res,
  UploadedFiles,
  UseGuards,
} from '@nestjs/common';
import type { UploadedMultipartFile } from '@nestjs/platform-fastify/multipart';
import type { FastifyReply } from 'fastify';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { fill, text, type Text } from '../../kernel/text.ts';
import type { NamedFile } from '../../roster/csv-text.ts';
import { nouns, rules, thingsOf } from '../../roster/noun.ts';
import { fileOf } from '../../roster/roster-csv.ts';
import { RosterImport } from '../../roster/roster-import.service.ts';
import { Pages } from '../page.service.ts';
import { rosterTabs } from './roster-address.ts';
import { RosterDesk } from './roster-desk.service.ts';
import { textIn } from './roster-edit.controller.ts';
import { importView } from './roster-import-view.ts';
import { figuresIn, noFileChosen, sendCsv, TakesFiles, Uploads } from './uploads.service.ts';
import { staffActor } from './years.service.ts';

/** The roster as CSV files: out, and in again after a preview that is confirmed */
@Controller('roster/files')
@UseGuards(StaffGuard)
export class RosterFilesController {
  constructor(
    private readonly desk: RosterDesk,
    private readonly imports: RosterImport,
    private readonly uploads: Uploads,
    private readonly pages: Pages,
  ) {}

  @Get()
  async page(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Query('done') done?: string): Promise<void> {
    await this.form(request, reply, { done: doneText(done) });
  }

  @Get(':name')
  async file(@Res() reply: FastifyReply, @Param('name') name: string): Promise<void> {
    const file = (await this.imports.export()).find((one) => one.name === name);
    if (!file) throw new NotFoundException();
    await sendCsv(reply, file);
  }

  @Post('preview')
  @TakesFiles()
  async preview(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @UploadedFiles() uploaded: UploadedMultipartFile[] | undefined,
  ): Promise<void> {
    const files = this.uploads.named(uploaded);
    if (files.length === 0) return this.form(request, reply, noFileChosen);
    await this.show(request, reply, files);
  }

  @Post('import')
  async confirm(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Body() body: Record<string, unknown> = {},
  ): Promise<void> {
    const files = await this.uploads.unpack(body['packed']);
    try {
      const { counts } = await this.imports.apply(files, staffActor(request), {
        skipFaulty: body['skip'] === 'yes',
        seen: textIn(body, 'seen'),
      });
      await reply.redirect(`/roster/files?done=${counts.added}.${counts.changed}.${counts.fault}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.show(request, reply, files, error);
    }
  }

  private async show(
    request: StaffRequest,
    reply: FastifyReply,
    files: readonly NamedFile[],
    refusal?: Refusal,
  ): Promise<void> {
    const { words } = await this.desk.open(request);
    const preview = await this.imports.preview(files, words.words);
    await this.pages.render(
      reply,
      'staff/roster-import',
      {
        view: importView(preview, words),
        seen: preview.fingerprint,
        packed: await this.uploads.pack(files),
        problem: refusal?.text,
      },
      { status: refusal?.status ?? (preview.faults.length > 0 ? 422 : 200) },
    );
  }

  private async form(
    request: StaffRequest,
    reply: FastifyReply,
    { done, fault, status = 200 }: { done?: Text | undefined; fault?: Text; status?: number },
  ): Promise<void> {
    const { roster, warnings } = await this.desk.open(request);
    await this.pages.render(
      reply,
      'staff/roster-files',
      {
        tabs: rosterTabs('files', warnings.length),
        files: nouns.map((noun) => ({
          name: fileOf(noun),
          kind: rules[noun].name,
          n: thingsOf(roster, noun).length,
          columns: rules[noun].columns.join(', '),
        })),
        may: request.staff.role !== 'reader',
        done,
        faults: fault ? { files: fault } : {},
      },
      { status },
    );
  }
}

/** `?done=3.2.1`: three added, two changed, one line left out */
function doneText(done: unknown): Text | undefined {
  const figures = figuresIn(done);
  if (!figures) return undefined;
  const [added, changed, left] = figures;
  const said = text('読み込みました：追加{added}件、変更{changed}件', 'Imported: {added} added, {changed} changed');
  const rest = text('、読み込まなかった行{left}件', ', {left} lines left out');
  return fill(Number(left) > 0 ? text(said.ja + rest.ja, said.en + rest.en) : said, { added, changed, left });
}
