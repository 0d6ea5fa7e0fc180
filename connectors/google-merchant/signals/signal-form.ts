import { epochMs, type Instant } from '../../../src/domain/instant.js';
import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { ParcelSignal } from '../../../src/domain/parcel-signal.js';
import { microsOf } from '../money-text.js';
import { tildeName } from '../product-name.js';
import type { MarketKey } from '../settings.js';

/** A signal as Google takes it, or why there is none. */
export type EncodedSignal =
  | { readonly fits: true; readonly body: JsonObject }
  | { readonly fits: false; readonly issues: readonly Issue[] };

/** How products are named in signals; the documents still describe the older form, `online:en:US:sku` (verified 2026-11-23). */
export type SignalProductId = 'channel-language-label-id' | 'language-label-id';

/** One parcel with its order and lines. Pure. Carries what the port was given and nothing else; not to be logged. */
export function encodeSignal(
  parcel: ParcelSignal,
  market: MarketKey,
  productId: SignalProductId,
): EncodedSignal {
  const issues = problemsOf(parcel);
  if (issues.length > 0) return { fits: false, issues };
  return {
    fits: true,
    body: {
      orderId: parcel.orderId,
      orderCreatedTime: timeOf(parcel.orderedAt),
      ...destinationOf(parcel),
      ...(parcel.shippingFee === null ? {} : { customerShippingFee: microsOf(parcel.shippingFee) }),
      lineItems: parcel.lines.map((line) => ({
        lineItemId: line.lineId,
        productId:
          productId === 'language-label-id'
            ? tildeName(market, line.sku)
            : `online:${market.contentLanguage}:${market.feedLabel}:${line.sku}`,
        quantity: String(line.quantity),
        ...(line.title === null ? {} : { productTitle: line.title }),
        ...(line.brand === null ? {} : { brand: line.brand }),
        ...(line.gtin === null ? {} : { gtins: [line.gtin] }),
        ...(line.mpn === null ? {} : { mpn: line.mpn }),
      })),
      shippingInfo: [shipmentOf(parcel)],
      shipmentLineItemMapping: parcel.lines.map((line) => ({
        shipmentId: parcel.reference,
        lineItemId: line.lineId,
        quantity: String(line.quantity),
      })),
    },
  };
}

function shipmentOf(parcel: ParcelSignal): JsonObject {
  return {
    shipmentId: parcel.reference,
    carrier: parcel.carrier,
    trackingId: parcel.trackingNumber,
    shippedTime: timeOf(parcel.shippedAt),
    ...(parcel.deliveredAt === null ? {} : { actualDeliveryTime: timeOf(parcel.deliveredAt) }),
    shippingStatus: parcel.deliveredAt === null ? 'SHIPPED' : 'DELIVERED',
    originPostalCode: plainPostalCode(parcel.originPostalCode ?? ''),
    originRegionCode: parcel.originCountry ?? '',
  };
}

function destinationOf({ destinationCountry, destinationPostalCode }: ParcelSignal): JsonObject {
  return {
    ...(destinationPostalCode === null ? {} : { deliveryPostalCode: plainPostalCode(destinationPostalCode) }),
    ...(destinationCountry === null ? {} : { deliveryRegionCode: destinationCountry }),
  };
}

/** Google wants postal codes without blanks and hyphens. */
function plainPostalCode(code: string): string {
  return code.replace(/[\s\u2010-\u2015-]/g, '');
}

/** A moment as Google's DateTime, in UTC. */
function timeOf(instant: Instant): JsonObject {
  const date = new Date(epochMs(instant));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hours: date.getUTCHours(),
    minutes: date.getUTCMinutes(),
    seconds: date.getUTCSeconds(),
    timeZone: { id: 'Etc/UTC' },
  };
}

/** What Google requires and a parcel may lack (ordertracking v1, verified 2026-11-23). Messages name no order and no place. */
function problemsOf(parcel: ParcelSignal): readonly Issue[] {
  const originKnown = parcel.originCountry !== null && plainPostalCode(parcel.originPostalCode ?? '') !== '';
  const tracked = parcel.carrier.trim() !== '' && parcel.trackingNumber.trim() !== '';
  return [
    ...(originKnown
      ? []
      : [
          problem(
            'signal_origin_unknown',
            'Nobody knows from where the parcel was sent.',
            'Give the location the goods are sent from a country and a postal code.',
          ),
        ]),
    ...(tracked
      ? []
      : [
          problem(
            'signal_untracked',
            'The parcel has no carrier or no tracking number.',
            'Nothing to do; parcels without tracking are not reported.',
          ),
        ]),
    ...(parcel.lines.length > 0
      ? []
      : [problem('signal_empty', 'The parcel has no lines.', 'Check the shipment in the shop.')]),
  ];
}

function problem(code: string, message: string, advice: string): Issue {
  return { severity: 'error', code, origin: 'ours', message, advice };
}
