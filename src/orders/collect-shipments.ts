import { answerOrStop } from '../channel/answer-or-stop.js';
import { ChannelError } from '../domain/errors.js';
import type { StoreOrder } from '../domain/store-order.js';
import type { OrderDesk, Storefront } from './order-desk.js';
import { recordShipment } from './record-shipment.js';

/** What a look at the shop's parcels brought. */
export interface Collected {
  readonly read: number;
  readonly recorded: number;
  /** Parcels that hold what was not ordered. */
  readonly surplus: number;
}

interface OpenLink {
  readonly external_id: string;
  readonly store_id: string;
}

const PER_READ = 50;
const PER_ROUND = 1_000;

/**
 * Reads the placed orders that are not fully shipped from the shop, by id and longest unread first, and records their new parcels. Shops
 * do not reliably list "orders changed since" when only a parcel was added.
 */
export async function collectShipments(desk: OrderDesk, signal?: AbortSignal): Promise<Collected> {
  const collected = { read: 0, recorded: 0, surplus: 0 };
  if (desk.storefront === null) return collected;
  const open = await desk.database.all<OpenLink>(
    `SELECT k.external_id, k.store_id FROM order_link k JOIN channel_order o ON o.channel = k.channel AND o.external_id = k.external_id
     WHERE k.channel = ? AND k.state = 'placed' AND k.storefront = ? AND o.status IN ('open', 'partially-shipped')
     ORDER BY k.read_at IS NOT NULL, k.read_at, k.external_id LIMIT ?`,
    [desk.channel, desk.storefront.id, PER_ROUND],
  );
  for (let start = 0; start < open.length; start += PER_READ) {
    signal?.throwIfAborted();
    const links = open.slice(start, start + PER_READ);
    const orders = await readStore(desk, { storefront: desk.storefront, signal }, links);
    if (orders === null) return collected;
    collected.read += orders.length;
    await recordAll(desk, { links, orders }, collected);
  }
  return collected;
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
  collected: { recorded: number; surplus: number },
): Promise<void> {
  const byStoreId = new Map(page.orders.map((order) => [order.storeId, order]));
  const now = desk.clock.now();
  const counts = await desk.database.transaction(async (tx) => {
    const found = { recorded: 0, surplus: 0 };
    for (const link of page.links) {
      for (const parcel of byStoreId.get(link.store_id)?.shipments ?? []) {
        const outcome = await recordShipment(
          tx,
          { channel: desk.channel, externalId: link.external_id, now },
          parcel,
        );
        if (outcome === 'recorded') found.recorded += 1;
        if (outcome === 'surplus') found.surplus += 1;
      }
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
}
