import { ChannelError } from '../domain/errors.js';
import { type Instant, readInstant } from '../domain/instant.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import { type Money, readDecimal } from '../domain/money.js';
import type { StoreOrder, StoreRefund, StoreShipment, StoreUnits } from '../domain/store-order.js';

/** A store order with the key it was placed under, as the shop repeats it. */
export interface StoreAnswer {
  readonly key: string;
  readonly order: StoreOrder;
}

const ID_CHARACTERS = 200;
const LIST_ITEMS = 1_000;

/**
 * Reads what a shop tells of an order, in the words of `storeDocument`: `{ id, key, name?, cancelled?, currency?, total?, tax?, shipping?, outstanding?,
 * shipments?: [{ id, carrier?, trackingNumber?, trackingUrl?, shippedAt, deliveredAt?, withdrawn?, lines: [{ line?, sku, quantity }] }],
 * cancelledUnits?: [{ line?, sku, quantity }], refunds?: [{ id, key?, at, amount, shipping?, reason?, lines }], attention? }`. Amounts are decimal text,
 * instants ISO with a zone. Throws `unreadable_answer` naming the member: what cannot be read is never "nothing". Pure.
 */
export function storeAnswer(value: JsonValue | undefined): StoreAnswer {
  if (!isJsonObject(value)) throw unreadable('the order');
  const id = needed(value, 'id');
  const name = textIn(value, 'name');
  const attention = textIn(value, 'attention');
  const total = amountIn(value, value, 'total');
  return {
    key: needed(value, 'key'),
    order: {
      storeId: id,
      ...(name === undefined ? {} : { name }),
      cancelled: flagIn(value, 'cancelled'),
      shipments: listIn(value, 'shipments').map(shipmentOf),
      ...(total === undefined
        ? {}
        : {
            totals: {
              total,
              ...member('tax', amountIn(value, value, 'tax')),
              ...member('shipping', amountIn(value, value, 'shipping')),
              ...member('outstanding', amountIn(value, value, 'outstanding')),
            },
          }),
      cancelledUnits: listIn(value, 'cancelledUnits').map(unitsOf),
      refunds: listIn(value, 'refunds').map((refund) => refundOf(refund, value)),
      ...(attention === undefined ? {} : { needsPerson: attention }),
    },
  };
}

function shipmentOf(parcel: JsonObject): StoreShipment {
  return {
    reference: needed(parcel, 'id'),
    shippedAt: instantIn(parcel, 'shippedAt') ?? missing('shippedAt'),
    ...member('carrier', textIn(parcel, 'carrier')),
    ...member('trackingNumber', textIn(parcel, 'trackingNumber')),
    ...member('trackingUrl', textIn(parcel, 'trackingUrl')),
    ...member('deliveredAt', instantIn(parcel, 'deliveredAt')),
    ...(flagIn(parcel, 'withdrawn') ? { withdrawn: true } : {}),
    lines: listIn(parcel, 'lines').map(unitsOf),
  };
}

function refundOf(refund: JsonObject, order: JsonObject): StoreRefund {
  return {
    reference: needed(refund, 'id'),
    ...member('key', textIn(refund, 'key')),
    at: instantIn(refund, 'at') ?? missing('at'),
    amount: amountIn(refund, order, 'amount') ?? missing('amount'),
    ...member('shipping', amountIn(refund, order, 'shipping')),
    ...member('reason', textIn(refund, 'reason')),
    lines: listIn(refund, 'lines').map((line) => ({
      ...unitsOf(line),
      ...member('amount', amountIn(line, order, 'amount')),
      ...(flagIn(line, 'returned') ? { returned: true } : {}),
    })),
  };
}

function unitsOf(units: JsonObject): StoreUnits {
  const { quantity } = units;
  if (typeof quantity !== 'number' || !Number.isSafeInteger(quantity) || quantity < 1)
    return missing('quantity');
  return { sku: needed(units, 'sku'), quantity, ...member('lineExternalId', textIn(units, 'line')) };
}

function needed(of: JsonObject, name: string): string {
  const text = textIn(of, name) ?? missing(name);
  return text.length <= ID_CHARACTERS ? text : missing(name);
}

/** Numbers are refused: `00012345` would have lost its zeros. */
function textIn(of: JsonObject, name: string): string | undefined {
  const value = of[name];
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' && value.length <= 2_000 ? value : missing(name);
}

function flagIn(of: JsonObject, name: string): boolean {
  const value = of[name] ?? false;
  return typeof value === 'boolean' ? value : missing(name);
}

function instantIn(of: JsonObject, name: string): Instant | undefined {
  const text = textIn(of, name);
  return text === undefined ? undefined : (readInstant(text) ?? missing(name));
}

function amountIn(of: JsonObject, order: JsonObject, name: string): Money | undefined {
  const text = textIn(of, name);
  return text === undefined
    ? undefined
    : (readDecimal(text, textIn(order, 'currency') ?? missing('currency')) ?? missing(name));
}

function listIn(of: JsonObject, name: string): readonly JsonObject[] {
  const value = of[name] ?? [];
  if (isJsonArray(value) && value.length <= LIST_ITEMS && value.every(isJsonObject))
    return value as readonly JsonObject[];
  return missing(name);
}

function member<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]?: Value });
}

function missing(name: string): never {
  throw unreadable(name);
}

function unreadable(name: string): ChannelError {
  return new ChannelError(`What the shop tells of an order cannot be read at ${name}`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'operator',
    advice:
      'Correct what the shop answers; the README of the connector has the form. It is read again by itself.',
  });
}
