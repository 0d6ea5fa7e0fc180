import path from 'node:path';
import { openSource } from '../../src/catalog/readers/open-source.js';
import type { SourceSettings } from '../../src/catalog/readers/reader.js';
import { packageRoot } from '../../src/config/package-root.js';
import type { SourceProduct } from '../../src/domain/product.js';
import type { MappingRow } from '../../src/mapping/types.js';

/** Where the real catalogs are, outside the repository. */
export const CATALOGS = path.resolve(packageRoot(), '../shared/data/catalogs');

/** A shipped source mapping. */
export function sourceMapping(name: string): Partial<SourceSettings> {
  return { mapping: path.join(packageRoot(), `mappings/sources/${name}.yaml`) };
}

/** Every variant of a real catalog file as a mapping sees it, all of its stock on offer. */
export async function rowsOfCatalog(
  file: string,
  settings: Partial<SourceSettings>,
): Promise<readonly MappingRow[]> {
  const rows: MappingRow[] = [];
  const source = { id: 'shop', currency: 'USD', ...settings };
  const context = { report: () => undefined, signal: new AbortController().signal };
  for await (const batch of openSource(path.join(CATALOGS, file), source, context))
    rows.push(...batch.flatMap(rowsOf));
  return rows;
}

function rowsOf({ product, variants }: SourceProduct): readonly MappingRow[] {
  const whole = { ...product, summary: { variantCount: variants.length, optionValues: {} } };
  return variants.map((variant, place) => ({
    product: whole,
    variant: {
      ...variant.content,
      ...variant.offer,
      id: `${product.id}/${place}`,
      sku: variant.sku ?? `${product.id}-${place}`,
      position: place + 1,
    },
    stock: {
      ...(variant.stock === undefined
        ? {}
        : { available: variant.stock.reduce((sum, { onHand }) => sum + onHand, 0) }),
      ...(variant.offer.tracked === undefined ? {} : { tracked: variant.offer.tracked }),
      ...(variant.offer.policy === undefined ? {} : { policy: variant.offer.policy }),
    },
  }));
}
