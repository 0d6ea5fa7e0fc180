import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { currencyDigits, decimalText, type Money, moneyText } from '../../../src/domain/money.js';
import type { BookedRefund, LineToBook, RefundToBook } from '../../../src/domain/store-order.js';
import { API } from '../api-version.js';
import { idIn, listIn, metaText, moneyIn, textIn } from '../read.js';
import type { WooWork } from '../shop-facts.js';
import { isOf, refundedUnits } from './cancel-order.js';
import { isCancelled, refundReference } from './order-decode.js';
import { LINE_META, metaOf, REFUND_META, UNITS_META } from './order-meta.js';
import { type StoreLine, storeLines } from './parcels.js';
import { type OrderReader, refundsOf } from './read-orders.js';

/**
 * Writes down money the channel gave back: a refund whose gateway is not asked (`api_refund: false`), so nothing is paid out. Its key is in its meta and
 * is looked for first. WooCommerce counts the units of a refund up all or none; where only some lie in the shop, a person counts them.
 */
export async function refundOrder(
  work: WooWork,
  reader: OrderReader,
  refund: RefundToBook,
): Promise<BookedRefund> {
  const { storeId, key, amount } = refund;
  const order = (await reader.rows([storeId])).get(storeId);
  if (order === undefined) return left('store_order_missing', `the shop has no order ${storeId}`);
  if (isCancelled(order)) return left('order_cancelled', 'the order is cancelled in the shop');
  const refunds = await refundsOf(work.client, storeId);
  const held = refunds.find((each) => metaText(each, REFUND_META) === key);
  if (held !== undefined) return { booked: true, reference: refundReference(held), left: [] };
  const currency = textIn(order, 'currency');
  const given = refunds.reduce((sum, each) => sum + moneyIn(each, 'amount', currency).minor, 0);
  const rest: Money = { minor: moneyIn(order, 'total', currency).minor - given, currency };
  if (rest.currency !== amount.currency || amount.minor > rest.minor)
    return left('more_than_paid', `of the order in the shop only ${moneyText(rest)} is left`);
  const items = itemsOf({ order, refunds, currency }, refund);
  if (items === null) return left('units_missing', 'the order does not have so many units any more');
  const back = refund.lines.filter(({ quantity, restockAt }) => quantity > 0 && restockAt !== null);
  const allBack =
    back.length > 0 && refund.lines.every(({ quantity, restockAt }) => quantity === 0 || restockAt !== null);
  const made = await work.client.object({
    operation: 'book refund',
    method: 'POST',
    route: `${API}/orders/${storeId}/refunds`,
    body: {
      amount: decimalText(amount),
      reason: `${refund.channel}: ${refund.reason}`.slice(0, 200),
      line_items: items,
      // Left out, both mean yes.
      api_refund: false,
      api_restock: allBack,
      meta_data: metaOf({ [REFUND_META]: key }),
    },
  });
  return { booked: true, reference: refundReference(made), left: allBack ? [] : back.map(countByHand) };
}

interface Books {
  readonly order: JsonObject;
  readonly refunds: readonly JsonObject[];
  readonly currency: string;
}

/** Lines and shipping of the refund in the shop's items; null: there are not so many units. */
function itemsOf(books: Books, { lines, shipping }: RefundToBook): readonly JsonObject[] | null {
  const { order, refunds } = books;
  const rest = new Map(
    storeLines(order, { line: LINE_META, units: UNITS_META }).map((line) => [
      line,
      line.quantity - refundedUnits(refunds, line.id),
    ]),
  );
  const items: JsonObject[] = [];
  for (const line of lines) {
    const parts = partsOf(rest, line);
    if (parts === null) return null;
    let money = line.amount.minor;
    for (const [at, [held, quantity]] of parts.entries()) {
      // The last part takes what rounding left.
      const share =
        at === parts.length - 1 ? money : Math.floor((line.amount.minor * quantity) / line.quantity);
      money -= share;
      const item = listIn(order, 'line_items').find((each) => idIn(each) === held.id) ?? {};
      items.push({ id: Number(held.id), quantity, ...split(item, share, books.currency) });
    }
  }
  const [first] = listIn(order, 'shipping_lines');
  if (shipping !== undefined && first !== undefined)
    items.push({ id: Number(idIn(first)), quantity: 0, ...split(first, shipping.minor, books.currency) });
  return items;
}

/** The lines of the shop that hold the units; money alone goes on the first of them. */
function partsOf(
  rest: Map<StoreLine, number>,
  wanted: LineToBook,
): readonly (readonly [StoreLine, number])[] | null {
  const own = [...rest].filter(([line]) => isOf(line, wanted));
  const [first] = own;
  if (wanted.quantity === 0) return first === undefined ? null : [[first[0], 0]];
  let open = wanted.quantity;
  const parts: (readonly [StoreLine, number])[] = [];
  for (const [line, units] of own) {
    const taken = Math.min(open, units);
    if (taken <= 0) continue;
    parts.push([line, taken]);
    rest.set(line, units - taken);
    open -= taken;
  }
  return open > 0 ? null : parts;
}

/** An amount with tax, split the way the item's own is, so that goods and tax add up to exactly it. Pure. */
function split(item: JsonObject, minor: number, currency: string): JsonObject {
  const text = (amount: number): string => decimalText({ minor: amount, currency });
  const taxes = listIn(item, 'taxes').map((tax) => ({
    id: Number(tax.id),
    minor: Math.round(Number(tax.total) * 10 ** currencyDigits(currency)),
  }));
  const net = moneyIn(item, 'total', currency).minor;
  const gross = net + taxes.reduce((sum, tax) => sum + tax.minor, 0);
  const shares = taxes.map((tax) => ({
    id: tax.id,
    minor: gross === 0 ? 0 : Math.round((minor * tax.minor) / gross),
  }));
  const goods = minor - shares.reduce((sum, share) => sum + share.minor, 0);
  return {
    refund_total: text(goods),
    ...(shares.length === 0
      ? {}
      : { refund_tax: shares.map((share) => ({ id: share.id, refund_total: text(share.minor) })) }),
  };
}

function countByHand({ sku, quantity }: LineToBook): Issue {
  return {
    severity: 'warning',
    code: 'count_by_hand',
    origin: 'ours',
    message: `${quantity} of ${sku} came back and are not counted up in the shop`,
    advice: 'Count them up in WooCommerce, at the product.',
  };
}

function left(code: string, message: string): BookedRefund {
  const advice = 'Book the refund by hand in WooCommerce, as refunded manually.';
  return { booked: false, left: [{ severity: 'error', code, origin: 'channel', message, advice }] };
}
