import { ChannelError } from '../../../src/domain/errors.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { StoreOrder } from '../../../src/domain/store-order.js';
import { API } from '../api-version.js';
import type { WooClient } from '../client.js';
import { idIn, listIn, metaIn, unreadable } from '../read.js';
import { askedOnce, type WooWork } from '../shop-facts.js';
import { isCancelled, isComplete, isDraft, storeOrder } from './order-decode.js';

/** Reads orders of the shop by id; one it does not have comes back as `gone`. */
export interface OrderReader {
  read(storeIds: readonly string[]): Promise<readonly StoreOrder[]>;
  /** The orders as the shop writes them, by id; those it does not have are left out. */
  rows(storeIds: readonly string[]): Promise<ReadonlyMap<string, JsonObject>>;
  /** An order with everything that hangs on it. */
  whole(order: JsonObject): Promise<StoreOrder>;
  /** An order that was confirmed just now: nothing hangs on it yet. */
  placed(order: JsonObject): StoreOrder;
}

const PER_CALL = 100;
/** Plugins with a route for tracking numbers, in the order they are asked. Source: their REST pages, verified 2026-11-23. */
const TRACKERS = ['wc-shipment-tracking/v3', 'wc-ast/v3'] as const;
/** A feature that is off is looked for again after this long: somebody may have switched it on. */
const OFF_MS = 3_600_000;
const TRACKING_META = '_wc_shipment_tracking_items';

/** Parcels are asked for where they can still come: of orders in work and complete ones. */
export function orderReader(work: WooWork): OrderReader {
  const { client, settings, host } = work;
  let askedAgainAtMs = 0;
  const trackers = askedOnce(async () => {
    const index = await client.object({
      operation: 'site index',
      route: '',
      query: { _fields: 'namespaces' },
    });
    const held = new Set(Array.isArray(index.namespaces) ? index.namespaces.map(String) : []);
    return TRACKERS.find((namespace) => held.has(namespace)) ?? null;
  });

  async function rows(storeIds: readonly string[]): Promise<ReadonlyMap<string, JsonObject>> {
    const ids = [...new Set(storeIds)].filter((id) => /^\d+$/.test(id));
    const found = new Map<string, JsonObject>();
    for (let from = 0; from < ids.length; from += PER_CALL) {
      const include = ids.slice(from, from + PER_CALL);
      await addRows(client, { include, status: 'any', found });
      const missing = include.filter((id) => !found.has(id));
      // `any` leaves out the trash.
      if (missing.length > 0) await addRows(client, { include: missing, status: 'trash', found });
    }
    return found;
  }

  async function fulfillmentsOf(id: string): Promise<readonly JsonObject[] | null> {
    if (host.clock.monotonicMs() < askedAgainAtMs) return null;
    const answer = await orMissing(
      client.list({ operation: 'fulfillments', route: `${API}/orders/${id}/fulfillments` }),
    );
    if (answer === null) askedAgainAtMs = host.clock.monotonicMs() + OFF_MS;
    return answer;
  }

  /** The plugins keep their entries in the order's meta too; their route is asked where a plugin hides that. */
  async function trackersOf(order: JsonObject): Promise<readonly JsonObject[] | null> {
    if (metaIn(order, TRACKING_META) !== undefined) return null;
    const namespace = await trackers();
    if (namespace === null) return null;
    const route = `${namespace}/orders/${idIn(order)}/shipment-trackings`;
    return orMissing(client.list({ operation: 'shipment trackings', route }));
  }

  async function whole(order: JsonObject): Promise<StoreOrder> {
    const id = idIn(order);
    const quiet = isDraft(order) || isCancelled(order);
    const parcels = quiet ? null : await fulfillmentsOf(id);
    const open = !quiet && (parcels === null || parcels.length === 0);
    const reading = {
      order,
      refunds: listIn(order, 'refunds').length === 0 ? [] : await refundsOf(client, id),
      fulfillments: parcels,
      trackers: open ? await trackersOf(order) : null,
    };
    return readOrAsk(id, () => storeOrder(reading, settings));
  }

  return {
    rows,
    whole,
    placed: (order) => storeOrder({ order, refunds: [], fulfillments: null, trackers: null }, settings),
    async read(storeIds) {
      const found = await rows(storeIds);
      const orders: StoreOrder[] = [];
      for (const storeId of storeIds) {
        const order = found.get(storeId);
        orders.push(
          order === undefined ? { storeId, gone: true, cancelled: false, shipments: [] } : await whole(order),
        );
      }
      return orders;
    },
  };
}

async function addRows(
  client: WooClient,
  of: {
    readonly include: readonly string[];
    readonly status: string;
    readonly found: Map<string, JsonObject>;
  },
): Promise<void> {
  const query = { include: of.include.join(','), status: of.status, per_page: PER_CALL };
  const rows = await client.list({ operation: 'orders by id', route: `${API}/orders`, query });
  const asked = new Set(of.include);
  for (const row of rows) {
    const id = idIn(row);
    if (!asked.has(id)) throw unreadable('orders by id: orders not asked for');
    of.found.set(id, row);
  }
}

/** An order that a plugin has made unreadable is there all the same: a person looks at it, and it holds up no other. */
function readOrAsk(storeId: string, read: () => StoreOrder): StoreOrder {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { storeId, cancelled: false, shipments: [], needsPerson: `${error.message}.` };
  }
}

/** All refunds of an order in full. */
export async function refundsOf(client: WooClient, orderId: string): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  for (let page = 1; ; page++) {
    const query = { per_page: PER_CALL, page };
    const found = await client.page({
      operation: 'refunds',
      route: `${API}/orders/${orderId}/refunds`,
      query,
    });
    rows.push(...found.rows);
    if (found.rows.length === 0 || rows.length >= found.total) return rows;
  }
}

/** Null: the shop has no such route, or not for this order. */
async function orMissing(answer: Promise<readonly JsonObject[]>): Promise<readonly JsonObject[] | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ChannelError && (error.code === 'route_missing' || error.code === 'not_there'))
      return null;
    throw error;
  }
}

/** Whether anything of an order may have left: then it is not taken back by itself. */
export function hasLeft(order: StoreOrder, row: JsonObject, settings: WooWork['settings']): boolean {
  return isComplete(row, settings) || order.shipments.some(({ withdrawn }) => withdrawn !== true);
}
