import type { Caller } from '../access/caller.js';
import { beginSession, endSession } from '../access/sessions.js';
import type { User } from '../access/users.js';
import { Refusal } from './problem.js';
import type { Call } from './route.js';
import { sessionCookie } from './session-cookie.js';

/** The person who calls. Throws a Refusal (403) for API keys: an account is a person's. */
export function person({ caller }: Pick<Call, 'caller'>): Caller {
  if (caller?.kind === 'user') return caller;
  throw new Refusal(
    403,
    'people_only',
    'This is for people who sign in, not for API keys.',
    'Sign in to the console.',
  );
}

type EnteringCall = Pick<
  Call,
  'app' | 'caller' | 'headers' | 'from' | 'now' | 'secure' | 'setHeader' | 'note'
>;

/** Begins a session in the browser that calls. One it had before ends: a session somebody else put there is worth nothing. */
export async function begin(call: EnteringCall, user: User): Promise<{ id: string; name: string }> {
  const { app, headers, from, now, secure, caller } = call;
  if (caller?.session) await endSession(app.database, caller.session);
  const place = { address: from, browser: headers['user-agent'] ?? '', now };
  call.setHeader('set-cookie', sessionCookie(await beginSession(app.database, user, place), secure));
  call.note({ object: 'session', by: { id: user.id, name: user.name } });
  return { id: user.id, name: user.name };
}
