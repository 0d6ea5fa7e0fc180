import type { Market } from './market.js';
import type { Goods, World } from './world.js';

/** Who acts on the house from outside. Each may be sent home while a failure is made smaller. */
export const ACTORS = ['buyers', 'unknown-buyers', 'warehouse', 'supplier', 'meddler'] as const;

/** Somebody outside. */
export type Actor = (typeof ACTORS)[number];

/** Lets everybody act until the weather is calm. */
export function engage(world: World, actors: ReadonlySet<Actor>): void {
  if (actors.has('buyers')) every(world, 6_000, () => buy(world));
  if (actors.has('unknown-buyers')) every(world, 30_000, () => buyUnknown(world));
  if (actors.has('warehouse')) every(world, 20_000, () => ship(world));
  if (actors.has('supplier')) every(world, 25_000, () => change(world));
  if (actors.has('meddler')) every(world, 60_000, () => meddle(world));
}

/** What happens now and then: on average each `ms`, until the weather is calm. */
function every(world: World, ms: number, act: () => void): void {
  world.time.after(
    1 + world.roll.below(2 * ms),
    () => {
      if (world.weather.calm) return;
      act();
      every(world, ms, act);
    },
    null,
  );
}

function pick<Item>(world: World, items: readonly Item[]): Item | undefined {
  return items[world.roll.below(Math.max(1, items.length))];
}

function selling(world: World): readonly Market[] {
  return [...world.markets.values()].filter(({ kind }) => kind.sells);
}

/** A buyer takes what is shown; some pay later, some think better of it. */
function buy(world: World): void {
  const market = pick(world, selling(world));
  const goods = pick(world, [...world.goods.values()]);
  if (market === undefined || goods === undefined) return;
  const order = market.buy(goods.sku, 1 + world.roll.below(2), world.roll.once(4));
  if (order === null) return;
  if (order.status === 'pending')
    world.time.after(
      10_000 + world.roll.below(60_000),
      () => order.status === 'pending' && market.change(order, 'open'),
      null,
    );
  if (world.weather.strikes('order-cancelled', market.id))
    world.time.after(
      world.roll.below(120_000),
      () => order.status !== 'shipped' && market.change(order, 'cancelled'),
      null,
    );
}

function buyUnknown(world: World): void {
  const market = pick(world, selling(world));
  if (market !== undefined && world.weather.strikes('order-unknown-sku', market.id))
    market.buyUnknown(LATECOMER);
}

/** What buyers order before the catalog knows it. */
export const LATECOMER = '00LATE';

/** The warehouse sends one of the open orders. */
function ship(world: World): void {
  const open = [...world.shop.orders.values()].filter(
    ({ cancelled, shipments }) => !cancelled && shipments.length === 0,
  );
  const order = pick(world, open);
  if (order !== undefined) world.shop.ship(order);
}

/** New texts, prices and deliveries; goods come and go. */
function change(world: World): void {
  const goods = pick(world, [...world.goods.values()]);
  if (goods === undefined) return;
  const what = world.roll.below(4);
  if (what === 0) goods.title = `${goods.title.split(' no ')[0]} no ${world.roll.below(1_000)}`;
  if (what === 1) goods.priceMinor = Math.round((goods.priceMinor * (90 + world.roll.below(21))) / 100);
  if (what >= 2) goods.units += 1 + world.roll.below(4);
  world.note(`${goods.sku} is now ${describe(goods)}`);
}

/** Somebody with access to a channel changes a price by hand, or the channel takes offence at a title. */
function meddle(world: World): void {
  const market = pick(world, [...world.markets.values()]);
  const sku = pick(world, [...(market?.shown.keys() ?? [])]);
  if (market === undefined || sku === undefined) return;
  const shown = market.shown.get(sku);
  if (shown !== undefined && world.weather.strikes('drift', market.id)) {
    shown.attributes = { ...shown.attributes, title: 'changed by hand' };
    world.note(`somebody changes ${sku} at ${market.id}`);
  }
  if (world.weather.strikes('listing-refused', market.id)) {
    market.refused.add(sku);
    world.note(`${market.id} refuses ${sku} from now on`);
  }
}

function describe({ title, priceMinor, units }: Goods): string {
  return `"${title}" for ${priceMinor}, ${units} units`;
}
