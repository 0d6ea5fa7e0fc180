import type { ChannelOrder } from '../domain/order.js';
import type {
  OrderMessage,
  OrderMessageAnswer,
  OrderMessageKind,
  OrderMessageVerdict,
} from '../domain/order-message.js';
import type { ShipmentNotice, ShipmentReceipt } from '../domain/shipment.js';

/** Channels that sell. */
export interface OrderPort {
  /** Orders changed since the cursor, oldest change first; null: from the connector's default look-back. */
  pull(cursor: string | null): Promise<OrderPage>;
  /** Announces parcels. The same reference twice is an edit. */
  ship?(shipments: readonly ShipmentNotice[]): Promise<readonly ShipmentReceipt[]>;
  /** Carriers the channel follows parcels of, by the names we take; any other goes without being followed. Absent: it takes every name alike. */
  readonly carriers?: readonly string[];
  /** What else the channel can be told about an order; absent: nothing. */
  readonly tells?: readonly OrderMessageKind[];
  /** Those of them a person must release first, because the channel takes no undoing. */
  readonly confirms?: readonly OrderMessageKind[];
  /** Tells it, several messages at once; `key` is the same when the same messages are repeated. A failed call throws. */
  tell?(messages: readonly OrderMessage[], key: string): Promise<OrderMessageAnswer>;
  /** What became of messages handed over under a handle; null: not through yet. */
  told?(handle: string): Promise<readonly OrderMessageVerdict[] | null>;
}

/** A page of orders. `cursor` is stored in the same transaction as the orders and never runs ahead of them. */
export interface OrderPage {
  readonly orders: readonly ChannelOrder[];
  readonly cursor: string;
  readonly more: boolean;
}
