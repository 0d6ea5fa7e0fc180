import { moneyText } from '../../src/domain/money.js';
import type { Market, MarketOrder } from './market.js';
import type { ShopOrder } from './shop.js';
import { Violation, type World } from './world.js';

/** What holds after every event, whatever goes wrong; looks at the world outside only. */
export function checkAlways(world: World): void {
  for (const goods of world.goods.values()) {
    strictStock(world, goods.sku, goods.units);
  }
  priceGuard(world);
}

/** Invariant 8: every unit a buyer could still take must be there. */
function strictStock(world: World, sku: string, units: number): void {
  if (!world.scale.strict) return;
  let [sold, shown] = [0, 0];
  for (const market of world.markets.values()) {
    if (!market.kind.sells) continue;
    sold += market.sold(sku);
    shown += market.units(sku);
  }
  if (sold + shown > units)
    world.broken('8 strict stock', `${sold} of ${sku} are sold and ${shown} on sale, there are ${units}`);
}

/** Invariant 15: a price with digits missing never replaces a good one. */
function priceGuard(world: World): void {
  for (const market of world.markets.values())
    for (const [sku, { attributes }] of market.shown) {
      const goods = world.goods.get(sku);
      if (goods === undefined) continue;
      const minor = Math.round(Number(String(attributes.price).split(' ')[0]) * 100);
      const place = `${market.id}/${sku}`;
      if (minor < goods.priceMinor / 10) {
        if (world.goodPrices.has(place))
          world.broken('15 blast radius', `${place} shows ${minor}, it should be ${goods.priceMinor}`);
      } else world.goodPrices.add(place);
    }
}

/** What must hold once nothing goes wrong any more and the house had its time; empty: it does. */
export async function unhealed(world: World): Promise<readonly Violation[]> {
  const found: Violation[] = [];
  const look: Look = {
    world,
    broken: (invariant, message) => void found.push(new Violation(invariant, message)),
  };
  for (const check of [ordersKnown, ordersPlaced, listingsConverged, stockAddsUp, workDone])
    await check(look);
  return found;
}

/** The world, and where to say what is wrong with it. */
interface Look {
  readonly world: World;
  broken(invariant: string, message: string): void;
}

/** Invariants 4 to 7: every order once, in its last state, whatever came how often in which order. */
async function ordersKnown(look: Look): Promise<void> {
  const { world } = look;
  const rows = await world.base.all<{ channel: string; external_id: string; status: string }>(
    'SELECT channel, external_id, status FROM channel_order',
  );
  const ours = new Map(rows.map((row) => [row.external_id, row]));
  let sold = 0;
  for (const market of world.markets.values())
    for (const order of market.orders.values()) {
      sold += 1;
      const row = ours.get(order.id);
      if (row === undefined) look.broken('5 cursor safety', `order ${order.id} never came in`);
      else if (row.status !== order.status)
        look.broken('6 state order', `order ${order.id} is ${order.status} there and ${row.status} here`);
    }
  if (rows.length !== sold) look.broken('4 order exactly once', `${rows.length} orders here, ${sold} there`);
}

/** Invariants 4, 7 and 9: each paid order is in the shop once at its total, its parcel at the market once; what is not, a person was told. */
async function ordersPlaced(look: Look): Promise<void> {
  const { world } = look;
  const open = await world.base.all<{ id: string }>(
    'SELECT external_id AS id FROM order_exception WHERE closed_at IS NULL',
  );
  const excused = new Set(open.map(({ id }) => id));
  const placed = new Map([...world.shop.orders.values()].map((order) => [order.key, order]));
  for (const market of world.markets.values())
    for (const order of market.orders.values()) {
      const there = placed.get(`${market.id}:${order.id}`);
      if (there !== undefined) placedWell(look, order, { there, excused: excused.has(order.id) });
      else if (order.status !== 'cancelled' && !excused.has(order.id))
        look.broken('7 store before understand', `order ${order.id} was never placed, and nobody was told`);
    }
}

function placedWell(
  look: Look,
  order: MarketOrder,
  { there, excused }: { readonly there: ShopOrder; readonly excused: boolean },
): void {
  if (there.totalMinor !== order.unitMinor * order.quantity)
    look.broken('17 fidelity', `order ${order.id} was placed at ${there.totalMinor}`);
  if (order.status === 'cancelled' && order.parcels.size > 0)
    look.broken('9 tracking', `a parcel of the cancelled order ${order.id} was announced`);
  if (excused) return;
  if ((order.status === 'cancelled') !== there.cancelled)
    look.broken(
      '6 state order',
      `order ${order.id} is ${order.status}, in the shop it is ${there.cancelled ? '' : 'not '}cancelled`,
    );
  const sent = there.shipments.map(({ reference }) => reference).join();
  const told = [...order.parcels.keys()].join();
  if (sent !== told) look.broken('9 tracking', `order ${order.id}: parcels "${sent}", told "${told}"`);
}

/** Invariants 2 and 3: what is shown is what the catalog says, or a rejection is on record; nothing of ours is there unknown. */
async function listingsConverged(look: Look): Promise<void> {
  const { world } = look;
  const rows = await world.base.all<{ channel: string; sku: string; verdict: string | null }>(
    'SELECT channel, sku, verdict FROM listing',
  );
  const known = new Map(rows.map((row) => [`${row.channel}/${row.sku}`, row]));
  for (const market of world.markets.values()) {
    for (const sku of market.shown.keys())
      if (!known.has(`${market.id}/${sku}`))
        look.broken('3 no strangers', `${market.id} shows ${sku}, we know nothing of it`);
    for (const goods of world.goods.values()) {
      const place = `${market.id}/${goods.sku}`;
      const shown = market.shown.get(goods.sku)?.attributes;
      const verdict = known.get(place)?.verdict;
      if (verdict === 'rejected' && market.refused.has(goods.sku)) continue;
      if (shown === undefined) look.broken('2 convergence', `${place} is not shown`);
      else if (shown.title !== goods.title)
        look.broken('2 convergence', `${place} is "${String(shown.title)}", not "${goods.title}"`);
      else if (shown.price !== moneyText({ minor: goods.priceMinor, currency: 'EUR' }))
        look.broken('2 convergence', `${place} costs ${String(shown.price)}, not ${goods.priceMinor}`);
      else quantityConverged(look, market, goods.sku);
    }
  }
}

function quantityConverged(look: Look, market: Market, sku: string): void {
  const { world } = look;
  const goods = world.goods.get(sku);
  if (goods === undefined) return;
  const free = Math.max(0, goods.units - soldOf(world, sku));
  if (!market.kind.sells || !world.scale.strict) {
    const strictElsewhere = world.scale.strict;
    const keeps = !market.kind.sells || market.id === 'amazon' || free > 2;
    const expected = strictElsewhere ? null : keeps ? free : 0;
    if (expected !== null && market.units(sku) !== expected)
      look.broken('2 convergence', `${market.id}/${sku} offers ${market.units(sku)} of ${expected}`);
    return;
  }
  const onSale = [...world.markets.values()].filter(({ kind }) => kind.sells).map((each) => each.units(sku));
  const refused = [...world.markets.values()].some((each) => each.kind.sells && each.refused.has(sku));
  if (free > 1 && !refused && Math.max(...onSale) === 0)
    look.broken('2 convergence', `none of ${free} units of ${sku} is on sale`);
}

/** Units that are gone: sold, and not cancelled before they left the shop. */
function soldOf(world: World, sku: string): number {
  const leaving = new Set(
    [...world.shop.orders.values()].flatMap(({ key, cancelled }) => (cancelled ? [] : [key])),
  );
  let units = 0;
  for (const market of world.markets.values())
    for (const order of market.orders.values())
      if (order.sku === sku && (order.status !== 'cancelled' || leaving.has(`${market.id}:${order.id}`)))
        units += order.quantity;
  return units;
}

/** Invariant 8: what is reserved is what open orders need. */
async function stockAddsUp(look: Look): Promise<void> {
  const { world } = look;
  const negative = await world.base.all<{ sku: string }>('SELECT sku FROM reservation WHERE quantity < 0');
  for (const { sku } of negative) look.broken('8 stock', `less than nothing of ${sku} is reserved`);
}

/** Invariants 11 and 18: no work lies about, and each planned instant has one tick. */
async function workDone(look: Look): Promise<void> {
  const { world } = look;
  const late = new Date(world.time.nowMs - 300_000).toISOString();
  const lying = await world.base.all<{ job: string; wake_key: string; state: string; error: string | null }>(
    'SELECT job, wake_key, state, error FROM wake WHERE due_at < ?',
    [late],
  );
  for (const { job, wake_key: key, state, error } of lying)
    look.broken('11 no lost work', `${job} ${key} is ${state} and long due: ${error ?? ''}`);
}
