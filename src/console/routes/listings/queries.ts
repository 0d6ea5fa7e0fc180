import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { IssueGroups, Ledger, ListingLine } from '../../../api/shapes/listings.js';
import { call, pathOf } from '../../app/call.js';
import type { ListingsSearch } from './search.js';

/** A complaint about a listing. */
export type Issue = NonNullable<ListingLine['firstIssue']>;
/** The state of a listing with what its sentence needs. */
export type StateFacts = ListingLine['state'];

type Filter = Pick<ListingsSearch, 'channel' | 'state' | 'issue' | 'q' | 'cursor'>;

/** A page of listings. The rows of before stay while the next ones come. */
export function listingsQuery({ channel, state, issue, q, cursor }: Filter) {
  const [code, attribute] = issue?.split(':') ?? [];
  return queryOptions({
    queryKey: ['listings', { channel, state, issue, q, cursor }],
    queryFn: ({ signal }) =>
      call<PageOf<ListingLine>>('GET', '/listings', {
        query: { channel, state, issue: code, attribute, q, cursor },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** Equal issues of blocked or rejected listings, the commonest first. */
export function groupsQuery({ channel, state }: Pick<Filter, 'channel' | 'state'>) {
  return queryOptions({
    queryKey: ['listings', 'groups', { channel, state }],
    queryFn: ({ signal }) =>
      call<IssueGroups>('GET', '/listings/groups', { query: { channel, state }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** How many listings each channel has in each state. */
export interface ChannelCounts {
  readonly channel: string;
  /** Counted with the others; false: a channel to practise on, beside real ones. */
  readonly together: boolean;
  readonly ledger: Ledger;
}

/** The counts of every channel, in the order of the configuration. */
export const countsQuery = queryOptions({
  queryKey: ['listings', 'counts'],
  queryFn: async ({ signal }) =>
    (await call<{ channels: readonly ChannelCounts[] }>('GET', '/listings/counts', { signal })).channels,
});

interface Override {
  readonly channel: string;
  readonly scope: 'product' | 'variant';
  readonly key: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly exclude: string | null;
}

/** Takes back what was done to one listing. */
export type TakeBack = () => Promise<void>;

/**
 * Leaves one listing out of its channel, with the reason everybody sees. What else was fixed by hand for it stays; taking it back leaves exactly what
 * was fixed before.
 */
export async function excludeListing(
  { channel, sku }: Pick<ListingLine, 'channel' | 'sku'>,
  exclude: string,
): Promise<TakeBack> {
  const { items } = await call<{ items: readonly Override[] }>('GET', '/overrides', { query: { channel } });
  const before = items.find(
    (each) => each.channel === channel && each.scope === 'variant' && each.key === sku,
  );
  const at = pathOf('/overrides/variant', sku);
  const query = { channel };
  const attributes = before?.attributes ?? {};
  const kept = Object.keys(attributes).length > 0 ? { attributes } : {};
  await call<void>('PUT', at, { query, body: { ...kept, exclude } });
  if (before === undefined) return () => call<void>('DELETE', at, { query });
  const back = { ...kept, ...(before.exclude === null ? {} : { exclude: before.exclude }) };
  return () => call<void>('PUT', at, { query, body: back });
}
