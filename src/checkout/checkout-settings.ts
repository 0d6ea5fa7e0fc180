import type { CartForm } from './cart-link.js';

/** `checkout` of omnifeed.yaml: where buyers who come from Meta are sent. */
export interface CheckoutSettings {
  readonly cart: CartForm;
  /** Attribute of the variant that holds the shop's own id; `sku`: the SKU itself. */
  readonly cartId: string;
  /** Where a buyer goes when nothing of the cart can be had: the shop. */
  readonly fallback: string;
}
