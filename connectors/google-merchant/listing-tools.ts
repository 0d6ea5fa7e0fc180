import type { Host } from '../../src/channel/connector.js';
import type { BatchReply } from './caller.js';
import type { MerchantClient } from './client.js';
import type { DataSource } from './data-source.js';
import type { NestedCall } from './multipart.js';
import type { ProductSweep } from './product-sweep.js';
import type { Lane } from './quota-pace.js';
import { sendBatch } from './send-batch.js';
import type { MarketKey } from './settings.js';
import type { Supplement } from './supplement/supplement-source.js';
import type { UpdateBudget } from './update-budget.js';

/** What the listing port works with. */
export interface ListingTools {
  readonly client: MerchantClient;
  readonly dataSource: DataSource;
  readonly market: MarketKey;
  readonly host: Host;
  readonly budget: UpdateBudget;
  readonly sweep: ProductSweep;
  /** Where some attributes go instead of into the primary source; null: everything goes there. */
  readonly supplement: Supplement | null;
}

/** A batch of calls of the products sub-API. All parts are of one quota group, whichever of its methods `method` names. */
export interface ProductBatch {
  readonly method: 'productInputs.insert' | 'products.get';
  readonly lane: Lane;
}

/** Sends calls of the products sub-API as one batch. Throws ChannelError when the call as a whole failed. */
export function sendProducts(
  calls: ReadonlyMap<string, NestedCall>,
  batch: ProductBatch,
  tools: ListingTools,
): Promise<BatchReply> {
  return sendBatch(calls, { api: 'products', ...batch }, tools);
}
