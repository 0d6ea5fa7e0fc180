import { type CatalogRow, variantsBySku } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import { channelStock, openShare } from '../stock/available.js';
import { cartLink, plainCartId } from './cart-link.js';
import type { CheckoutSettings } from './checkout-settings.js';
import { type LeftOut, pickLines, type SaleFacts } from './pick-lines.js';
import type { CheckoutRequest } from './read-request.js';

/** Where a buyer is sent, and what stayed out of the cart. */
export interface ResolvedCheckout {
  readonly location: string;
  readonly lines: number;
  readonly left: readonly { readonly id: string; readonly why: LeftOut }[];
}

/** Parameter that tells the shop which ids could not be had, so that it can tell the buyer. */
const UNAVAILABLE = 'unavailable';

/** Finds the wanted ids in the catalog and makes the shop's link. With nothing left the buyer goes to the shop itself. */
export async function resolveCheckout(
  queries: Queries,
  settings: CheckoutSettings,
  request: CheckoutRequest,
): Promise<ResolvedCheckout> {
  const rows = await variantsBySku(
    queries,
    request.items.map((item) => item.id),
  );
  const facts = new Map(rows.map((row) => [row.sku, factsOf(row, settings)]));
  const { lines, left } = pickLines(request.items, facts);
  const told: readonly (readonly [string, string])[] =
    left.length === 0 ? [] : [[UNAVAILABLE, left.map((item) => item.id).join(',')]];
  const kept = [...request.kept.filter(([name]) => name !== UNAVAILABLE), ...told];
  const location =
    lines.length > 0
      ? cartLink(settings.cart, { lines, coupon: request.coupon, kept })
      : withParameters(settings.fallback, kept);
  return { location, lines: lines.length, left };
}

function factsOf(row: CatalogRow, { cartId }: CheckoutSettings): SaleFacts {
  const { attributes = {} } = row.variant;
  const own = cartId === 'sku' ? row.sku : Object.hasOwn(attributes, cartId) ? attributes[cartId] : undefined;
  const plain = typeof own === 'string' || typeof own === 'number' ? plainCartId(String(own)) : null;
  return { status: row.status, stock: channelStock(row.stock, openShare('checkout')), cartId: plain };
}

function withParameters(address: string, kept: readonly (readonly [string, string])[]): string {
  const url = new URL(address);
  for (const [name, value] of kept) url.searchParams.append(name, value);
  return url.href;
}
