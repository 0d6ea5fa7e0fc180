import type { ParcelSignal, SignalReceipt } from '../domain/parcel-signal.js';
import type { PlaceChange, PlaceReceipt } from '../domain/place.js';
import type { Promotion, PromotionChange, PromotionReceipt, PromotionStatus } from '../domain/promotion.js';

/**
 * Channels that take stock per store or region. Only listings that are live are named. Handed over in batches of at most
 * `limits.batch.items`; a (SKU, kind, place) occurs once in a batch. `key` is the same when a batch is repeated.
 */
export interface PlacePort {
  /** Never throws for a bad item. Throws ChannelError when the call as a whole failed; the changes are then sent again later. */
  submit(changes: readonly PlaceChange[], key: string): Promise<readonly PlaceReceipt[]>;
}

/** Channels that show promotions. A promotion is sent when it changed, and ended when the merchant's file no longer has it. */
export interface PromotionPort {
  /** Never throws for a bad promotion. Throws ChannelError when the call as a whole failed. Repeating a change is safe. */
  submit(changes: readonly PromotionChange[], key: string): Promise<readonly PromotionReceipt[]>;
  /** What became of promotions that were accepted. Ids the channel does not know are left out. A failed read throws. */
  statuses?(promotions: readonly Promotion[]): Promise<readonly PromotionStatus[]>;
}

/** Channels that learn delivery speed from parcels, wherever the order came from. Used only when the operator said so. */
export interface SignalPort {
  /** Reports parcels; each at least once. Throws ChannelError when the call as a whole failed. Nothing of a parcel may be logged. */
  report(parcels: readonly ParcelSignal[], key: string): Promise<readonly SignalReceipt[]>;
}
