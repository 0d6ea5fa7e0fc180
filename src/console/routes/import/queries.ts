import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { ImportRow, SetAsideRow } from '../../../api/shapes/sources.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';
import type { ImportSearch } from './search.js';

const place = (source: string, id: string): string =>
  `${pathOf('/sources', source)}${pathOf('/imports', id)}`;

/** One import with its numbers. */
export function importQuery(source: string, id: string) {
  return queryOptions({
    queryKey: ['sources', source, 'import', id],
    queryFn: ({ signal }) => call<ImportRow>('GET', place(source, id), { signal }),
  });
}

/** Rows that were set aside, or taken with a doubt, in the order of the file. */
export function rowsQuery(source: string, id: string, { severity, cursor }: ImportSearch) {
  const query = { severity, cursor };
  return queryOptions({
    queryKey: ['sources', source, 'import', id, 'rows', query],
    queryFn: ({ signal }) => call<PageOf<SetAsideRow>>('GET', `${place(source, id)}/rows`, { query, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Lets a held import through: exactly the one that was seen. */
export function releaseImport(source: string, id: string): Promise<ImportRow> {
  return call<ImportRow>('POST', `${place(source, id)}/release`, { idempotencyKey: onceKey() });
}
