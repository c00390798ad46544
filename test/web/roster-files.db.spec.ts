import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StaffQueries } from '../../src/identity/staff.queries.ts';
import { decode } from '../../src/roster/csv-text.ts';
import { RosterQueries } from '../../src/roster/roster.queries.ts';
import { upload } from './uploading.ts';
import { fieldIn, wordsOf, YearHouse } from './year-house.ts';

let house: YearHouse;
beforeAll(async () => {
  house = await YearHouse.open('2027-05-20T03:00:00Z');
});
afterAll(() => house.app.stop());

const person = (id: string) => house.app.get(RosterQueries).one('person', id);
const roster = () => house.app.get(RosterQueries).wholeRoster();
const answered = (answer: { statusCode: number; headers: Record<string, unknown> }) => [
  answer.statusCode,
  answer.headers['location'],
];

describe('CSV files', () => {
  const people = 'id,telephone,name_ja,name_en,language,duties_accepted\n';

  it('come out one by one as a spreadsheet opens them, and come back without a difference', async () => {
    const out = await house.get('/roster/files/people.csv');
    expect(out.headers['content-disposition']).toBe('attachment; filename="people.csv"');
    expect(decode(out.rawPayload)?.encoding).toBe('utf-8-bom');
    const back = await upload(house, '/roster/files/preview', [['people.csv', out.rawPayload]]);
    expect(back.statusCode).toBe(200);
    expect(wordsOf(back.body)).toContain('名簿と同じ内容です');
    expect((await house.get('/roster/files/secret.csv')).statusCode).toBe(404);
  });

  it('are shown line by line and written only when that is confirmed', async () => {
    const file = `${people}mihon-hanako,03-1111-2222,見本 花子,Hanako MIHON,ja,9\nneu,,新人 一,Hajime NEU,en,1\n`;
    const preview = await upload(house, '/roster/files/preview', [['people.csv', file]]);
    expect(preview.statusCode).toBe(200);
    expect(wordsOf(preview.body)).toContain('追加1件、変更1件、変更なし0件、誤りのある行0件');
    expect(wordsOf(preview.body)).toContain('文字コード：UTF-8');
    expect((await person('mihon-hanako')).telephone).toBe('03-0000-0002');
    const form = { packed: fieldIn(preview.body, 'packed'), seen: fieldIn(preview.body, 'seen') };
    expect(answered(await house.post('/roster/files/import', form))).toEqual([303, '/roster/files?done=1.1.0']);
    expect((await person('mihon-hanako')).telephone).toBe('03-1111-2222');
  });

  it('are not written when the roster has changed since, but shown again', async () => {
    const file = `${people}mihon-hanako,03-3333-3333,見本 花子,Hanako MIHON,ja,9\n`;
    const preview = await upload(house, '/roster/files/preview', [['people.csv', file]]);
    const other = await upload(house, '/roster/files/preview', [['people.csv', file.replace('3333,', '4444,')]]);
    const form = (body: string) => ({ packed: fieldIn(body, 'packed'), seen: fieldIn(body, 'seen') });
    await house.post('/roster/files/import', form(other.body));
    const late = await house.post('/roster/files/import', form(preview.body));
    expect(late.statusCode).toBe(409);
    expect(wordsOf(late.body)).toContain('確認した後に名簿が変更されました');
    expect((await person('mihon-hanako')).telephone).toBe('03-3333-4444');
  });

  it('with faults are refused as a whole, unless only the right lines are to be written', async () => {
    const file = `${people}mihon-hanako,x,見本 花子,Hanako MIHON,ja,9\nneu-2,,新人 二,Niji NEU,en,1\n`;
    const preview = await upload(house, '/roster/files/preview', [
      ['people.csv', file],
      ['<script>x</script>.csv', 'id\n1\n'],
    ]);
    expect(preview.statusCode).toBe(422);
    expect(wordsOf(preview.body)).toContain('電話番号は');
    expect(preview.body).not.toContain('<script>x');
    const form = { packed: fieldIn(preview.body, 'packed'), seen: fieldIn(preview.body, 'seen') };
    expect((await house.post('/roster/files/import', form)).statusCode).toBe(422);
    expect((await roster()).people.some(({ id }) => id === 'neu-2')).toBe(false);
    expect(answered(await house.post('/roster/files/import', { ...form, skip: 'yes' }))[1]).toBe(
      '/roster/files?done=1.0.1',
    );
  });

  it('are read in Shift_JIS, and that is said', async () => {
    // 見本 in Shift_JIS
    const head = Buffer.from('id,name_ja\nmihon-hanako,');
    const bytes = Buffer.concat([head, Buffer.from([0x8c, 0xa9, 0x96, 0x7b]), Buffer.from(' X\n')]);
    const preview = await upload(house, '/roster/files/preview', [['people.csv', bytes]]);
    expect(wordsOf(preview.body)).toContain('Shift_JIS（推定）');
    expect(wordsOf(preview.body)).toContain('見本 X');
  });

  it('that are too large or too many get the page of 413, none at all the form again', async () => {
    const large = await upload(house, '/roster/files/preview', [['people.csv', 'x'.repeat(5_000_001)]]);
    expect(large.statusCode).toBe(413);
    expect(wordsOf(large.body)).toContain('ファイルが大きすぎます');
    const many = Array.from({ length: 11 }, (_, n) => [`${n}.csv`, 'id\n'] as const);
    expect((await upload(house, '/roster/files/preview', many)).statusCode).toBe(413);
    const together = [
      ['people.csv', 'x'.repeat(3_000_000)],
      ['posts.csv', 'x'.repeat(3_000_000)],
    ] as const;
    expect((await upload(house, '/roster/files/preview', together)).statusCode).toBe(413);
    const none = await upload(house, '/roster/files/preview', []);
    expect([none.statusCode, none.body.includes('id="files-fault"')]).toEqual([422, true]);
  });

  it('of readers and of nobody are not taken, nor what was not packed here', async () => {
    const file = [['people.csv', people]] as const;
    expect((await upload(house, '/roster/files/preview', file, 'reader')).statusCode).toBe(403);
    expect((await upload(house, '/roster/files/preview', file, null)).statusCode).toBe(303);
    for (const packed of ['', 'nonsense', Buffer.from('[["a",1]]\n').toString('base64url')])
      expect((await house.post('/roster/files/import', { packed, seen: '' })).statusCode).toBe(400);
  });
});

describe('staff accounts', () => {
  const member = {
    nameJa: '見本 四郎',
    nameEn: 'Shiro MIHON',
    email: 'shiro@example.org',
    telephone: '',
    role: 'staff',
    language: 'ja',
  };

  it('are changed by administrators only', async () => {
    expect((await house.get('/roster/staff/new', { as: 'staff' })).statusCode).toBe(403);
    expect((await house.post('/roster/staff/new', member, { as: 'staff' })).statusCode).toBe(403);
    expect((await house.get('/roster/staff', { as: 'staff' })).body).not.toContain('/roster/staff/new');
  });

  it('are added, changed, deactivated and activated, with faults at the field', async () => {
    const wrong = await house.post('/roster/staff/new', { ...member, nameEn: '', email: 'x', role: 'king' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('id="nameEn-fault"');
    expect(fieldIn(wrong.body, 'nameJa')).toBe('見本 四郎');
    const notAnAddress = await house.post('/roster/staff/new', { ...member, email: 'x' }, { language: 'en' });
    expect([notAnAddress.statusCode, notAnAddress.body.includes('id="email-fault"')]).toEqual([422, true]);
    expect(answered(await house.post('/roster/staff/new', member))).toEqual([303, '/roster/staff?done=added']);
    expect((await house.post('/roster/staff/new', member)).statusCode).toBe(409);
    const { id } = (await house.app.get(StaffQueries).byEmail(member.email))!;
    await house.post(`/roster/staff/${id}/edit`, { ...member, telephone: '03-0000-0000', role: 'reader' });
    expect(await house.app.get(StaffQueries).one(id)).toMatchObject({ telephone: '03-0000-0000', role: 'reader' });
    await house.post(`/roster/staff/${id}/deactivate`, {});
    expect(wordsOf((await house.get('/roster/staff')).body)).toContain('利用停止');
    await house.post(`/roster/staff/${id}/activate`, {});
    expect((await house.app.get(StaffQueries).one(id))?.active).toBe(true);
  });

  it('keep an administrator', async () => {
    const administrator = (await house.app.get(StaffQueries).list()).find(({ role }) => role === 'administrator')!;
    const refused = await house.post(`/roster/staff/${administrator.id}/deactivate`, {});
    expect(refused.statusCode).toBe(409);
    expect(wordsOf(refused.body)).toContain('最後の管理者です');
    const demoted = await house.post(`/roster/staff/${administrator.id}/edit`, {
      ...member,
      email: administrator.email,
    });
    expect([demoted.statusCode, demoted.body.includes('id="role-fault"')]).toEqual([409, true]);
    expect((await house.get('/roster/staff/nobody/edit')).statusCode).toBe(404);
  });
});
