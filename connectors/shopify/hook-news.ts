import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ShopNews, ShopNewsPort, SignedCall } from '../../src/channel/notification-port.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { ShopifySettings } from './settings.js';

/**
 * What Shopify's webhooks are about. The signature is base64 HMAC-SHA256 of the raw bytes with the app's client secret; after a rotation either secret may
 * sign for an hour (shopify.dev, "Verify webhook deliveries", verified 2026-11-23). They come twice, late and out of order, with the content of then: only ids are
 * taken from them. Never throws.
 */
export function shopifyNews(settings: ShopifySettings): ShopNewsPort {
  const secrets = [settings.clientSecret, settings.nextClientSecret].filter((secret) => secret !== undefined);
  return {
    newsIn(call) {
      const signed = secrets.some((secret) => isSigned(call, secret));
      if (!signed || header(call, 'x-shopify-shop-domain') !== settings.shop) return null;
      return newsOf(header(call, 'x-shopify-topic') ?? '', bodyOf(call.body));
    },
  };
}

function isSigned(call: SignedCall, secret: string): boolean {
  const given = Buffer.from(header(call, 'x-shopify-hmac-sha256') ?? '', 'base64');
  const right = createHmac('sha256', secret).update(call.body).digest();
  return given.length === right.length && timingSafeEqual(given, right);
}

function header({ headers }: SignedCall, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** `products/update`, `inventory_levels/update`, `orders/updated`, `refunds/create`, `fulfillments/update` and their kin. */
function newsOf(topic: string, body: JsonObject): ShopNews {
  const kind = topic.split('/')[0] ?? '';
  if (kind === 'products' || kind === 'inventory_levels') return { storeIds: [], catalog: true };
  const id = kind === 'orders' ? (body.admin_graphql_api_id ?? body.id) : body.order_id;
  const known = ['orders', 'refunds', 'fulfillments', 'returns'].includes(kind);
  return { storeIds: known ? orderIds(id) : [], catalog: false };
}

/** Bodies hold the number or the global id. */
function orderIds(id: unknown): readonly string[] {
  const number = /^(?:gid:\/\/shopify\/Order\/)?(\d+)$/.exec(String(id ?? ''))?.[1];
  return number === undefined ? [] : [`gid://shopify/Order/${number}`];
}

function bodyOf(body: Buffer): JsonObject {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return isJsonObject(parsed) ? parsed : {};
  } catch {
    // Signed, but about nothing we could read.
    return {};
  }
}
