import type { Queries } from '../db/database.js';
import type { JsonObject } from '../domain/json.js';
import { type FieldChange, fieldChanges, type Lane, type Stamp, writeHistory } from './history.js';
import type { MergeOwner, StagedRange } from './merge-products.js';

/** What a merge of variants did; the others of the range did not change. */
export interface MergedVariants {
  readonly created: number;
  readonly changed: number;
}

interface ChangedVariant {
  readonly sku: string;
  readonly product_key: string;
  readonly old_product_key: string;
  readonly old_content: string;
  readonly new_content: string;
  readonly old_offer: string;
  readonly new_offer: string;
  readonly old_status: string;
  readonly new_status: string;
  readonly old_position: number;
  readonly new_position: number;
}

const DIFFERS = `(s.content_hash <> v.content_hash OR s.offer_hash <> v.offer_hash OR s.status <> v.status
  OR p.id <> v.product_id OR s.position <> v.position)`;

/** Merges staged variants whose products are merged. Rows that do not differ keep their sequence number. */
export async function mergeVariants(
  tx: Queries,
  range: StagedRange,
  by: Stamp & MergeOwner,
): Promise<MergedVariants> {
  const created = by.source === null ? 0 : await create(tx, range, by);
  const most = range.last - range.first + 1;
  return { created, changed: created < most ? await change(tx, range, by) : 0 };
}

async function create(tx: Queries, range: StagedRange, by: Stamp & MergeOwner): Promise<number> {
  await tx.run(
    `INSERT INTO catalog_change (sku, product_key, lane, field, old, new, actor, at, seq)
     SELECT s.sku, s.product_key, 'status', 'created', NULL, '"' || s.status || '"', CAST(? AS text), CAST(? AS text),
       CAST(? AS bigint)
     FROM staged_variant s LEFT JOIN variant v ON v.sku = s.sku
     WHERE s.n BETWEEN ? AND ? AND v.id IS NULL ORDER BY s.n`,
    [by.actor, by.at, by.seq, range.first, range.last],
  );
  return tx.run(
    `INSERT INTO variant (product_id, sku, source, position, status, content, offer, base_content, base_offer,
       content_hash, offer_hash, seq)
     SELECT p.id, s.sku, CAST(? AS text), s.position, s.status, s.content, s.offer, s.base_content, s.base_offer,
       s.content_hash, s.offer_hash, CAST(? AS bigint)
     FROM staged_variant s JOIN product p ON p.product_key = s.product_key
       LEFT JOIN variant v ON v.sku = s.sku
     WHERE s.n BETWEEN ? AND ? AND v.id IS NULL ORDER BY s.n`,
    [by.source, by.seq, range.first, range.last],
  );
}

async function change(tx: Queries, range: StagedRange, by: Stamp & MergeOwner): Promise<number> {
  const changed = await tx.all<ChangedVariant>(
    `SELECT v.sku, s.product_key, o.product_key AS old_product_key, v.content AS old_content,
       s.content AS new_content, v.offer AS old_offer, s.offer AS new_offer, v.status AS old_status,
       s.status AS new_status, v.position AS old_position, s.position AS new_position
     FROM staged_variant s JOIN variant v ON v.sku = s.sku JOIN product p ON p.product_key = s.product_key
       JOIN product o ON o.id = v.product_id
     WHERE s.n BETWEEN ? AND ? AND ${DIFFERS}`,
    [range.first, range.last],
  );
  if (changed.length === 0) return 0;
  const written = await tx.run(
    `UPDATE variant AS v SET product_id = p.id, source = COALESCE(CAST(? AS text), v.source), position = s.position, status = s.status,
       content = s.content, offer = s.offer, base_content = s.base_content, base_offer = s.base_offer,
       content_hash = s.content_hash, offer_hash = s.offer_hash,
       ended_at = CASE WHEN s.status = 'ended' THEN v.ended_at END, seq = ?
     FROM staged_variant s JOIN product p ON p.product_key = s.product_key
     WHERE s.n BETWEEN ? AND ? AND v.sku = s.sku AND ${DIFFERS}`,
    [by.source, by.seq, range.first, range.last],
  );
  await writeHistory(tx, changed.flatMap(changesOf), by);
  return written;
}

function changesOf(row: ChangedVariant): FieldChange[] {
  const place = { sku: row.sku, product_key: row.product_key };
  return [
    ...laneChanges('content', row.old_content, row.new_content),
    ...laneChanges('offer', row.old_offer, row.new_offer),
    ...columnChange('status', row.old_status, row.new_status),
    ...columnChange('product', row.old_product_key, row.product_key),
    ...columnChange('position', row.old_position, row.new_position),
  ].map((change) => ({ ...place, ...change }));
}

type LaneChange = Pick<FieldChange, 'lane' | 'field' | 'old' | 'new'>;

function laneChanges(lane: Lane, before: string, after: string): LaneChange[] {
  if (before === after) return [];
  return fieldChanges(JSON.parse(before) as JsonObject, JSON.parse(after) as JsonObject)
    .filter((change) => change.field !== 'status')
    .map((change) => ({ lane, ...change }));
}

function columnChange(field: string, before: string | number, after: string | number): LaneChange[] {
  if (before === after) return [];
  const lane = field === 'status' ? 'status' : 'content';
  return [{ lane, field, old: JSON.stringify(before), new: JSON.stringify(after) }];
}
