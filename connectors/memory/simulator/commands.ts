import type { SimulatedOrder } from '../../../src/channel/simulator.js';
import type { SimulatorRoutes } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import type { StoreRefund, StoreShipment } from '../../../src/domain/store-order.js';
import { settleStore } from '../store/answer.js';
import type { MemoryStore } from '../store/memory-store.js';
import { cancelOrder } from '../store/store-orders.js';
import { cancelInShop, refundInShop, shipFromShop } from '../store/store-shop.js';

/** What the commands need of the simulator. */
export interface CommandActions {
  order(order: SimulatedOrder): string;
  tamper(sku: string, attributes: JsonObject | null): void;
}

/** Commands at `POST /_sim/<name>`. `ship` and `product` are about the shop side. */
export function storeCommands(store: MemoryStore, actions: CommandActions): SimulatorRoutes['commands'] {
  return {
    refuse(body) {
      store.refusals.set(String(body.sku), String(body.code ?? 'policy'));
      return { refused: String(body.sku) };
    },
    tamper(body) {
      actions.tamper(String(body.sku), isJsonObject(body.attributes) ? body.attributes : null);
      return { changed: String(body.sku) };
    },
    'close-place'(body) {
      store.closedPlaces.add(String(body.place));
      return { closed: [...store.closedPlaces] };
    },
    order: (body) => ({ id: actions.order(body as unknown as SimulatedOrder) }),
    cancel: (body) => ({ cancelled: cancelOrder(store, String(body.id)) }),
    ship: (body) => ({
      shipped: shipFromShop(store, String(body.storeId), body.shipment as unknown as StoreShipment),
    }),
    'shop-cancel': (body) => ({
      code: cancelInShop(store, {
        storeId: String(body.storeId),
        key: String(body.key ?? store.now()),
        units: isJsonArray(body.units) ? body.units.filter(isJsonObject) : null,
      }),
    }),
    'shop-refund': (body) => ({
      refunded: refundInShop(store, String(body.storeId), body.refund as unknown as StoreRefund),
    }),
    'shop-delete': (body) => ({ deleted: store.shopOrders.delete(String(body.storeId)) }),
    product(body) {
      const product = body as unknown as SourceProduct;
      store.products.set(product.product.id, product);
      return { products: store.products.size };
    },
  };
}

/** The state shown at `/_sim/state`; without buyers. */
export function storeState(store: MemoryStore): JsonObject {
  settleStore(store);
  const orders = [...store.orders.values()].map(({ parcels, ...order }) => ({
    ...order,
    parcels: [...parcels.values()],
  }));
  return {
    listings: Object.fromEntries([...store.listings].map(([sku, held]) => [sku, held.attributes])),
    rejected: Object.fromEntries(store.rejected),
    places: Object.fromEntries(store.places),
    signals: store.signals,
    promotions: [...store.promotions.values()].map((held) => ({ ...held })),
    orders: orders as unknown as JsonValue,
    shopOrders: [...store.shopOrders.values()].map(({ storeId, key, cancelled, shipments }) => ({
      storeId,
      key,
      cancelled,
      shipments: shipments as unknown as JsonValue,
    })),
    products: [...store.products.keys()],
  };
}
