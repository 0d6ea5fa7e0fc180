import type { CatalogRow } from '../catalog/store.js';
import type { Money } from '../domain/money.js';

/**
 * What a unit costs: what the catalog says of it, or for a bundle that it says nothing of, the sum of its components. Null: nobody says, or not of every
 * component in one currency. Pure.
 */
export function unitCost({ variant, stock }: Pick<CatalogRow, 'variant' | 'stock'>): Money | null {
  if (variant.cost !== undefined) return variant.cost;
  const { bundle } = stock;
  if (bundle === undefined || bundle.broken !== null) return null;
  const currency = bundle.parts[0]?.cost?.currency;
  if (currency === undefined || bundle.parts.some(({ cost }) => cost?.currency !== currency)) return null;
  return {
    minor: bundle.parts.reduce((sum, { cost, quantity }) => sum + (cost?.minor ?? 0) * quantity, 0),
    currency,
  };
}
