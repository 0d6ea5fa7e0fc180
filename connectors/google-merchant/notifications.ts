import type { NotificationPort } from '../../src/channel/notification-port.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { MarketKey } from './settings.js';

/** Calls of the notifications sub-API: the status of a product changed. */
export function notificationPort(account: string, market: MarketKey): NotificationPort {
  return {
    skusIn(body) {
      const message = unwrapped(body);
      if (message?.account !== account || message.resourceType !== 'PRODUCT') return null;
      const name = [message.resourceId, message.resource].find((value) => typeof value === 'string');
      const sku = typeof name === 'string' ? skuIn(name, market) : null;
      return sku === null ? null : [sku];
    },
  };
}

/** The content stands alone, or as base64 in `message.data` (both are met; notifications v1, verified 2026-11-23). */
function unwrapped(body: JsonObject): JsonObject | null {
  if (!isJsonObject(body.message)) return body;
  const { data } = body.message;
  if (typeof data !== 'string') return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    // Anybody can call the address: what is no notification is about nothing.
    return null;
  }
}

/** `en~US~sku`, `online:en:US:sku`, a whole name, or the base64url of one; null: another market or no name. */
function skuIn(name: string, { contentLanguage, feedLabel }: MarketKey): string | null {
  const last = name.split('/products/').at(-1) ?? name;
  const id = /[~:]/.test(last) ? last : Buffer.from(last, 'base64url').toString('utf8');
  for (const mark of ['~', ':']) {
    const parts = id.split(mark);
    const start = parts[0] === 'online' ? 1 : 0;
    if (parts[start] !== contentLanguage || parts[start + 1] !== feedLabel) continue;
    const sku = parts.slice(start + 2).join(mark);
    if (sku !== '') return sku;
  }
  return null;
}
