import type { SinkPort } from '../../src/channel/store-ports.js';
import { instantOf } from '../../src/domain/instant.js';
import type { StoreOrder, StoreShipment } from '../../src/domain/store-order.js';
import type { World } from './world.js';

/** An order as the shop keeps it. */
export interface ShopOrder {
  readonly storeId: string;
  readonly key: string;
  readonly sku: string;
  readonly quantity: number;
  readonly totalMinor: number;
  readonly placedAtMs: number;
  /** From when on a search shows it. */
  readonly foundFromMs: number;
  cancelled: boolean;
  readonly shipments: StoreShipment[];
}

/** How long a search may not show a new order. */
export const SEARCH_LAG_MS = 20_000;

/** The merchant's shop: it makes an order whenever it is told to, however often, and its search runs behind. */
export class Shop {
  readonly orders = new Map<string, ShopOrder>();
  /** Keys for which a call was made whose outcome its caller cannot know, and when it was last searched for since. */
  readonly searchedAtMs = new Map<string, number>();

  constructor(readonly world: World) {}

  /** Units that have left, or will leave, the shelf because of orders placed here. */
  units(sku: string): number {
    let units = 0;
    for (const order of this.orders.values())
      if (order.sku === sku && !order.cancelled) units += order.quantity;
    return units;
  }

  readonly sink: SinkPort = {
    uncertainty: { quietMs: 60_000, searchAgainMs: 25_000 },
    place: async ({ key, order }) => {
      const [line] = order.lines;
      if (line === undefined) throw new Error('an order without lines was placed');
      const now = this.world.time.nowMs;
      const made: ShopOrder = {
        storeId: `S${this.orders.size + 1}`,
        key,
        sku: line.sku,
        quantity: line.quantity,
        totalMinor: order.total?.minor ?? 0,
        placedAtMs: now,
        foundFromMs: now + this.world.roll.below(SEARCH_LAG_MS),
        cancelled: false,
        shipments: [],
      };
      this.orders.set(made.storeId, made);
      this.world.note(`shop: ${made.storeId} is ${key}`);
      this.world.placed(made);
      return storeOrder(made);
    },
    find: async (key) => {
      const now = this.world.time.nowMs;
      this.searchedAtMs.set(key, now);
      return [...this.orders.values()]
        .filter((order) => order.key === key && order.foundFromMs <= now)
        .map(storeOrder);
    },
    read: async (ids) =>
      ids.map((storeId) => {
        const order = this.orders.get(storeId);
        return order ? storeOrder(order) : { storeId, cancelled: false, gone: true, shipments: [] };
      }),
    cancel: async ({ storeId }) => {
      const order = this.orders.get(storeId);
      if (order === undefined) return [];
      if (order.shipments.length > 0)
        return [
          {
            severity: 'error',
            code: 'already_shipped',
            origin: 'channel',
            message: 'It has left.',
            advice: 'Call it back.',
          },
        ];
      order.cancelled = true;
      this.world.note(`shop: ${storeId} is cancelled`);
      return [];
    },
  };

  /** The warehouse sends an order. */
  ship(order: ShopOrder): void {
    if (order.cancelled || order.shipments.length > 0) return;
    order.shipments.push({
      reference: `${order.storeId}-1`,
      carrier: 'DHL',
      trackingNumber: `T${order.storeId}`,
      shippedAt: instantOf(this.world.time.nowMs),
      lines: [{ lineExternalId: '1', sku: order.sku, quantity: order.quantity }],
    });
    this.world.note(`shop: ${order.storeId} is shipped`);
  }
}

function storeOrder(order: ShopOrder): StoreOrder {
  const { storeId, cancelled, shipments, totalMinor } = order;
  return {
    storeId,
    cancelled,
    shipments: [...shipments],
    totals: { total: { minor: totalMinor, currency: 'EUR' } },
  };
}
