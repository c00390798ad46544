import { Controller, Delete, Get, Post, Req, UseGuards } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Actor } from '../../src/audit/actor.ts';
import { TrailQueries } from '../../src/audit/trail.queries.ts';
import { sessionCookie } from '../../src/identity/session.ts';
import { Sessions } from '../../src/identity/sessions.service.ts';
import { SignIn } from '../../src/identity/sign-in.service.ts';
import { ForRoles, StaffGuard, type StaffRequest } from '../../src/identity/staff.guard.ts';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { Staff } from '../../src/identity/staff.service.ts';
import { staffRoles, type StaffFields } from '../../src/identity/staff.ts';
import { MailboxQueries } from '../../src/mail/mailbox.queries.ts';
import { startMachinery, until, type Machinery } from '../mail/machinery.ts';

const actor: Actor = { kind: 'command', name: 'meguri' };
const person = (name: string, role: StaffFields['role'] = 'staff'): StaffFields => ({
  nameJa: `架空 ${name}`,
  nameEn: `${name} Kaku`,
  email: `${name}@example.org`,
  telephone: '03-0000-0000',
  role,
  language: 'ja',
});

@Controller('kept')
@UseGuards(StaffGuard)
class Kept {
  @Get() read(@Req() request: StaffRequest) {
    return { name: request.staff.nameJa };
  }
  @Post() change() {
    return { changed: true };
  }
  @Post('own') @ForRoles(...staffRoles) changeOwn() {
    return { changed: true };
  }
  @Delete() @ForRoles('administrator') remove() {
    return { removed: true };
  }
}

let house: Machinery;
let staff: Staff;
let queries: StaffQueries;
let signIn: SignIn;

beforeAll(async () => {
  house = await startMachinery({ controllers: [Kept], config: { baseUrl: 'https://meguri.example.org' } });
  staff = house.get(Staff);
  queries = house.get(StaffQueries);
  signIn = house.get(SignIn);
});
beforeEach(async () => {
  await house.database.query('truncate staff, staff_session, sign_in_request, link, mail, received_mail cascade');
  house.clock.set('2027-06-01T00:00:00Z');
});
afterAll(() => house.stop());

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );
/** What comes at the same time meets at the same time: nobody has to wait for a connection first */
const connectAll = () => Promise.all(Array.from({ length: 5 }, () => house.database.query('select pg_sleep(0.05)')));
const sessionOf = async (id: string): Promise<string> =>
  signIn.consume(await house.database.transaction((tx) => signIn.issueLink(tx, id)));

describe('accounts', () => {
  test('the first administrator is made once, of several commands at the same time by one', async () => {
    await connectAll();
    const codes = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => codeOf(staff.firstAdministrator(person(name), actor))),
    );
    expect(codes.sort()).toEqual(['done', ...Array<string>(3).fill('identity.administrator-exists')]);
    expect((await queries.list()).map((member) => member.role)).toEqual(['administrator']);
  });

  test('an address belongs to one account, however it is written', async () => {
    await staff.add(person('taro'), actor);
    expect(await codeOf(staff.add({ ...person('other'), email: 'TARO@Example.org' }, actor))).toBe(
      'identity.email-taken',
    );
    const id = await staff.add(person('jiro'), actor);
    expect(await codeOf(staff.change(id, { email: 'Taro@example.org' }, actor))).toBe('identity.email-taken');
    expect((await queries.list()).map((member) => member.email).sort()).toEqual([
      'jiro@example.org',
      'taro@example.org',
    ]);
  });

  test('a change is written down, before and after, with who made it', async () => {
    const id = await staff.add(person('taro'), actor);
    await staff.change(id, { telephone: '03-1111-1111' }, actor);
    const { entries } = await house.get(TrailQueries).page({ subject: `staff/${id}` });
    expect(entries.map((entry) => [entry.verb, entry.actor.name])).toEqual([
      ['identity.change', 'meguri'],
      ['identity.add', 'meguri'],
    ]);
    expect(entries[0]).toMatchObject({ before: { telephone: '03-0000-0000' }, after: { telephone: '03-1111-1111' } });
  });

  test('administrators who deactivate each other at the same time do not all go', async () => {
    const ids = [];
    for (const name of ['a', 'b', 'c', 'd']) ids.push(await staff.add(person(name, 'administrator'), actor));
    await connectAll();
    const codes = await Promise.all(ids.map((id) => codeOf(staff.deactivate(id, actor))));
    expect(codes.sort()).toEqual(['done', 'done', 'done', 'identity.last-administrator']);
    expect((await queries.list()).filter((member) => member.active)).toHaveLength(1);
  });

  test('the last administrator cannot become staff; somebody unknown cannot be changed', async () => {
    const id = await staff.add(person('a', 'administrator'), actor);
    await staff.add(person('b'), actor);
    expect(await codeOf(staff.change(id, { role: 'staff' }, actor))).toBe('identity.last-administrator');
    expect(await codeOf(staff.deactivate('00000000-0000-4000-8000-000000000000', actor))).toBe('identity.unknown');
  });

  test('whoever is deactivated is signed out at once, can ask for no link, and is still named', async () => {
    const id = await staff.add(person('taro'), actor);
    const session = await sessionOf(id);
    const waiting = await house.database.transaction((tx) => signIn.issueLink(tx, id));
    await staff.deactivate(id, actor);
    expect(await house.get(Sessions).staffOf(session)).toBeUndefined();
    expect(await codeOf(signIn.consume(waiting))).toBe('identity.link-over');
    expect(await codeOf(house.database.transaction((tx) => signIn.issueLink(tx, id)))).toBe('identity.not-active');
    await staff.activate(id, actor);
    expect(await house.get(Sessions).staffOf(session)).toBeUndefined();
    expect((await queries.one(id))?.nameJa).toBe('架空 taro');
  });
});

describe('signing in', () => {
  test('works once, within a quarter of an hour, and looking at the page does not use it up', async () => {
    const id = await staff.add(person('taro'), actor);
    const token = await house.database.transaction((tx) => signIn.issueLink(tx, id));
    for (let n = 0; n < 100; n++) expect(await signIn.isUsable(token)).toBe(true);
    const session = await signIn.consume(token);
    expect((await house.get(Sessions).staffOf(session))?.id).toBe(id);
    expect(await signIn.isUsable(token)).toBe(false);
    expect(await codeOf(signIn.consume(token))).toBe('identity.link-over');

    const late = await house.database.transaction((tx) => signIn.issueLink(tx, id));
    house.clock.set('2027-06-01T00:15:00Z');
    expect(await codeOf(signIn.consume(late))).toBe('identity.link-over');
  });

  test('a session moves on while it is used, ends after half a day of silence, and after a week in any case', async () => {
    const session = await sessionOf(await staff.add(person('taro'), actor));
    const sessions = house.get(Sessions);
    house.clock.set('2027-06-01T11:59:59Z');
    expect(await sessions.staffOf(session)).toBeDefined();
    house.clock.set('2027-06-01T23:59:00Z');
    expect(await sessions.staffOf(session)).toBeDefined();
    house.clock.set('2027-06-02T12:00:00Z');
    expect(await sessions.staffOf(session)).toBeUndefined();

    const busy = await sessionOf((await queries.list())[0]!.id);
    const began = house.clock.now();
    for (let hours = 6; hours < 7 * 24; hours += 6) {
      house.clock.set(began.plus({ hours }).toISO()!);
      expect(await sessions.staffOf(busy)).toBeDefined();
    }
    house.clock.set(began.plus({ days: 7 }).toISO()!);
    expect(await sessions.staffOf(busy)).toBeUndefined();
  });

  test('signing out ends this session and no other', async () => {
    const id = await staff.add(person('taro'), actor);
    const [here, there] = [await sessionOf(id), await sessionOf(id)];
    await house.get(Sessions).end(here);
    expect(await house.get(Sessions).staffOf(here)).toBeUndefined();
    expect(await house.get(Sessions).staffOf(there)).toBeDefined();
  });

  test('an asked-for link arrives by mail under the public address, leads back, and works', async () => {
    await staff.add(person('taro'), actor);
    await signIn.request(' Taro@Example.ORG ', { origin: '192.0.2.1', returnTo: '/staff/today' });
    const mailbox = house.get(MailboxQueries);
    await until('the mail has arrived', async () => (await mailbox.list()).total === 1);
    const { mails } = await mailbox.list({ recipient: 'taro@example.org' });
    const { message } = (await mailbox.one(mails[0]!.id))!;
    const [, token] = message.text.match(/https:\/\/meguri\.example\.org\/sign-in\/([\w-]+)\?to=%2Fstaff%2Ftoday\s/)!;
    expect(await house.get(Sessions).staffOf(await signIn.consume(token!))).toMatchObject({
      email: 'taro@example.org',
    });
  });

  test('asking tells nobody whether an address is known: same answer, same trace, no mail to strangers or former staff', async () => {
    await staff.add(person('taro'), actor);
    await staff.deactivate(await staff.add(person('former'), actor), actor);
    const answers = [];
    for (const name of ['stranger', 'former', 'taro'])
      answers.push(await signIn.request(`${name}@example.org`, { origin: name }));
    expect(answers).toEqual([undefined, undefined, undefined]);
    const done = `select count(*)::int as n from sign_in_request where done_at is not null`;
    await until('all three were looked at', async () => (await house.database.query(done))[0].n === 3);
    expect(await house.database.query('select to_address from mail')).toEqual([{ to_address: 'taro@example.org' }]);
    const kept = await house.database.query('select * from sign_in_request');
    expect(JSON.stringify(kept)).not.toContain('example.org');
  });

  test('one address gets three mails in a quarter of an hour, whoever asks; one place asks thirty times', async () => {
    await staff.add(person('taro'), actor);
    const asked = async () =>
      (await house.database.query('select count(*)::int as n from sign_in_request'))[0].n as number;
    await Promise.all(
      Array.from({ length: 6 }, (_, n) => signIn.request('taro@example.org', { origin: `192.0.2.${n}` })),
    );
    expect(await asked()).toBe(3);
    house.clock.set('2027-06-01T00:15:00Z');
    await signIn.request('taro@example.org', { origin: '192.0.2.9' });
    expect(await asked()).toBe(4);
    for (let n = 0; n < 35; n++) await signIn.request(`nobody${n}@example.org`, { origin: '198.51.100.1' });
    expect(await asked()).toBe(4 + 30);
  });

  test('a job that is repeated mails once', async () => {
    await staff.add(person('taro'), actor);
    await signIn.request('taro@example.org');
    const [{ id }] = await house.database.query('select id from sign_in_request');
    await Promise.all([signIn.answer(id), signIn.answer(id)]);
    await signIn.answer(id);
    expect(await house.database.query('select 1 from mail')).toHaveLength(1);
  });
});

describe('the guard', () => {
  const call = async (method: 'GET' | 'POST' | 'DELETE', session?: string, path = '/kept', accept = 'text/html') => {
    const headers = { accept, ...(session ? { cookie: sessionCookie(session, false).split(';')[0]! } : {}) };
    const reply = await fetch(house.address + path, { method, headers, redirect: 'manual' });
    return { status: reply.status, location: reply.headers.get('location'), body: await reply.text() };
  };

  test('leads a browser without a session to the sign-in page, from a page with the way back', async () => {
    expect(await call('GET', undefined, '/kept?a=1')).toMatchObject({
      status: 303,
      location: '/sign-in?to=%2Fkept%3Fa%3D1',
    });
    expect(await call('POST')).toMatchObject({ status: 303, location: '/sign-in' });
    expect(await call('GET', 'q0kRZx1b2c3d4e5f6g7h8i9j0k_')).toMatchObject({ status: 303 });
  });

  test('says who is signed in', async () => {
    const session = await sessionOf(await staff.add(person('taro'), actor));
    expect(await call('GET', session)).toMatchObject({ status: 200, body: JSON.stringify({ name: '架空 taro' }) });
  });

  test.each([
    ['reader', [200, 'refused', 201, 'refused']],
    ['staff', [200, 201, 201, 'refused']],
    ['administrator', [200, 201, 201, 200]],
  ] as const)('lets a %s do what the role may', async (role, expected) => {
    const session = await sessionOf(await staff.add(person('taro', role), actor));
    const replies = [
      await call('GET', session),
      await call('POST', session),
      await call('POST', session, '/kept/own'),
      await call('DELETE', session),
    ];
    // Without the pages' filter a refusal ends as 500 here; what matters is that nothing was done
    expect(replies.map((reply) => (/changed|removed|name/.test(reply.body) ? reply.status : 'refused'))).toEqual(
      expected,
    );
  });

  test('a role that was taken away counts from the next request on', async () => {
    const id = await staff.add(person('taro'), actor);
    const session = await sessionOf(id);
    expect((await call('POST', session)).status).toBe(201);
    await staff.change(id, { role: 'reader' }, actor);
    expect((await call('POST', session)).body).not.toContain('changed');
  });
});
