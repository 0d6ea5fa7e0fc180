import type { Queries } from '../db/database.js';
import type { Product } from '../domain/product.js';
import { catalogPageByProduct, FIRST_PRODUCT } from './store.js';

const PAGE = 2_000;
/** Titles kept per kind. */
const TITLES = 40;
/** Kinds told apart; the products of any further ones are counted as one without paths. */
const MOST_KINDS = 50_000;

/** Products on sale that have the same category paths, or the same type where they have none. */
export interface CountedKind {
  readonly paths: readonly string[];
  readonly products: number;
  /** The first titles, at most 40. */
  readonly titles: readonly string[];
}

/** Counts the products on sale by their own categories, in pages. */
export async function kindCensus(queries: Queries): Promise<readonly CountedKind[]> {
  const kinds = new Map<string, { paths: readonly string[]; products: number; titles: string[] }>();
  let last = 0;
  for (let cursor: typeof FIRST_PRODUCT | null = FIRST_PRODUCT; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof catalogPageByProduct>> = await catalogPageByProduct(
      queries,
      cursor,
      PAGE,
    );
    for (const { productId, product, status } of page.rows) {
      if (productId === last || status !== 'active') continue;
      last = productId;
      const key = kinds.size < MOST_KINDS ? JSON.stringify(pathsOf(product)) : '[]';
      const kind = kinds.get(key) ?? { paths: JSON.parse(key) as readonly string[], products: 0, titles: [] };
      kind.products += 1;
      if (product.title !== undefined && kind.titles.length < TITLES) kind.titles.push(product.title);
      kinds.set(key, kind);
    }
    cursor = page.next;
  }
  return [...kinds.values()];
}

function pathsOf({ categories, type }: Product): readonly string[] {
  if (categories !== undefined && categories.length > 0) return categories;
  return type === undefined || type.trim() === '' ? [] : [type];
}
