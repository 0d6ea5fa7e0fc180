import { queryOptions } from '@tanstack/react-query';
import { call } from '../app/call.js';

/** Something the search box leads to. */
export interface Found {
  readonly kind: 'page' | 'product' | 'variant' | 'order';
  readonly to: string;
  readonly name: string;
  /** Beside the name: the channel of an order. Null: the kind in words. */
  readonly beside: string | null;
}

interface FoundThing {
  readonly kind: 'product' | 'variant' | 'order';
  readonly id: string;
  readonly channel: string | null;
  readonly title: string;
}

/** Products, SKUs and orders a text leads to. */
export function searchQuery(text: string) {
  const q = text.trim();
  return queryOptions({
    queryKey: ['search', q],
    enabled: q !== '',
    queryFn: async ({ signal }): Promise<readonly Found[]> => {
      const { found } = await call<{ found: readonly FoundThing[] }>('GET', '/search', {
        query: { q },
        signal,
      });
      return found.map((thing) => ({
        kind: thing.kind,
        name: thing.title,
        to: placeOf(thing),
        beside: thing.channel,
      }));
    },
  });
}

function placeOf({ kind, id, channel }: FoundThing): string {
  if (kind === 'product') return `/catalog/${encodeURIComponent(id)}`;
  if (kind === 'variant') return `/listings?q=${encodeURIComponent(id)}`;
  return `/orders/${encodeURIComponent(channel ?? '')}/${encodeURIComponent(id)}`;
}
