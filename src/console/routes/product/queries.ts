import { queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { Product, Variant } from '../../../api/shapes/product.js';
import { call, pathOf } from '../../app/call.js';

const MOST_VARIANTS = 100;

/** A product: what each source says of it, and what was fixed by hand. */
export function productQuery(id: string) {
  return queryOptions({
    queryKey: ['product', id],
    queryFn: ({ signal }) => call<Product>('GET', pathOf('/products', id), { signal }),
  });
}

/** Its first hundred variants with all channels side by side; more are found in the listings. */
export function variantsQuery(id: string) {
  return queryOptions({
    queryKey: ['product', id, 'variants'],
    queryFn: ({ signal }) =>
      call<PageOf<Variant>>('GET', `${pathOf('/products', id)}/variants`, {
        query: { limit: MOST_VARIANTS },
        signal,
      }),
  });
}
