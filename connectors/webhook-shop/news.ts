import type { ShopNewsPort } from '../../src/channel/notification-port.js';
import { isJsonArray, isJsonObject } from '../../src/domain/json.js';
import type { WebhookShopSettings } from './settings.js';
import { isSignedBody, SIGNATURE_HEADER } from './signature.js';

/** The shop may tell us which of its orders changed: `{ "ids": ["1042"] }`, signed over the raw body. A hint: they are read back. Never throws. */
export function shopNews({ secret }: WebhookShopSettings): ShopNewsPort {
  return {
    newsIn({ headers, body }) {
      const given = headers[SIGNATURE_HEADER];
      if (typeof given !== 'string' || !isSignedBody(body, given, secret)) return null;
      return { storeIds: idsIn(body), catalog: false };
    },
  };
}

function idsIn(body: Buffer): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    const ids = isJsonObject(parsed) ? parsed.ids : undefined;
    return isJsonArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    // Signed, but about nothing we could read.
    return [];
  }
}
