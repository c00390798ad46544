import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { MailboxQueries } from '../../src/mail/mailbox.queries.ts';
import { Sample } from '../../src/start/sample.service.ts';
import { startApp, type StartedApp } from '../support/app.ts';
import { terminalOn, type Typed } from './terminal.ts';

let house: StartedApp;
let type: (...argv: string[]) => Promise<Typed>;
let folder: string;

beforeAll(async () => {
  house = await startApp({ clock: '2027-01-15T00:00:00Z' });
  type = terminalOn(house);
  folder = await mkdtemp(join(tmpdir(), 'meguri-cli-'));
  await house.get(Sample).load();
});
afterAll(async () => {
  await house?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const codeOf = ({ exit, json }: Typed) => [exit, json.error?.code];
const trail = async (subject: string) =>
  (
    await house.dataSource.query<{ verb: string; kind: string; name: string }[]>(
      'select verb, actor_kind as kind, actor_name as name from trail where subject = $1 order by number desc limit 1',
      [subject],
    )
  )[0];
const wpi = ['cycle', 'generate', '--programme', 'wpi', '--year', '2027'];

describe('before there is a year', () => {
  it('verbs of a year say so', async () => {
    for (const verb of [
      ['meeting', 'list'],
      ['milestone', 'list'],
      ['publish'],
      ['release'],
      ['plan', 'list'],
      ['plan'],
    ])
      expect(codeOf(await type(...verb, '--json'))).toEqual([4, 'cycle.none']);
    expect(await type('cycle', 'list')).toMatchObject({ exit: 0, out: 'There is no fiscal year yet.\n' });
    expect((await type('cycle', 'list', '--json')).json).toEqual([]);
  });
});

describe('cycle generate', () => {
  it('shows the rows with their reasons and writes nothing', async () => {
    const { exit, out } = await type(...wpi, '--dry-run', '--lang', 'ja');
    expect(exit).toBe(0);
    expect(out).toMatch(/site\/icredd .*2027年6月1日\(火\)～9月30日\(木\).*10年目（最終評価）/);
    expect(out).toContain('何も書き込んでいません（--dry-run）。');
    expect((await type('cycle', 'list', '--json')).json).toEqual([]);
  });

  it('takes windows, options and what is left out', async () => {
    const { json } = await type(
      ...wpi,
      '--dry-run',
      '--json',
      '--window',
      'site=06-07..09-17',
      '--drop',
      'site/qup',
      '--drop',
      'reception',
    );
    const keys = json.meetings.map((meeting: { key: string }) => meeting.key);
    expect(keys).toContain('site/icredd');
    expect(keys).not.toContain('site/qup');
    expect(keys).not.toContain('reception');
    expect(json.meetings.find((meeting: { key: string }) => meeting.key === 'site/icredd').window).toEqual({
      from: '2027-06-07',
      to: '2027-09-17',
    });
  });

  it('adds what takes place on request, and switches options', async () => {
    const chosen = ['--add', 'guest-visit/icredd', '--add', 'gathering', '--option', 'science-symposium=off'];
    const { json } = await type(...wpi, '--dry-run', '--json', ...chosen);
    const keys = json.meetings.map((meeting: { key: string }) => meeting.key);
    expect(keys).toEqual(expect.arrayContaining(['guest-visit/icredd', 'gathering']));
    expect(keys).not.toContain('symposium');
  });

  it('says everything that it does not know', async () => {
    const wrong = [
      '--window',
      'sight=06-01..09-30',
      '--window',
      'site=09-30..06-01',
      '--option',
      'nonsense=on',
      '--add',
      'x/y',
    ];
    const { exit, err } = await type(...wpi, '--dry-run', ...wrong);
    expect(exit).toBe(2);
    expect(err).toMatch(/^--window sight: there is none; it is one of site,/m);
    expect(err).toMatch(/^--window site: The window ends before it begins\./m);
    expect(err).toMatch(/^--option nonsense: there is none/m);
    expect(err).toMatch(/^--add x\/y: cannot be added to this year\./m);
    expect(await type(...wpi, '--drop', 'site/nowhere')).toMatchObject({
      exit: 2,
      err: '--drop site/nowhere: there is no such row in this year.\n',
    });
    const elsewhere = ['cycle', 'generate', '--programme', '../../etc/passwd', '--year', '2027', '--json'];
    expect(codeOf(await type(...elsewhere))).toEqual([4, 'programme.unknown']);
  });

  it('creates the year once', async () => {
    const { exit, json } = await type(...wpi, '--staff', 'niro.mihon@secretariat.example.org', '--json');
    expect(exit).toBe(0);
    expect(await trail(`cycle/${json.id}`)).toEqual({ verb: 'cycle.open', kind: 'command', name: 'kaku' });
    expect((await type('meeting', 'list', '--json')).json).toHaveLength(json.meetings.length);
    expect((await type('milestone', 'list', '--json')).json).toHaveLength(json.milestones.length);
    expect(codeOf(await type(...wpi, '--json'))).toEqual([4, 'cycle.exists']);
    const { out } = await type('cycle', 'list');
    expect(out).toMatch(/wpi +FY2027 +FY2026 +Niro MIHON/);
  });

  it('lets somebody else be in charge', async () => {
    expect((await type('cycle', 'in-charge', 'mieko.kaku@secretariat.example.org')).out).toBe(
      'Mieko KAKU is in charge of FY2027.\n',
    );
    expect(codeOf(await type('cycle', 'in-charge', 'nobody@example.org', '--json'))).toEqual([4, 'identity.unknown']);
    expect(codeOf(await type('meeting', 'list', '--year', '2031', '--json'))).toEqual([4, 'cycle.unknown']);
  });
});

describe('meeting', () => {
  const show = async (key: string) => (await type('meeting', 'show', key, '--json')).json;

  it('that nobody knows is refused', async () => {
    for (const verb of ['show', 'free', 'cancel', 'reinstate'])
      expect(codeOf(await type('meeting', verb, 'site/nowhere', '--json'))).toEqual([4, 'meetings.unknown']);
    expect(codeOf(await type('meeting', 'show', "site/x'; drop table meeting; --", '--json'))).toEqual([
      4,
      'meetings.unknown',
    ]);
  });

  it('gets its day, hours, room and link', async () => {
    const { exit, out } = await type(
      'meeting',
      'set',
      'site/icredd',
      '--day',
      '2027-07-08',
      '--room-en',
      'Room 7',
      '--from',
      '9:30',
    );
    expect(exit).toBe(0);
    expect(out).toContain('Thu 8 July 2027, 09:30');
    const { meeting, attendees } = await show('site/icredd');
    expect(meeting).toMatchObject({
      state: 'scheduled',
      firstDay: '2027-07-08',
      lastDay: '2027-07-09',
      fixedByStaff: true,
    });
    expect(meeting.room.en).toBe('Room 7');
    expect(attendees.length).toBeGreaterThan(2);
    expect(await trail(`meeting/${meeting.id}`)).toMatchObject({ kind: 'command', name: 'kaku' });
  });

  it('holds a day before it is fixed, and fixes it', async () => {
    expect((await type('meeting', 'set', 'site/icredd', '--day-is', 'provisional')).out).toContain('provisional');
    expect((await show('site/icredd')).meeting.provisional).toBe(true);
    expect((await type('meeting', 'set', 'site/icredd', '--day-is', 'perhaps')).exit).toBe(2);
    await type('meeting', 'set', 'site/icredd', '--day-is', 'fixed');
    expect((await show('site/icredd')).meeting.provisional).toBe(false);
  });

  it('keeps the other language of a text, and what is not given', async () => {
    const before = (await show('site/icredd')).meeting;
    await type('meeting', 'set', 'site/icredd', '--room-ja', '7号室', '--online-url', 'https://meet.example.org/x');
    const after = (await show('site/icredd')).meeting;
    expect(after.room).toEqual({ ja: '7号室', en: 'Room 7' });
    expect([after.onlineUrl, after.startsAt, after.place]).toEqual([
      'https://meet.example.org/x',
      before.startsAt,
      before.place,
    ]);
  });

  it('says everything that is wrong with a change, and changes nothing', async () => {
    const before = (await show('site/icredd')).meeting;
    const { exit, err } = await type(
      'meeting',
      'set',
      'site/icredd',
      '--day',
      'tomorrow',
      '--from',
      '25:00',
      '--mode',
      'dream',
      '--online-url',
      'javascript:alert(1)',
    );
    expect(exit).toBe(2);
    for (const part of ['day as 2027-07-09', 'beginning as 10:00', 'how it is held', 'begins with https://'])
      expect(err).toContain(part);
    expect((await show('site/icredd')).meeting).toEqual(before);
    expect(codeOf(await type('meeting', 'set', 'site/icredd', '--day', '2029-07-08', '--json'))).toEqual([
      4,
      'meetings.outside-the-year',
    ]);
    expect(codeOf(await type('meeting', 'set', 'site/icredd', '--staff', 'nobody@example.org', '--json'))).toEqual([
      4,
      'identity.unknown',
    ]);
  });

  it('that would put somebody in two places is refused by name, in the chosen language', async () => {
    const refused = await type('meeting', 'set', 'site/ashbi', '--day', '2027-07-08', '--lang', 'ja', '--json');
    expect(codeOf(refused)).toEqual([4, 'meetings.two-places']);
    expect(refused.err).toMatch(/さんは同じ時間に「.+」に出席予定です。/);
    expect((await show('site/ashbi')).meeting.state).toBe('undated');
  });

  it('is given free for the planner', async () => {
    expect((await type('meeting', 'free', 'site/icredd', '--json')).json.meeting.fixedByStaff).toBe(false);
  });

  it('gets, changes and loses participants', async () => {
    const people = async () => (await show('site/icredd')).attendees.map((one: { personId: string }) => one.personId);
    const [one, other] = (await type('roster', 'list', 'person', '--json')).json
      .map((person: { id: string }) => person.id)
      .filter((id: string) => !id.startsWith('kaku-taro'))
      .slice(-2) as [string, string];
    const added = await type(
      'meeting',
      'add',
      'site/icredd',
      one,
      '--role-ja',
      'オブザーバー',
      '--role-en',
      'observer',
      '--side',
      'visiting',
    );
    expect(added.exit).toBe(0);
    expect(await people()).toContain(one);
    expect(codeOf(await type('meeting', 'add', 'site/icredd', one, '--json'))).toEqual([4, 'meetings.already-asked']);
    expect(codeOf(await type('meeting', 'add', 'site/icredd', 'nobody', '--json'))).toEqual([
      4,
      'meetings.unknown-person',
    ]);
    expect(codeOf(await type('meeting', 'add', 'site/icredd', other, '--seat', 'throne', '--json'))).toEqual([
      4,
      'meetings.no-such-seat',
    ]);
    expect(await type('meeting', 'add', 'site/icredd', other, '--role-ja', '片方')).toMatchObject({ exit: 2 });
    expect((await type('meeting', 'replace', 'site/icredd', one, other)).exit).toBe(0);
    expect(await people()).toEqual(expect.arrayContaining([other]));
    expect(await people()).not.toContain(one);
    expect((await type('meeting', 'remove', 'site/icredd', other)).exit).toBe(0);
    expect(codeOf(await type('meeting', 'remove', 'site/icredd', other, '--json'))).toEqual([
      4,
      'meetings.unknown-attendee',
    ]);
  });

  it('takes an answer that came by telephone, with who gave it', async () => {
    const [{ personId }] = (await show('site/icredd')).attendees;
    const late = await type(
      'meeting',
      'answer',
      'site/icredd',
      personId,
      'late',
      '--late-from',
      '10:30',
      '--remarks',
      '\u202e新幹線',
      '--by',
      '見本 秘書',
    );
    expect(late.exit).toBe(0);
    const found = (await show('site/icredd')).attendees.find((one: { personId: string }) => one.personId === personId);
    expect(found).toMatchObject({ attendance: 'late' });
    expect(found.answers.at(-1)).toMatchObject({
      lateFrom: '10:30',
      channel: 'staff',
      givenBy: '見本 秘書',
      remarks: '新幹線',
    });
    expect(late.out).toContain('arriving late (10:30 / 新幹線)');
    await type(
      'meeting',
      'answer',
      'site/icredd',
      personId,
      'proxy',
      '--proxy-name',
      '架空 代理',
      '--accompanying',
      '甲',
      '--accompanying',
      '乙',
    );
    const again = (await show('site/icredd')).attendees.find((one: { personId: string }) => one.personId === personId);
    expect(again.answers.at(-1)).toMatchObject({
      attendance: 'proxy',
      proxyName: '架空 代理',
      accompanying: ['甲', '乙'],
      givenBy: 'kaku',
    });
    expect(again.answers).toHaveLength(2);
  });

  it('refuses answers that say too little, or of somebody who was not asked', async () => {
    const [{ personId }] = (await show('site/icredd')).attendees;
    expect(await type('meeting', 'answer', 'site/icredd', personId, 'proxy')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--proxy-name: '),
    });
    expect(await type('meeting', 'answer', 'site/icredd', personId, 'late')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--late-from: '),
    });
    expect(await type('meeting', 'answer', 'site/icredd', personId, 'perhaps')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('ANSWER: '),
    });
    expect(codeOf(await type('meeting', 'answer', 'site/icredd', 'nobody', 'attending', '--json'))).toEqual([
      4,
      'meetings.unknown-attendee',
    ]);
    expect(codeOf(await type('meeting', 'answer', 'site/qup', personId, 'attending', '--json'))[0]).toBe(4);
  });

  it('is cancelled and taken up again', async () => {
    expect((await type('meeting', 'cancel', 'site/icredd', '--json')).json.meeting.state).toBe('cancelled');
    expect(codeOf(await type('meeting', 'set', 'site/icredd', '--day', '2027-07-08', '--json'))).toEqual([
      4,
      'meetings.cancelled',
    ]);
    expect((await type('meeting', 'reinstate', 'site/icredd', '--json')).json.meeting.state).toBe('scheduled');
    expect(codeOf(await type('meeting', 'reinstate', 'site/icredd', '--json'))).toEqual([4, 'meetings.not-cancelled']);
  });

  it('list is in order of time and in both languages', async () => {
    const { json } = await type('meeting', 'list', '--json');
    expect(json[0].key).toBe('site/icredd');
    expect((await type('meeting', 'list', '--lang', 'ja')).out).toContain('日程未定');
    expect((await type('meeting', 'list')).out).toContain('not dated');
  });
});

describe('milestone', () => {
  const key = 'progress-report/qup';
  const found = async () =>
    (await type('milestone', 'list', '--json')).json.find((one: { key: string }) => one.key === key);

  it('is handed in, taken back, waived and extended', async () => {
    expect((await type('milestone', 'submit', key, '--note', '受領')).exit).toBe(0);
    expect(await found()).toMatchObject({ state: 'submitted', note: '受領' });
    const open = (await type('milestone', 'list', '--open', '--json')).json.map((one: { key: string }) => one.key);
    expect(open.length).toBeGreaterThan(5);
    expect(open).not.toContain(key);
    expect((await type('milestone', 'reopen', key)).exit).toBe(0);
    expect(await found()).toMatchObject({ state: 'open', settledAt: null });
    expect((await type('milestone', 'waive', key)).exit).toBe(0);
    expect((await type('milestone', 'extend', key, '--to', '2027-06-30')).out).toContain('Wed 30 June 2027');
    const after = await found();
    expect(after).toMatchObject({ extendedTo: '2027-06-30', dayDue: '2027-06-30' });
    expect(await trail(`milestone/${after.id}`)).toEqual({ verb: 'milestone.extend', kind: 'command', name: 'kaku' });
  });

  it('that nobody knows is refused', async () => {
    expect(codeOf(await type('milestone', 'submit', 'nothing', '--json'))).toEqual([4, 'milestones.unknown']);
  });
});

describe('release', () => {
  it('lists who would get what, and shows one as it will arrive', async () => {
    const { exit, json } = await type('release', '--json');
    expect(exit).toBe(0);
    expect(json.length).toBeGreaterThan(2);
    expect(json[0]).toMatchObject({
      key: expect.any(String),
      to: expect.stringMatching(/^(person|office)$/),
      wouldLeave: true,
    });
    expect((await type('release', '--list', '--lang', 'ja')).out).toContain('新規');
    const mail = json.find((one: { to: string; problem: unknown }) => one.to === 'person' && one.problem === null);
    const file = join(folder, 'invitation.eml');
    const shown = await type('release', '--preview', mail.key, '--out', file, '--json');
    expect(shown.json).toMatchObject({ state: 'queued', out: file });
    expect(shown.json.calendars[0]).toMatchObject({
      method: 'REQUEST',
      content: expect.stringContaining('BEGIN:VCALENDAR'),
    });
    const parsed = await PostalMime.parse(await readFile(file));
    expect(parsed.to?.[0]?.address).toBe(mail.recipient.address);
    expect((await type('release', '--preview', mail.key)).out).toContain(`<${mail.recipient.address}>`);
    expect(codeOf(await type('release', '--preview', 'nothing', '--json'))).toEqual([4, 'invitations.not-pending']);
  });

  it('sends nothing without a yes', async () => {
    const before = (await type('release', '--json')).json.length;
    expect(await type('release', '--all')).toMatchObject({ exit: 2 });
    for (const reply of ['', 'n', 'no', 'いいえ', 'yesterday']) {
      const { exit, err } = await terminalOn(house, { reply })('release', '--all');
      expect({ exit, said: err.includes('Nothing was sent.') }).toEqual({ exit: 130, said: true });
    }
    expect((await type('release', '--json')).json).toHaveLength(before);
    expect((await type('mail', 'list', '--json')).json.total).toBe(0);
  });

  it('asks with the numbers, and sends those that were chosen', async () => {
    const pending = (await type('release', '--json')).json.filter((one: { problem: unknown }) => one.problem === null);
    const chosen = [pending[0].key, pending[1].key];
    let asked = '';
    const reply = (question: string) => {
      asked = question;
      return 'はい';
    };
    const { exit, json } = await terminalOn(house, { reply })('release', ...chosen, '--json');
    expect(exit).toBe(0);
    expect(asked).toMatch(/^2 mails of FY2027 will be sent \(2 leave, 0 are kept back/);
    expect(json).toMatchObject({ mails: 2, keptBack: 0, releaseId: expect.any(String) });
    await house.settle();
    expect((await type('mail', 'list', '--release', json.releaseId, '--json')).json).toMatchObject({ total: 2 });
    expect((await house.get(MailboxQueries).list()).total).toBe(2);
    expect(await trail(`release/${json.releaseId}`)).toEqual({
      verb: 'invitations.release',
      kind: 'command',
      name: 'kaku',
    });
  });

  it('sends the rest with --yes, and then says that nothing is left', async () => {
    expect((await type('release', '--all', '--yes', '--json')).json.mails).toBeGreaterThan(0);
    expect(codeOf(await type('release', '--all', '--yes', '--json'))).toEqual([4, 'invitations.nothing-to-release']);
    expect(codeOf(await type('release', 'person/site/icredd/nobody', '--yes', '--json'))).toEqual([
      4,
      'invitations.not-pending',
    ]);
  });

  it('of rehearsal keeps back what is not listed', async () => {
    await type('rehearsal', 'on', '--address', '@nowhere.example.org');
    await type('meeting', 'set', 'site/icredd', '--day', '2027-07-15');
    const { json } = await type('release', '--all', '--yes', '--json');
    expect(json.keptBack).toBe(json.mails);
    expect(json.mails).toBeGreaterThan(0);
  });
});
