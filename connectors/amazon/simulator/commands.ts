import type { SimulatedOrder } from '../../../src/channel/simulator.js';
import type { SimulatorRoutes } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { catalogCommands } from './item-catalog.js';
import type { Journal } from './journal.js';
import type { Amazon } from './routes.js';

/** What `GET /_sim/state` shows. */
export function stateOf(amazon: Amazon): JsonObject {
  const listings = amazon.shelf.all().map((listing) => [
    listing.sku,
    {
      productType: listing.productType,
      attributes: listing.shown,
      issues: listing.issues,
      soldAtOldPrice: listing.soldAtOldPrice,
      parent: listing.joined,
      relationsSent: listing.relationsSent,
    },
  ]);
  return {
    listings: Object.fromEntries(listings) as JsonObject,
    feeds: amazon.feeds.state(),
    orders: [...amazon.book.orders.values()].map((order) => ({
      orderId: order.orderId,
      status: order.status,
      fulfilledBy: order.fulfilledBy,
      pickupStatus: order.pickupStatus,
      merchantOrderId: order.merchantOrderId,
      refundedCents: Object.fromEntries(order.refundedCents),
      lines: order.lines.map(({ orderItemId, sku, quantity }) => ({ orderItemId, sku, quantity })),
    })),
    shipments: amazon.book.shipments().map((shipment) => ({ ...shipment, lines: [...shipment.lines] })),
  };
}

/** Commands for people and other processes, at `POST /_sim/<name>`. */
export function commandsOf(amazon: Amazon, journal: Journal): SimulatorRoutes['commands'] {
  return {
    ...catalogCommands(amazon.catalog),
    refuse: ({ sku, code }) => {
      amazon.shelf.refuse(String(sku), String(code ?? '18742'));
      return { refused: String(sku) };
    },
    issues: ({ sku, issues }) => {
      amazon.shelf.complain(String(sku), isJsonArray(issues) ? issues.filter(isJsonObject) : []);
      return { told: String(sku) };
    },
    'whole-only': ({ productType }) => {
      amazon.shelf.wholeOnly.add(String(productType));
      return { wholeOnly: String(productType) };
    },
    fba: ({ sku, units }) => {
      amazon.shelf.shipFromWarehouse(String(sku), typeof units === 'number' ? units : null);
      return { fba: String(sku) };
    },
    tamper: ({ sku, attributes }) => {
      amazon.shelf.tamper(String(sku), isJsonObject(attributes) ? attributes : null);
      return { tampered: String(sku) };
    },
    order: (body) => ({ orderId: amazon.book.place(wantedOrder(amazon, body)) }),
    pay: ({ orderId }) => {
      amazon.book.pay(String(orderId));
      return { paid: String(orderId) };
    },
    cancel: ({ orderId }) => {
      amazon.book.cancel(String(orderId));
      return { cancelled: String(orderId) };
    },
    log: ({ path }) => {
      journal.open(String(path));
      return { log: String(path) };
    },
    rival: ({ sku, price }) => {
      amazon.market.setRival(String(sku), typeof price === 'number' ? price : null);
      return { rival: String(sku) };
    },
    'fail-fees': ({ sku, times }) => {
      amazon.market.failFees(String(sku), typeof times === 'number' ? times : 1);
      return { failing: String(sku) };
    },
    limits: (body) => limits(amazon, body),
    feeds: (body) => feeds(amazon, body),
    tokens: ({ lifeSeconds, expire }) => {
      if (typeof lifeSeconds === 'number') amazon.door.lifeSeconds = lifeSeconds;
      if (expire === true) amazon.door.expireAll();
      return { lifeSeconds: amazon.door.lifeSeconds };
    },
    account: ({ authorized, buyerRole, ordersRole }) => {
      if (typeof authorized === 'boolean') amazon.door.authorized = authorized;
      if (typeof ordersRole === 'boolean') amazon.door.ordersRole = ordersRole;
      if (typeof buyerRole === 'boolean') amazon.reads.buyerRole = buyerRole;
      return { authorized: amazon.door.authorized, buyerRole: amazon.reads.buyerRole };
    },
  };
}

/** `{ queueMs?, processingMs?, gzip?, expire?, end? }`: pace, results, addresses, and how open feeds end. */
function feeds(amazon: Amazon, { queueMs, processingMs, gzip, expire, end }: JsonObject): JsonValue {
  amazon.feeds.pace({
    ...(typeof queueMs === 'number' ? { queueMs } : {}),
    ...(typeof processingMs === 'number' ? { processingMs } : {}),
  });
  if (typeof gzip === 'boolean') amazon.documents.gzip = gzip;
  if (typeof expire === 'number') amazon.documents.expired = expire;
  if (end === 'CANCELLED' || end === 'FATAL') amazon.feeds.end(end);
  return { feeds: amazon.feeds.state() };
}

function limits(amazon: Amazon, { plan, operation, perSecond, burst }: JsonObject): JsonValue {
  if (plan === 'documented') amazon.usage.takeDocumented();
  if (typeof operation === 'string' && typeof perSecond === 'number') {
    amazon.usage.set(operation, { perSecond, burst: typeof burst === 'number' ? burst : 1 });
  }
  return { plan: plan ?? null, operation: operation ?? null };
}

/** `{ lines: [{ sku, quantity?, unitPrice? }], status?, fulfilledBy?, pickup? }`; a price that is not given is the listing's. */
function wantedOrder(amazon: Amazon, body: JsonObject): SimulatedOrder {
  const lines = isJsonArray(body.lines) ? body.lines.filter(isJsonObject) : [];
  return {
    lines: lines.map((line) => ({
      sku: String(line.sku),
      quantity: typeof line.quantity === 'number' ? line.quantity : 1,
      unitPrice:
        line.unitPrice === undefined ? listedPrice(amazon, String(line.sku)) : String(line.unitPrice),
    })),
    status: body.status === 'pending' ? 'pending' : 'open',
    fulfilledBy: body.fulfilledBy === 'channel' ? 'channel' : 'merchant',
    ...(body.pickup === true ? { delivery: { method: 'pickup' as const } } : {}),
  };
}

function listedPrice(amazon: Amazon, sku: string): string {
  const offers = amazon.shelf.get(sku)?.shown?.purchasable_offer;
  const found = /"value_with_tax":([\d.]+)/.exec(JSON.stringify(offers ?? null));
  return found?.[1] ?? '0.00';
}
