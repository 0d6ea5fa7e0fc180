import { queryOptions } from '@tanstack/react-query';
import type { Webhook, Webhooks } from '../../../api/shapes/webhooks.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';

/** Every webhook without its secret, and every kind of event. */
export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => call<Webhooks>('GET', '/webhooks', { signal }),
});

/** What a person says of a webhook. `events: null`: every kind. */
export type WebhookWish = Pick<Webhook, 'url' | 'events'>;

/** Adds a webhook; `secret` is shown this once. */
export function addWebhook(body: WebhookWish): Promise<{ webhook: Webhook; secret: string }> {
  return call('POST', '/webhooks', { body, idempotencyKey: onceKey() });
}

/** Changes address or kinds, or lets it stand still. */
export function changeWebhook(
  id: string,
  body: Partial<WebhookWish & Pick<Webhook, 'active'>>,
): Promise<Webhook> {
  return call('PATCH', pathOf('/webhooks', id), { body });
}
