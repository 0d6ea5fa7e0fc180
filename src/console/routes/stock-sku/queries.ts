import { queryOptions } from '@tanstack/react-query';
import type { CountsTaken, StockOfSku } from '../../../api/shapes/stock.js';
import { call, pathOf } from '../../app/call.js';

/** Everything the ledger knows of one variant. */
export function stockOfSkuQuery(sku: string) {
  return queryOptions({
    queryKey: ['stock', 'one', sku],
    queryFn: ({ signal }) => call<StockOfSku>('GET', pathOf('/stock', sku), { signal }),
  });
}

/** A count somebody enters by hand. */
export interface HandCount {
  readonly sku: string;
  readonly location: string;
  readonly onHand: number | null;
  readonly reason: string;
}

/** States one count; the answer says what became of it. */
export function stateCount({ reason, ...count }: HandCount): Promise<CountsTaken> {
  return call<CountsTaken>('PUT', '/stock/counts', {
    body: { owner: 'operator', counts: [count], ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
  });
}
