import type { CartForm } from '../checkout/cart-link.js';
import type { CheckoutSettings } from '../checkout/checkout-settings.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';

/** The addresses shoppers come to from Meta; null: not served. A cart of the shop's own form says where products go in its address. */
export function checkoutOf(checkout: JsonValue | undefined): CheckoutSettings | null {
  if (!isJsonObject(checkout)) return null;
  const address = textIn(checkout, 'address');
  if (address === undefined) return null;
  const cart: CartForm =
    checkout.cart === 'template'
      ? {
          kind: 'template',
          address,
          item: textIn(checkout, 'item') ?? '{id}:{quantity}',
          separator: textIn(checkout, 'separator') ?? ',',
        }
      : { kind: checkout.cart === 'woocommerce' ? 'woocommerce' : 'shopify', address };
  return {
    cart,
    cartId: textIn(checkout, 'cartId') ?? (cart.kind === 'template' ? 'sku' : 'variant_id'),
    fallback: textIn(checkout, 'fallback') ?? new URL(address).origin,
  };
}

function textIn(group: JsonObject, name: string): string | undefined {
  const value = group[name];
  return typeof value === 'string' ? value : undefined;
}
