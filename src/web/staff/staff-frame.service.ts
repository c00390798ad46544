import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CycleQueries } from '../../cycle/cycle.queries.ts';
import type { Cycle } from '../../cycle/cycle.ts';
import type { StaffRequest } from '../../identity/staff.guard.ts';
import { MailPolicy } from '../../mail/mail-policy.service.ts';
import { text } from '../../kernel/text.ts';
import { emptyFrame, sections, type Frame, type Frames, type SectionId } from '../frame.ts';
import { chooseLanguage } from '../language.ts';
import { addressIn, rememberedYear, yearInPath } from './year-address.ts';

/** What stands around every staff page: whose sign-in it is, which year it is about, what waits, rehearsal and sample notices */
@Injectable()
export class StaffFrames implements Frames {
  constructor(
    private readonly cycles: CycleQueries,
    private readonly policy: MailPolicy,
  ) {}

  async frameOf(request: FastifyRequest): Promise<Frame> {
    const { staff } = request as Partial<StaffRequest>;
    const all = await this.cycles.all();
    const sample = all.some((cycle) => cycle.sample);
    if (!staff) return { ...emptyFrame, sample };
    const cycle = chosenCycle(all, request);
    const { rehearsal, rehearsalAddresses } = await this.policy.get();
    const language = chooseLanguage({
      asked: (request.query as { lang?: unknown } | undefined)?.lang,
      cookie: request.headers.cookie,
      acceptLanguage: request.headers['accept-language'],
    });
    const section = sectionIn(request.url);
    return {
      sample,
      ...(rehearsal
        ? { rehearsal: { addresses: rehearsalAddresses, ...(cycle ? { href: addressIn(cycle, 'release') } : {}) } }
        : {}),
      staff: {
        name: language === 'ja' ? staff.nameJa : staff.nameEn,
        signOutHref: '/sign-out',
        programme: { name: cycle?.rules.short ?? text('年度未作成', 'No year yet') },
        years: all
          .filter((one) => one.programme === cycle?.programme)
          .map((one) => ({ year: one.fiscalYear, href: addressIn(one, section), current: one.id === cycle?.id })),
        navigation: sections.map(({ id }) => ({ id, href: cycle ? addressIn(cycle, id) : withoutYear[id] })),
      },
    };
  }
}

/** While there is no year, its pages lead to setting one up. */
const withoutYear: Record<SectionId, string> = {
  today: '/',
  'year-board': '/new-year',
  'new-year': '/new-year',
  plan: '/new-year',
  release: '/new-year',
  roster: '/roster',
  availability: '/availability',
  mailbox: '/mailbox',
};

const sectionIn = (url: string): SectionId => sections.find(({ id }) => url.includes(`/${id}`))?.id ?? 'today';

/** The year that the page is about, else the one in the address, else the one last looked at, else the newest */
export function chosenCycle(all: readonly Cycle[], request: FastifyRequest): Cycle | undefined {
  const { yearOfPage } = request as { yearOfPage?: Pick<Cycle, 'programme' | 'fiscalYear'> };
  const wanted = yearOfPage ?? yearInPath(request.url) ?? rememberedYear(request.headers.cookie);
  return all.find((cycle) => cycle.programme === wanted?.programme && cycle.fiscalYear === wanted.fiscalYear) ?? all[0];
}
