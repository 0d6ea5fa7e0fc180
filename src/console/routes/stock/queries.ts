import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { StockLine } from '../../../api/shapes/stock.js';
import { call } from '../../app/call.js';
import type { StockSearch } from './search.js';

/** A page of the stock, in the order of the catalog. */
export function stockQuery({ q, location, cursor }: StockSearch) {
  const query = { q, location, cursor };
  return queryOptions({
    queryKey: ['stock', 'list', query],
    queryFn: ({ signal }) => call<PageOf<StockLine>>('GET', '/stock', { query, signal }),
    placeholderData: keepPreviousData,
  });
}
