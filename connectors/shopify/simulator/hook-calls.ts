import { createHmac, randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../src/domain/json.js';
import { ACCOUNT } from './shop-account.js';

/** A call the shop would make: raw body and headers, signed with the app's secret. The same call again has the same id. */
export interface HookCall {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A webhook of a topic (`orders/updated`) as the shop sends it. */
export function hookCall(
  topic: string,
  content: JsonObject,
  secret: string = ACCOUNT.clientSecret,
): HookCall {
  const body = JSON.stringify(content);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-shop-domain': ACCOUNT.shop,
      'x-shopify-webhook-id': randomUUID(),
      'x-shopify-triggered-at': '2026-11-24T08:00:00.000Z',
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body, 'utf8').digest('base64'),
    },
  };
}
