/** A product type we carry a compact definition of. */
export interface ProductType {
  readonly name: string;
  readonly title: string;
  /** Attributes its definition requires besides what every listing needs. */
  readonly required: readonly string[];
}

const APPAREL = ['color', 'size'] as const;

/**
 * Compact definitions for common goods: names of Amazon's product types and the attributes a listing cannot do without.
 * Amazon's own definitions hold far more conditions; what they add comes back as issues. Any other product type is checked
 * against what all of them have in common (`GENERIC`).
 * Source: developer-docs.amazon/sp-api, Product Type Definitions; verified 2026-11.
 */
export const PRODUCT_TYPES: readonly ProductType[] = [
  { name: 'SHIRT', title: 'Shirts and tops', required: APPAREL },
  { name: 'SWEATSHIRT', title: 'Hoodies and sweatshirts', required: APPAREL },
  { name: 'COAT', title: 'Coats and jackets', required: APPAREL },
  { name: 'PANTS', title: 'Trousers', required: APPAREL },
  { name: 'SHORTS', title: 'Shorts', required: APPAREL },
  { name: 'HEADPHONES', title: 'Headphones', required: [] },
  { name: 'SPEAKERS', title: 'Loudspeakers', required: [] },
  { name: 'LUGGAGE', title: 'Luggage and bags', required: [] },
  { name: 'BACKPACK', title: 'Backpacks', required: [] },
  { name: 'WATCH', title: 'Watches', required: [] },
  { name: 'LAMP', title: 'Lamps', required: [] },
  { name: 'PRODUCT', title: 'Anything else', required: [] },
];

/** The type used where the mapping names none, and for patches of offer attributes. */
export const GENERIC = 'PRODUCT';

/** What the type's definition requires, or nothing extra for a type we do not carry. */
export function requiredOf(kind: string): readonly string[] {
  return PRODUCT_TYPES.find((type) => type.name === kind)?.required ?? [];
}
