import { queryOptions } from '@tanstack/react-query';
import type { ApiKeyRow } from '../../../api/shapes/access.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';
import type { Permission } from '../../app/session.js';

/** API keys, without the keys. */
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => call<{ items: readonly ApiKeyRow[] }>('GET', '/keys', { signal }),
});

/** Makes a key; `secret` is shown this once. */
export function makeKey(body: {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly endsAt: string | null;
}): Promise<{ key: ApiKeyRow; secret: string }> {
  return call('POST', '/keys', { body, idempotencyKey: onceKey() });
}

/** Ends a key at once. */
export function revokeKey(id: string): Promise<ApiKeyRow> {
  return call<ApiKeyRow>('DELETE', pathOf('/keys', id));
}
