import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { currencyDigits, decimalText } from '../../../src/domain/money.js';
import type { StoreCancellation, StoreUnits } from '../../../src/domain/store-order.js';
import { API } from '../api-version.js';
import { idIn, listIn, metaText, moneyIn, textIn } from '../read.js';
import type { WooWork } from '../shop-facts.js';
import { isCancelled } from './order-decode.js';
import { KEY_META, LINE_META, metaOf, UNITS_META } from './order-meta.js';
import { type StoreLine, storeLines } from './parcels.js';
import { hasLeft, type OrderReader, refundsOf } from './read-orders.js';

/**
 * Takes an order, or units of it, out before they are shipped; the shop puts the units back on sale itself, once. Units are taken out by a refund, the
 * only way that leaves the other amounts alone: no payment gateway is asked, the channel has paid the buyer back. What is done already is found
 * by its key and not done again.
 */
export async function cancelOrder(
  work: WooWork,
  reader: OrderReader,
  cancellation: StoreCancellation,
): Promise<readonly Issue[]> {
  const { storeId, units } = cancellation;
  const order = (await reader.rows([storeId])).get(storeId);
  if (order === undefined) return [issue('store_order_missing', `The shop has no order ${storeId}.`)];
  if (isCancelled(order)) return [];
  if (units === null) return cancelWhole(work, reader, order);
  return takeOut(work, reader, { order, cancellation, units });
}

async function cancelWhole(work: WooWork, reader: OrderReader, order: JsonObject): Promise<readonly Issue[]> {
  if (hasLeft(await reader.whole(order), order, work.settings)) return [left('the order')];
  const now = await work.client.object({
    operation: 'cancel order',
    method: 'PUT',
    route: `${API}/orders/${idIn(order)}`,
    body: { status: 'cancelled' },
  });
  return isCancelled(now) ? [] : [issue('not_cancelled', 'The shop did not cancel the order.')];
}

interface TakingOut {
  readonly order: JsonObject;
  readonly cancellation: StoreCancellation;
  readonly units: readonly StoreUnits[];
}

async function takeOut(work: WooWork, reader: OrderReader, parts: TakingOut): Promise<readonly Issue[]> {
  const { order, cancellation, units } = parts;
  const refunds = await refundsOf(work.client, idIn(order));
  if (refunds.some((refund) => metaText(refund, KEY_META) === cancellation.key)) return [];
  const now = await reader.whole(order);
  const lines = storeLines(order, { line: LINE_META, units: UNITS_META });
  const picked: JsonObject[] = [];
  let amount = 0;
  for (const wanted of units) {
    const line = lines.find((each) => isOf(each, wanted));
    const shipped = now.shipments
      .flatMap((parcel) => (parcel.withdrawn === true ? [] : parcel.lines))
      .filter((each) => line !== undefined && isOf(line, each))
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const open = line === undefined ? 0 : line.quantity - refundedUnits(refunds, line.id) - shipped;
    if (line === undefined || wanted.quantity > open) return [left(`${wanted.quantity} of ${wanted.sku}`)];
    const back = refundLine(order, { line, quantity: wanted.quantity });
    amount += back.minor;
    picked.push(back.body);
  }
  const currency = textIn(order, 'currency');
  await work.client.object({
    operation: 'take units out',
    method: 'POST',
    route: `${API}/orders/${idIn(order)}/refunds`,
    body: {
      amount: decimalText({ minor: amount, currency }),
      reason: cancellation.reason.slice(0, 200),
      line_items: picked,
      // Left out, both mean yes: a gateway would be asked to pay the buyer once more.
      api_refund: false,
      api_restock: true,
      meta_data: metaOf({ [KEY_META]: cancellation.key }),
    },
  });
  return [];
}

/** Whether a line of the shop holds units of a line of the channel. */
export function isOf(line: StoreLine, units: Omit<StoreUnits, 'quantity'>): boolean {
  return units.lineExternalId === undefined
    ? line.units.sku === units.sku
    : line.units.lineExternalId === units.lineExternalId;
}

/** Units of a line in refunds, those taken out before they left among them. */
export function refundedUnits(refunds: readonly JsonObject[], line: string): number {
  return refunds
    .flatMap((refund) => listIn(refund, 'line_items'))
    .filter((item) =>
      listIn(item, 'meta_data').some(
        ({ key, value }) => key === '_refunded_item_id' && String(value) === line,
      ),
    )
    .reduce((sum, { quantity }) => sum + Math.abs(Number(quantity)), 0);
}

/** The units' share of what the line came to in the shop, its tax line by line; rounded down, so that never more is taken out than is there. */
function refundLine(
  order: JsonObject,
  { line, quantity }: { readonly line: StoreLine; readonly quantity: number },
): { readonly minor: number; readonly body: JsonObject } {
  const currency = textIn(order, 'currency');
  const item = listIn(order, 'line_items').find((each) => idIn(each) === line.id) ?? {};
  const share = (minor: number): number => Math.floor((minor * quantity) / line.quantity);
  const text = (minor: number): string => decimalText({ minor, currency });
  const goods = share(moneyIn(item, 'total', currency).minor);
  const taxes = listIn(item, 'taxes').map((tax) => ({
    id: Number(tax.id),
    minor: share(Math.round(Number(tax.total) * 10 ** currencyDigits(currency))),
  }));
  return {
    minor: goods + taxes.reduce((sum, { minor }) => sum + minor, 0),
    body: {
      id: Number(line.id),
      quantity,
      refund_total: text(goods),
      ...(taxes.length === 0
        ? {}
        : { refund_tax: taxes.map(({ id, minor }) => ({ id, refund_total: text(minor) })) }),
    },
  };
}

function left(what: string): Issue {
  return issue(
    'shipped_already',
    `Of ${what} something has left already, or was given back; nothing was cancelled.`,
  );
}

function issue(code: string, message: string): Issue {
  return {
    severity: 'error',
    code,
    origin: 'channel',
    message,
    advice: 'Look at the order in the shop, and settle there what is left of it.',
  };
}
