/** A name Meta knows that listings cannot carry, and why. */
export interface NotSent {
  readonly name: string;
  readonly because: string;
}

const ONSITE = 'mattered for checkout on Meta only, which is gone';
const LAUNCH = 'left over from product launches and live shopping';

/** Names of section "fields" that are not sent (catalog reference and software kits, verified 2026-11-23). A mapping that uses one is told so. */
export const NOT_SENT: readonly NotSent[] = [
  { name: 'commerce_tax_category', because: ONSITE },
  { name: 'return_policy_days', because: ONSITE },
  { name: 'launch_date', because: LAUNCH },
  { name: 'start_date', because: LAUNCH },
  { name: 'marked_for_product_launch', because: LAUNCH },
  { name: 'live_special_price', because: LAUNCH },
  ...[0, 1, 2, 3, 4].map((place) => ({
    name: `product_priority_${place}`,
    because: 'taken by the single-product call only',
  })),
  { name: 'offer_disclaimer', because: 'documented on the read side only' },
  { name: 'offer_disclaimer_url', because: 'documented on the read side only' },
  {
    name: 'category_specific_fields',
    because: 'differs by category and is not described in a form a program can read',
  },
];
