import { SESSION_COOKIE } from '../../src/identity/session.ts';
import { Sessions } from '../../src/identity/sessions.service.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import type { StaffRole } from '../../src/identity/staff.ts';
import type { YearHouse } from './year-house.ts';

export type Uploaded = readonly [name: string, content: string | Uint8Array];

/** Sends files as a browser does (multipart/form-data), signed in as somebody of a role; null: as nobody */
export async function upload(
  { app }: YearHouse,
  path: string,
  files: readonly Uploaded[],
  as: StaffRole | null = 'administrator',
) {
  const form = new FormData();
  for (const [name, content] of files) form.append('files', new File([content as string], name, { type: 'text/csv' }));
  const request = new Response(form);
  return app.app.inject({
    method: 'POST',
    url: path,
    headers: {
      cookie: await cookieOf(app, as),
      accept: 'text/html',
      'content-type': request.headers.get('content-type')!,
    },
    payload: Buffer.from(await request.arrayBuffer()),
  });
}

/** For forms that the year's house cannot send: a field twice, a file */
export async function cookieOf(app: YearHouse['app'], role: StaffRole | null): Promise<string> {
  if (role === null) return 'lang=ja';
  const staff = (await app.get(StaffQueries).list()).find((member) => member.role === role && member.active)!;
  const token = await app.dataSource.transaction((tx) => app.get(Sessions).begin(tx, staff.id));
  return `${SESSION_COOKIE}=${token}; lang=ja`;
}
