import type { Queries } from '../db/database.js';
import { isJsonObject } from '../domain/json.js';
import type { Attributes, AttributeValue } from '../domain/product.js';
import { catalogPageByProduct, FIRST_PRODUCT } from './store.js';

/** Type of a free attribute over the whole catalog. */
export type AttributeType = 'text' | 'number' | 'bool' | 'money' | 'measure' | 'list of text';

const PAGE = 2_000;

/** The free attributes products and variants have, each with its type. A name used with several types counts as text. */
export async function attributeCensus(queries: Queries): Promise<ReadonlyMap<string, AttributeType>> {
  const types = new Map<string, AttributeType>();
  for (let cursor: typeof FIRST_PRODUCT | null = FIRST_PRODUCT; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof catalogPageByProduct>> = await catalogPageByProduct(
      queries,
      cursor,
      PAGE,
    );
    for (const { product, variant } of page.rows) {
      count(product.attributes, types);
      count(variant.attributes, types);
    }
    cursor = page.next;
  }
  return types;
}

function count(attributes: Attributes | undefined, types: Map<string, AttributeType>): void {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    const type = typeOf(value);
    const known = types.get(name);
    if (known === undefined) types.set(name, type);
    else if (known !== type) types.set(name, 'text');
  }
}

function typeOf(value: AttributeValue): AttributeType {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'list of text';
  if (isJsonObject(value)) return 'minor' in value ? 'money' : 'measure';
  return 'text';
}
