import { describe, expect, test } from '@jest/globals';
import { pathOfOurs, sessionCookie, sessionTokenIn } from '../../src/identity/session.ts';
import { refusalOfFields, refusalToStepDown, tidied, type StaffFields } from '../../src/identity/staff.ts';

const fields: StaffFields = {
  nameJa: ' 見本 花子 ',
  nameEn: 'Hanako Mihon',
  email: ' Hanako.Mihon@Example.ORG ',
  telephone: '03-0000-0000',
  role: 'staff',
  language: 'ja',
};

describe('what is entered for a member of staff', () => {
  test('is stored without blanks around it and with its address in lower case', () => {
    expect(tidied(fields)).toEqual({ ...fields, nameJa: '見本 花子', email: 'hanako.mihon@example.org' });
  });

  test.each<[string, Partial<StaffFields>, string | undefined]>([
    ['in order', {}, undefined],
    ['without a Japanese name', { nameJa: '  ' }, 'identity.name-missing'],
    ['without a roman name', { nameEn: '' }, 'identity.name-missing'],
    ['with two addresses', { email: 'a@example.org, b@example.org' }, 'identity.address-not-usable'],
    ['with a line break in the name', { nameEn: 'Hanako\r\nBcc: x@example.org' }, 'identity.one-line'],
  ])('is refused or not: %s', (_, changes, code) => {
    expect(refusalOfFields(tidied({ ...fields, ...changes }))?.code).toBe(code);
  });
});

describe('the last administrator', () => {
  const stays = { role: 'administrator', active: true } as const;
  test.each<[string, readonly string[], Parameters<typeof refusalToStepDown>[2], string | undefined]>([
    ['cannot be deactivated', ['a'], { ...stays, active: false }, 'identity.last-administrator'],
    ['cannot become staff', ['a'], { ...stays, role: 'staff' }, 'identity.last-administrator'],
    ['may change otherwise', ['a'], stays, undefined],
    ['may go when there is another', ['a', 'b'], { ...stays, active: false }, undefined],
    ['is not somebody else', ['b'], { role: 'reader', active: false }, undefined],
  ])('%s', (_, administrators, after, code) => {
    expect(refusalToStepDown('a', administrators, after)?.code).toBe(code);
  });
});

describe('the session cookie', () => {
  const token = 'q0kRZx1b2c3d4e5f6g7h8i9j0k_';

  test('is read back from among others', () => {
    expect(sessionTokenIn(`lang=ja; ${sessionCookie(token, true).split(';')[0]}; other=1`)).toBe(token);
  });

  test.each([
    undefined,
    '',
    'lang=ja',
    'meguri_session=',
    `xmeguri_session=${token}`,
    'meguri_session=<script>',
    `meguri_session=${'a'.repeat(9_999)}`,
  ])('is not found in %s', (header) => expect(sessionTokenIn(header)).toBeUndefined());

  test('cannot be read by scripts, and travels by https only where people reach us so', () => {
    expect(sessionCookie(token, false)).toBe(`meguri_session=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800`);
    expect(sessionCookie(token, true)).toBe(`${sessionCookie(token, false)}; Secure`);
  });
});

describe('the page to return to after sign-in', () => {
  test.each(['/', '/staff/years/2027?lang=en', '/a//b'])('may be %s', (path) => expect(pathOfOurs(path)).toBe(path));
  test.each([
    '',
    'staff',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/a\\b',
    '/a b',
    '/a\nb',
    `/${'a'.repeat(600)}`,
  ])('may not be %s', (path) => expect(pathOfOurs(path)).toBeUndefined());
});
