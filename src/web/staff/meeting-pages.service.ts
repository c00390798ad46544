import { HttpStatus, Injectable, Param, ParseUUIDPipe } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { StaffRequest } from '../../identity/staff.guard.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Text } from '../../kernel/text.ts';
import { Pages } from '../page.service.ts';
import { MeetingDesk } from './meeting-desk.service.ts';
import type { MeetingFile } from './meeting-file.ts';
import { factsOf, partsOf, tallyOf, timetableOf, warningsOf } from './meeting-facts.ts';
import { headOf, type MeetingTab } from './meeting-head.ts';
import { peopleOf } from './meeting-people.ts';
import { isPlaced } from '../../planning/year-instance.ts';
import { addressIn } from './year-address.ts';
import { Years } from './years.service.ts';

/** An id in the address; what is none is not found, rather than a fault of the database */
export const IdInPath = (name = 'id'): ParameterDecorator =>
  Param(name, new ParseUUIDPipe({ errorHttpStatusCode: HttpStatus.NOT_FOUND }));

export interface Shown {
  readonly tab?: MeetingTab;
  /** Why what was asked for was not done: said at the top, and nothing that was typed is lost */
  readonly refusal?: Refusal | undefined;
  readonly status?: number;
  /** What was done before the redirect that led here, from the address */
  readonly done?: string | undefined;
}

/** What all pages of a meeting share: its head with its state, its tabs, and what just happened */
@Injectable()
export class MeetingPages {
  constructor(
    private readonly desk: MeetingDesk,
    private readonly years: Years,
    private readonly pages: Pages,
  ) {}

  async open(id: string, request: StaffRequest, reply: FastifyReply): Promise<MeetingFile> {
    const file = await this.desk.file(id);
    this.years.about(request, reply, file.cycle);
    return file;
  }

  /** @param template in `staff/`, after `meeting` */
  async show(
    request: StaffRequest,
    reply: FastifyReply,
    template: string,
    file: MeetingFile,
    data: object,
    { tab, refusal, status = refusal?.status ?? 200, done }: Shown = {},
  ): Promise<void> {
    const problem: Text | null = refusal?.text ?? null;
    const page = {
      ...data,
      head: headOf(file, { tab, done, mayChange: request.staff.role !== 'reader' }),
      problem,
    };
    await this.pages.render(reply, `staff/meeting${template}`, page, { status });
  }

  /** The page of the meeting itself */
  async overview(request: StaffRequest, reply: FastifyReply, file: MeetingFile, shown: Shown = {}): Promise<void> {
    const data = {
      facts: factsOf(file),
      people: peopleOf(file),
      tally: tallyOf(file),
      parts: partsOf(file),
      timetable: timetableOf(file),
      warnings: warningsOf(file),
      repairs: mayBeMended(file) ? addressIn(file.cycle, 'plan', '/repairs') : null,
    };
    await this.show(request, reply, '', file, data, { ...shown, tab: 'people' });
  }

  /**
   * Runs a command; where it is refused, the page of the form is shown again with the present state instead of an error page.
   * @returns whether it was done
   */
  async attempt(command: () => Promise<unknown>, refused: (refusal: Refusal) => Promise<void>): Promise<boolean> {
    try {
      await command();
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await refused(error);
      return false;
    }
  }
}

/** The planner knows ways to go on where somebody does not come to a meeting that it places. */
const mayBeMended = ({ meeting, cycle, standing }: MeetingFile): boolean =>
  isPlaced(cycle, meeting) && standing.broken.some(({ rule }) => rule !== 'vacant');
