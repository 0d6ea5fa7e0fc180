import { epochMs, type Instant, readInstant } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { Money } from '../../src/domain/money.js';
import type { StoreOrder, StoreRefund, StoreShipment, StoreUnits } from '../../src/domain/store-order.js';
import {
  countIn,
  listIn,
  nodesIn,
  objectIn,
  objectOrNull,
  shopMoney,
  textIn,
  textOrNothing,
} from './json-path.js';
import { EXTRA_PROPERTY, LINE_PROPERTY } from './order-input.js';

/** A line of a store order as far as it is goods. */
export interface StoreLine {
  readonly id: string;
  readonly units: Omit<StoreUnits, 'quantity'>;
  readonly quantity: number;
  /** Without refunded and removed units. */
  readonly current: number;
}

/** The note of a refund of ours begins with this; our key follows. */
export const NOTE_MARK = 'omnifeed ';

/** A whole day of all open fulfilment orders on hold is a case for a person. */
const LONG_HOLD_MS = 24 * 3_600_000;

/** A node of `ReadOrders` as a store order. Throws `unreadable_answer`. Pure. */
export function storeOrder(order: JsonObject, now: Instant): StoreOrder {
  const lines = linesOf(order);
  const needsPerson = concernOf(order, now);
  return {
    storeId: textIn(order, 'id'),
    name: textIn(order, 'name'),
    cancelled: typeof order.cancelledAt === 'string',
    shipments: shipmentsOf(order, lines),
    totals: {
      total: shopMoney(order, 'totalPriceSet'),
      ...(objectOrNull(order, 'totalTaxSet') === null ? {} : { tax: shopMoney(order, 'totalTaxSet') }),
      shipping: shopMoney(order, 'totalShippingPriceSet'),
      outstanding: shopMoney(order, 'totalOutstandingSet'),
    },
    cancelledUnits: cancelledUnits(order, lines),
    refunds: listIn(order, 'refunds').flatMap((refund) => refundOf(refund, { order, lines })),
    ...(needsPerson === null ? {} : { needsPerson }),
  };
}

/** The goods of an order by the shop's id of the line; gift wrap is none. */
export function linesOf(order: JsonObject): ReadonlyMap<string, StoreLine> {
  const lines = new Map<string, StoreLine>();
  for (const line of nodesIn(order, 'lineItems')) {
    const properties = new Map(
      listIn(line, 'customAttributes').map((each) => [textIn(each, 'key'), textOrNothing(each, 'value')]),
    );
    if (properties.has(EXTRA_PROPERTY)) continue;
    const lineExternalId = properties.get(LINE_PROPERTY);
    const id = textIn(line, 'id');
    lines.set(id, {
      id,
      units: {
        sku: textOrNothing(line, 'sku') ?? '',
        ...(lineExternalId === undefined ? {} : { lineExternalId }),
      },
      quantity: countIn(line, 'quantity'),
      current: countIn(line, 'currentQuantity'),
    });
  }
  return lines;
}

/** Whether a list in the order was longer than the page: the order must be read with larger pages. */
export function isCut(order: JsonObject, many: number): boolean {
  const more = (of: JsonObject, name: string): boolean =>
    objectIn(objectIn(of, name), 'pageInfo').hasNextPage === true;
  const parcels = listIn(order, 'fulfillments');
  const refunds = listIn(order, 'refunds');
  return (
    parcels.length >= many ||
    refunds.length >= many ||
    ['lineItems', 'fulfillmentOrders'].some((name) => more(order, name)) ||
    nodesIn(order, 'fulfillmentOrders').some((each) => more(each, 'lineItems')) ||
    parcels.some((parcel) => more(parcel, 'fulfillmentLineItems')) ||
    refunds.some((refund) => more(refund, 'refundLineItems') || more(refund, 'refundShippingLines'))
  );
}

type Lines = ReadonlyMap<string, StoreLine>;

/** Only `SUCCESS` is a parcel; `PENDING` and `OPEN` are not yet one. One that was taken back loses its number: it is never announced. */
function shipmentsOf(order: JsonObject, lines: Lines): readonly StoreShipment[] {
  return listIn(order, 'fulfillments').flatMap((parcel): readonly StoreShipment[] => {
    const status = textIn(parcel, 'status');
    if (status === 'PENDING' || status === 'OPEN') return [];
    const shipped = {
      reference: textIn(parcel, 'id'),
      shippedAt: instantIn(parcel, 'createdAt'),
      lines: unitsOf(nodesIn(parcel, 'fulfillmentLineItems'), lines),
    };
    if (status !== 'SUCCESS') return [{ ...shipped, withdrawn: true }];
    const tracking = listIn(parcel, 'trackingInfo').find(
      (each) => textOrNothing(each, 'number') !== undefined,
    );
    const carrier = tracking && textOrNothing(tracking, 'company');
    const trackingNumber = tracking && textOrNothing(tracking, 'number');
    const trackingUrl = tracking && textOrNothing(tracking, 'url');
    return [
      {
        ...shipped,
        ...(carrier === undefined ? {} : { carrier }),
        ...(trackingNumber === undefined ? {} : { trackingNumber }),
        ...(trackingUrl === undefined ? {} : { trackingUrl }),
        ...(typeof parcel.deliveredAt === 'string' ? { deliveredAt: instantIn(parcel, 'deliveredAt') } : {}),
      },
    ];
  });
}

/** Units by line; parts of one channel line that Shopify holds as two come together. */
function unitsOf(items: readonly JsonObject[], lines: Lines): readonly StoreUnits[] {
  const counts = new Map<string, StoreUnits>();
  for (const item of items) {
    const line = lines.get(textIn(objectIn(item, 'lineItem'), 'id'));
    if (line !== undefined) addUnits(counts, line.units, countIn(item, 'quantity'));
  }
  return [...counts.values()];
}

function addUnits(
  counts: Map<string, StoreUnits>,
  units: Omit<StoreUnits, 'quantity'>,
  quantity: number,
): void {
  if (quantity <= 0) return;
  const key = units.lineExternalId ?? `sku ${units.sku}`;
  counts.set(key, { ...units, quantity: (counts.get(key)?.quantity ?? 0) + quantity });
}

/** Units removed by an edit or taken back as `CANCEL`; those that were given money for and came back, or stayed, are refunds. */
function cancelledUnits(order: JsonObject, lines: Lines): readonly StoreUnits[] {
  const kept = new Map<string, number>();
  for (const item of listIn(order, 'refunds').flatMap((refund) => nodesIn(refund, 'refundLineItems'))) {
    if (item.restockType === 'CANCEL') continue;
    const id = textIn(objectIn(item, 'lineItem'), 'id');
    kept.set(id, (kept.get(id) ?? 0) + countIn(item, 'quantity'));
  }
  const counts = new Map<string, StoreUnits>();
  for (const line of lines.values())
    addUnits(counts, line.units, line.quantity - line.current - (kept.get(line.id) ?? 0));
  return [...counts.values()];
}

/** A record without money (units cancelled because the channel did) is no refund. */
function refundOf(
  refund: JsonObject,
  { order, lines }: { readonly order: JsonObject; readonly lines: Lines },
): readonly StoreRefund[] {
  const amount = shopMoney(refund, 'totalRefundedSet');
  if (amount.minor === 0) return [];
  const included = order.taxesIncluded === true;
  const shipping = sumOf(
    nodesIn(refund, 'refundShippingLines').map((each) =>
      withTax(shopMoney(each, 'subtotalAmountSet'), shopMoney(each, 'taxAmountSet'), included),
    ),
  );
  const reason = textOrNothing(refund, 'note');
  return [
    {
      reference: textIn(refund, 'id'),
      ...(reason?.startsWith(NOTE_MARK) === true ? { key: reason.slice(NOTE_MARK.length) } : {}),
      at: instantIn(refund, typeof refund.createdAt === 'string' ? 'createdAt' : 'processedAt'),
      amount,
      ...(shipping === null ? {} : { shipping }),
      ...(reason === undefined ? {} : { reason }),
      lines: nodesIn(refund, 'refundLineItems').flatMap((item) => {
        const line = lines.get(textIn(objectIn(item, 'lineItem'), 'id'));
        if (line === undefined) return [];
        return [
          {
            ...line.units,
            quantity: countIn(item, 'quantity'),
            amount: withTax(shopMoney(item, 'subtotalSet'), shopMoney(item, 'totalTaxSet'), included),
            returned: item.restockType === 'RETURN',
          },
        ];
      }),
    },
  ];
}

function withTax(net: Money, tax: Money, included: boolean): Money {
  return included ? net : { minor: net.minor + tax.minor, currency: net.currency };
}

function sumOf(amounts: readonly Money[]): Money | null {
  const [first] = amounts;
  if (first === undefined) return null;
  return { minor: amounts.reduce((total, { minor }) => total + minor, 0), currency: first.currency };
}

const UNDERSTOOD: ReadonlySet<string> = new Set([
  ...['UNFULFILLED', 'OPEN', 'SCHEDULED', 'ON_HOLD', 'IN_PROGRESS', 'PENDING_FULFILLMENT'],
  ...['PARTIALLY_FULFILLED', 'FULFILLED', 'FULFILLMENT_NOT_REQUIRED', 'RESTOCKED', 'REQUEST_DECLINED'],
]);

function concernOf(order: JsonObject, now: Instant): string | null {
  const status = textIn(order, 'displayFulfillmentStatus');
  if (status === 'REQUEST_DECLINED') return 'The fulfilment service declined the order.';
  if (!UNDERSTOOD.has(status))
    return `The order has the fulfilment status ${status}, which is not known here.`;
  const failed = listIn(order, 'fulfillments').some((parcel) =>
    ['FAILURE', 'ERROR'].includes(textIn(parcel, 'status')),
  );
  if (failed) return 'A fulfilment of the order failed.';
  const open = nodesIn(order, 'fulfillmentOrders').filter(
    (each) => !['CLOSED', 'CANCELLED'].includes(textIn(each, 'status')),
  );
  const held = open.filter(
    (each) =>
      each.status === 'ON_HOLD' && epochMs(now) - epochMs(instantIn(each, 'updatedAt')) > LONG_HOLD_MS,
  );
  return held.length > 0 && held.length === open.length
    ? 'Everything left of the order has been on hold for more than a day.'
    : null;
}

function instantIn(of: JsonObject, name: string): Instant {
  const text = textIn(of, name);
  return readInstant(text) ?? text;
}
