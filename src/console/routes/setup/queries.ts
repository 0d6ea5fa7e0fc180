import { queryOptions } from '@tanstack/react-query';
import type { Of } from '../../../api/shape.js';
import type { entry, setupWish } from '../../../api/shapes/access.js';
import { call } from '../../app/call.js';

/** What a link is for: the first administrator, or somebody invited. Fails for a link that is used or too old. */
export function entryQuery(token: string) {
  return queryOptions({
    queryKey: ['entry', token],
    enabled: token !== '',
    retry: false,
    queryFn: ({ signal }) => call<Of<typeof entry>>('POST', '/setup/look', { body: { token }, signal }),
  });
}

/** Sets a password and signs in. The token is good once. */
export function setUp(body: Of<typeof setupWish>): Promise<void> {
  return call<void>('POST', '/setup', { body });
}
