import { call } from '../../app/call.js';

/** Opens a session; the cookie is the server's. */
export function signIn(body: {
  readonly email: string;
  readonly password: string;
  readonly code?: string;
}): Promise<void> {
  return call<void>('POST', '/sessions', { body });
}
