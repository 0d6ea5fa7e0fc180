import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { IssueGroups, Ledger, ListingLine } from '../../../api/shapes/listings.js';
import { call } from '../../app/call.js';
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
