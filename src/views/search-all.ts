import type { Queries } from '../db/database.js';
import { findProducts, textTerms } from './find-products.js';

/** Something the search box found. */
export interface Found {
  readonly kind: 'product' | 'variant' | 'order';
  /** Product id, SKU or order number. */
  readonly id: string;
  /** The channel of an order; null for what is of the catalog. */
  readonly channel: string | null;
  readonly title: string;
}

/** Variants and orders with exactly this code first, then what begins like it. */
export async function searchAll(
  queries: Queries,
  text: string,
  limits: { readonly each: number; readonly orders: boolean },
): Promise<readonly Found[]> {
  const wanted = text.trim();
  if (wanted === '') return [];
  const orders = limits.orders ? await findOrders(queries, wanted, limits.each) : [];
  const variants = await findSkus(queries, wanted, limits.each);
  const products = await findTitles(queries, wanted, limits.each);
  return [...variants, ...orders, ...products];
}

async function findSkus(queries: Queries, wanted: string, limit: number): Promise<Found[]> {
  const exact = await queries.all<Found>(
    `SELECT 'variant' AS kind, v.sku AS id, NULL AS channel, v.sku AS title FROM variant v WHERE v.sku = ?`,
    [wanted],
  );
  if (exact.length > 0 || wanted.length < 2) return exact;
  const ids = await findProducts(queries, textTerms(wanted), { after: 0, limit: 20 });
  const rows = await queries.all<{ sku: string }>(
    `SELECT sku FROM variant WHERE status <> 'ended' AND LOWER(sku) LIKE ? ESCAPE '!' AND product_id IN
       (SELECT k FROM ${queries.unfold('r', { k: 'integer' })}) ORDER BY sku LIMIT ?`,
    [`${likeText(wanted.toLowerCase())}%`, JSON.stringify(ids.map((k) => ({ k }))), limit],
  );
  return rows.map(({ sku }) => ({ kind: 'variant', id: sku, channel: null, title: sku }));
}

async function findTitles(queries: Queries, wanted: string, limit: number): Promise<Found[]> {
  const ids = await findProducts(queries, textTerms(wanted), { after: 0, limit });
  const rows = await queries.all<{ product_key: string; body: string }>(
    `SELECT product_key, body FROM product WHERE id IN (SELECT k FROM ${queries.unfold('r', { k: 'integer' })}) ORDER BY id`,
    [JSON.stringify(ids.map((k) => ({ k })))],
  );
  return rows.map(({ product_key: id, body }) => ({
    kind: 'product',
    id,
    channel: null,
    title: (JSON.parse(body) as { title?: string }).title ?? id,
  }));
}

function findOrders(queries: Queries, wanted: string, limit: number): Promise<Found[]> {
  return queries.all<Found>(
    `SELECT 'order' AS kind, external_id AS id, channel, external_id AS title FROM channel_order
     WHERE external_id LIKE ? ESCAPE '!' ORDER BY placed_at DESC LIMIT ?`,
    [`${likeText(wanted)}%`, limit],
  );
}

function likeText(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}
