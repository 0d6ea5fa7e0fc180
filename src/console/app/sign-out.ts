import { call } from './call.js';

/** Ends the session and leaves the page: nothing of what was shown stays in memory. */
export async function signOut(): Promise<void> {
  await call('POST', '/sign-out');
  window.location.assign('/login');
}
