import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { StoreCancellation, StoreUnits } from '../../../src/domain/store-order.js';
import { type Client, objectOf, objectsOf, taken } from '../client.js';
import { CANCEL } from '../documents.js';
import { ordersBy } from './look-up.js';

/** Units of one of Vendure's lines. */
type LineUnits = { readonly orderLineId: string; readonly quantity: number };

/**
 * Takes an order, or units of it, out. The history keeps the reason, which carries our key: the same cancellation again is found there.
 * Units that Vendure packed already, and the rest of a line of which some are packed, are for a person: Vendure 3.7.3 would count a unit too
 * many then (it books the packed unit back and lets go of the promised one).
 */
export async function cancelOrder(
  client: Client,
  cancellation: StoreCancellation,
): Promise<readonly Issue[]> {
  const { storeId, key, reason, units } = cancellation;
  const [order] = await ordersBy(client, { id: { in: [storeId] } });
  if (order === undefined) return [complaint('order_gone', 'The shop does not have the order any more')];
  if (order.state === 'Cancelled' || isDone(order, key)) return [];
  const lines = linesToCancel(order, units);
  if (lines === null)
    return [complaint('already_packed', 'The shop has packed units of these lines already')];
  const input = { orderId: storeId, reason: `${reason} [${key}]`, cancelShipping: units === null, lines };
  const data = await client({ operation: 'cancelOrder', document: CANCEL, variables: { input } });
  taken(data.cancelOrder, 'cancelOrder');
  return [];
}

function isDone(order: JsonObject, key: string): boolean {
  return objectsOf(objectOf(order.history).items).some(
    ({ type, data }) =>
      type === 'ORDER_CANCELLATION' && String(objectOf(data).reason ?? '').endsWith(` [${key}]`),
  );
}

/** Null: a line is packed, wholly or in part, or does not have so many units. Pure. */
export function linesToCancel(
  order: JsonObject,
  units: readonly StoreUnits[] | null,
): readonly LineUnits[] | null {
  const packed = packedLines(order);
  const lines = objectsOf(order.lines).filter(({ quantity }) => Number(quantity) > 0);
  if (units === null)
    return lines.some(({ id }) => packed.has(String(id)))
      ? null
      : lines.map(({ id, quantity }) => ({ orderLineId: String(id), quantity: Number(quantity) }));
  const taken = new Map<string, number>();
  for (const wanted of units) {
    let open = wanted.quantity;
    for (const line of lines.filter((each) => isLine(each, wanted) && !packed.has(String(each.id)))) {
      const left = Number(line.quantity) - (taken.get(String(line.id)) ?? 0);
      const some = Math.min(open, left);
      if (some > 0) taken.set(String(line.id), some + (taken.get(String(line.id)) ?? 0));
      open -= some;
    }
    if (open > 0) return null;
  }
  return [...taken].map(([orderLineId, quantity]) => ({ orderLineId, quantity }));
}

/** Lines with units in a fulfilment that was not taken back: they have left the stock on hand. */
function packedLines(order: JsonObject): ReadonlySet<string> {
  return new Set(
    objectsOf(order.fulfillments)
      .filter(({ state }) => state !== 'Cancelled')
      .flatMap(({ lines }) => objectsOf(lines).map(({ orderLineId }) => String(orderLineId))),
  );
}

function isLine(line: JsonObject, { lineExternalId, sku }: StoreUnits): boolean {
  if (lineExternalId !== undefined) return objectOf(line.customFields).channelLineId === lineExternalId;
  return objectOf(line.productVariant).sku === sku;
}

function complaint(code: string, message: string): Issue {
  return {
    severity: 'error',
    code,
    origin: 'channel',
    message,
    advice:
      'Look at the order in Vendure: stop the parcel or cancel it there, and correct the stock on hand if needed.',
  };
}
