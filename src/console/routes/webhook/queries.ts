import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { Delivery } from '../../../api/shapes/webhooks.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';
import type { WebhookSearch } from './search.js';

/** A page of what a webhook was told or is still to be told, the newest first. */
export function deliveriesQuery(id: string, { state, cursor }: WebhookSearch) {
  const query = { state, cursor };
  return queryOptions({
    queryKey: ['webhooks', id, 'deliveries', query],
    queryFn: ({ signal }) =>
      call<PageOf<Delivery>>('GET', `${pathOf('/webhooks', id)}/deliveries`, { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
}

/** What came of a ping: the status of the answer, or why there was none. */
export interface Pinged {
  readonly status: number | null;
  readonly failure: string | null;
}

/** Sends a message of no event. */
export function pingWebhook(id: string): Promise<Pinged> {
  return call('POST', `${pathOf('/webhooks', id)}/ping`);
}

/** Makes a new secret, shown this once; for a day both sign. */
export function rotateSecret(id: string): Promise<{ secret: string }> {
  return call('POST', `${pathOf('/webhooks', id)}/rotate`, { idempotencyKey: onceKey() });
}

/** Has one event told again. */
export function replayEvent(id: string, event: number): Promise<void> {
  return call('POST', `${pathOf('/webhooks', id)}/deliveries/${event}/replay`, {
    idempotencyKey: onceKey(),
  });
}

/** Has everything since an instant told again; answers how many events. */
export function replaySince(id: string, since: string): Promise<{ events: number }> {
  return call('POST', `${pathOf('/webhooks', id)}/replay`, { body: { since }, idempotencyKey: onceKey() });
}

/** Removes a webhook with all that waits for it. */
export function removeWebhook(id: string): Promise<void> {
  return call('DELETE', pathOf('/webhooks', id));
}
