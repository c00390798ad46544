import { describe, expect, it } from '@jest/globals';
import { findAccount, parsePostmaster } from '../../src/embedded/postmaster.ts';

const whole = ['4711', '/data/postgres', '1795300000', '40821', '', '127.0.0.1', '  3145729         1', 'ready   ', ''];

describe('postmaster.pid', () => {
  it('says process, port and whether it is ready', () => {
    expect(parsePostmaster(whole.join('\n'))).toEqual({ pid: 4711, port: 40821, ready: true });
  });

  it('is not ready while it says starting', () => {
    expect(parsePostmaster(whole.with(7, 'starting').join('\n'))?.ready).toBe(false);
  });

  it.each([0, 1, 2, 3])('is nothing yet after %i lines', (lines) => {
    expect(parsePostmaster(whole.slice(0, lines).join('\n'))).toBeUndefined();
  });
});

describe('an account', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n';

  it('is found by its whole name', () => {
    expect(findAccount(passwd, 'nobody')).toEqual({ uid: 65534, gid: 65533 });
    expect(findAccount(passwd, 'no')).toBeUndefined();
  });
});
