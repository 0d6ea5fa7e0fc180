import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import type { HeldOrder } from './order-book.js';
import { addItem, type NewItem } from './shop-state.js';
import type { ShopWorld } from './shop-world.js';

/** Commands at `POST /_sim/<name>` for people who run the simulator alone. */
export function commandsOf(world: ShopWorld): Readonly<Record<string, (body: JsonObject) => JsonValue>> {
  const { shop, book } = world;
  const orderOf = (body: JsonObject): HeldOrder => {
    const order = book.get(Number(body.order));
    if (!order) throw new Error(`there is no order ${String(body.order)}`);
    return order;
  };
  return {
    product: (body) => addItem(shop, body as unknown as NewItem).id,
    track(body) {
      const order = orderOf(body);
      const { provider = 'ups', number = '1Z1' } = body as { provider?: string; number?: string };
      book.track(order, {
        tracking_provider: provider,
        tracking_number: number,
        tracking_id: String(shop.nextId()),
        date_shipped: String(Math.floor(shop.nowMs() / 1_000)),
      });
      book.setStatus(order, 'completed');
      return true;
    },
    status(body) {
      book.setStatus(orderOf(body), String(body.status));
      return true;
    },
    switches: (body) => ({ ...Object.assign(shop.switches, body) }) as unknown as JsonValue,
    advance(body) {
      shop.advance(Number(body.ms));
      return true;
    },
  };
}

/** What `/_sim/state` shows. */
export function stateOf({ shop, book }: ShopWorld): JsonObject {
  return {
    products: shop.items.map(({ id, name, sku, quantity }) => ({ id, name, sku, quantity })),
    orders: book.orders.map((order) => ({
      id: order.id,
      status: order.status,
      transactionId: order.transactionId,
      total: order.total.toFixed(shop.decimals),
      refunds: order.refunds.length,
    })),
    outbox: shop.outbox,
  };
}
