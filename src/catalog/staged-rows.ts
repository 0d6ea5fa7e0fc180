import type {
  Product,
  ProductSummary,
  SourceProduct,
  SourceVariant,
  StockReading,
} from '../domain/product.js';
import { fingerprint } from '../domain/revision.js';
import { generatedSku } from './readers/variant-codes.js';
import { summaryOf } from './summary.js';

/** Number of a staged row, and of the import it belongs to. */
export type StagedAt = Pick<StagedProduct, 'n' | 'run'>;

/** A product as it is staged; members are the columns of `staged_product`. */
export interface StagedProduct {
  readonly n: number;
  readonly run: number;
  readonly line: number | null;
  readonly product_key: string;
  readonly status: string;
  readonly body: string;
  readonly body_hash: string;
  /** Null: to be worked out from the stored variants at the end of the merge. */
  readonly summary: string | null;
  readonly variants: number;
}

/** Units of a staged variant at a location; members are the columns of `staged_stock`. */
export interface StagedStock {
  /** Number of the variant's row. */
  readonly n: number;
  readonly location: string;
  readonly on_hand: number;
  readonly as_of: string | null;
}

/** A variant as it is staged; members are the columns of `staged_variant`. */
export interface StagedVariant {
  readonly n: number;
  readonly run: number;
  readonly line: number | null;
  readonly product_key: string;
  readonly sku: string;
  readonly position: number;
  readonly status: string;
  readonly content: string;
  readonly offer: string;
  readonly content_hash: string;
  readonly offer_hash: string;
}

/** JSON text of a value without members that could reach a prototype. */
export function storedText(value: object): string {
  const text = JSON.stringify(value);
  if (!text.includes('"__proto__"')) return text;
  return JSON.stringify(value, (name, member) => (name === '__proto__' ? undefined : member));
}

/** The staged form of a product. The summary is that of its variants, stored apart from the body. */
export function stagedProduct({ n, run }: StagedAt, source: SourceProduct): StagedProduct {
  const { summary: _, ...product } = source.product;
  const body = storedText(product satisfies Product);
  return {
    n,
    run,
    line: source.line ?? null,
    product_key: product.id,
    status: product.status,
    body,
    body_hash: fingerprint(body),
    summary: JSON.stringify(summaryOf(source.variants) satisfies ProductSummary),
    variants: source.variants.length,
  };
}

/** The staged form of a variant at a place (from 1) of a product. */
export function stagedVariant(
  { n, run }: StagedAt,
  source: { readonly product: SourceProduct; readonly variant: SourceVariant; readonly position: number },
): StagedVariant {
  const { product, variant, position } = source;
  const named = withSku(product.product.id, variant);
  const content = storedText(named.content);
  const offer = storedText(variant.offer);
  return {
    n,
    run,
    line: variant.line ?? product.line ?? null,
    product_key: product.product.id,
    sku: named.sku,
    position,
    status: variant.content.status ?? 'active',
    content,
    offer,
    content_hash: fingerprint(content),
    offer_hash: fingerprint(offer),
  };
}

/** The staged counts of the variant with this number. The last of several readings of one location counts. */
export function stagedStock(
  n: number,
  readings: readonly StockReading[] | undefined,
): readonly StagedStock[] {
  if (readings === undefined) return [];
  const rows = readings.map(({ location, onHand, asOf }) => ({
    n,
    location,
    on_hand: onHand,
    as_of: asOf ?? null,
  }));
  return rows.length < 2 ? rows : [...new Map(rows.map((row) => [row.location, row])).values()];
}

/** Whether the source gave the variant no SKU of its own. */
export function hasMadeSku(variant: SourceVariant): boolean {
  return variant.sku === undefined || variant.sku === '' || variant.content.skuGenerated === true;
}

function withSku(
  productId: string,
  variant: SourceVariant,
): { sku: string; content: SourceVariant['content'] } {
  if (variant.sku !== undefined && variant.sku !== '') return { sku: variant.sku, content: variant.content };
  return {
    sku: generatedSku(productId, variant.content.options ?? {}),
    content: { ...variant.content, skuGenerated: true },
  };
}
