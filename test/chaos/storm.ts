import { setPrices } from '../../src/catalog/set-prices.js';
import { setStock } from '../../src/catalog/set-stock.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import type { StoreShipment } from '../../src/domain/store-order.js';
import { ask } from './ask.js';
import { type ChaosHouse, MARKETPLACE, order, SHOP } from './chaos-house.js';
import type { Dice } from './dice.js';

/** What buyers, the shop and the catalog manager do, one thing at a time. */
export interface Storm {
  /** One random thing. */
  gust(): Promise<void>;
  /** That many buyers order. */
  buy(orders: number): Promise<void>;
  /** Everything open is paid and sent off. */
  finish(): Promise<void>;
  readonly counts: { prices: number; stock: number; imports: number };
}

interface Goods {
  readonly sku: string;
  readonly minor: number;
}

/** An order in the simulated shop. */
export interface ShopOrder {
  readonly storeId: string;
  readonly key: string;
  readonly shipments: readonly StoreShipment[];
}

/** An order in the simulated Amazon. */
export interface AmazonOrder {
  readonly orderId: string;
  readonly status: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** Reads a simulator's own account of itself. */
export async function stateOf<State>(simulator: RunningSimulator | undefined): Promise<State> {
  const response = await ask(`${simulator?.url}/_sim/state`);
  return (await response.json()) as State;
}

/** A storm over a house whose catalog is imported. */
export async function storm(house: ChaosHouse, chance: Dice): Promise<Storm> {
  const goods = await goodsOf(house);
  const counts = { prices: 0, stock: 0, imports: 0 };
  const pending: string[] = [];
  const gusts = [
    () => changePrices(house, chance, goods, counts),
    () => changeStock(house, chance, goods, counts),
    () => buy(house, chance, { goods, pending }),
    () => buy(house, chance, { goods, pending }),
    () => ship(house, (open) => (chance.once(2) ? open : open.slice(0, 1))),
    () => pay(house, pending.splice(0, 1)),
    async () => {
      counts.imports += 1;
      await house.app.queue.wake('import', 'catalog');
    },
  ];
  return {
    counts,
    async gust() {
      await gusts[chance.below(gusts.length)]?.();
      await house.app.queue.wake('sweep', '*');
    },
    async buy(orders) {
      for (let placed = 0; placed < orders; placed++) await buy(house, chance, { goods, pending });
    },
    async finish() {
      await pay(house, pending.splice(0));
      await ship(house, (open) => open);
    },
  };
}

async function goodsOf(house: ChaosHouse): Promise<Goods[]> {
  const rows = await house.app.database.all<{ sku: string; offer: string }>(
    "SELECT sku, offer FROM variant WHERE status <> 'ended' ORDER BY sku",
  );
  return rows.flatMap(({ sku, offer }) => {
    const { price } = JSON.parse(offer) as { price?: { minor: number } };
    return price ? [{ sku, minor: price.minor }] : [];
  });
}

/** Two prices a variant goes to and fro between: the one before may come back while the other is under way. */
async function changePrices(
  house: ChaosHouse,
  chance: Dice,
  goods: readonly Goods[],
  counts: { prices: number },
): Promise<void> {
  const changes = chance.some(goods, 8).map(({ sku, minor }) => ({
    sku,
    price: { minor: chance.once(2) ? minor : Math.round(minor * 0.9), currency: 'USD' },
  }));
  const by = { actor: 'chaos', at: house.app.clock.now() };
  counts.prices += (await setPrices(house.app.database, changes, by)).changed;
}

async function changeStock(
  house: ChaosHouse,
  chance: Dice,
  goods: readonly Goods[],
  counts: { stock: number },
): Promise<void> {
  const chosen = chance.some(goods, 5).map(({ sku }) => sku);
  const rows = await house.app.database.all<{ sku: string; location: string }>(
    `SELECT sku, location FROM stock_level WHERE sku IN (${chosen.map(() => '?').join(', ')}) AND source = 'catalog'`,
    chosen,
  );
  const readings = rows.map((row) => ({ ...row, onHand: chance.once(4) ? 0 : chance.below(20) }));
  const origin = { owner: 'catalog', cause: 'chaos', at: house.app.clock.now() };
  counts.stock += (await setStock(house.app.database, readings, origin)).changed;
}

async function buy(
  house: ChaosHouse,
  chance: Dice,
  on: { readonly goods: readonly Goods[]; readonly pending: string[] },
): Promise<void> {
  const amazon = house.simulators.get(MARKETPLACE);
  const status = chance.once(6) ? 'pending' : 'open';
  const lines = chance.some(on.goods, 2).map(({ sku, minor }) => ({
    sku,
    quantity: 1 + chance.below(2),
    unitPrice: (minor / 100).toFixed(2),
  }));
  const id = amazon?.placeOrder?.({ lines, status });
  if (id === undefined) throw new Error('the marketplace took no order');
  if (chance.once(8)) amazon?.cancelOrder?.(id);
  else if (status === 'pending') on.pending.push(id);
}

async function pay(house: ChaosHouse, ids: readonly string[]): Promise<void> {
  for (const orderId of ids) await order(house.simulators, MARKETPLACE, 'pay', { orderId });
}

type Units = { readonly sku: string; readonly quantity: number }[];

/** The shop packs what `choose` takes of each order's open units; what a buyer cancelled stays on the shelf. */
async function ship(house: ChaosHouse, choose: (open: Units) => Units): Promise<void> {
  const amazon = await stateOf<{ orders: AmazonOrder[] }>(house.simulators.get(MARKETPLACE));
  const shop = await stateOf<{ shopOrders: ShopOrder[] }>(house.simulators.get(SHOP));
  for (const { storeId, key, shipments } of shop.shopOrders) {
    const bought = amazon.orders.find(({ orderId }) => key === `${MARKETPLACE}:${orderId}`);
    if (!bought || bought.status === 'CANCELLED') continue;
    const lines = choose(openUnits(bought, shipments));
    if (lines.length === 0) continue;
    const number = String(shipments.length + 1);
    const shipment = {
      reference: `${storeId}-${number}`,
      carrier: 'UPS',
      trackingNumber: `1Z${storeId.slice(2)}${number}`,
      shippedAt: house.app.clock.now(),
      lines,
    };
    await order(house.simulators, SHOP, 'ship', { storeId, shipment });
  }
}

function openUnits(bought: AmazonOrder, shipments: readonly StoreShipment[]): Units {
  const packed = shipments.flatMap((shipment) => shipment.lines);
  return bought.lines
    .map(({ sku, quantity }) => ({
      sku,
      quantity:
        quantity -
        packed.filter((line) => line.sku === sku).reduce((units, line) => units + line.quantity, 0),
    }))
    .filter(({ quantity }) => quantity > 0);
}
