import type { Actor } from '../../src/audit/actor.ts';
import { FixedClock } from '../../src/clock/clock.service.ts';
import { SESSION_COOKIE } from '../../src/identity/session.ts';
import { Sessions } from '../../src/identity/sessions.service.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { Staff } from '../../src/identity/staff.service.ts';
import type { StaffRole } from '../../src/identity/staff.ts';
import { MeetingQueries } from '../../src/meetings/meetings.queries.ts';
import { NewYear } from '../../src/planning/new-year.service.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';

export interface Asked {
  /** Not signed in where null */
  readonly as?: StaffRole | null;
  readonly language?: 'ja' | 'en';
}

/** The house with the sample's fiscal year 2027, and somebody of each role signed in */
export class YearHouse {
  readonly actor: Actor;
  /** Ids of the meetings by key */
  readonly ids: Readonly<Record<string, string>>;

  private constructor(
    readonly app: StartedApp,
    readonly clock: FixedClock,
    readonly cycleId: string,
    staff: { id: string; nameJa: string },
    ids: Record<string, string>,
    private readonly sessions: Readonly<Record<StaffRole, string>>,
  ) {
    this.actor = { kind: 'staff', id: staff.id, name: staff.nameJa };
    this.ids = ids;
  }

  static async open(instant: string): Promise<YearHouse> {
    const clock = new FixedClock(instant);
    const app = await startApp({ clock });
    await app.get(Sample).load();
    const everybody = await app.get(StaffQueries).list();
    const administrator = everybody.find(({ role }) => role === 'administrator')!;
    const staff = everybody.find(({ role }) => role === 'staff')!;
    const actor: Actor = { kind: 'staff', id: administrator.id, name: administrator.nameJa };
    const reader = {
      nameJa: '見本 閲子',
      nameEn: 'Etsuko MIHON',
      email: 'etsuko.mihon@example.org',
      telephone: '',
      role: 'reader',
      language: 'ja',
    } as const;
    const readerId = await app.get(Staff).add(reader, actor);
    const begin = (id: string) => app.dataSource.transaction((tx) => app.get(Sessions).begin(tx, id));
    const sessions = {
      administrator: await begin(administrator.id),
      staff: await begin(staff.id),
      reader: await begin(readerId),
    };
    const cycleId = await app.get(NewYear).create({ programme: 'wpi', fiscalYear: 2027 }, actor);
    const meetings = await app.get(MeetingQueries).ofCycle(cycleId);
    await app.settle();
    return new YearHouse(
      app,
      clock,
      cycleId,
      administrator,
      Object.fromEntries(meetings.map(({ key, id }) => [key, id])),
      sessions,
    );
  }

  /** `{site/qup}` in a path stands for that meeting's id */
  get(path: string, asked: Asked = {}) {
    return this.app.app.inject({ method: 'GET', url: this.path(path), headers: this.headers(asked) });
  }

  post(path: string, form: Readonly<Record<string, string>>, asked: Asked = {}) {
    return this.app.app.inject({
      method: 'POST',
      url: this.path(path),
      headers: { ...this.headers(asked), 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form).toString(),
    });
  }

  /** A form whose fields may come several times */
  posted(path: string, payload: string, asked: Asked = {}) {
    const headers = { ...this.headers(asked), 'content-type': 'application/x-www-form-urlencoded' };
    return this.app.app.inject({ method: 'POST', url: this.path(path), headers, payload });
  }

  /** The page that a redirect leads to */
  async followed(answer: { headers: Record<string, unknown> }, asked: Asked = {}) {
    return this.get(String(answer.headers['location']), asked);
  }

  path(path: string): string {
    return path.replaceAll(/\{([^}]+)\}/g, (_, key: string) => this.ids[key]!);
  }

  private headers({ as = 'administrator', language = 'ja' }: Asked) {
    const session = as === null ? '' : `${SESSION_COOKIE}=${this.sessions[as]}; `;
    return { cookie: `${session}lang=${language}`, accept: 'text/html' };
  }
}

/** The value of a field in a page, with its entities taken back */
export function fieldIn(html: string, name: string): string {
  const tag = new RegExp(`<input[^>]*name="${name.replace('.', '\\.')}"[^>]*>`).exec(html)?.[0] ?? '';
  return plain(/ value="([^"]*)"/.exec(tag)?.[1] ?? '');
}

export const plain = (html: string): string =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** What a person reads: without tags, spaces as one */
export const wordsOf = (html: string): string =>
  plain(
    html
      .replace(/^[\s\S]*<main/, '<main')
      .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
      .replaceAll(/<[^>]+>/g, ' '),
  ).replaceAll(/\s+/g, ' ');
