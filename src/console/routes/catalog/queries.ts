import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { ProductLine } from '../../../api/shapes/products.js';
import { call } from '../../app/call.js';
import type { CatalogSearch } from './search.js';

/** A page of products. A state is one of a channel: without a channel it is not asked for. */
export function productsQuery({ q, source, channel, state, cursor }: CatalogSearch) {
  const query = {
    q,
    source,
    cursor,
    ...(channel === undefined || state === undefined ? {} : { channel, state }),
  };
  return queryOptions({
    queryKey: ['products', query],
    queryFn: ({ signal }) => call<PageOf<ProductLine>>('GET', '/products', { query, signal }),
    placeholderData: keepPreviousData,
  });
}
