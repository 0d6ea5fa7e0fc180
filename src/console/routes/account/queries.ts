import { queryOptions } from '@tanstack/react-query';
import type { Account, Session } from '../../../api/shapes/access.js';
import { call } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';

/** One's own account. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => call<Account>('GET', '/account', { signal }),
});

/** Where one is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call<{ items: readonly Session[] }>('GET', '/sessions', { signal }),
});

const write = <Answer>(path: string, body?: unknown): Promise<Answer> =>
  call<Answer>('POST', path, { idempotencyKey: onceKey(), ...(body === undefined ? {} : { body }) });

/** Changes one's name. */
export const rename = (name: string): Promise<Account> =>
  call<Account>('PATCH', '/account', { body: { name }, idempotencyKey: onceKey() });

/** Changes one's password; signed in here only from now on. */
export const changePassword = (body: {
  readonly password: string;
  readonly newPassword: string;
}): Promise<void> => write('/account/password', body);

/** What an authenticator app is given. */
export interface Offer {
  readonly secret: string;
  readonly address: string;
}

/** Begins a second factor. */
export const offerFactor = (): Promise<Offer> => write('/account/second-factor');

/** Takes its first code; answers recovery codes, shown once. */
export const confirmFactor = (code: string): Promise<{ recoveryCodes: readonly string[] }> =>
  write('/account/second-factor/confirm', { code });

/** Takes it away. */
export const dropFactor = (code: string): Promise<void> => write('/account/second-factor/remove', { code });

/** Signs one out everywhere else. */
export const endOthers = (): Promise<{ ended: number }> => call('DELETE', '/sessions');
