import type { Page } from '../../src/channel/page.js';
import type { SourcePort } from '../../src/channel/store-ports.js';
import type { Instant } from '../../src/domain/instant.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { type BulkGroup, bulkPage } from './bulk-read.js';
import { objectIn, textIn } from './json-path.js';
import { type DecodeContext, type ShopProduct, sourceProduct } from './product-decode.js';
import { productPages } from './product-pages.js';
import { changedSince } from './search-text.js';
import { PROBE } from './shop-documents.js';
import { askedOnce, type ShopifyWork } from './shopify-work.js';
import { BULK_PRODUCTS } from './source-documents.js';
import { stockReader } from './stock-read.js';

/**
 * The shop as a source of products and stock. Everything is read by bulk operations (or by pages where the settings say so), changes by
 * `updated_at`, stock by the levels of each location: a level's own stamp is the only one that moves with it. Deletions show in the full read only.
 */
export function shopifySource(work: ShopifyWork): SourcePort {
  const { client, settings } = work;
  const pages = productPages(work);
  const context = askedOnce(async (): Promise<DecodeContext> => {
    const shop = objectIn(await client.call(PROBE), 'shop');
    return { currency: textIn(shop, 'currencyCode'), sellUnlisted: settings.sellUnlisted === true };
  });

  async function read(cursor: string | null, since: Instant | undefined): Promise<Page<ShopProduct>> {
    if (since !== undefined) return pages(changedSince(since), cursor);
    if (settings.fullRead === 'pages') return pages(null, cursor);
    const { items, next } = await bulkPage(work, BULK_PRODUCTS, cursor);
    return { items: items.map(shopProduct), next };
  }

  return {
    async products(cursor, since) {
      const { items, next } = await read(cursor, since);
      if (items.length === 0) return { items: [], next };
      const of = await context();
      return { items: items.map((item): SourceProduct => sourceProduct(item, of)), next };
    },
    // Its counts are ours then: read back they would be counted twice.
    ...(settings.stockOwner === 'omnifeed' ? {} : { stock: stockReader(work) }),
  };
}

/** Children tell by their global id what they are. */
function shopProduct({ root, children }: BulkGroup): ShopProduct {
  const of = (type: RegExp) =>
    children.filter((child) => typeof child.id === 'string' && type.test(child.id));
  return {
    product: root,
    variants: of(/\/ProductVariant\//),
    media: of(/\/(MediaImage|Video|ExternalVideo|Model3d)\//),
    collections: of(/\/Collection\//),
    metafields: of(/\/Metafield\//),
  };
}
