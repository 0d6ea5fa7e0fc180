import type { Instant } from './instant.js';
import type { Issue } from './issue.js';
import type { Money } from './money.js';
import type { ChannelOrder } from './order.js';
import type { RefundReason } from './order-message.js';

/** An order as the merchant's own shop has it. */
export interface StoreOrder {
  readonly storeId: string;
  /** What the shop calls it in front of people, `#1042`. Not unique everywhere. */
  readonly name?: string;
  /** Prepared only: takes no stock and is not paid yet. `SinkPort.place` goes on from it. */
  readonly draft?: boolean;
  /** The shop does not have it any more, or never had: deleted or merged by hand. Nothing else counts then. */
  readonly gone?: boolean;
  readonly cancelled: boolean;
  readonly shipments: readonly StoreShipment[];
  /** What the order amounts to in the shop, compared with the channel's right after placing. Absent: the shop tells no amounts. */
  readonly totals?: StoreTotals;
  /** Lines the shop changed after placing: units taken out of the order before they were shipped. */
  readonly cancelledUnits?: readonly StoreUnits[];
  readonly refunds?: readonly StoreRefund[];
  /** Why a person must look at it in the shop, in a sentence: on hold, status nobody knows. */
  readonly needsPerson?: string;
}

/** Amounts of a store order. `outstanding`: not paid yet in the shop; must be zero. */
export interface StoreTotals {
  readonly total: Money;
  readonly tax?: Money;
  readonly shipping?: Money;
  readonly outstanding?: Money;
}

/** Units of one line. The channel's id of the line when the shop kept it, which tells apart two lines with the same SKU. */
export interface StoreUnits {
  readonly lineExternalId?: string;
  readonly sku: string;
  readonly quantity: number;
}

/** A parcel of a store order. `reference` is stable: the same parcel always has the same one. */
export interface StoreShipment {
  readonly reference: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly trackingUrl?: string;
  readonly shippedAt: Instant;
  readonly deliveredAt?: Instant;
  /** The shop took the parcel back after it was recorded: never undone at the channel by itself, a person looks. */
  readonly withdrawn?: boolean;
  readonly lines: readonly StoreUnits[];
}

/** Money the shop gave back. `reference` is stable: the same refund always has the same one. */
export interface StoreRefund {
  readonly reference: string;
  /** Our key of it, where we booked it (`RefundToBook`): the channel knows of it already. Absent: the shop gave it by itself. */
  readonly key?: string;
  readonly at: Instant;
  /** Everything given back: lines, shipping, and what is booked on neither. */
  readonly amount: Money;
  readonly shipping?: Money;
  readonly lines: readonly (StoreUnits & { readonly amount?: Money; readonly returned?: boolean })[];
  readonly reason?: string;
}

/** A channel order to be placed in the shop, exactly once under `key`. */
export interface OrderToPlace {
  /** `<channel>:<order id>`; written everywhere the shop can be searched by. */
  readonly key: string;
  readonly channel: string;
  readonly order: ChannelOrder;
  /** The draft of an earlier attempt that `find` told of: gone on with, not made again. Null: there is none. */
  readonly draft: string | null;
}

/** A cancellation from the channel, to be carried out in the shop. */
export interface StoreCancellation {
  readonly storeId: string;
  /** The same again is the same cancellation. */
  readonly key: string;
  readonly reason: string;
  /** Null: the whole order. */
  readonly units: readonly StoreUnits[] | null;
}

/** Money that was given back outside the shop, to be written down in it. The shop pays nobody: the buyer has the money. */
export interface RefundToBook {
  readonly storeId: string;
  /** The key the order was placed under. */
  readonly orderKey: string;
  /** The same again is the same refund. The shop repeats it as `StoreRefund.key`. */
  readonly key: string;
  /** The channel, which is what the order was paid with in the shop. */
  readonly channel: string;
  readonly at: Instant;
  readonly reason: RefundReason;
  /** Everything: the lines and the shipping. */
  readonly amount: Money;
  readonly lines: readonly LineToBook[];
  /** With the tax on it. */
  readonly shipping?: Money;
}

/** Money given back on one line. */
export interface LineToBook {
  /** The channel's id of the line. */
  readonly lineExternalId: string;
  readonly sku: string;
  /** Units whose money it is; 0: money only. */
  readonly quantity: number;
  /** With the tax on it. */
  readonly amount: Money;
  /** Where the units lie again and the shop counts them, by the shop's own id of the place; null: the shop counts nothing up. */
  readonly restockAt: string | null;
}

/** What became of a refund that was to be booked. */
export interface BookedRefund {
  /** False: certainly nothing was written. */
  readonly booked: boolean;
  /** The shop's own name of it. */
  readonly reference?: string;
  /** What a person must still do in the shop. */
  readonly left: readonly Issue[];
}
