import type { Instant } from './instant.js';
import type { JsonObject } from './json.js';
import type { Money } from './money.js';

/**
 * What the channel says of an order. `pending`: not paid yet, may vanish, reserves but is not shipped ·
 * `open`: to be shipped by us · `shipped` · `cancelled`.
 */
export type ChannelOrderStatus = 'pending' | 'open' | 'partially-shipped' | 'shipped' | 'cancelled';

/** One line of a channel order. Quantities are whole units and only ever grow, except `quantity` when the buyer edits. */
export interface OrderLine {
  /** The channel's id of the line, unique within the order. */
  readonly externalId: string;
  readonly sku: string;
  readonly title?: string;
  readonly quantity: number;
  readonly quantityShipped: number;
  readonly quantityCancelled: number;
  /** Price of one unit as the channel states it. Copied, never recomputed. */
  readonly unitPrice?: Money;
  readonly tax?: Money;
  /** Part of the tax the channel keeps and remits. */
  readonly channelCollectedTax?: Money;
  readonly discount?: Money;
}

/** Where the parcel goes and who bought it. Personal data: encrypted at rest, purged, never logged. */
export interface Buyer {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly company?: string;
  readonly address?: {
    readonly lines: readonly string[];
    readonly city?: string;
    readonly region?: string;
    readonly postalCode?: string;
    readonly country?: string;
  };
}

/** An order as the channel has it. (channel, externalId) is its identity. */
export interface ChannelOrder {
  readonly externalId: string;
  readonly status: ChannelOrderStatus;
  /** `channel`: the channel ships from its own warehouse (FBA); our stock is not touched. */
  readonly fulfilledBy: 'merchant' | 'channel';
  readonly placedAt: Instant;
  /** The channel's own last-change instant; an older one never overwrites a newer one. */
  readonly updatedAt: Instant;
  readonly shipBy?: Instant;
  readonly lines: readonly OrderLine[];
  readonly total?: Money;
  readonly shippingPrice?: Money;
  readonly buyer?: Buyer;
  /** The channel's answer without the buyer, verbatim. */
  readonly raw: JsonObject;
}

/** An order as the merchant's own shop has it. */
export interface StoreOrder {
  readonly storeId: string;
  /** What the shop calls it in front of people, `#1042`. */
  readonly name?: string;
  readonly cancelled: boolean;
  readonly shipments: readonly StoreShipment[];
}

/** A parcel of a store order. `reference` is stable: the same parcel always has the same one. */
export interface StoreShipment {
  readonly reference: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly trackingUrl?: string;
  readonly shippedAt: Instant;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** A channel order to be placed in the shop, exactly once under `key`. */
export interface OrderToPlace {
  readonly key: string;
  readonly channel: string;
  readonly order: ChannelOrder;
}
