/** One thing a shopper wants: the id as the channel knows it (our SKU) and how many. */
export interface WantedItem {
  readonly id: string;
  readonly quantity: number;
}

/** A call to the checkout address, read. */
export interface CheckoutRequest {
  readonly items: readonly WantedItem[];
  readonly coupon: string | null;
  /** Everything else of the query, in its order: click ids, campaign marks, origin. Travels on to the shop. */
  readonly kept: readonly (readonly [name: string, value: string])[];
}

/** What a call came to: a request, or why it cannot be one. */
export type ReadCheckout =
  | { readonly ok: true; readonly request: CheckoutRequest }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Our own bounds; Meta names none. A cart of more is a mistake or an attack. */
const MOST_ITEMS = 100;
const MOST_UNITS = 999;
const MOST_KEPT = 40;
const LONGEST_ID = 100;
const LONGEST_VALUE = 1_000;
const LONGEST_COUPON = 100;
const TAKEN = new Set(['products', 'coupon']);

/**
 * Reads the query of Meta's checkout URL: `products=ID:QTY,ID:QTY`, one optional `coupon`, and marks that are to be kept (Checkout URL
 * guide, verified 2026-11-23). Ids with comma or colon cannot stand in it. The same id twice counts together. Pure.
 */
export function readCheckout(query: URLSearchParams): ReadCheckout {
  const products = query.get('products')?.trim() ?? '';
  if (products === '') return refused('products_missing', 'The link names no products.');
  const pairs = products.split(',');
  if (pairs.length > MOST_ITEMS)
    return refused('too_many_products', `A link may name ${MOST_ITEMS} products.`);
  const quantities = new Map<string, number>();
  for (const pair of pairs) {
    const parts = pair.split(':');
    const [id = '', quantity = ''] = parts.map((part) => part.trim());
    if (parts.length !== 2 || id === '' || id.length > LONGEST_ID || !/^[1-9]\d{0,5}$/.test(quantity))
      return refused(
        'products_malformed',
        'Each product is written as id:quantity, separated by commas; ids with comma or colon cannot be used.',
      );
    quantities.set(id, Math.min(MOST_UNITS, (quantities.get(id) ?? 0) + Number(quantity)));
  }
  const coupon = query.get('coupon')?.trim() ?? '';
  if (coupon.length > LONGEST_COUPON)
    return refused('coupon_too_long', `A coupon has at most ${LONGEST_COUPON} characters.`);
  const kept = [...query].filter(
    ([name, value]) => !TAKEN.has(name) && name.length <= 100 && value.length <= LONGEST_VALUE,
  );
  const items = [...quantities].map(([id, quantity]) => ({ id, quantity }));
  return {
    ok: true,
    request: { items, coupon: coupon === '' ? null : coupon, kept: kept.slice(0, MOST_KEPT) },
  };
}

function refused(code: string, message: string): ReadCheckout {
  return { ok: false, code, message };
}
