import { type Instant, instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { ChannelOrderStatus } from '../../../src/domain/order.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import type { StoreRefund, StoreShipment, StoreUnits } from '../../../src/domain/store-order.js';

/** A listing as the store shows it. */
export interface HeldListing {
  readonly sku: string;
  readonly attributes: JsonObject;
  readonly version: number;
  /** True when nobody sent it through `submit`. */
  readonly foreign: boolean;
}

/** What the store decided on one SKU of a submission. */
export interface HeldVerdict {
  readonly sku: string;
  readonly outcome: 'live' | 'removed' | 'rejected';
  readonly code?: string;
}

/** One change that waits for processing. */
export interface WaitingChange {
  readonly sku: string;
  readonly action: 'upsert' | 'offer' | 'remove';
  readonly attributes: JsonObject;
  readonly version: number;
}

/** A batch: waiting until `dueAtMs` (monotonic), then with verdicts. */
export interface HeldSubmission {
  readonly id: string;
  readonly changes: readonly WaitingChange[];
  readonly dueAtMs: number;
  verdicts: readonly HeldVerdict[] | null;
}

/** A whole document: waiting until `dueAtMs` (monotonic), then with what it was refused. */
export interface HeldDocument {
  readonly key: string;
  readonly items: readonly { readonly sku: string; readonly attributes: JsonObject }[];
  readonly dueAtMs: number;
  refused: readonly { readonly sku: string; readonly code: string }[] | null;
}

/** A promotion as the store shows it. */
export interface HeldPromotion {
  readonly id: string;
  readonly title: string;
  readonly endsAt: string;
}

/** A parcel announced for a purchase. */
export interface HeldParcel {
  readonly reference: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

/** A purchase on the channel side. `change` grows with every change of any purchase. */
export interface HeldOrder {
  readonly id: string;
  readonly fulfilledBy: 'merchant' | 'channel';
  readonly placedAt: Instant;
  readonly currency: string;
  readonly lines: readonly {
    readonly id: string;
    readonly sku: string;
    readonly quantity: number;
    readonly unitMinor: number;
  }[];
  readonly parcels: Map<string, HeldParcel>;
  /** Units per line that will not be shipped, and units whose money went back. */
  readonly cancelledUnits: Map<string, number>;
  /** Money given back by line, in minor units. */
  readonly refundedMinor: Map<string, number>;
  readonly refundedUnits: Map<string, number>;
  /** Messages taken, by reference: the same one again changes nothing. */
  readonly messages: Map<string, JsonObject>;
  /** Null: by parcel. */
  readonly delivery: { readonly method: string; readonly location?: string } | null;
  /** How far an order is that the buyer fetches. */
  pickup: 'none' | 'ready' | 'picked-up' | 'not-collected';
  /** Units per line the buyer has fetched, where not all at once. */
  readonly fetchedUnits: Map<string, number>;
  status: ChannelOrderStatus;
  updatedAt: Instant;
  change: number;
  storeId: string | null;
}

/** An order as the shop side has it. */
export interface ShopOrder {
  readonly storeId: string;
  readonly key: string;
  readonly placed: JsonObject;
  cancelled: boolean;
  readonly shipments: StoreShipment[];
  readonly refunds: StoreRefund[];
  readonly cancelledUnits: StoreUnits[];
  /** Keys of cancellations carried out. */
  readonly cancellations: Set<string>;
}

/** Everything one far side remembers: a channel (listings, purchases) and a shop (products, stock, placed orders). */
export interface MemoryStore {
  readonly processingMs: number;
  readonly listings: Map<string, HeldListing>;
  readonly refusals: Map<string, string>;
  readonly rejected: Map<string, string>;
  readonly submissions: Map<string, HeldSubmission>;
  readonly documents: Map<string, HeldDocument>;
  /** Stock per place: `kind place sku` → units. */
  readonly places: Map<string, number>;
  readonly promotions: Map<string, HeldPromotion>;
  /** Parcels reported as signals, as they came. */
  readonly signals: JsonObject[];
  /** Codes of places the channel does not know. */
  readonly closedPlaces: Set<string>;
  readonly orders: Map<string, HeldOrder>;
  readonly products: Map<string, SourceProduct>;
  readonly shopOrders: Map<string, ShopOrder>;
  readonly now: () => Instant;
  readonly monotonicMs: () => number;
  changes: number;
}

/** An empty store whose channel takes `processingMs` for what it accepted. */
export function createStore(processingMs: number): MemoryStore {
  return {
    processingMs,
    listings: new Map(),
    refusals: new Map(),
    rejected: new Map(),
    submissions: new Map(),
    documents: new Map(),
    places: new Map(),
    promotions: new Map(),
    signals: [],
    closedPlaces: new Set(),
    orders: new Map(),
    products: new Map(),
    shopOrders: new Map(),
    now: () => instantOf(Date.now()),
    monotonicMs: () => performance.now(),
    changes: 0,
  };
}

const stores = new Map<string, MemoryStore>();

/** The store of this process with that name; made when first asked for. */
export function memoryStore(name: string): MemoryStore {
  const known = stores.get(name);
  if (known) return known;
  const made = createStore(0);
  stores.set(name, made);
  return made;
}
