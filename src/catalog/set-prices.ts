import type { Database, Queries } from '../db/database.js';
import { nextSequence } from '../db/sequence.js';
import type { Instant } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';
import type { Money } from '../domain/money.js';
import type { VariantOffer } from '../domain/product.js';
import { fingerprint } from '../domain/revision.js';
import { type FieldChange, fieldChanges, type Stamp, writeHistory } from './history.js';
import { keys } from './keys.js';
import { refreshSummaries } from './summary.js';

/** New prices of one variant. Absent members stay as they are; null takes a price away. */
export interface PriceChange {
  readonly sku: string;
  readonly price?: Money | null;
  readonly compareAtPrice?: Money | null;
  readonly salePrice?: Money | null;
  readonly saleFrom?: Instant | null;
  readonly saleTo?: Instant | null;
  readonly cost?: Money | null;
}

/** What became of price changes: changed + unchanged + unknown = given. */
export interface PriceOutcome {
  readonly seq: number;
  readonly changed: number;
  readonly unchanged: number;
  /** SKUs the catalog does not have. */
  readonly unknown: readonly string[];
}

interface OfferRecord {
  readonly id: number;
  readonly product_id: number;
  readonly product_key: string;
  readonly sku: string;
  readonly offer: string;
  readonly base_offer: string | null;
}

const BATCH = 1_000;

/**
 * Changes prices by hand or by another program. The variants take the next sequence number and the history says who did
 * it. The next import of their source states prices again and wins.
 */
export async function setPrices(
  database: Database,
  changes: readonly PriceChange[],
  by: { readonly actor: string; readonly at: Instant },
): Promise<PriceOutcome> {
  return database.transaction(async (tx) => {
    const stamp = { ...by, seq: await nextSequence(tx) };
    const unknown: string[] = [];
    let changed = 0;
    for (let from = 0; from < changes.length; from += BATCH) {
      const outcome = await changeBatch(tx, changes.slice(from, from + BATCH), stamp);
      changed += outcome.changed;
      unknown.push(...outcome.unknown);
    }
    return { seq: stamp.seq, changed, unchanged: changes.length - changed - unknown.length, unknown };
  });
}

async function changeBatch(
  tx: Queries,
  changes: readonly PriceChange[],
  stamp: Stamp,
): Promise<{ changed: number; unknown: string[] }> {
  const records = await tx.all<OfferRecord>(
    `SELECT v.id, v.product_id, p.product_key, v.sku, v.offer, v.base_offer
     FROM variant v JOIN product p ON p.id = v.product_id
     WHERE v.sku IN (SELECT k FROM ${tx.unfold('r', { k: 'text' })})`,
    [keys(changes.map((change) => change.sku))],
  );
  const bySku = new Map(records.map((record) => [record.sku, record]));
  const rows = new Map<string, ReturnType<typeof patchedRow>>();
  const history: FieldChange[] = [];
  const unknown: string[] = [];
  for (const change of changes) {
    const record = bySku.get(change.sku);
    if (record === undefined) {
      unknown.push(change.sku);
      continue;
    }
    const row = patchedRow(record, change);
    if (row.offer === record.offer) continue;
    const fields = fieldChanges(JSON.parse(record.offer) as JsonObject, JSON.parse(row.offer) as JsonObject);
    for (const field of fields)
      history.push({ sku: record.sku, product_key: record.product_key, lane: 'offer', ...field });
    rows.set(record.sku, row);
    bySku.set(record.sku, { ...record, offer: row.offer, base_offer: row.base_offer });
  }
  await writeOffers(tx, [...rows.values()], stamp.seq);
  await writeHistory(tx, history, stamp);
  const products = new Set([...rows.values()].map((row) => row.product_id));
  await refreshSummaries(tx, [...products], stamp.seq);
  return { changed: rows.size, unknown };
}

function patchedRow(record: OfferRecord, change: PriceChange) {
  const offer = patched(record.offer, change);
  return {
    id: record.id,
    product_id: record.product_id,
    offer,
    base_offer: record.base_offer === null ? null : patched(record.base_offer, change),
    offer_hash: fingerprint(offer),
  };
}

function patched(offer: string, { sku: _, ...prices }: PriceChange): string {
  const members: Record<string, unknown> = { ...(JSON.parse(offer) as VariantOffer) };
  for (const [name, value] of Object.entries(prices)) {
    if (value === null) delete members[name];
    else if (value !== undefined) members[name] = value;
  }
  return JSON.stringify(members);
}

async function writeOffers(
  tx: Queries,
  rows: readonly ReturnType<typeof patchedRow>[],
  seq: number,
): Promise<void> {
  if (rows.length === 0) return;
  const columns = { id: 'integer', offer: 'text', base_offer: 'text', offer_hash: 'text' } as const;
  await tx.run(
    `UPDATE variant SET offer = r.offer, base_offer = r.base_offer, offer_hash = r.offer_hash, seq = ?
     FROM ${tx.unfold('r', columns)} WHERE variant.id = r.id`,
    [seq, JSON.stringify(rows)],
  );
}
