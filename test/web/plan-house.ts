import type { Actor } from '../../src/audit/actor.ts';
import { SESSION_COOKIE } from '../../src/identity/session.ts';
import { Sessions } from '../../src/identity/sessions.service.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { Staff } from '../../src/identity/staff.service.ts';
import { NewYear } from '../../src/planning/new-year.service.ts';
import { PlanEntity, type PlanState } from '../../src/planning/plan.entity.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp } from '../support/app.ts';

export const actor: Actor = { kind: 'command', name: 'test' };
export const plan = '/y/wpi/2027/plan';

export interface Asked {
  readonly as?: 'staff' | 'reader' | 'nobody';
  readonly lang?: 'ja' | 'en';
}

/** The sample's years 2027 and 2028, in which nobody works the queues: a run stays as it was put */
export async function planHouse() {
  const house = await startApp({ clock: '2026-11-21T00:00:00Z', config: { role: 'web' } });
  await house.get(Sample).load();
  const reader = { nameJa: '例示 読子', nameEn: 'Yomiko REIJI', email: 'yomiko.reiji@example.org', telephone: '' };
  await house.get(Staff).add({ ...reader, role: 'reader', language: 'ja' }, actor);
  const cycleId = await house.get(NewYear).create({ programme: 'wpi', fiscalYear: 2027 }, actor);
  const other = await house.get(NewYear).create({ programme: 'wpi', fiscalYear: 2028 }, actor);
  const staff = await house.get(StaffQueries).list();
  const signedIn = (role: string) =>
    house.dataSource.transaction((tx) => house.get(Sessions).begin(tx, staff.find((one) => one.role === role)!.id));
  const cookies = { staff: await signedIn('staff'), reader: await signedIn('reader') };
  const headersOf = ({ as = 'staff', lang = 'ja' }: Asked) => ({
    'accept-language': lang,
    ...(as === 'nobody' ? {} : { cookie: `${SESSION_COOKIE}=${cookies[as]}` }),
  });
  const runs = () => house.dataSource.getRepository(PlanEntity);
  return {
    house,
    cycleId,
    other,
    get: (path: string, asked: Asked = {}) => house.app.inject({ method: 'GET', url: path, headers: headersOf(asked) }),
    post: (path: string, fields: Record<string, string> = {}, asked: Asked = {}) =>
      house.app.inject({
        method: 'POST',
        url: path,
        headers: { ...headersOf(asked), 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(fields).toString(),
      }),
    runs,
    stateOf: async (id: string): Promise<PlanState> => (await runs().findOneByOrFail({ id })).state,
    clear: () => runs().clear(),
  };
}
export type PlanHouse = Awaited<ReturnType<typeof planHouse>>;

export const words = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
