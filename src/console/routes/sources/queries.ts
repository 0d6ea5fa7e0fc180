import { queryOptions } from '@tanstack/react-query';
import type { SourceRow } from '../../../api/shapes/sources.js';
import { call } from '../../app/call.js';

/** Sources with their last import. */
export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => call<{ sources: readonly SourceRow[] }>('GET', '/sources', { signal }),
});
