import type { Status } from '../domain/product.js';
import type { ChannelStock } from '../domain/stock.js';
import type { CartLine } from './cart-link.js';
import type { WantedItem } from './read-request.js';

/** What the catalog knows of a wanted id. */
export interface SaleFacts {
  readonly status: Status;
  readonly stock: ChannelStock;
  /** The shop's own id of the variant; null: the catalog has none. */
  readonly cartId: string | null;
}

/** Why something wanted does not come into the cart. */
export type LeftOut = 'unknown' | 'not_sold' | 'sold_out' | 'no_cart_id';

/** The cart, and what had to stay out of it. */
export interface PickedLines {
  readonly lines: readonly CartLine[];
  readonly left: readonly { readonly id: string; readonly why: LeftOut }[];
}

/**
 * Takes what is sold and not known to be sold out. Unknown stock is no reason to turn a buyer away: the shop decides. More units than
 * there are go through as they are, because shops tell the buyer about it themselves. Pure.
 */
export function pickLines(items: readonly WantedItem[], facts: ReadonlyMap<string, SaleFacts>): PickedLines {
  const lines: CartLine[] = [];
  const left: { id: string; why: LeftOut }[] = [];
  for (const { id, quantity } of items) {
    const known = facts.get(id);
    const why = known === undefined ? 'unknown' : reasonAgainst(known);
    if (why !== null) left.push({ id, why });
    else if (known?.cartId) lines.push({ cartId: known.cartId, quantity });
  }
  return { lines, left };
}

function reasonAgainst({ status, stock, cartId }: SaleFacts): LeftOut | null {
  if (status !== 'active') return 'not_sold';
  const later = stock.policy === 'backorder' || stock.policy === 'preorder';
  if (stock.tracked !== false && stock.available !== undefined && stock.available <= 0 && !later)
    return 'sold_out';
  return cartId === null || cartId === '' ? 'no_cart_id' : null;
}
