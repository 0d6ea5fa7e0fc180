import { createHmac } from 'node:crypto';
import type { JsonObject } from '../../../src/domain/json.js';
import { listReply, RestError } from './lists.js';
import type { HeldHook } from './shop-state.js';
import type { Route, ShopWorld } from './shop-world.js';

/** Routes of webhooks. WordPress calls no private address and no odd port (`wp_safe_remote_post`). */
export function hookRoutes({ shop }: ShopWorld): readonly Route[] {
  const view = ({ id, topic, address, status }: HeldHook): JsonObject => ({
    id,
    name: topic,
    status,
    topic,
    delivery_url: address,
  });
  return [
    {
      method: 'GET',
      path: 'wc/v3/webhooks',
      answer: ({ query }) => listReply(shop.hooks, query, view),
    },
    {
      method: 'POST',
      path: 'wc/v3/webhooks',
      answer: ({ body }) => {
        const { topic, delivery_url: address, secret } = body;
        if (typeof topic !== 'string' || !/^(order|product|customer|coupon)\.\w+$/.test(topic))
          throw new RestError('woocommerce_rest_webhook_invalid_topic', 'Webhook topic must be valid.', 400);
        if (typeof address !== 'string' || !/^https?:\/\/(?!127\.|10\.|192\.168\.|localhost)/.test(address))
          throw new RestError(
            'woocommerce_rest_webhook_invalid_delivery_url',
            'Webhook delivery URL must be a valid URL starting with http:// or https://.',
            400,
          );
        const hook: HeldHook = {
          id: shop.nextId(),
          topic,
          address,
          secret: typeof secret === 'string' ? secret : '',
          status: 'active',
        };
        shop.hooks.push(hook);
        return { status: 201, body: view(hook) };
      },
    },
    {
      method: 'PUT',
      path: 'wc/v3/webhooks/#',
      answer: ({ ids, body }) => {
        const hook = shop.hooks.find(({ id }) => id === ids[0]);
        if (!hook) throw new RestError('woocommerce_rest_webhook_invalid_id', 'Invalid ID.', 404);
        if (body.status === 'active' || body.status === 'paused' || body.status === 'disabled')
          hook.status = body.status;
        if (typeof body.secret === 'string') hook.secret = body.secret;
        return { status: 200, body: view(hook) };
      },
    },
  ];
}

/** A call the shop would make: raw body and headers. */
export interface HookCall {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A webhook of a topic (`order.updated`) as the shop sends it, signed with its secret. */
export function hookCall(topic: string, content: JsonObject, secret: string): HookCall {
  const body = JSON.stringify(content);
  const [resource = '', event = ''] = topic.split('.');
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-wc-webhook-source': 'https://shop.example/',
      'x-wc-webhook-topic': topic,
      'x-wc-webhook-resource': resource,
      'x-wc-webhook-event': event,
      'x-wc-webhook-id': '17',
      'x-wc-webhook-delivery-id': 'a1b2c3',
      'x-wc-webhook-signature': createHmac('sha256', secret).update(body, 'utf8').digest('base64'),
    },
  };
}

/** The first call of a webhook: a form, not signed. */
export const HOOK_PING: HookCall = {
  body: 'webhook_id=17',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
};
