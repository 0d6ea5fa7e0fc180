import type { Queries } from '../db/database.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import { fingerprint } from '../domain/revision.js';
import { forgetSummaries } from './forget-summaries.js';
import type { ImportRun } from './import-run.js';
import type { StagedRange } from './merge-products.js';

interface LayeredRow {
  readonly n: number;
  readonly product_key: string;
  readonly base: string;
  readonly base_offer: string;
  readonly content: string;
  readonly offer: string;
}

/**
 * Lays the members that supplemental sources state over staged products. What the primary source says is kept beside it,
 * so that it shows again when a supplement goes.
 */
export async function layerProducts(tx: Queries, range: StagedRange): Promise<void> {
  const rows = await tx.all<LayeredRow>(
    `SELECT s.n, s.product_key, s.body AS base, '{}' AS base_offer, x.content, x.offer
     FROM staged_product s JOIN supplement x ON x.scope = 'product' AND x.scope_key = s.product_key
     WHERE s.n BETWEEN ? AND ? ORDER BY s.n, x.priority, x.source`,
    [range.first, range.last],
  );
  const layered = [...byRow(rows)].map(([n, layers]) => {
    const body = layers.reduce((base, layer) => laidOver(base, layer.content), layers[0]?.base ?? '{}');
    return { n, body, base_body: layers[0]?.base, body_hash: fingerprint(body) };
  });
  if (layered.length === 0) return;
  await tx.run(
    `UPDATE staged_product AS s SET body = r.body, base_body = r.base_body, body_hash = r.body_hash
     FROM ${tx.unfold('r', { n: 'integer', body: 'text', base_body: 'text', body_hash: 'text' })} WHERE s.n = r.n`,
    [JSON.stringify(layered)],
  );
}

/** The same for staged variants: content and offer. */
export async function layerVariants(tx: Queries, range: StagedRange, run: ImportRun): Promise<void> {
  const rows = await tx.all<LayeredRow>(
    `SELECT s.n, s.product_key, s.content AS base, s.offer AS base_offer, x.content, x.offer
     FROM staged_variant s JOIN supplement x ON x.scope = 'variant' AND x.scope_key = s.sku
     WHERE s.n BETWEEN ? AND ? ORDER BY s.n, x.priority, x.source`,
    [range.first, range.last],
  );
  const layered = [...byRow(rows)].map(([n, layers]) => {
    const content = layers.reduce((base, layer) => laidOver(base, layer.content), layers[0]?.base ?? '{}');
    const offer = layers.reduce((base, layer) => laidOver(base, layer.offer), layers[0]?.base_offer ?? '{}');
    return {
      n,
      content,
      offer,
      base_content: layers[0]?.base,
      base_offer: layers[0]?.base_offer,
      content_hash: fingerprint(content),
      offer_hash: fingerprint(offer),
    };
  });
  if (layered.length === 0) return;
  const columns = {
    n: 'integer',
    content: 'text',
    offer: 'text',
    base_content: 'text',
    base_offer: 'text',
    content_hash: 'text',
    offer_hash: 'text',
  } as const;
  await tx.run(
    `UPDATE staged_variant AS s SET content = r.content, offer = r.offer, base_content = r.base_content,
       base_offer = r.base_offer, content_hash = r.content_hash, offer_hash = r.offer_hash
     FROM ${tx.unfold('r', columns)} WHERE s.n = r.n`,
    [JSON.stringify(layered)],
  );
  await forgetSummaries(
    tx,
    run,
    rows.map((row) => row.product_key),
  );
}

function byRow(rows: readonly LayeredRow[]): Map<number, LayeredRow[]> {
  const groups = new Map<number, LayeredRow[]>();
  for (const row of rows) {
    const known = groups.get(row.n);
    if (known) known.push(row);
    else groups.set(row.n, [row]);
  }
  return groups;
}

/** Bags are laid over member by member; everything else is replaced. */
const BAGS: ReadonlySet<string> = new Set(['attributes', 'options', 'translations']);

/** JSON text of an object with the members of another one laid over it. */
export function laidOver(base: string, layer: string): string {
  if (layer === '{}') return base;
  const result: Record<string, JsonObject[string]> = { ...(JSON.parse(base) as JsonObject) };
  for (const [name, value] of Object.entries(JSON.parse(layer) as JsonObject)) {
    const below = result[name];
    result[name] =
      BAGS.has(name) && isJsonObject(below) && isJsonObject(value) ? { ...below, ...value } : value;
  }
  return JSON.stringify(result);
}
