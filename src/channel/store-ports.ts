import type { Instant } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import type { SourceProduct } from '../domain/product.js';
import type { ShopLevel, ShopLevelReceipt } from '../domain/shop-stock.js';
import type {
  BookedRefund,
  OrderToPlace,
  RefundToBook,
  StoreCancellation,
  StoreOrder,
} from '../domain/store-order.js';
import type { Page } from './page.js';

/** Storefronts as a source of products and stock. */
export interface SourcePort {
  /** All products, page by page; null cursor: from the start. With `since`: those the shop says changed after it. */
  products(cursor: string | null, since?: Instant): Promise<Page<SourceProduct>>;
  /** What may be sold per location, after the shop's own commitments. */
  stock?(cursor: string | null, since?: Instant): Promise<Page<StockReading>>;
}

/** Units at one location as the shop states them, and when it last changed them; without `asOf` the reading counts from the request on. */
export interface StockReading {
  readonly sku: string;
  readonly location: string;
  /** May be below zero: sold more than there was. */
  readonly onHand: number;
  readonly asOf?: Instant;
}

/**
 * Storefronts as the place where marketplace orders land. The engine writes the link first, then `find`s, then `place`s, then reads its own
 * open orders back by id: no shop retries "create order" safely, and their change stamps miss parcels and refunds.
 */
export interface SinkPort {
  /**
   * Places an order, where the shop can in two steps: a harmless draft, then the step that takes stock. Copies every amount, recomputes
   * none, sends the buyer no mail. `refused` means that certainly nothing was created; anything unclear is `ambiguous`.
   */
  place(order: OrderToPlace): Promise<StoreOrder>;
  /** How long the shop may still work on a call whose answer was lost, and how far apart two searches must be. Default 180 s and 60 s. */
  readonly uncertainty?: { readonly quietMs: number; readonly searchAgainMs: number };
  /**
   * All orders under this key, drafts too, oldest first, each compared with the key exactly; `since`: when the first attempt began. A look-up
   * that failed, or that shows what cannot match, throws; it is never "none".
   */
  find(key: string, since: Instant): Promise<readonly StoreOrder[]>;
  /** Store orders by id; one the shop does not have comes back as `gone`. */
  read(storeIds: readonly string[]): Promise<readonly StoreOrder[]>;
  /** Takes an order, or units of it, out before they are shipped; the shop puts the units back on sale. Issues: what a person must do. */
  cancel?(cancellation: StoreCancellation): Promise<readonly Issue[]>;
  /**
   * Writes down money that was given back at the channel. Moves no money, writes to nobody, and counts units up only where `restockAt` names
   * a place. A key that is there already is answered as booked. Absent: a person books refunds in the shop.
   */
  refund?(refund: RefundToBook): Promise<BookedRefund>;
}

/** Shops that show stock of locations we count. Only there while the settings say that the shop counts nothing itself. */
export interface StockKeeperPort {
  /** Levels in one call at most. */
  readonly most: number;
  /**
   * Makes levels what they should be: reads each first, writes only what differs, and only over the figure it read (compare and set). A figure
   * that is none of ours is answered as `changed` and left alone. A (SKU, location) occurs once; `key` is never used for another call.
   * Never throws for a bad level. Throws ChannelError when the call as a whole failed; the levels are then sent again, and read first.
   */
  set(levels: readonly ShopLevel[], key: string): Promise<readonly ShopLevelReceipt[]>;
}
