import type { Queries } from '../db/database.js';
import { fingerprint } from '../domain/revision.js';
import { breathe } from './breathe.js';
import type { ImportRun } from './import-run.js';

/** What has to be worked out again, by product id and by SKU. */
export interface Affected {
  readonly products: Set<string>;
  readonly variants: Set<string>;
}

const CHUNK = 1_000;

/**
 * Replaces the staged rows of a run by the stored products and variants that are affected, as their own sources state
 * them: the next merge lays the supplements over them again.
 */
export async function stageAffected(tx: Queries, run: ImportRun, affected: Affected): Promise<void> {
  for (const table of ['staged_stock', 'staged_variant', 'staged_product'])
    await tx.run(`DELETE FROM ${table} WHERE n BETWEEN ? AND ?`, [run.first, run.last]);
  const skus = [...affected.variants];
  for (let from = 0; from < skus.length; from += CHUNK) {
    await stageProductsOf(tx, affected, skus.slice(from, from + CHUNK));
    await stageVariants(tx, run, { skus: skus.slice(from, from + CHUNK), first: run.first + from });
    await breathe();
  }
  const products = [...affected.products];
  for (let from = 0; from < products.length; from += CHUNK) {
    await stageProducts(tx, run, { keys: products.slice(from, from + CHUNK), first: run.first + from });
    await breathe();
  }
}

/** A variant is merged under its product, so that one is staged too. */
async function stageProductsOf(tx: Queries, affected: Affected, skus: readonly string[]): Promise<void> {
  const rows = await tx.all<{ product_key: string }>(
    `SELECT DISTINCT p.product_key FROM variant v JOIN product p ON p.id = v.product_id
     WHERE v.sku IN (SELECT k FROM ${tx.unfold('r', { k: 'text' })})`,
    [JSON.stringify(skus.map((k) => ({ k })))],
  );
  for (const row of rows) affected.products.add(row.product_key);
}

async function stageVariants(
  tx: Queries,
  run: ImportRun,
  batch: { readonly skus: readonly string[]; readonly first: number },
): Promise<void> {
  const rows = batch.skus.map((k, index) => ({ n: batch.first + index, k }));
  await tx.run(
    `INSERT INTO staged_variant (n, run, product_key, sku, position, status, content, offer, content_hash, offer_hash)
     SELECT r.n, CAST(? AS integer), p.product_key, v.sku, v.position, v.status, COALESCE(v.base_content, v.content),
       COALESCE(v.base_offer, v.offer),
       CASE WHEN v.base_content IS NULL THEN v.content_hash ELSE '' END,
       CASE WHEN v.base_offer IS NULL THEN v.offer_hash ELSE '' END
     FROM ${tx.unfold('r', { n: 'integer', k: 'text' })}
       JOIN variant v ON v.sku = r.k JOIN product p ON p.id = v.product_id`,
    [run.number, JSON.stringify(rows)],
  );
  const bases = await tx.all<{ n: number; content: string; offer: string }>(
    `SELECT n, content, offer FROM staged_variant WHERE n BETWEEN ? AND ? AND (content_hash = '' OR offer_hash = '')`,
    [batch.first, batch.first + batch.skus.length - 1],
  );
  const hashes = bases.map(({ n, content, offer }) => ({
    n,
    content: fingerprint(content),
    offer: fingerprint(offer),
  }));
  await tx.run(
    `UPDATE staged_variant AS s SET content_hash = r.content, offer_hash = r.offer
     FROM ${tx.unfold('r', { n: 'integer', content: 'text', offer: 'text' })} WHERE s.n = r.n`,
    [JSON.stringify(hashes)],
  );
}

async function stageProducts(
  tx: Queries,
  run: ImportRun,
  batch: { readonly keys: readonly string[]; readonly first: number },
): Promise<void> {
  const rows = batch.keys.map((k, index) => ({ n: batch.first + index, k }));
  await tx.run(
    `INSERT INTO staged_product (n, run, product_key, status, body, body_hash, variants)
     SELECT r.n, CAST(? AS integer), p.product_key, p.status, COALESCE(p.base_body, p.body),
       CASE WHEN p.base_body IS NULL THEN p.body_hash ELSE '' END, 0
     FROM ${tx.unfold('r', { n: 'integer', k: 'text' })} JOIN product p ON p.product_key = r.k`,
    [run.number, JSON.stringify(rows)],
  );
  const bases = await tx.all<{ n: number; body: string }>(
    `SELECT n, body FROM staged_product WHERE n BETWEEN ? AND ? AND body_hash = ''`,
    [batch.first, batch.first + batch.keys.length - 1],
  );
  await tx.run(
    `UPDATE staged_product AS s SET body_hash = r.body
     FROM ${tx.unfold('r', { n: 'integer', body: 'text' })} WHERE s.n = r.n`,
    [JSON.stringify(bases.map(({ n, body }) => ({ n, body: fingerprint(body) })))],
  );
}
