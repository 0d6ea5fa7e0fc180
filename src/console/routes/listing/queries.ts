import { queryOptions } from '@tanstack/react-query';
import type { Listing } from '../../../api/shapes/listing.js';
import type { HistoryEntry } from '../../../api/shapes/product.js';
import type { Why } from '../../../api/shapes/why.js';
import { call, pathOf } from '../../app/call.js';

/** Everything about one listing: as wanted, as sent, as shown. */
export function listingQuery(channel: string, sku: string) {
  return queryOptions({
    queryKey: ['listing', channel, sku],
    queryFn: ({ signal }) => call<Listing>('GET', pathOf('/listings', channel, sku), { signal }),
  });
}

/** What changed about a variant, newest first. */
export function historyQuery(sku: string) {
  return queryOptions({
    queryKey: ['history', sku],
    queryFn: async ({ signal }) =>
      (
        await call<{ entries: readonly HistoryEntry[] }>('GET', `${pathOf('/variants', sku)}/history`, {
          signal,
        })
      ).entries,
  });
}

/** Why a listing was as it was at a moment that has passed. */
export function whyThenQuery(channel: string, sku: string, at: string) {
  return queryOptions({
    queryKey: ['listing', channel, sku, 'why', at],
    queryFn: ({ signal }) =>
      call<Why>('GET', `${pathOf('/listings', channel, sku)}/why`, { query: { at }, signal }),
  });
}
