const PLAIN = 'omnifeed';
/** Browsers take this name only over https, for this host alone. */
const SECURE = '__Host-omnifeed';

const LONGEST_HEADER = 8_000;

/** The session a browser shows; null: none. */
export function sessionIn(header: string | undefined): string | null {
  if (header === undefined || header.length > LONGEST_HEADER) return null;
  const pairs = new Map(
    header.split(/; */).map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]),
  );
  const secret = pairs.get(SECURE) ?? pairs.get(PLAIN);
  return secret !== undefined && /^[\w-]{43}$/.test(secret) ? secret : null;
}

/** The value of `set-cookie` that gives a browser a session, or takes it away (null). No script sees it, and no other site makes a browser send it. */
export function sessionCookie(secret: string | null, secure: boolean): string {
  const parts = [`${secure ? SECURE : PLAIN}=${secret ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  if (secure) parts.push('Secure');
  if (secret === null) parts.push('Max-Age=0');
  return parts.join('; ');
}
