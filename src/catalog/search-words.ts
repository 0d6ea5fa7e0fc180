import type { Product, Status, VariantContent } from '../domain/product.js';

/** A variant as far as it is searched. */
export interface SearchedVariant {
  readonly sku: string;
  readonly status: Status;
  readonly content: VariantContent;
}

const LONGEST_WORD = 64;
/** A product of thousands of variants is found by the SKU of each; a text of thousands of words by the first ones. */
const MOST_WORDS = 20_000;

/** What is asked for by an exact value, written as a word of its own so that one index serves both. */
export type Facet = 'brand' | 'type' | 'source' | 'status';

/** The word of a facet's value: `#brand:acme`. */
export function facetWord(facet: Facet, value: string): string {
  return `#${facet}:${folded(value).trim()}`.slice(0, LONGEST_WORD + 10);
}

/** The words of a text, small letters without accents, in order: `Crème-01` → `creme`, `01`. */
export function wordsIn(text: string): string[] {
  return (folded(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.slice(0, LONGEST_WORD));
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Every word by which a product is found: of its texts, of the codes and options of its variants, and its facets. Pure. */
export function searchWords(
  product: Product & { readonly source: string },
  variants: readonly SearchedVariant[],
): ReadonlySet<string> {
  const words = new Set<string>();
  const add = (found: readonly string[]): void => {
    for (const word of found) if (word !== '' && words.size < MOST_WORDS) words.add(word);
  };
  const { brand, type, source, title = '' } = product;
  add([facetWord('source', source), facetWord('status', product.status), ...wordsIn(product.id)]);
  if (brand !== undefined) add([facetWord('brand', brand), ...wordsIn(brand)]);
  if (type !== undefined) add([facetWord('type', type), ...wordsIn(type)]);
  add(wordsIn(title));
  for (const { sku, content, status } of variants) {
    if (status === 'ended') continue;
    if (product.status === 'active') add([facetWord('status', status)]);
    const { gtin = '', merchantCode = '', mpn = '', title: own = '', options = {} } = content;
    for (const text of [sku, gtin, merchantCode, mpn, own, ...Object.values(options)]) add(wordsIn(text));
  }
  return words;
}
