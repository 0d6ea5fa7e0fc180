import type { Into, Queries } from '../db/database.js';
import type { StagedProduct, StagedStock, StagedVariant } from './staged-rows.js';

const PRODUCTS: Into = {
  table: 'staged_product',
  columns: {
    n: 'integer',
    run: 'integer',
    line: 'integer',
    product_key: 'text',
    status: 'text',
    body: 'text',
    body_hash: 'text',
    summary: 'text',
    variants: 'integer',
  },
  conflict: 'ON CONFLICT DO NOTHING',
};

const VARIANTS: Into = {
  table: 'staged_variant',
  columns: {
    n: 'integer',
    run: 'integer',
    line: 'integer',
    product_key: 'text',
    sku: 'text',
    position: 'integer',
    status: 'text',
    content: 'text',
    offer: 'text',
    content_hash: 'text',
    offer_hash: 'text',
  },
  conflict: 'ON CONFLICT DO NOTHING',
};

const STOCK: Into = {
  table: 'staged_stock',
  columns: { n: 'integer', location: 'text', on_hand: 'integer', as_of: 'text' },
};

/** Stages products; answers how many were new in their run. The first piece of a product gives its texts. */
export function addProducts(tx: Queries, products: readonly StagedProduct[]): Promise<number> {
  return tx.insert(PRODUCTS, products);
}

/** Stages variants; answers how many. One whose SKU is staged already in its run is left out. */
export function addVariants(tx: Queries, variants: readonly StagedVariant[]): Promise<number> {
  return tx.insert(VARIANTS, variants);
}

/** Stages counts; those of variants that were left out say nothing. */
export async function addStock(tx: Queries, stock: readonly StagedStock[]): Promise<void> {
  await tx.insert(STOCK, stock);
}
