import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { OrderBook } from './order-book.js';
import type { ShopState } from './shop-state.js';

/** The whole far side. */
export interface ShopWorld {
  readonly shop: ShopState;
  readonly book: OrderBook;
}

/** A call as a route sees it. */
export interface RestCall {
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  /** Numbers in the path, in order. */
  readonly ids: readonly number[];
}

/** A route of the REST API below its namespace. */
export interface Route {
  readonly method: string;
  /** Namespace and route, `#` for a number: `wc/v3/orders/#`. */
  readonly path: string;
  /** False: the shop does not have it (a feature or plugin is off). */
  readonly there?: () => boolean;
  answer(call: RestCall): SimulatorReply;
}
