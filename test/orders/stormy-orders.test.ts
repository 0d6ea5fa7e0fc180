import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { type MemoryStore, memoryStore } from '../../connectors/memory/store/memory-store.js';
import { buy, cancelOrder, takeMessage } from '../../connectors/memory/store/store-orders.js';
import {
  cancelInShop as cancelThere,
  refundInShop,
  shipFromShop,
} from '../../connectors/memory/store/store-shop.js';
import type { OrderPort } from '../../src/channel/order-port.js';
import type { SinkPort } from '../../src/channel/store-ports.js';
import type { Database } from '../../src/db/database.js';
import { ChannelError, OperatorError } from '../../src/domain/errors.js';
import type { ChannelOrder } from '../../src/domain/order.js';
import type { Component } from '../../src/domain/product.js';
import { cancelInShop } from '../../src/orders/cancel-in-shop.js';
import { collectShipments } from '../../src/orders/collect-shipments.js';
import type { OrderDesk } from '../../src/orders/order-desk.js';
import { placeOrders } from '../../src/orders/place.js';
import { pullOrders } from '../../src/orders/pull.js';
import { pushShipments } from '../../src/orders/push-shipments.js';
import { refundInShop as bookRefunds } from '../../src/orders/refund-in-shop.js';
import { tellChannel } from '../../src/orders/tell-channel.js';
import type { FulfilDesk } from '../../src/stores/fulfil-desk.js';
import { fulfilOrders } from '../../src/stores/fulfil-orders.js';
import { cancelUncollected, recordPickup } from '../../src/stores/record-pickup.js';
import { dice } from '../chaos/dice.js';
import { testHost } from '../connectors/memory/support.js';
import { fulfilDesk, location } from '../stores/support.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type HandClock, handClock } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';
import { testVault } from '../support/test-vault.js';

/** 10,000 with OMNIFEED_PROOF_ORDERS=10000 (some minutes); fewer by default. */
const ORDERS = Number(process.env.OMNIFEED_PROOF_ORDERS ?? 60);
/** Buyers come in the first half of the storm. */
const ROUNDS = 40;
const CHANNEL = 'market';
const SKUS = ['SHIRT-S', 'SHIRT-M', 'SHIRT-L', '00012345', 'SET'];
/** What one of a SKU takes from the shelves, where it is a bundle. */
const MADE_OF: Readonly<Record<string, readonly Component[]>> = {
  SET: [
    { sku: 'SHIRT-S', quantity: 2 },
    { sku: '00012345', quantity: 1 },
  ],
};

/** Thrown where a process dies: nobody in the engine expects it. */
class Killed extends Error {}

/** What happens to calls, and when. All from one seed. */
interface Weather {
  readonly clock: HandClock;
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  calm: boolean;
}

/** A port whose calls fail, before or after they are applied, or whose process dies around them. */
function stormy<Port extends object>(port: Port, weather: Weather, quiet: readonly string[] = []): Port {
  const failure = (kind: 'ambiguous' | 'not-sent' | 'throttled'): ChannelError =>
    new ChannelError('storm', { code: 'storm', kind, owner: 'channel', advice: 'Wait.' });
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function' || quiet.includes(String(name))) return member;
      return async (...given: unknown[]) => {
        if (!weather.calm && weather.chance(0.02)) throw new Killed();
        if (!weather.calm && weather.chance(0.05)) throw failure(weather.pick(['not-sent', 'throttled']));
        if (!weather.calm && weather.chance(0.05)) throw failure('ambiguous');
        const answer: unknown = await Reflect.apply(member, target, given);
        if (!weather.calm && weather.chance(0.05)) throw failure('ambiguous');
        if (!weather.calm && weather.chance(0.02)) throw new Killed();
        return answer;
      };
    },
  });
}

/** A channel that tells orders again, older readings among newer ones, in any order: 30 % of what it tells was told before. */
function repeating(port: OrderPort, weather: Weather): OrderPort {
  const told: ChannelOrder[] = [];
  return {
    ...port,
    async pull(cursor) {
      const page = await port.pull(cursor);
      told.push(...page.orders);
      const again = page.orders.flatMap(() => (weather.chance(0.3) ? [weather.pick(told)] : []));
      const orders = [...page.orders, ...again].sort(() => (weather.chance(0.5) ? 1 : -1));
      return { ...page, orders };
    },
  };
}

it(`brings ${ORDERS} orders through a storm: none missing, none doubled, every total right, every exception visible`, {
  timeout: 3_600_000,
}, async () => {
  const seed = Number(process.env.OMNIFEED_PROOF_SEED ?? 20_261_125);
  const roll = dice(seed);
  const clock = handClock();
  const weather: Weather = {
    clock,
    calm: false,
    chance: (share) => roll.below(1_000) < share * 1_000,
    pick: (items) => items[roll.below(items.length)] as never,
  };
  const test = await sqliteDatabase();
  const { database } = test;
  await fillCatalog(database, [...smallCatalog(), bundle()], clock);
  const names = { market: randomUUID(), shop: randomUUID() };
  const market = memoryStore(names.market);
  const shop = memoryStore(names.shop);
  const { orders } = memory.open({ store: names.market }, testHost());
  const { sink } = memory.open({ store: names.shop }, testHost());
  if (!orders || !sink) throw new Error('the memory connector sells and takes orders');
  const desk: OrderDesk = {
    database,
    channel: CHANNEL,
    port: stormy(repeating(orders, weather), weather, ['tells', 'confirms']),
    storefront: { id: 'shop', sink: stormy<SinkPort>(sink, weather), policy: 'matched' },
    buyers: testVault(),
    clock,
    random: () => 0.5,
    callSucceeded: async () => undefined,
    callFailed: async () => undefined,
  };
  const { tells = [] } = orders;
  const stores = fulfilDesk(database, STORES, { channel: CHANNEL, clock, tells });
  const world = { market, shop, weather, stores };

  for (let turn = 0; turn < ROUNDS; turn++) {
    const due = Math.floor((ORDERS * Math.min(turn + 1, ROUNDS / 2)) / (ROUNDS / 2));
    while (market.orders.size < due) purchase(world);
    live(world);
    await serve(world);
    await round(desk, stores);
    clock.advance(120_000);
  }
  weather.calm = true;
  await fillCatalog(database, [...smallCatalog(), bundle(), latecomer()], clock);
  for (let n = 0; n < 12 + ORDERS / 100; n++) {
    for (const order of shop.shopOrders.values()) shipAll(order.storeId, world);
    await handOver(world);
    clock.advance(3_700_000);
    await round(desk, stores);
  }
  await expectAllAccountedFor(database, world);
  await test.dispose();
});

interface World {
  readonly market: MemoryStore;
  readonly shop: MemoryStore;
  readonly weather: Weather;
  readonly stores: FulfilDesk;
}

/** A buyer orders one or two lines; every twentieth something nobody sells yet. Every fifth fetches it in a store, now and then in one we do not know. */
function purchase({ market, weather }: World): void {
  const sku = (): string => (weather.chance(0.05) ? 'LATE-1' : weather.pick(SKUS));
  const line = () => ({
    sku: sku(),
    quantity: weather.pick([1, 2, 3]),
    unitMinor: weather.pick([999, 1_999, 333]),
  });
  const lines = weather.chance(0.3) ? [line(), line()] : [line()];
  const at = weather.chance(0.05) ? 'elsewhere' : weather.pick(['mitte', 'nord']);
  const fetched = weather.chance(0.2) ? { delivery: { method: 'pickup', location: at } } : {};
  buy(market, { currency: 'USD', lines, ...fetched });
}

/** Buyers cancel, the warehouse sends, takes out and gives back, all at any moment. */
function live(world: World): void {
  const { market, shop, weather } = world;
  for (const order of market.orders.values()) {
    if (weather.chance(0.02)) cancelOrder(market, order.id);
    if (order.parcels.size > 0 && weather.chance(0.02)) giveBack(order.id, world);
  }
  for (const order of shop.shopOrders.values()) {
    if (weather.chance(0.15)) ship(order.storeId, world);
    if (order.shipments.length === 0 && weather.chance(0.01))
      cancelThere(shop, { storeId: order.storeId, key: 'by hand', units: null });
    const [parcel] = order.shipments;
    if (parcel && weather.chance(0.03)) {
      const units = parcel.lines
        .slice(0, 1)
        .map((line) => ({ ...line, quantity: 1, amount: usd(100), returned: true }));
      const refund = {
        reference: `R-${order.storeId}`,
        at: weather.clock.now(),
        amount: usd(100),
        lines: units,
      };
      refundInShop(shop, order.storeId, refund);
    }
  }
}

/** The channel gives money for a unit by itself, once per order. */
function giveBack(id: string, { market }: World): void {
  const [line] = [...(market.orders.get(id)?.parcels.values() ?? [])].flatMap(({ lines }) => lines);
  if (!line) return;
  const lines = [{ lineExternalId: line.lineId, quantity: 1, item: usd(77) }];
  takeMessage(market, { kind: 'refund', reference: 'seller', orderExternalId: id, lines });
}

function ship(storeId: string, { shop, weather }: World): void {
  const order = shop.shopOrders.get(storeId);
  if (!order || order.cancelled) return;
  const placed = order.placed.order as unknown as ChannelOrder;
  if (placed.delivery?.method === 'pickup') return;
  const line = placed.lines[order.shipments.length];
  if (!line) return;
  shipFromShop(shop, storeId, {
    reference: `${storeId}-${order.shipments.length + 1}`,
    carrier: 'UPS',
    trackingNumber: `1Z${storeId}${order.shipments.length}`,
    shippedAt: weather.clock.now(),
    lines: [{ lineExternalId: line.externalId, sku: line.sku, quantity: line.quantity }],
  });
}

const STORES = [
  location('depot'),
  location('mitte', { uses: ['pickup'] }),
  location('nord', { uses: ['pickup'], priority: 2 }),
];

/** Staff says anything of orders to be fetched, at any moment; what makes no sense is refused. */
async function serve({ market, weather, stores }: World): Promise<void> {
  for (const { id, delivery, lines } of market.orders.values()) {
    if (delivery === null || !weather.chance(0.3)) continue;
    const news = weather.pick(['ready', 'ready', 'picked-up', 'not-collected'] as const);
    const some = news === 'picked-up' && weather.chance(0.5);
    const units = some ? [{ lineExternalId: weather.pick(lines).id, sku: '', quantity: 1 }] : null;
    await said(stores, (tx) => recordPickup(tx, stores, { externalId: id, news, units, by: 'staff' }));
    if (weather.chance(0.2))
      await said(stores, (tx) => cancelUncollected(tx, stores, { externalId: id, by: 'staff' }));
  }
}

/** In the end every buyer comes. */
async function handOver({ market, stores }: World): Promise<void> {
  for (const { id, delivery } of market.orders.values())
    if (delivery !== null)
      await said(stores, (tx) =>
        recordPickup(tx, stores, { externalId: id, news: 'picked-up', by: 'staff' }),
      );
}

async function said(
  { database }: FulfilDesk,
  what: (tx: Parameters<typeof recordPickup>[0]) => Promise<unknown>,
): Promise<void> {
  await database.transaction(what).catch((error: unknown) => {
    if (!(error instanceof OperatorError)) throw error;
  });
}

function shipAll(storeId: string, world: World): void {
  ship(storeId, world);
  ship(storeId, world);
}

function bundle(): ReturnType<typeof smallCatalog>[number] {
  return {
    product: { id: 'set', title: 'Set', status: 'active' },
    variants: [{ sku: 'SET', content: { components: MADE_OF.SET ?? [] }, offer: { price: usd(999) } }],
  };
}

function latecomer(): ReturnType<typeof smallCatalog>[number] {
  const stock = [{ location: 'default', onHand: 5 }];
  const offer = { price: usd(999) };
  return {
    product: { id: 'late', title: 'Late', status: 'active' },
    variants: [{ sku: 'LATE-1', content: {}, offer, stock }],
  };
}

/** What the jobs do, each in whatever order; a death ends the round, as it ends a process. */
async function round(desk: OrderDesk, stores: FulfilDesk): Promise<void> {
  const give = () => fulfilOrders(stores);
  for (const job of [
    pullOrders,
    placeOrders,
    give,
    cancelInShop,
    bookRefunds,
    collectShipments,
    pushShipments,
    tellChannel,
  ]) {
    try {
      await job(desk);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
}

async function expectAllAccountedFor(database: Database, { market, shop }: World): Promise<void> {
  const ours = await database.all<{ external_id: string; state: string; store_id: string | null }>(
    `SELECT o.external_id, o.state, k.store_id FROM channel_order o LEFT JOIN order_link k
     ON k.channel = o.channel AND k.external_id = o.external_id`,
  );
  const exceptions = await database.all<{ external_id: string; code: string }>(
    'SELECT external_id, code FROM order_exception WHERE closed_at IS NULL',
  );
  const excused = new Set(exceptions.map(({ external_id: id }) => id));
  expect(ours.map(({ external_id: id }) => id).sort()).toEqual([...market.orders.keys()].sort());

  const perOrder = new Map<string, number>();
  for (const { placed } of shop.shopOrders.values()) {
    const id = String(placed.externalId);
    perOrder.set(id, (perOrder.get(id) ?? 0) + 1);
  }
  expect([...perOrder].filter(([, count]) => count > 1)).toEqual([]);

  const astray = ours.filter(({ external_id: id, state, store_id: storeId }) => {
    const sold = market.orders.get(id);
    const placed = storeId === null ? undefined : shop.shopOrders.get(storeId);
    if (sold?.status === 'cancelled' && !placed) return state !== 'refused';
    if (!placed) return true;
    const total = (placed.placed.order as unknown as ChannelOrder).total?.minor;
    const paid = sold?.lines.reduce((sum, line) => sum + line.unitMinor * line.quantity, 0);
    if (total !== paid) return true;
    const cancelledThere = placed.cancelled;
    const cancelledHere = sold?.status === 'cancelled';
    if (cancelledThere !== cancelledHere) return !excused.has(id);
    const parcels = [...(sold?.parcels.keys() ?? [])].sort();
    return (
      !cancelledHere &&
      !excused.has(id) &&
      parcels.join() !==
        placed.shipments
          .map((each) => each.reference)
          .sort()
          .join()
    );
  });
  expect(astray).toEqual([]);

  const refunds = [...shop.shopOrders.values()].flatMap(({ refunds: given, placed }) =>
    given.flatMap(({ reference, key }) =>
      key === undefined ? [`${String(placed.externalId)} refund:${reference}`] : [],
    ),
  );
  const booked = [...shop.shopOrders.values()].flatMap(({ refunds: given, placed }) =>
    given.flatMap(({ key, amount }) =>
      key === undefined ? [] : [`${String(placed.externalId)} ${amount.minor}`],
    ),
  );
  const bySeller = [...market.orders.values()].flatMap((order) =>
    order.messages.has('seller') && !excused.has(order.id) ? [`${order.id} 77`] : [],
  );
  expect(new Set(booked).size).toBe(booked.length);
  expect(bySeller.filter((refund) => !booked.includes(refund))).toEqual([]);
  const taken = [...market.orders.values()].flatMap((order) =>
    [...order.messages.keys()].filter((key) => key.startsWith('refund:')).map((key) => `${order.id} ${key}`),
  );
  const untold = refunds.filter(
    (refund) => !taken.includes(refund) && !excused.has(refund.split(' ')[0] ?? ''),
  );
  expect(untold).toEqual([]);
  const waiting = await database.all(
    "SELECT external_id, reference, state FROM order_message WHERE state NOT IN ('accepted', 'rejected', 'replaced')",
  );
  expect(waiting).toEqual([]);
  await expectFetched(database, market, excused);
  await expectReserved(database, market);
  process.stdout.write(
    `${ours.length} orders, ${shop.shopOrders.size} placed, ${refunds.length} refunds, ${booked.length} of the channel's booked, ${exceptions.length} exceptions\n`,
  );
}

/** Every open unit of every order is reserved once, those of bundles as what they are made of, and nothing else is. */
async function expectReserved(database: Database, market: MemoryStore): Promise<void> {
  const open = [...market.orders.values()].flatMap((order) =>
    (order.status === 'cancelled' ? [] : order.lines).flatMap(({ id, sku, quantity }) =>
      (MADE_OF[sku] ?? [{ sku, quantity: 1 }]).flatMap((part) => {
        const units = (quantity - (order.cancelledUnits.get(id) ?? 0)) * part.quantity;
        return units > 0 ? [`${order.id}/${id}: ${units} ${part.sku}`] : [];
      }),
    ),
  );
  const rows = await database.all<{ id: string; line: string; sku: string; units: number }>(
    'SELECT external_id AS id, line_id AS line, sku, quantity AS units FROM reservation',
  );
  const kept = rows.map(({ id, line, sku, units }) => `${id}/${line}: ${units} ${sku}`);
  expect(kept.sort()).toEqual(open.sort());
}

/** What buyers fetch is where it was to be fetched, and the market knows how far it is; what nobody can give out is with a person. */
async function expectFetched(
  database: Database,
  market: MemoryStore,
  excused: ReadonlySet<string>,
): Promise<void> {
  const ours = await database.all<{ id: string; state: string | null; location: string | null }>(
    `SELECT o.external_id AS id, f.state, MIN(p.location) AS location FROM channel_order o
     LEFT JOIN order_fulfilment f ON f.channel = o.channel AND f.external_id = o.external_id
     LEFT JOIN fulfilment_line p ON p.channel = o.channel AND p.external_id = o.external_id GROUP BY o.external_id, f.state`,
  );
  const astray = ours.filter(({ id, state, location: at }) => {
    const sold = market.orders.get(id);
    if (sold?.delivery == null) return state !== null && at !== null && at !== 'depot';
    if (at !== null && at !== sold.delivery.location) return true;
    if (sold.status === 'cancelled') return state === 'collected' && !excused.has(id);
    if (state === 'nowhere') return sold.delivery.location !== 'elsewhere' || !excused.has(id);
    // What was not fetched of an order may be cancelled: then all that is left of it is with the buyer.
    return (
      (state !== 'collected' || !(sold.pickup === 'picked-up' || sold.status === 'shipped')) &&
      !excused.has(id)
    );
  });
  expect(astray).toEqual([]);
}

function usd(minor: number): { minor: number; currency: string } {
  return { minor, currency: 'USD' };
}
