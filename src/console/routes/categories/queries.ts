import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { CategoryMapping } from '../../../api/shapes/mapping-types.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';

/** The merchant's categories with suggestions; `minScore`: those from this score on are taken. */
export function categoriesQuery(channel: string, minScore: number) {
  return queryOptions({
    queryKey: ['categories', channel, minScore],
    queryFn: ({ signal }) =>
      call<CategoryMapping>('GET', pathOf('/categories', channel), { query: { minScore }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Takes over every suggestion from a score on. */
export function acceptAll(channel: string, minScore: number): Promise<{ added: number; version: number }> {
  return call('POST', `${pathOf('/categories', channel)}/accept`, {
    body: { minScore },
    idempotencyKey: onceKey(),
  });
}

/** Keeps the taxonomy file of the channel. */
export function keepTaxonomy(channel: string, file: Blob): Promise<{ categories: number }> {
  return call('PUT', `${pathOf('/categories', channel)}/taxonomy`, {
    body: new Blob([file], { type: 'text/plain' }),
  });
}
