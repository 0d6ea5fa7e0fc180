/** How the shop takes a filled cart by link. */
export type CartForm =
  | { readonly kind: 'shopify'; readonly address: string }
  | { readonly kind: 'woocommerce'; readonly address: string }
  | {
      readonly kind: 'template';
      readonly address: string;
      readonly item: string;
      readonly separator: string;
    };

/** A line of the cart, by the shop's own id. */
export interface CartLine {
  readonly cartId: string;
  readonly quantity: number;
}

/** What goes into a link. */
export interface CartContent {
  readonly lines: readonly CartLine[];
  readonly coupon: string | null;
  /** Parameters that travel along. */
  readonly kept: readonly (readonly [name: string, value: string])[];
}

/**
 * The link that opens the shop with exactly this cart. Shopify: cart permalink with numeric variant ids, which replaces the cart;
 * WooCommerce 10 and later: `/checkout-link/`, which starts a fresh one; any other: by template with `{items}` and `{coupon}`
 * (shopify.dev cart permalinks, developer.woocommerce.com checkout URLs, verified 2026-11-23). Parameters the template or the shop
 * sets itself are not overwritten by kept ones. Pure.
 */
export function cartLink(form: CartForm, content: CartContent): string {
  const url = bareLink(form, content);
  const own = new Set(url.searchParams.keys());
  for (const [name, value] of content.kept) if (!own.has(name)) url.searchParams.append(name, value);
  return url.href;
}

function bareLink(form: CartForm, { lines, coupon }: CartContent): URL {
  switch (form.kind) {
    case 'shopify': {
      const items = lines.map(({ cartId, quantity }) => `${encodeURIComponent(cartId)}:${quantity}`);
      const url = below(form.address, `cart/${items.join(',')}`);
      if (coupon !== null) url.searchParams.set('discount', coupon);
      return url;
    }
    case 'woocommerce': {
      const url = below(form.address, 'checkout-link/');
      url.searchParams.set(
        'products',
        lines.map(({ cartId, quantity }) => `${cartId}:${quantity}`).join(','),
      );
      if (coupon !== null) url.searchParams.set('coupon', coupon);
      return url;
    }
    case 'template':
      return fromTemplate(form, lines, coupon);
  }
}

function fromTemplate(
  { address, item, separator }: Extract<CartForm, { kind: 'template' }>,
  lines: readonly CartLine[],
  coupon: string | null,
): URL {
  const items = lines
    .map(({ cartId, quantity }) =>
      item.replaceAll('{id}', encodeURIComponent(cartId)).replaceAll('{quantity}', String(quantity)),
    )
    .join(separator);
  const url = new URL(
    address.replaceAll('{items}', () => items).replaceAll('{coupon}', () => encodeURIComponent(coupon ?? '')),
  );
  // A coupon nobody gave is no parameter at all: some shops complain about an empty one.
  if (coupon === null)
    for (const [name, value] of new URL(address).searchParams)
      if (value === '{coupon}') url.searchParams.delete(name);
  return url;
}

/** The same shop, another page; a path the shop itself lives under is kept. */
function below(address: string, page: string): URL {
  return new URL(page, address.endsWith('/') ? address : `${address}/`);
}

/** The number at the end of a global id (`gid://shopify/ProductVariant/70881412` → `70881412`); other ids as they are. */
export function plainCartId(id: string): string {
  return /^gid:\/\/[^/]+\/[^/]+\/(\d+)/.exec(id)?.[1] ?? id;
}
