import type { App } from '../app.js';
import { importFrom } from '../catalog/import-from.js';
import type { ImportResult } from '../catalog/import-result.js';
import { setPrices } from '../catalog/set-prices.js';
import { setStock } from '../catalog/set-stock.js';
import type { SimulatedOrder } from '../channel/simulator.js';
import { decimalText, roundHalfAway } from '../domain/money.js';
import { collectShipments } from '../orders/collect-shipments.js';
import { type OrderCounts, orderCounts } from '../orders/order-counts.js';
import { placeOrders } from '../orders/place.js';
import { pullOrders } from '../orders/pull.js';
import { pushShipments } from '../orders/push-shipments.js';
import { type ChannelReport, syncUntilSettled } from '../sync/sync-channel.js';
import { conservation } from './conservation.js';
import { CATALOG, type DemoHouse, LISTING_CHANNELS, MARKETPLACE, SHOP, STOCK } from './demo-house.js';
import { type Pick, picks } from './picks.js';

/** What the demo shows as it goes: a heading per act, a line per step. */
export interface DemoStage {
  act(title: string): void;
  step(text: string): void;
}

/** The numbers of a demo: what `omnifeed demo --json` prints. */
export interface DemoSummary {
  readonly catalog: { readonly products: number; readonly variants: number; readonly rejectedRows: number };
  readonly channels: readonly ChannelSummary[];
  readonly second: { readonly changed: number; readonly submitted: number };
  readonly orders: {
    readonly pulled: number;
    readonly linked: number;
    readonly waiting: number;
    readonly shipped: number;
    readonly trackingPushed: number;
  };
  readonly conservation: string;
}

/** One channel in the summary. `listed` + `blocked` + `excluded` = variants of the catalog. */
export interface ChannelSummary {
  readonly id: string;
  readonly connector: string;
  readonly listed: number;
  readonly blocked: number;
  readonly excluded: number;
  readonly live: number;
  readonly rejected: number;
  readonly submitted: number;
}

const DEADLINE_MS = 45_000;

/** The whole main job on simulated channels: catalog in, listings out and in step, orders back, tracking out. */
export async function runDemo(house: DemoHouse, stage: DemoStage): Promise<DemoSummary> {
  const { app } = house;
  stage.act('Import the catalog');
  const imported = await importFrom(app, { source: app.source(CATALOG), actor: 'demo' });
  stage.step(importLine(imported));
  for (const source of app.config.sources.filter(({ id }) => id === STOCK))
    stage.step(importLine(await importFrom(app, { source, actor: 'demo' })));

  stage.act('List it everywhere');
  const first = await syncAll(app, stage);

  stage.act('Change some prices and stock: only these travel');
  const second = await changeSome(app, stage);

  stage.act('Sell on Amazon');
  const orders = await sellSome(house, stage);

  const channels = LISTING_CHANNELS.map((id) => summaryOf(app, first.get(id)));
  return {
    catalog: {
      products: imported.products,
      variants: imported.variants,
      rejectedRows: imported.rejectedRows,
    },
    channels,
    second,
    orders: {
      pulled: orders.seen,
      linked: orders.linked,
      waiting: orders.waiting,
      shipped: orders.shipped,
      trackingPushed: orders.trackingPushed,
    },
    conservation: await conservation(house, imported),
  };
}

function importLine(imported: ImportResult): string {
  const { products, variants, rows, rejectedRows, warnings, format, encoding } = imported;
  return `${rows} rows (${format}, ${encoding}) → ${products} products, ${variants} variants; ${rejectedRows} rows rejected, ${warnings} warnings`;
}

async function syncAll(app: App, stage: DemoStage): Promise<Map<string, ChannelReport>> {
  const reports = await Promise.all(
    LISTING_CHANNELS.map(async (id): Promise<[string, ChannelReport]> => {
      const report = await syncUntilSettled(await app.desk(id), { deadlineMs: DEADLINE_MS, atOnce: true });
      stage.step(reportLine(id, report));
      return [id, report];
    }),
  );
  return new Map(reports);
}

function reportLine(id: string, report: ChannelReport): string {
  const { listed, blocked, excluded, live, rejected } = report.counts;
  return `${id}: ${report.submitted} sent; ${listed} listed (${live} live, ${rejected} rejected), ${blocked} blocked, ${excluded} excluded`;
}

/** A tenth off four prices, and two variants sold out at the counter. */
async function changeSome(app: App, stage: DemoStage): Promise<DemoSummary['second']> {
  const chosen = await picks(app.database, { channel: MARKETPLACE, count: 6, leastStock: 2 });
  const by = { actor: 'demo', at: app.clock.now() };
  const cheaper = chosen
    .slice(0, 4)
    .flatMap((pick) =>
      pick.price === null
        ? []
        : [{ sku: pick.sku, price: { ...pick.price, minor: roundHalfAway(pick.price.minor * 0.9) } }],
    );
  const prices = await setPrices(app.database, cheaper, by);
  const readings = chosen.slice(4).map((pick) => ({ sku: pick.sku, location: pick.location, onHand: 0 }));
  const stock = await setStock(app.database, readings, {
    owner: pick0(chosen),
    cause: 'sold at the counter',
    at: by.at,
  });
  stage.step(`${prices.changed} prices and ${stock.changed} stock counts changed`);
  const reports = await syncAll(app, stage);
  const submitted = [...reports.values()].reduce((sum, report) => sum + report.submitted, 0);
  return { changed: prices.changed + stock.changed, submitted };
}

function pick0(chosen: readonly Pick[]): string {
  return chosen[0]?.owner ?? 'catalog';
}

/** Buyers order on the marketplace: paid orders, one not paid yet, one for a SKU we do not have. */
async function sellSome(house: DemoHouse, stage: DemoStage): Promise<OrderCounts> {
  const { app, simulators } = house;
  const marketplace = simulators.get(MARKETPLACE);
  const chosen = await picks(app.database, { channel: MARKETPLACE, count: 6, leastStock: 2 });
  for (const order of purchases(chosen)) marketplace?.placeOrder?.(order);
  const desk = await app.orderDesk(MARKETPLACE);
  if (!desk) return orderCounts(app.database, MARKETPLACE);
  const pulled = await pullOrders(desk);
  stage.step(`${pulled.seen} orders pulled, stock reserved`);
  await syncAll(app, stage);
  const placed = await placeOrders(desk);
  stage.step(`${placed.placed} orders placed in the shop`);
  await shipFromShop(house);
  await collectShipments(desk);
  const pushed = await pushShipments(desk);
  stage.step(`${pushed.accepted} parcels announced to the marketplace`);
  await pullOrders(desk);
  return orderCounts(app.database, MARKETPLACE);
}

function purchases(chosen: readonly Pick[]): SimulatedOrder[] {
  const line = (pick: Pick, quantity = 1): SimulatedOrder['lines'][number] => ({
    sku: pick.sku,
    quantity,
    unitPrice: pick.price === null ? '10.00' : decimalText(pick.price),
  });
  const paid = chosen
    .slice(0, 5)
    .map((pick, place): SimulatedOrder => ({ lines: [line(pick, place === 0 ? 2 : 1)] }));
  const last = chosen[chosen.length - 1];
  const pending: SimulatedOrder[] = last ? [{ lines: [line(last)], status: 'pending' }] : [];
  return [...paid, ...pending, { lines: [{ sku: 'NOT-OURS-1', quantity: 1, unitPrice: '19.90' }] }];
}

/** The shop packs everything it was given. */
async function shipFromShop(house: DemoHouse): Promise<void> {
  const { app, simulators } = house;
  const shop = simulators.get(SHOP);
  if (!shop) return;
  const links = await app.database.all<{ store_id: string; external_id: string }>(
    "SELECT store_id, external_id FROM order_link WHERE state = 'placed' ORDER BY store_id",
  );
  for (const [place, link] of links.entries()) {
    const lines = await app.database.all<{ sku: string; quantity: number }>(
      'SELECT sku, quantity FROM order_line WHERE channel = ? AND external_id = ?',
      [MARKETPLACE, link.external_id],
    );
    const shipment = {
      reference: `P-${link.store_id}`,
      carrier: 'UPS',
      trackingNumber: `1Z999AA1012345${String(6_000 + place)}`,
      shippedAt: app.clock.now(),
      lines,
    };
    await command(shop.url, 'ship', { storeId: link.store_id, shipment });
  }
}

async function command(url: string, name: string, body: object): Promise<void> {
  const response = await fetch(`${url}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok)
    throw new Error(`the simulated shop answered ${response.status}: ${await response.text()}`);
}

function summaryOf(app: App, report: ChannelReport | undefined): ChannelSummary {
  if (!report) throw new Error('a channel was not synchronised');
  const { listed, blocked, excluded, live, rejected } = report.counts;
  return {
    id: report.channel,
    connector: app.channel(report.channel).connector,
    listed,
    blocked,
    excluded,
    live,
    rejected,
    submitted: report.submitted,
  };
}
