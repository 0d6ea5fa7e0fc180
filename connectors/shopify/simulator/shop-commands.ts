import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { decimalText } from '../../../src/domain/money.js';
import { addProduct, type NewProduct } from './shop-state.js';
import type { ShopWorld } from './shop-world.js';

/** Commands at `POST /_sim/<name>` for people who run the simulator alone. */
export function commandsOf(world: ShopWorld): Readonly<Record<string, (body: JsonObject) => JsonValue>> {
  const { shop, book } = world;
  const orderOf = (body: JsonObject) => {
    const order = book.orders.find(({ id, name }) => id === body.order || name === body.order);
    if (!order) throw new Error(`there is no order ${String(body.order)}`);
    return order;
  };
  return {
    product: (body) => addProduct(shop, body as unknown as NewProduct).id,
    ship(body) {
      const { company, number, units } = body as {
        company?: string;
        number?: string;
        units?: Record<string, number>;
      };
      return book.fulfil(orderOf(body), {
        ...(company === undefined ? {} : { company }),
        ...(number === undefined ? {} : { number }),
        ...(units === undefined ? {} : { units }),
      }).id;
    },
    cancel(body) {
      book.cancel(orderOf(body), true);
      return true;
    },
    switches: (body) => ({ ...Object.assign(shop.switches, body) }),
    advance(body) {
      shop.advance(Number(body.ms));
      return true;
    },
    'expire-tokens'() {
      world.door.expireAll();
      return true;
    },
  };
}

/** What `/_sim/state` shows. */
export function stateOf({ shop, book, bucket }: ShopWorld): JsonObject {
  return {
    products: shop.products.map(({ title, variants }) => ({
      title,
      variants: variants.map(({ sku, levels }) => ({
        sku,
        available: levels.map(({ available }) => available),
        committed: levels.map(({ committed }) => committed),
      })),
    })),
    orders: book.orders.map((order) => ({
      id: order.id,
      name: order.name,
      sourceIdentifier: order.sourceIdentifier,
      total: decimalText({ minor: order.total, currency: shop.currency }),
      cancelled: order.cancelledMs !== null,
      parcels: order.fulfillments.length,
      refunds: order.refunds.length,
    })),
    outbox: shop.outbox,
    bucket: { ...bucket.status() },
  };
}
