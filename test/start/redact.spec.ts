import { describe, expect, it } from '@jest/globals';
import { faultOf, redactPath, redactText } from '../../src/start/redact.ts';

describe('a path', () => {
  it.each([
    ['/', '/'],
    ['/staff/year-board/2027', '/staff/year-board/2027'],
    ['/staff/meetings/0b9d3c1e-6a3f-4a55-9a0a-1c2d3e4f5a6b', '/staff/meetings/0b9d3c1e-6a3f-4a55-9a0a-1c2d3e4f5a6b'],
    ['/a/k3JhbmRvbS10b2tlbi1vZi1hLWx', '/a/…'],
    ['/sign-in/k3JhbmRvbS10b2tlbi1vZi1hLWx?to=%2Fstaff', '/sign-in/…'],
    ['/staff/roster?q=%E6%9E%B6%E7%A9%BA', '/staff/roster'],
    ['/people/%E6%9E%B6%E7%A9%BA%20%E5%A4%AA%E9%83%8E', '/people/…'],
    ['/taro@example.org/x', '/…/x'],
    ['/assets/1a2b/style.css', '/assets/1a2b/style.css'],
    ['/x#taro', '/x'],
  ])('%s is logged as %s', (path, expected) => {
    expect(redactPath(path)).toBe(expected);
  });
});

describe('a message', () => {
  it.each([
    ['could not send to taro@example.org', 'could not send to …'],
    ['550 <hanako@mail.example.org>: unknown', '550 <…>: unknown'],
    ['connect smtp://user:secret@mail.example.org:587', 'connect smtp://…:587'],
    ['GET /a/k3JhbmRvbS10b2tlbi1vZi1hLWxpbms failed', 'GET /a/… failed'],
    ['job 0b9d3c1e-6a3f-4a55-9a0a-1c2d3e4f5a6b failed', 'job 0b9d3c1e-6a3f-4a55-9a0a-1c2d3e4f5a6b failed'],
    [
      'a_meeting_has_room_for_everybody_who_attends is broken',
      'a_meeting_has_room_for_everybody_who_attends is broken',
    ],
  ])('%s is logged as %s', (message, expected) => {
    expect(redactText(message)).toBe(expected);
  });
});

describe('an error', () => {
  it('of the database keeps code, table and constraint, and loses statement, parameters and detail', () => {
    const driverError = Object.assign(
      new Error('duplicate key value violates unique constraint "an_address_is_unique"'),
      {
        severity: 'ERROR',
        code: '23505',
        table: 'staff',
        constraint: 'an_address_is_unique',
        detail: 'Key (email)=(taro@example.org) already exists.',
      },
    );
    const error = Object.assign(new Error(driverError.message), {
      name: 'QueryFailedError',
      driverError,
      query: 'insert into staff values ($1)',
      parameters: ['taro@example.org'],
    });
    const { stack, ...rest } = faultOf(error);
    expect(rest).toEqual({
      type: 'QueryFailedError',
      message: 'duplicate key value violates unique constraint "an_address_is_unique"',
      code: '23505',
      table: 'staff',
      constraint: 'an_address_is_unique',
    });
    expect(stack).toContain('redact.spec');
    expect(JSON.stringify(faultOf(error))).not.toContain('taro');
  });

  it('of the database does not quote what somebody typed', () => {
    const error = Object.assign(new Error('invalid input syntax for type uuid: "架空 太郎"'), { severity: 'ERROR' });
    expect(faultOf(error).message).toBe('invalid input syntax for type uuid');
  });

  it.each([
    ['a text', 'string', 'a text'],
    [undefined, 'undefined', 'undefined'],
  ])('may be anything that was thrown: %s', (thrown, type, message) => {
    expect(faultOf(thrown)).toEqual({ type, message });
  });
});
