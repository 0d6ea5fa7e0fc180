import type { JsonObject } from '../../../src/domain/json.js';
import type { BulkRuns } from './bulk-runs.js';
import type { CostBucket } from './cost.js';
import type { OrderBook } from './order-book.js';
import type { TokenDoor } from './shop-account.js';
import type { ShopState } from './shop-state.js';

/** The whole far side: what it holds, and who is let in. */
export interface ShopWorld {
  readonly shop: ShopState;
  readonly book: OrderBook;
  readonly bulk: BulkRuns;
  readonly door: TokenDoor;
  readonly bucket: CostBucket;
  /** Idempotency keys: what was asked under them, and answered. */
  readonly keys: Map<string, { readonly asked: string; readonly answer: JsonObject }>;
}
