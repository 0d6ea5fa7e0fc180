import type { BuyerVault } from '../buyers/buyer-vault.js';
import type { OrderPort } from '../channel/order-port.js';
import type { SinkPort } from '../channel/store-ports.js';
import type { Database } from '../db/database.js';
import type { ChannelError } from '../domain/errors.js';
import type { Clock } from '../domain/instant.js';

/** The shop where orders of a channel are placed. */
export interface Storefront {
  /** The operator's name of the storefront channel. */
  readonly id: string;
  readonly sink: SinkPort;
  /** `matched`: only orders whose SKUs are all known · `none`: only those a person pushes. */
  readonly policy: 'all' | 'matched' | 'none';
  /** Ids of the sources that read this shop: what they count is the shop's own count. Absent: none. */
  readonly sources?: readonly string[];
}

/** Everything needed to take and pass on the orders of one channel. Built once per run from configuration. */
export interface OrderDesk {
  readonly database: Database;
  readonly channel: string;
  readonly port: OrderPort;
  /** Null: orders are kept and reserve stock, but are not placed anywhere by us. */
  readonly storefront: Storefront | null;
  readonly buyers: BuyerVault;
  readonly clock: Clock;
  /** A number in [0, 1), for jitter only. */
  random(): number;
  /** Told when calls succeed: the problem of failing ones goes away. */
  callSucceeded(at: 'channel' | 'storefront'): Promise<void>;
  /** Told when a call failed as a whole; lost credentials pause the channel. */
  callFailed(error: ChannelError, at: 'channel' | 'storefront'): Promise<void>;
}
