import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '../../clock/clock.service.ts';
import { CycleQueries } from '../../cycle/cycle.queries.ts';
import { StaffGuard, type StaffRequest } from '../../identity/staff.guard.ts';
import { StaffQueries } from '../../identity/staff.queries.ts';
import { fiscalYearOf, type FiscalYear } from '../../kernel/fiscal-year.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { text, type Text } from '../../kernel/text.ts';
import { dayInZone } from '../../kernel/zoned-time.ts';
import { NewYear } from '../../planning/new-year.service.ts';
import { isOnOffer, yearOnOffer, type YearGround } from '../../planning/year-choices.ts';
import { Programmes } from '../../programme/programmes.service.ts';
import type { Programme } from '../../programme/programme.ts';
import { RosterQueries } from '../../roster/roster.queries.ts';
import { hasFaults, type Faults } from '../faults.ts';
import { Pages } from '../page.service.ts';
import { changeRows, consequencesShown } from './new-year-change.ts';
import {
  carried,
  choicesOf,
  formOf,
  windowFaults,
  wordOf,
  yearFault,
  yearTyped,
  type Body as Typed,
  type YearForm,
} from './new-year-form.ts';
import { rowsView } from './new-year-rows.ts';
import { drawStrip } from './new-year-strip.ts';
import { summaryOf } from './new-year-summary.ts';
import { windowsView } from './new-year-windows.ts';
import { addressIn } from './year-address.ts';
import { staffActor } from './years.service.ts';

interface Shown {
  readonly ground: YearGround;
  readonly form: YearForm;
  readonly faults?: Faults;
  readonly problem?: Text;
  readonly status?: number;
}

/**
 * Setting up a fiscal year in three steps: windows and options, the rows, the person in charge. Nothing is stored before the last button:
 * what was chosen travels in the form.
 */
@Controller('new-year')
@UseGuards(StaffGuard)
export class NewYearController {
  constructor(
    private readonly newYear: NewYear,
    private readonly programmes: Programmes,
    private readonly cycles: CycleQueries,
    private readonly roster: RosterQueries,
    private readonly staff: StaffQueries,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: StaffRequest,
    @Res() reply: FastifyReply,
    @Query('programme') wanted?: string,
    @Query('year') year?: string,
  ): Promise<void> {
    const programme = wanted ?? (await this.usualProgramme());
    const typed = year === undefined ? await this.usualYear(programme) : yearTyped(year);
    const fiscalYear = typed ?? (await this.usualYear(programme));
    await this.orMistakes(reply, programme, fiscalYear, async () => {
      const ground = await this.newYear.ground(programme, fiscalYear);
      const form = { ...formOf({}, ground, fiscalYear), staffInCharge: request.staff.id };
      const faults: Faults = typed ? {} : { fiscalYear: yearFault };
      await this.windows(reply, { ground, form, faults });
    });
  }

  /** Every button of every step: reads what was chosen so far, does what was pressed, and shows the step that is wanted. */
  @Post()
  async press(@Req() request: StaffRequest, @Res() reply: FastifyReply, @Body() body: Typed = {}): Promise<void> {
    const programme = wordOf(body, 'programme');
    const typed = yearTyped(wordOf(body, 'fiscalYear'));
    const fiscalYear = typed ?? yearTyped(wordOf(body, 'shownYear')) ?? (await this.usualYear(programme));
    await this.orMistakes(reply, programme, fiscalYear, async () => {
      const ground = await this.newYear.ground(programme, fiscalYear);
      const form = formOf(body, ground, fiscalYear, await this.shownBefore(body, programme, fiscalYear));
      const faults: Faults = { ...(typed ? {} : { fiscalYear: yearFault }), ...windowFaults(form) };
      if (hasFaults(faults)) return this.windows(reply, { ground, form, faults });
      const go = wordOf(body, 'go');
      if (go === 'windows') return this.windows(reply, { ground, form });
      if (ground.exists) return this.windows(reply, { ground, form, status: 409 });
      if (go === 'create') return this.last(reply, { ground, form });
      if (go === 'make') return this.make(request, reply, { ground, form });
      return this.rows(reply, { ground, form }, body);
    });
  }

  /** A programme file that cannot be read says where its mistakes are; another one can be chosen beside them. */
  private async orMistakes(
    reply: FastifyReply,
    programme: string,
    fiscalYear: FiscalYear,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal) || !error.code.startsWith('programme.')) throw error;
      const chooser = await this.chooser(programme, fiscalYear);
      const data = { ...chooser, mistakes: mistakesOf(error), faults: {}, mayChange: mayChange(reply) };
      await this.pages.render(reply, 'staff/new-year', data, { status: error.status });
    }
  }

  private async windows(reply: FastifyReply, { ground, form, faults = {}, status }: Shown): Promise<void> {
    const view = windowsView(ground, form, faults);
    const language = this.pages.language(reply.request);
    const schemes = Object.keys(ground.usual.schemes);
    await this.pages.render(
      reply,
      'staff/new-year',
      {
        ...view,
        ...(await this.chooser(form.programme, form.fiscalYear)),
        strip: drawStrip({ fiscalYear: form.fiscalYear, ...view.strip }, language),
        hidden: carried(form, 'windows'),
        faults,
        exists: ground.exists,
        mayChange: mayChange(reply),
        first: ground.previous === undefined,
        foreign: !ground.roster.centres.some((centre) => schemes.includes(centre.scheme)),
        links: {
          board: addressIn(form, 'year-board'),
          plan: addressIn(form, 'plan'),
        },
      },
      { status: status ?? (hasFaults(faults) ? 422 : 200) },
    );
  }

  private async rows(reply: FastifyReply, { ground, form: before }: Shown, body: Typed): Promise<void> {
    const { form, faults, asked } = changeRows(ground, before, body);
    const offer = yearOnOffer(ground, choicesOf(form));
    await this.pages.render(
      reply,
      'staff/new-year-rows',
      {
        ...rowsView(offer, ground.roster, form),
        hidden: carried(form, 'rows'),
        fiscalYear: form.fiscalYear,
        programme: ground.usual.short,
        faults,
        asked: asked && consequencesShown(asked, ground, form),
        chosen: { activity: wordOf(body, 'addActivity'), centre: wordOf(body, 'addCentre') },
      },
      { status: hasFaults(faults) ? 422 : 200 },
    );
  }

  private async last(reply: FastifyReply, { ground, form, faults = {}, problem, status = 200 }: Shown): Promise<void> {
    const offer = yearOnOffer(ground, choicesOf(form));
    const staff = (await this.staff.list()).filter((member) => member.active && member.role !== 'reader');
    await this.pages.render(
      reply,
      'staff/new-year-create',
      {
        ...summaryOf(ground, offer, form),
        hidden: carried(form, 'create'),
        faults,
        problem: problem ?? null,
        staffInCharge: form.staffInCharge,
        staff: staff.map((member) => ({
          value: member.id,
          label: text(
            `${member.nameJa}　${member.telephone || '電話番号なし'}`,
            `${member.nameEn}, ${member.telephone || 'no telephone number'}`,
          ),
        })),
      },
      { status },
    );
  }

  private async make(request: StaffRequest, reply: FastifyReply, { ground, form }: Shown): Promise<void> {
    const member = (await this.staff.list()).find((one) => one.id === form.staffInCharge);
    if (!member?.active || member.role === 'reader') {
      const fault = text('年度の担当者を選んでください。', 'Please choose the person in charge of the year.');
      return this.last(reply, { ground, form, faults: { staffInCharge: fault }, status: 422 });
    }
    const choices = choicesOf(form);
    const { year } = yearOnOffer(ground, choices);
    // an option that was switched off may have taken a dropped row away
    const dropped = form.dropped.filter((key) => isOnOffer(key, ground, choices, year));
    try {
      await this.newYear.create({ ...choices, dropped }, staffActor(request));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.last(reply, { ground, form, problem: error.text, status: error.status });
    }
    await reply.redirect(addressIn(form, 'plan'), 303);
  }

  /** The year that was on the page, where another one is wanted now */
  private async shownBefore(body: Typed, programme: string, wanted: FiscalYear): Promise<YearGround | undefined> {
    const shown = yearTyped(wordOf(body, 'shownYear'));
    const same = wordOf(body, 'shownProgramme') === programme;
    return same && shown && shown !== wanted ? this.newYear.ground(programme, shown) : undefined;
  }

  /** The programme of the newest year; in an empty house the one into whose schemes most centres of the roster fall */
  private async usualProgramme(): Promise<string> {
    const current = await this.cycles.current();
    if (current) return current.programme;
    const { centres } = await this.roster.wholeRoster();
    const all = (await this.listed()).flatMap(({ programme }) => programme ?? []);
    const fitting = (programme: Programme) =>
      centres.filter((centre) => Object.hasOwn(programme.schemes, centre.scheme)).length;
    const best = all.toSorted((a, b) => fitting(b) - fitting(a))[0];
    return best?.id ?? (await this.programmes.ids())[0] ?? '';
  }

  /** The one after the newest; in an empty house the one after the present one, about which people are being asked now */
  private async usualYear(programme: string): Promise<FiscalYear> {
    const newest = (await this.cycles.all()).find((cycle) => cycle.programme === programme);
    return (newest?.fiscalYear ?? this.presentYear()) + 1;
  }

  private presentYear(): FiscalYear {
    return fiscalYearOf(dayInZone(this.clock.now().toJSDate().toISOString(), 'Asia/Tokyo'));
  }

  private async chooser(programme: string, fiscalYear: FiscalYear) {
    const taken = (await this.cycles.all()).filter((cycle) => cycle.programme === programme);
    const present = this.presentYear();
    const around = Array.from({ length: 7 }, (_, n) => present - 1 + n);
    const years = [...new Set([...around, fiscalYear])].sort((a, b) => a - b);
    return {
      programme,
      fiscalYear,
      programmes: (await this.listed()).map(({ id, name }) => ({ value: id, label: name })),
      years: years.map((value) => ({ value, taken: taken.some((cycle) => cycle.fiscalYear === value) })),
    };
  }

  /** Every programme file, those with mistakes under the name of the file */
  private async listed(): Promise<{ id: string; name: Text; programme?: Programme }[]> {
    const list = [];
    for (const id of await this.programmes.ids()) {
      try {
        const programme = await this.programmes.one(id);
        list.push({ id, name: programme.name, programme });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        list.push({ id, name: text(`${id}.yaml（誤りがあります）`, `${id}.yaml (has mistakes)`) });
      }
    }
    return list;
  }
}

const mayChange = (reply: FastifyReply): boolean => (reply.request as StaffRequest).staff.role !== 'reader';

/** Each mistake on a line of its own, in both languages */
function mistakesOf(error: Refusal): Text[] {
  const faults = error.values['faults'];
  if (typeof faults !== 'object') return [error.text];
  const [ja, en] = [faults.ja.split('\n'), faults.en.split('\n')];
  return ja.map((line, index) => text(line, en[index] ?? line));
}
