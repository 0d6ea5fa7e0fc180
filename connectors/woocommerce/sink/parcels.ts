import { type Instant, instantOf } from '../../../src/domain/instant.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { StoreShipment, StoreUnits } from '../../../src/domain/store-order.js';
import { gmtIn, idIn, listIn, metaIn, metaText, textOrNothing } from '../read.js';

/** A line of goods of a store order. */
export interface StoreLine {
  readonly id: string;
  readonly units: Omit<StoreUnits, 'quantity'>;
  /** Units in the order now, and units placed: an edit takes some out. */
  readonly quantity: number;
  readonly placed: number;
}

/** What besides the order itself tells of parcels. Null: the shop has no such thing. */
export interface ParcelSources {
  /** Core fulfilments (10.1 and later, a feature that is off by default). */
  readonly fulfillments: readonly JsonObject[] | null;
  /** Answer of a tracking plugin's own route. */
  readonly trackers: readonly JsonObject[] | null;
}

/**
 * The parcels of an order, from the first source that knows any: core fulfilments, the entries of Shipment Tracking and Advanced Shipment Tracking,
 * single numbers other plugins keep. An order that is complete without a number is one parcel that waits for it. Verified 2026-11-23 (WooCommerce
 * 11.x; plugin shapes from their documentation and readers). Pure.
 */
export function parcelsOf(
  order: JsonObject,
  lines: readonly StoreLine[],
  sources: ParcelSources & { readonly complete: boolean },
): readonly StoreShipment[] {
  const whole = lines
    .map(({ units, quantity }) => ({ ...units, quantity }))
    .filter(({ quantity }) => quantity > 0);
  const when = gmtIn(order, 'date_completed_gmt') ?? gmtIn(order, 'date_modified_gmt') ?? instantOf(0);
  const fulfilled = (sources.fulfillments ?? []).flatMap((each) => fulfillmentOf(each, { lines, when }));
  if (fulfilled.length > 0) return fulfilled;
  const items = [...trackingItems(metaIn(order, '_wc_shipment_tracking_items')), ...(sources.trackers ?? [])];
  const tracked = items.flatMap((item) => trackedOf(item, { lines, when }));
  const loose = tracked.length > 0 ? tracked : singleNumbers(order, when);
  // The first parcel without lines of its own takes everything; further ones are shown empty, for a person to put right.
  let left: readonly StoreUnits[] = loose.some(({ lines: own }) => own.length > 0) ? [] : whole;
  const parcels = loose.map((parcel) => {
    if (parcel.lines.length > 0) return parcel;
    const mine = { ...parcel, lines: left };
    left = [];
    return mine;
  });
  if (parcels.length > 0 || !sources.complete) return parcels;
  return [{ reference: `wc-completed-${idIn(order)}`, shippedAt: when, lines: whole }];
}

interface Known {
  readonly lines: readonly StoreLine[];
  /** When the parcel left, where its own record does not say. */
  readonly when: Instant;
}

/** Only what is fulfilled is a parcel; a draft is none yet, a deleted one was taken back. */
function fulfillmentOf(each: JsonObject, { lines, when }: Known): readonly StoreShipment[] {
  const reference = `wc-fulfillment-${idIn(each)}`;
  const items = metaIn(each, '_items');
  const units = unitsOf(isJsonArray(items) ? items.filter(isJsonObject) : [], lines);
  const shippedAt = dateIn(metaText(each, '_date_fulfilled')) ?? gmtIn(each, 'date_updated') ?? when;
  const gone = textOrNothing(each, 'date_deleted') !== undefined;
  if (each.is_fulfilled !== true) return [];
  if (gone) return [{ reference, shippedAt, lines: units, withdrawn: true }];
  return [
    {
      reference,
      shippedAt,
      lines: units,
      ...given('carrier', metaText(each, '_shipping_provider')),
      ...given('trackingNumber', metaText(each, '_tracking_number')),
      ...given('trackingUrl', metaText(each, '_tracking_url')),
    },
  ];
}

/** PHP writes an empty list and one with gaps as an object. */
function trackingItems(value: JsonValue | undefined): readonly JsonObject[] {
  if (isJsonArray(value)) return value.filter(isJsonObject);
  return isJsonObject(value) ? Object.values(value).filter(isJsonObject) : [];
}

function trackedOf(item: JsonObject, { lines, when }: Known): readonly StoreShipment[] {
  const trackingNumber = textOrNothing(item, 'tracking_number');
  if (trackingNumber === undefined) return [];
  const products = item.products_list;
  return [
    {
      reference: `wc-tracking-${textOrNothing(item, 'tracking_id') ?? trackingNumber}`,
      shippedAt: dateIn(item.date_shipped) ?? when,
      trackingNumber,
      ...given(
        'carrier',
        textOrNothing(item, 'custom_tracking_provider') ?? textOrNothing(item, 'tracking_provider'),
      ),
      ...given(
        'trackingUrl',
        textOrNothing(item, 'custom_tracking_link') ?? textOrNothing(item, 'tracking_link'),
      ),
      lines: unitsOf(isJsonArray(products) ? products.filter(isJsonObject) : [], lines),
    },
  ];
}

/** Where other plugins keep one number per order, and the carrier's name: read in their readers, 2026-11-23. */
const SINGLE_NUMBERS: readonly (readonly [number: string, carrier: string])[] = [
  ['ywot_tracking_code', 'ywot_carrier_name'],
  ['_tracking_number', '_tracking_provider'],
];

function singleNumbers(order: JsonObject, when: Instant): readonly StoreShipment[] {
  const aftership = trackingItems(metaIn(order, '_aftership_tracking_items')).flatMap((item) => {
    const trackingNumber = textOrNothing(item, 'tracking_number');
    if (trackingNumber === undefined) return [];
    const reference = `wc-aftership-${trackingNumber}`;
    return [
      {
        reference,
        shippedAt: when,
        trackingNumber,
        ...given('carrier', textOrNothing(item, 'slug')),
        lines: [],
      },
    ];
  });
  if (aftership.length > 0) return aftership;
  for (const [number, carrier] of SINGLE_NUMBERS) {
    const trackingNumber = metaText(order, number);
    if (trackingNumber === undefined) continue;
    const reference = `wc-number-${idIn(order)}`;
    return [
      {
        reference,
        shippedAt: when,
        trackingNumber,
        ...given('carrier', metaText(order, carrier)),
        lines: [],
      },
    ];
  }
  return [];
}

function unitsOf(items: readonly JsonObject[], lines: readonly StoreLine[]): readonly StoreUnits[] {
  return items.flatMap((item) => {
    const line = lines.find(({ id }) => id === String(item.item_id));
    const quantity = Number(item.qty);
    return line !== undefined && Number.isSafeInteger(quantity) && quantity > 0
      ? [{ ...line.units, quantity }]
      : [];
  });
}

/** Seconds since 1970 as text or number, a day, or GMT without its zone. */
function dateIn(value: JsonValue | undefined): Instant | undefined {
  const text = String(value ?? '').trim();
  if (/^\d{9,11}$/.test(text)) return instantOf(Number(text) * 1_000);
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) {
    const ms = Date.parse(
      text.length === 10 ? `${text}T12:00:00Z` : `${text.replace(' ', 'T').replace(/Z?$/, 'Z')}`,
    );
    return Number.isNaN(ms) ? undefined : instantOf(ms);
  }
  return undefined;
}

/** Meta of an order's goods. */
export function storeLines(
  order: JsonObject,
  meta: { readonly line: string; readonly units: string },
): readonly StoreLine[] {
  return listIn(order, 'line_items').map((line) => {
    const lineExternalId = metaText(line, meta.line);
    const quantity = Number(line.quantity);
    const placed = Number(metaText(line, meta.units) ?? quantity);
    return {
      id: idIn(line),
      units: { sku: textOrNothing(line, 'sku') ?? '', ...given('lineExternalId', lineExternalId) },
      quantity,
      placed: Number.isSafeInteger(placed) ? Math.max(placed, quantity) : quantity,
    };
  });
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]?: Value });
}
