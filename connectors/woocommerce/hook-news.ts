import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ShopNews, ShopNewsPort, SignedCall } from '../../src/channel/notification-port.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { WooSettings } from './settings.js';

const NOTHING: ShopNews = { storeIds: [], catalog: false };

/**
 * What WooCommerce's webhooks are about. The signature is base64 HMAC-SHA256 of the raw bytes with the webhook's secret; the first call is a ping with a form
 * body and without a signature, which is about nothing (webhook class 11.x, verified 2026-11-23). A call is made once and never repeated, with the
 * content of when it is sent: only ids are taken from it, and nothing depends on its coming. Never throws.
 */
export function wooNews({ hookSecret }: WooSettings): ShopNewsPort {
  return {
    newsIn(call) {
      if (/^webhook_id=\d{1,20}$/.test(call.body.toString('utf8', 0, 40))) return NOTHING;
      if (hookSecret === undefined || !isSigned(call, hookSecret)) return null;
      return newsOf(header(call, 'x-wc-webhook-resource'), bodyOf(call.body));
    },
  };
}

function isSigned(call: SignedCall, secret: string): boolean {
  const given = Buffer.from(header(call, 'x-wc-webhook-signature') ?? '', 'base64');
  const right = createHmac('sha256', secret).update(call.body).digest();
  return given.length === right.length && timingSafeEqual(given, right);
}

function header({ headers }: SignedCall, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function newsOf(resource: string | undefined, { id }: JsonObject): ShopNews {
  if (resource === 'product') return { storeIds: [], catalog: true };
  if (resource !== 'order' || typeof id !== 'number') return NOTHING;
  return { storeIds: [String(id)], catalog: false };
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
