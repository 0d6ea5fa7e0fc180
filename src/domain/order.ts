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
  /** Rate of the tax as the channel states it, `0.0825`; text, never calculated with. */
  readonly taxRate?: string;
  /** The line's part of the shipping price, where the channel states shipping by line, and the tax on it. */
  readonly shipping?: Money;
  readonly shippingTax?: Money;
  readonly giftWrap?: Money;
  /** Money given back at the channel, and units that came back, as far as the channel tells. */
  readonly quantityRefunded?: number;
  readonly quantityReturned?: number;
  /** Everything given back for the line at the channel, tax and shipping within, as far as the channel tells. */
  readonly amountRefunded?: Money;
}

/** How an order leaves: by parcel, or fetched by the buyer at a location of ours. */
export interface Delivery {
  readonly method: 'ship' | 'pickup' | 'curbside';
  /** Our location, for pickup. */
  readonly location?: string;
  /** What the buyer paid for: `Standard`, `NextDay`. */
  readonly service?: string;
}

/** Where the parcel goes and who bought it. Personal data: encrypted at rest, purged, never logged. */
export interface Buyer {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly company?: string;
  /** Tax identity of a business buyer. */
  readonly taxId?: string;
  /** Gift messages by line id. */
  readonly giftMessages?: Readonly<Record<string, string>>;
  /** What whoever makes, packs or brings it must know: where to leave it, how to find the door, what is to be made. */
  readonly notes?: readonly string[];
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
  readonly shippingTax?: Money;
  /** All tax of the order, shipping included. */
  readonly tax?: Money;
  /** Taken off the order as a whole, as a positive or negative amount the way the channel states it. */
  readonly discount?: Money;
  /** Absent: by parcel. */
  readonly delivery?: Delivery;
  /** The marketplace's import one-stop-shop number, for parcels into the EU. */
  readonly iossNumber?: string;
  /** Marks of the channel a merchant sorts by: `prime`, `business`, `premium`, `gift`. */
  readonly marks?: readonly string[];
  readonly buyer?: Buyer;
  /** The channel's answer without the buyer, verbatim. */
  readonly raw: JsonObject;
}

/** The reason of an order that waits for the shop. */
export const TO_BE_PLACED = 'to be placed in the shop';

/** How the reason of an order begins that waits for a product: the SKUs follow. */
export const UNKNOWN_SKU = 'no product has the SKU';

/** How the reason of an order begins that waits because a bundle in it cannot be put together. */
export const BROKEN_BUNDLE = 'nobody knows what it is made of';
