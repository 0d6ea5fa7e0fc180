import { queryOptions } from '@tanstack/react-query';
import type { Account } from '../../../api/shapes/access.js';
import { call } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';

/** One's own account, with what the console remembers. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => call<Account>('GET', '/account', { signal }),
});

/** Keeps choices beside those that are there. */
export function keepPreferences(preferences: Account['preferences']): Promise<Account> {
  return call<Account>('PATCH', '/account', { body: { preferences }, idempotencyKey: onceKey() });
}
