/** Name of the cookie that holds the session's token */
export const SESSION_COOKIE = 'meguri_session';

/** A session ends when it was not used for half a day, and in any case a week after sign-in. */
export const SESSION_IDLE_HOURS = 12;
export const SESSION_HOURS = 7 * 24;

/** The session's token in a Cookie header (RFC 6265 §4.2.1); undefined where there is none or it cannot be one of ours */
export function sessionTokenIn(cookieHeader: string | undefined): string | undefined {
  for (const pair of (cookieHeader ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === SESSION_COOKIE) {
      const token = pair.slice(at + 1).trim();
      return /^[A-Za-z0-9_-]{20,64}$/.test(token) ? token : undefined;
    }
  }
  return undefined;
}

/**
 * Value of the Set-Cookie header that signs a browser in. Lax, so that a link in a mail to staff opens signed in; the server ends the
 * session, not the cookie.
 * @param secure whether people reach us by https
 */
export const sessionCookie = (token: string, secure: boolean): string =>
  `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${SESSION_HOURS * 3600}${secure ? '; Secure' : ''}`;

export const endedSessionCookie = (secure: boolean): string =>
  `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure ? '; Secure' : ''}`;

/** A path of our own to return to after sign-in; anything that a browser could take for another site is dropped. */
export function pathOfOurs(value: string | undefined): string | undefined {
  if (!value || value.length > 500 || !/^\/(?![/\\])/.test(value) || /[\\\s]|\p{Cc}/u.test(value)) return undefined;
  return value;
}
