import type { Queries } from '../db/database.js';
import type { Money } from '../domain/money.js';
import type { ProductSummary, VariantContent, VariantOffer } from '../domain/product.js';
import { keys } from './keys.js';
import { touchProducts } from './touch-variants.js';

/** What a summary is worked out from. */
export interface SummedVariant {
  readonly content: Pick<VariantContent, 'options'>;
  readonly offer: Pick<VariantOffer, 'price'>;
}

/**
 * Facts over the variants of a product that are not ended. Prices in different currencies do not compare: then there
 * is no lowest and highest.
 */
export function summaryOf(variants: readonly SummedVariant[]): ProductSummary {
  const values = new Map<string, Set<string>>();
  let from: Money | undefined;
  let to: Money | undefined;
  let mixed = false;
  for (const { content, offer } of variants) {
    for (const [name, value] of Object.entries(content.options ?? {})) {
      const known = values.get(name);
      if (known) known.add(value);
      else values.set(name, new Set([value]));
    }
    if (offer.price === undefined) continue;
    if (from !== undefined && from.currency !== offer.price.currency) mixed = true;
    if (from === undefined || offer.price.minor < from.minor) from = offer.price;
    if (to === undefined || offer.price.minor > to.minor) to = offer.price;
  }
  return {
    variantCount: variants.length,
    optionValues: Object.fromEntries([...values].map(([name, set]) => [name, [...set]])),
    ...(from === undefined || mixed ? {} : { priceFrom: from }),
    ...(to === undefined || mixed ? {} : { priceTo: to }),
  };
}

/**
 * Works the summaries of products out again from their stored variants. Where one changed, product and variants take the
 * sequence number. At most a few hundred products at a time. Answers the ids of the changed products.
 */
export async function refreshSummaries(
  tx: Queries,
  productIds: readonly number[],
  seq: number,
): Promise<number[]> {
  if (productIds.length === 0) return [];
  const wanted = tx.unfold('r', { k: 'integer' });
  const stored = await tx.all<{ id: number; summary: string | null }>(
    `SELECT id, summary FROM product WHERE id IN (SELECT k FROM ${wanted})`,
    [keys(productIds)],
  );
  const records = await tx.all<{ product_id: number; content: string; offer: string }>(
    `SELECT product_id, content, offer FROM variant
     WHERE status <> 'ended' AND product_id IN (SELECT k FROM ${wanted}) ORDER BY product_id, position, id`,
    [keys(productIds)],
  );
  const siblings = new Map<number, SummedVariant[]>();
  for (const { product_id, content, offer } of records) {
    const variant = { content: JSON.parse(content), offer: JSON.parse(offer) } as SummedVariant;
    const known = siblings.get(product_id);
    if (known) known.push(variant);
    else siblings.set(product_id, [variant]);
  }
  const changed = stored
    .map(({ id, summary }) => ({
      id,
      old: summary,
      summary: JSON.stringify(summaryOf(siblings.get(id) ?? [])),
    }))
    .filter((row) => row.old !== row.summary)
    .map(({ id, summary }) => ({ id, summary }));
  if (changed.length === 0) return [];
  await tx.run(
    `UPDATE product SET summary = r.summary, seq = ?
     FROM ${tx.unfold('r', { id: 'integer', summary: 'text' })} WHERE product.id = r.id`,
    [seq, JSON.stringify(changed)],
  );
  const ids = changed.map((row) => row.id);
  await touchProducts(tx, ids, seq);
  return ids;
}
