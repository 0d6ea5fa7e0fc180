import type { ConversionPort } from '../../src/channel/conversion-port.js';
import { epochMs } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import { majorUnits } from '../../src/domain/money.js';
import type { HashedBuyer, WebPurchase } from '../../src/domain/web-purchase.js';
import type { ConversionSettings } from './conversion-settings.js';
import type { Graph } from './graph.js';

/** `cart_origin` of Meta's checkout links (Checkout URL guide, verified 2026-11-23). */
const ORIGINS = new Set(['facebook', 'instagram', 'meta_shops']);
const SOURCES = /^(fb|ig|facebook|instagram|meta|igshopping|fbshopping)$/i;

/** Our names of what is known of a buyer → Meta's (Conversions API parameters, general knowledge, 2026-11). */
const BUYER: Readonly<Record<keyof HashedBuyer, string>> = {
  email: 'em',
  phone: 'ph',
  firstName: 'fn',
  lastName: 'ln',
  postalCode: 'zp',
  city: 'ct',
  country: 'country',
  buyerId: 'external_id',
};

/** Whether the buyer came from Meta: a click id, a checkout link's origin, or a campaign of its places. Pure. */
export function cameFromMeta({ marks }: WebPurchase): boolean {
  return (
    marks.fbclid !== undefined ||
    marks.fbc !== undefined ||
    ORIGINS.has(marks.cart_origin ?? '') ||
    SOURCES.test(marks.utm_source ?? '')
  );
}

/** A purchase as a `Purchase` event. Ids are the SKUs, which are the ids of the catalog. Pure. */
export function purchaseEvent(purchase: WebPurchase): JsonObject {
  const { lines, total, marks, buyer } = purchase;
  const hashed = (Object.keys(BUYER) as (keyof HashedBuyer)[]).flatMap((name) =>
    buyer[name] === undefined ? [] : [[BUYER[name], [buyer[name]]] as const],
  );
  const click = clickOf(purchase);
  return {
    event_name: 'Purchase',
    event_id: purchase.eventId,
    event_time: Math.floor(epochMs(purchase.placedAt) / 1_000),
    action_source: 'website',
    ...(purchase.page === null ? {} : { event_source_url: purchase.page }),
    user_data: {
      ...(Object.fromEntries(hashed) as JsonObject),
      ...(click === null ? {} : { fbc: click }),
      ...(marks.fbp === undefined ? {} : { fbp: marks.fbp }),
      ...(purchase.userAgent === null ? {} : { client_user_agent: purchase.userAgent }),
      ...(purchase.address === null ? {} : { client_ip_address: purchase.address }),
    },
    custom_data: {
      currency: total.currency,
      value: majorUnits(total),
      order_id: purchase.orderId,
      content_type: 'product',
      content_ids: [...new Set(lines.map((line) => line.sku))],
      contents: lines.map(({ sku, quantity, unitPrice }) => ({
        id: sku,
        quantity,
        item_price: majorUnits(unitPrice),
      })),
    },
  };
}

/** The cookie's form of a click id, made from the parameter where the shop kept no cookie: `fb.1.<time>.<id>`. */
function clickOf({ marks, placedAt }: WebPurchase): string | null {
  if (marks.fbc !== undefined) return marks.fbc;
  return marks.fbclid === undefined ? null : `fb.1.${epochMs(placedAt)}.${marks.fbclid}`;
}

/** Purchases go to the dataset of the settings (Conversions API: 1,000 events a call, none older than 7 days). */
export function metaConversions(settings: ConversionSettings, graph: Graph): ConversionPort {
  return {
    limits: { purchases: 1_000, oldestMs: 7 * 86_400_000 },
    claims: cameFromMeta,
    async report(purchases) {
      const { datasetId, testEventCode } = settings;
      await graph.call({
        operation: 'events',
        method: 'POST',
        path: `${datasetId}/events`,
        body: {
          data: purchases.map(purchaseEvent),
          ...(testEventCode === undefined ? {} : { test_event_code: testEventCode }),
        },
        lane: 'management',
      });
      return [];
    },
  };
}
