import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { Setup } from '../../../api/shapes/setup.js';
import type { ImportRow } from '../../../api/shapes/sources.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';

/** How a source is set up. */
export function sourceSetupQuery(source: string) {
  return queryOptions({
    queryKey: ['sources', source, 'setup'],
    queryFn: ({ signal }) => call<Setup>('GET', `${pathOf('/sources', source)}/setup`, { signal }),
  });
}

/** A page of its imports, the newest first. */
export function importsQuery(source: string, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['sources', source, 'imports', cursor],
    queryFn: ({ signal }) =>
      call<PageOf<ImportRow>>('GET', `${pathOf('/sources', source)}/imports`, {
        query: { cursor, limit: 25 },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** Imports the source now. */
export function importNow(source: string): Promise<void> {
  return call<void>('POST', `${pathOf('/sources', source)}/imports`, { idempotencyKey: onceKey() });
}

/** Reads the source no longer. Its products stay until another source has them. */
export function dropSource(source: string): Promise<void> {
  return call<void>('DELETE', `${pathOf('/sources', source)}/setup`);
}
