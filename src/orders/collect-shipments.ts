import { answerOrStop } from '../channel/answer-or-stop.js';
import type { Queries } from '../db/database.js';
import { ChannelError } from '../domain/errors.js';
import { type Instant, plusMs } from '../domain/instant.js';
import type { StoreOrder } from '../domain/store-order.js';
import { lineUnits } from './line-units.js';
import { mayCall } from './may-call.js';
import type { OrderDesk, Storefront } from './order-desk.js';
import { recordRefunds } from './pass-refunds.js';
import { recordShipment } from './record-shipment.js';
import { isFetched, isParcel, recordHandover } from './shop-handovers.js';
import { recordCancelledUnits, recordStanding } from './taken-back.js';

/** What a look at our orders in the shop brought. */
export interface Collected {
  readonly read: number;
  readonly recorded: number;
  /** Parcels that hold what was not ordered. */
  readonly surplus: number;
  /** Handed over to buyers who fetch their orders, as the shop says. */
  readonly handedOver: number;
}

interface OpenLink {
  readonly external_id: string;
  readonly store_id: string;
}

const PER_READ = 50;
const PER_ROUND = 1_000;
const HOUR = 3_600_000;
/** Refunds and returns are looked for this long after an order has left. */
const AFTERWARDS_MS = 30 * 24 * HOUR;

/**
 * Reads our placed orders back from the shop, by id and longest unread first: new parcels, units taken out, money given back. Shops do not reliably
 * list "orders changed since" when only a parcel was added. Orders that have left are read hourly for 30 days more.
 */
export async function collectShipments(desk: OrderDesk, signal?: AbortSignal): Promise<Collected> {
  const collected = { read: 0, recorded: 0, surplus: 0, handedOver: 0 };
  if (desk.storefront === null) return collected;
  const open = await linksToRead(desk, desk.storefront.id);
  for (let start = 0; start < open.length; start += PER_READ) {
    signal?.throwIfAborted();
    if (!(await mayCall(desk, 'storefront'))) break;
    const links = open.slice(start, start + PER_READ);
    const orders = await readStore(desk, { storefront: desk.storefront, signal }, links);
    if (orders === null) return collected;
    collected.read += orders.length;
    await recordAll(desk, { links, orders }, collected);
  }
  return collected;
}

function linksToRead(desk: OrderDesk, storefront: string): Promise<OpenLink[]> {
  const now = desk.clock.now();
  return desk.database.all<OpenLink>(
    `SELECT k.external_id, k.store_id FROM order_link k JOIN channel_order o ON o.channel = k.channel AND o.external_id = k.external_id
     WHERE k.channel = ? AND k.state = 'placed' AND k.storefront = ? AND (o.status IN ('open', 'partially-shipped')
       OR (o.updated_at > ? AND (k.read_at IS NULL OR k.read_at <= ?)))
     ORDER BY k.read_at IS NOT NULL, k.read_at, k.external_id LIMIT ?`,
    [desk.channel, storefront, plusMs(now, -AFTERWARDS_MS), plusMs(now, -HOUR), PER_ROUND],
  );
}

async function readStore(
  desk: OrderDesk,
  way: { readonly storefront: Storefront; readonly signal: AbortSignal | undefined },
  links: readonly OpenLink[],
): Promise<readonly StoreOrder[] | null> {
  try {
    const ids = links.map((link) => link.store_id);
    return await answerOrStop(way.storefront.sink.read(ids), way.signal);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.callFailed(error, 'storefront');
    return null;
  }
}

async function recordAll(
  desk: OrderDesk,
  page: { readonly links: readonly OpenLink[]; readonly orders: readonly StoreOrder[] },
  collected: { recorded: number; surplus: number; handedOver: number },
): Promise<void> {
  const byStoreId = new Map(page.orders.map((order) => [order.storeId, order]));
  const now = desk.clock.now();
  const counts = await desk.database.transaction(async (tx) => {
    const found = { recorded: 0, surplus: 0, handedOver: 0 };
    for (const link of page.links) {
      const order = byStoreId.get(link.store_id);
      // Silence about an order is not news of it: it stays first in line.
      if (order === undefined) continue;
      const parcels = await recordOrder(tx, { desk, externalId: link.external_id, now }, order);
      found.recorded += parcels.recorded;
      found.surplus += parcels.surplus;
      found.handedOver += parcels.handedOver;
      await tx.run('UPDATE order_link SET read_at = ? WHERE channel = ? AND external_id = ?', [
        now,
        desk.channel,
        link.external_id,
      ]);
    }
    return found;
  });
  collected.recorded += counts.recorded;
  collected.surplus += counts.surplus;
  collected.handedOver += counts.handedOver;
}

/** Parcels first: what has left is no longer taken out. */
async function recordOrder(
  tx: Queries,
  on: { readonly desk: OrderDesk; readonly externalId: string; readonly now: Instant },
  order: StoreOrder,
): Promise<Omit<Collected, 'read'>> {
  const { desk, externalId, now } = on;
  const place = { channel: desk.channel, externalId };
  const { tells = [], confirms = [] } = desk.port;
  const books = desk.storefront?.sink.refund !== undefined;
  const context = { place, tells, confirms, books, now };
  const found = { recorded: 0, surplus: 0, handedOver: 0 };
  await recordStanding(tx, order, context);
  if (order.gone === true) return found;
  const fetched = order.shipments.length > 0 && (await isFetched(tx, place));
  for (const parcel of order.shipments) {
    if (fetched && !isParcel(parcel)) {
      const said = { parcel, lines: await lineUnits(tx, place), now };
      if (await recordHandover(tx, place, said)) found.handedOver += 1;
      continue;
    }
    const outcome = await recordShipment(tx, { ...place, now }, parcel);
    if (outcome === 'recorded') found.recorded += 1;
    if (outcome === 'surplus') found.surplus += 1;
  }
  const lines = await lineUnits(tx, place);
  await recordCancelledUnits(tx, order, lines, context);
  await recordRefunds(tx, order, lines, context);
  return found;
}
