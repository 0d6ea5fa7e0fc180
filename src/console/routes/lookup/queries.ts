import { queryOptions } from '@tanstack/react-query';
import type { LookupDiff, LookupSheet } from '../../../api/shapes/mapping-types.js';
import { call, pathOf } from '../../app/call.js';

const of = (channel: string, name: string): string => pathOf('/mappings', channel, 'lookups', name);

/** A lookup table with the keys that were asked for in vain. */
export function lookupQuery(channel: string | undefined, name: string) {
  return queryOptions({
    queryKey: ['lookup', channel, name],
    queryFn: ({ signal }) => call<LookupSheet>('GET', of(channel ?? '', name), { signal }),
    enabled: channel !== undefined,
  });
}

/** What saving a CSV text would change. */
export function diffOf(channel: string, name: string, csv: string): Promise<LookupDiff> {
  return call<LookupDiff>('POST', `${of(channel, name)}/diff`, { body: { csv } });
}

/** Saves a table; `version`: the one it began from. */
export function saveTable(
  channel: string,
  name: string,
  { csv, version }: { readonly csv: string; readonly version: number },
): Promise<{ version: number }> {
  return call<{ version: number }>('PUT', of(channel, name), { body: { csv }, ifMatch: `"${version}"` });
}
