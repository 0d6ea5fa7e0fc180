import { counterOf, type HeldItem, type ShopState } from './shop-state.js';

/** A meta entry. */
export interface Meta {
  readonly key: string;
  readonly value: unknown;
}

/** A line of an order. Amounts in major units, as PHP keeps them. */
export interface HeldLine {
  readonly id: number;
  readonly kind: 'goods' | 'shipping' | 'fee';
  readonly name: string;
  readonly item: HeldItem | null;
  quantity: number;
  readonly subtotal: number;
  readonly total: number;
  readonly taxable: boolean;
  /** By rate. */
  taxes: Map<number, number>;
  readonly meta: Meta[];
  /** Units that were taken from the stock for it. */
  reduced: number;
}

/** Money given back. */
export interface HeldRefund {
  readonly id: number;
  readonly createdMs: number;
  readonly amount: number;
  readonly reason: string;
  readonly meta: readonly Meta[];
  readonly lines: readonly {
    readonly line: HeldLine;
    readonly quantity: number;
    readonly total: number;
    readonly tax: number;
  }[];
}

/** A core fulfilment. */
export interface HeldFulfillment {
  readonly id: number;
  fulfilled: boolean;
  deletedMs: number | null;
  updatedMs: number;
  readonly meta: Meta[];
}

/** An order of the shop. */
export interface HeldOrder {
  readonly id: number;
  status: string;
  readonly currency: string;
  readonly createdVia: string;
  readonly createdMs: number;
  modifiedMs: number;
  paidMs: number | null;
  completedMs: number | null;
  transactionId: string;
  billing: Readonly<Record<string, string>>;
  shipping: Readonly<Record<string, string>>;
  readonly meta: Meta[];
  readonly lines: HeldLine[];
  total: number;
  readonly notes: { readonly id: number; readonly note: string; readonly forCustomer: boolean }[];
  readonly refunds: HeldRefund[];
  readonly fulfillments: HeldFulfillment[];
  /** Entries of a tracking plugin that keeps them out of the order's meta. */
  readonly trackers: Record<string, unknown>[];
  stockReduced: boolean;
}

/** The orders, and what happens to them whoever does it. */
export interface OrderBook {
  readonly orders: HeldOrder[];
  get(id: number): HeldOrder | undefined;
  /** Works out taxes and totals from the lines, as `calculate_totals` does. */
  calculate(order: HeldOrder): void;
  setStatus(order: HeldOrder, status: string): void;
  /** `payment_complete`: nothing where nothing is to be paid, or it is paid. */
  pay(order: HeldOrder, transactionId: string): void;
  refund(order: HeldOrder, refund: Omit<HeldRefund, 'id' | 'createdMs'>, restock: boolean): HeldRefund;
  fulfil(order: HeldOrder, parcel: NewParcel): HeldFulfillment;
  /** Adds an entry as the tracking plugins keep it. */
  track(order: HeldOrder, entry: Record<string, unknown>): void;
  touch(order: HeldOrder): void;
}

/** A parcel of the shop's own making. */
export interface NewParcel {
  readonly units: readonly { readonly line: HeldLine; readonly quantity: number }[];
  readonly provider?: string;
  readonly number?: string;
  readonly draft?: boolean;
}

/** Statuses in which units are taken, and those that give them back. */
const TAKES = new Set(['processing', 'completed', 'on-hold']);
const GIVES = new Set(['cancelled', 'pending']);
const TRACKING = '_wc_shipment_tracking_items';

/** An empty book. */
export function orderBook(shop: ShopState): OrderBook {
  const orders: HeldOrder[] = [];
  const touch = (order: HeldOrder): void => {
    order.modifiedMs = shop.nowMs();
  };
  const book: OrderBook = {
    orders,
    get: (id) => orders.find((order) => order.id === id),
    calculate: (order) => calculate(shop, order),
    setStatus(order, status) {
      if (order.status === status) return;
      order.status = status;
      if (TAKES.has(status)) takeStock(shop, order);
      if (GIVES.has(status)) giveStock(shop, order);
      if (status === 'completed') order.completedMs = shop.nowMs();
      mail(shop, order, status);
      touch(order);
    },
    pay(order, transactionId) {
      if (order.total <= 0 || !['pending', 'failed', 'on-hold'].includes(order.status)) return;
      order.transactionId = transactionId;
      order.paidMs = shop.nowMs();
      const goods = order.lines.filter(({ kind }) => kind === 'goods');
      const nothingToDo = goods.length > 0 && goods.every(({ item }) => item?.virtual === true);
      book.setStatus(order, nothingToDo ? 'completed' : 'processing');
    },
    refund(order, refund, restock) {
      const made: HeldRefund = { ...refund, id: shop.nextId(), createdMs: shop.nowMs() };
      order.refunds.push(made);
      if (restock) for (const { line, quantity } of refund.lines) putBack(shop, line, quantity);
      const given = order.refunds.reduce((sum, { amount }) => sum + amount, 0);
      if (given >= order.total - 0.001) order.status = 'refunded';
      const to = order.billing.email ?? '';
      if (to !== '') shop.outbox.push(`customer_refunded_order ${to}`);
      touch(order);
      return made;
    },
    fulfil(order, { units, provider, number, draft }) {
      const made: HeldFulfillment = {
        id: shop.nextId(),
        fulfilled: draft !== true,
        deletedMs: null,
        updatedMs: shop.nowMs(),
        meta: [
          { key: '_items', value: units.map(({ line, quantity }) => ({ item_id: line.id, qty: quantity })) },
          ...(number === undefined ? [] : [{ key: '_tracking_number', value: number }]),
          ...(provider === undefined ? [] : [{ key: '_shipping_provider', value: provider }]),
        ],
      };
      order.fulfillments.push(made);
      return made;
    },
    track(order, entry) {
      const held = order.meta.findIndex(({ key }) => key === TRACKING);
      const before = held < 0 ? [] : ((order.meta[held]?.value ?? []) as Record<string, unknown>[]);
      const meta = { key: TRACKING, value: [...before, entry] };
      if (held < 0) order.meta.push(meta);
      else order.meta[held] = meta;
    },
    touch,
  };
  return book;
}

/** Every total is read as net; tax is worked out per line and rounded; an order that is exempt has none. */
function calculate(shop: ShopState, order: HeldOrder): void {
  const round = (value: number): number => Number(value.toFixed(shop.decimals));
  const exempt = order.meta.some(({ key, value }) => key === 'is_vat_exempt' && value === 'yes');
  const country = order.shipping.country || order.billing.country || '';
  const off = shop.pricesIncludeTax === null || exempt;
  let total = 0;
  for (const line of order.lines) {
    line.taxes = new Map();
    const rates = off || !line.taxable ? [] : shop.rates.filter((rate) => rate.country === country);
    for (const rate of rates) {
      const applies = line.kind === 'shipping' ? rate.onShipping : rate.class === (line.item?.taxClass ?? '');
      if (applies) line.taxes.set(rate.id, round((line.total * rate.percent) / 100));
    }
    total += round(line.total) + [...line.taxes.values()].reduce((sum, tax) => sum + tax, 0);
  }
  order.total = round(Math.max(0, total));
}

/** Once per order and item, whatever is there; below zero is allowed. */
function takeStock(shop: ShopState, order: HeldOrder): void {
  if (order.stockReduced) return;
  order.stockReduced = true;
  for (const line of order.lines) {
    if (line.item === null || line.reduced > 0) continue;
    const counter = counterOf(shop, line.item);
    if (counter === null) continue;
    counter.quantity = (counter.quantity ?? 0) - line.quantity;
    line.reduced = line.quantity;
  }
}

/** Gives back what the items say was taken for them: an order whose items were marked by hand gives back what it never took. */
function giveStock(shop: ShopState, order: HeldOrder): void {
  if (!order.stockReduced) return;
  order.stockReduced = false;
  for (const line of order.lines) putBack(shop, line, line.reduced);
}

function putBack(shop: ShopState, line: HeldLine, quantity: number): void {
  const counter = line.item === null ? null : counterOf(shop, line.item);
  const units = Math.min(quantity, line.reduced);
  if (counter === null || units <= 0) return;
  counter.quantity = (counter.quantity ?? 0) + units;
  line.reduced -= units;
}

/** The address mailed is the billing address; an empty one gets nothing. */
function mail(shop: ShopState, order: HeldOrder, status: string): void {
  if (status === 'processing') shop.outbox.push('new_order merchant');
  const to = order.billing.email ?? '';
  if (to !== '' && (status === 'processing' || status === 'completed'))
    shop.outbox.push(`customer_${status}_order ${to}`);
}
