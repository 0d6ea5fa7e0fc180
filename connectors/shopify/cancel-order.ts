import { pause } from '../../src/channel/throttle.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { StoreCancellation, StoreUnits } from '../../src/domain/store-order.js';
import { idempotencyKey } from './idempotency-key.js';
import { countIn, listIn, nodesIn, objectIn, objectOrNull, textIn, textOrNothing } from './json-path.js';
import { linesOf, NOTE_MARK, type StoreLine } from './order-decode.js';
import { CANCEL_ORDER, READ_JOB, REFUND_ORDER } from './order-documents.js';
import { type ReadNodes, readOne } from './read-orders.js';
import type { ShopifyWork } from './shopify-work.js';
import { issueOf, userErrors } from './user-errors.js';

const NOTE_CHARACTERS = 255;
const JOB_LOOKS = 10;
const JOB_WAIT_MS = 500;
const BY_HAND =
  'Look at the order in the Shopify admin: what is shipped or returned cannot be cancelled there.';

/**
 * Takes an order, or units of it, out of the shop before they are shipped. No money moves and nobody is written to: the channel has paid the
 * buyer back. The units go back on sale where the shop counts the stock. What is done already is not done again.
 */
export async function cancelOrder(
  work: ShopifyWork,
  read: ReadNodes,
  cancellation: StoreCancellation,
): Promise<readonly Issue[]> {
  const order = await readOne(read, cancellation.storeId);
  if (order === null) return [gone(cancellation.storeId)];
  if (typeof order.cancelledAt === 'string') return [];
  return cancellation.units === null
    ? cancelWhole(work, read, cancellation)
    : cancelUnits(work, order, { ...cancellation, units: cancellation.units });
}

/** Whether the shop counts the units; else somebody else puts them back. */
export const restocks = ({ settings }: Pick<ShopifyWork, 'settings'>): boolean =>
  (settings.stockOwner ?? 'shop') === 'shop';

/** `orderCancel` only starts a job; `cancelledAt` on reading is the proof. */
async function cancelWhole(
  work: ShopifyWork,
  read: ReadNodes,
  { storeId, reason }: StoreCancellation,
): Promise<readonly Issue[]> {
  const { client, host } = work;
  const note = `Cancelled where it was bought: ${reason}`.slice(0, NOTE_CHARACTERS);
  const data = await client.call(CANCEL_ORDER, { id: storeId, restock: restocks(work), note });
  const payload = objectIn(data, 'orderCancel');
  const errors = userErrors(payload, 'orderCancelUserErrors');
  if (errors.length > 0) return errors.map((error) => issueOf(error, BY_HAND));
  let job = objectOrNull(payload, 'job');
  for (let look = 1; job !== null && job.done !== true && look <= JOB_LOOKS; look++) {
    await pause(JOB_WAIT_MS, host.signal);
    job = objectOrNull(await client.call(READ_JOB, { id: textIn(job, 'id') }), 'job');
  }
  if (job !== null && job.done !== true) throw underWay();
  const order = await readOne(read, storeId);
  if (order === null || typeof order.cancelledAt === 'string') return [];
  return [
    issueOf({ code: 'not_cancelled', field: '', message: 'Shopify did not cancel the order.' }, BY_HAND),
  ];
}

function underWay(): ChannelError {
  return new ChannelError('Shopify is still cancelling the order', {
    code: 'cancel_under_way',
    kind: 'throttled',
    owner: 'channel',
    advice: 'Nothing to do; it is looked at again by itself.',
    againInMs: 30_000,
  });
}

interface PartCancellation extends StoreCancellation {
  readonly units: readonly StoreUnits[];
}

/** Units are taken out by a refund without money, once per key: the key is in its note, and Shopify's own idempotency covers the answer that is lost. */
async function cancelUnits(
  work: ShopifyWork,
  order: JsonObject,
  cancellation: PartCancellation,
): Promise<readonly Issue[]> {
  const note = `${NOTE_MARK}${cancellation.key}`;
  if (listIn(order, 'refunds').some((refund) => textOrNothing(refund, 'note') === note)) return [];
  const picked = pickUnits(order, cancellation.units);
  if (!Array.isArray(picked)) return [shippedAlready(picked.short)];
  const restockType = restocks(work) ? 'CANCEL' : 'NO_RESTOCK';
  const input = {
    orderId: cancellation.storeId,
    note,
    notify: false,
    refundLineItems: picked.map(({ lineItemId, quantity, locationId }) => ({
      lineItemId,
      quantity,
      restockType,
      ...(restocks(work) && locationId !== null ? { locationId } : {}),
    })),
  };
  const data = await work.client.call(REFUND_ORDER, {
    input,
    key: idempotencyKey(`omnifeed cancellation ${cancellation.key}`),
  });
  return userErrors(objectIn(data, 'refundCreate')).map((error) => issueOf(error, BY_HAND));
}

interface Picked {
  readonly lineItemId: string;
  readonly quantity: number;
  readonly locationId: string | null;
}

/** Units not shipped yet, line by line, each from the location its fulfilment order is assigned to; `short`: the first line without enough. Pure. */
function pickUnits(
  order: JsonObject,
  wanted: readonly StoreUnits[],
): Picked[] | { readonly short: StoreUnits } {
  const lines = [...linesOf(order).values()];
  const open = openUnits(order);
  const picked: Picked[] = [];
  for (const units of wanted) {
    let left = units.quantity;
    for (const slot of open) {
      const line = lines.find(({ id }) => id === slot.lineItemId);
      if (left === 0 || slot.quantity === 0 || line === undefined || !isOf(line, units)) continue;
      const quantity = Math.min(left, slot.quantity);
      slot.quantity -= quantity;
      left -= quantity;
      picked.push({ lineItemId: slot.lineItemId, quantity, locationId: slot.locationId });
    }
    if (left > 0) return { short: units };
  }
  return picked;
}

/** Whether a line of the shop holds units of a line of the channel. */
export function isOf(line: StoreLine, units: Omit<StoreUnits, 'quantity'>): boolean {
  return units.lineExternalId === undefined
    ? line.units.sku === units.sku
    : line.units.lineExternalId === units.lineExternalId;
}

function openUnits(order: JsonObject): { lineItemId: string; quantity: number; locationId: string | null }[] {
  return nodesIn(order, 'fulfillmentOrders')
    .filter(({ status }) => status !== 'CLOSED' && status !== 'CANCELLED')
    .flatMap((each) => {
      const location = objectOrNull(objectIn(each, 'assignedLocation'), 'location');
      return nodesIn(each, 'lineItems').map((item) => ({
        lineItemId: textIn(objectIn(item, 'lineItem'), 'id'),
        quantity: countIn(item, 'remainingQuantity'),
        locationId: location === null ? null : textIn(location, 'id'),
      }));
    });
}

function shippedAlready({ sku, quantity }: StoreUnits): Issue {
  return {
    severity: 'error',
    code: 'shipped_already',
    origin: 'channel',
    message: `The shop has fewer than ${quantity} unshipped units of ${sku} left in the order; none was cancelled.`,
    advice:
      'The parcel may be on its way. Stop it, or take the return, and settle the rest in the Shopify admin.',
  };
}

function gone(storeId: string): Issue {
  return {
    severity: 'error',
    code: 'store_order_missing',
    origin: 'channel',
    message: `The shop has no order ${storeId}.`,
    advice:
      'It was deleted, or is older than 60 days and the app lacks read_all_orders. Nothing was cancelled.',
  };
}
