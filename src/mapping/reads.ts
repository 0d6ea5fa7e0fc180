import type { RowGroup } from './types.js';

/** Groups of a catalog row a path belongs to. `product.attributes` changes with the product and with its attributes. */
export function groupsOf(paths: Iterable<string>): ReadonlySet<RowGroup> {
  const groups = new Set<RowGroup>();
  for (const path of paths) for (const group of groupsOfPath(path)) groups.add(group);
  return groups;
}

const PRICES = /^variant\.(price|compareAtPrice|salePrice|cost|saleFrom|saleTo|prices)\b/;
const PRODUCT_PRICES = /^product\.(priceFrom|priceTo)\b/;

function groupsOfPath(path: string): readonly RowGroup[] {
  if (path.startsWith('stock')) return ['stock'];
  if (path === 'product.available') return ['stock'];
  if (path.startsWith('product.attributes')) return ['product', 'attributes'];
  if (PRODUCT_PRICES.test(path)) return ['product', 'price'];
  if (path.startsWith('product')) return ['product'];
  if (path.startsWith('variant.attributes')) return ['content', 'attributes'];
  if (PRICES.test(path)) return ['price'];
  return path.startsWith('variant') ? ['content'] : [];
}

/** Offer attributes are those a price or stock change can alter: they may travel alone. */
export function laneOf(groups: ReadonlySet<RowGroup>): 'content' | 'offer' {
  return groups.has('price') || groups.has('stock') ? 'offer' : 'content';
}
