import { ChannelError } from '../../src/domain/errors.js';
import { nextOf, nodesIn, objectIn, textIn } from './json-path.js';
import { VARIANTS_BY_SKU } from './order-documents.js';
import type { SoldVariant } from './order-input.js';
import type { ShopifyWork } from './shopify-work.js';

/** SKUs in one search, and pages read of it: many more than there can be unless the shop has one SKU on hundreds of variants. */
const PER_SEARCH = 20;
const PER_PAGE = 100;
const MOST_PAGES = 10;

/**
 * The variants of SKUs. Shopify's SKUs are optional and not unique, its search is by words: rows are compared exactly. Throws `refused` for a
 * SKU that no variant has, or several have: nothing was placed, and guessing would ship the wrong goods.
 */
export async function variantsBySku(
  work: Pick<ShopifyWork, 'client'>,
  skus: readonly string[],
): Promise<ReadonlyMap<string, SoldVariant>> {
  const wanted = [...new Set(skus)];
  const found = new Map<string, SoldVariant[]>(wanted.map((sku) => [sku, []]));
  for (let start = 0; start < wanted.length; start += PER_SEARCH) {
    const query = wanted
      .slice(start, start + PER_SEARCH)
      .map((sku) => `sku:"${sku.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
      .join(' OR ');
    let after: string | null = null;
    for (let page = 1; ; page++) {
      const data = await work.client.call(VARIANTS_BY_SKU, { query, first: PER_PAGE, after });
      for (const variant of nodesIn(data, 'productVariants')) {
        if (typeof variant.sku !== 'string') continue;
        const title = textIn(objectIn(variant, 'product'), 'title');
        const own = textIn(variant, 'title');
        found.get(variant.sku)?.push({
          id: textIn(variant, 'id'),
          title: own === 'Default Title' ? title : `${title} – ${own}`,
        });
      }
      after = nextOf(data, 'productVariants');
      if (after === null) break;
      if (page >= MOST_PAGES) throw searchUnbounded(query);
    }
  }
  return new Map([...found].map(([sku, variants]) => [sku, theOne(sku, variants)]));
}

function theOne(sku: string, variants: readonly SoldVariant[]): SoldVariant {
  const [first] = variants;
  if (first !== undefined && variants.length === 1) return first;
  throw new ChannelError(
    first === undefined
      ? `No variant of the shop has the SKU ${sku}`
      : `${variants.length} variants of the shop have the SKU ${sku}`,
    {
      code: first === undefined ? 'sku_unknown' : 'sku_ambiguous',
      kind: 'refused',
      owner: 'operator',
      advice:
        first === undefined
          ? 'Give the variant this SKU in Shopify; the order is placed by itself then.'
          : 'Leave the SKU on one variant only in Shopify; the order is placed by itself then.',
    },
  );
}

function searchUnbounded(query: string): ChannelError {
  return new ChannelError(`Shopify’s search for ${query} shows too many variants`, {
    code: 'search_unreliable',
    kind: 'not-sent',
    owner: 'channel',
    advice: 'The filter seems to be ignored. The order is tried again by itself.',
  });
}
