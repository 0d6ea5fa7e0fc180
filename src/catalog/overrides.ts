import type { Database, Queries } from '../db/database.js';
import { nextSequence } from '../db/sequence.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { canonicalJson, type JsonObject } from '../domain/json.js';
import { type FieldChange, fieldChanges, writeHistory } from './history.js';
import { type OverrideRecord, type StoredOverride, storedOverride } from './override-rows.js';
import { touchProducts, touchVariants } from './touch-variants.js';

/** Which override: of a product or a variant, on one channel or on all (`*`). */
export interface OverridePlace {
  readonly channel: string;
  readonly scope: 'product' | 'variant';
  /** Product id or SKU. */
  readonly key: string;
}

/** Who changes an override, and when. */
export interface OverrideActor {
  readonly actor: string;
  readonly at: Instant;
}

/**
 * Fixes attributes by hand, or keeps goods off a channel: replaces the whole override of this place. The variants
 * concerned take the next sequence number and the history says who did it. Throws `OperatorError` for an unknown SKU or
 * product.
 */
export async function setOverride(
  database: Database,
  override: OverridePlace & { readonly attributes?: JsonObject; readonly exclude?: string },
  by: OverrideActor,
): Promise<void> {
  await replace(database, { place: override, by, next: override });
}

/** Takes an override away; false when there was none. */
export async function clearOverride(
  database: Database,
  place: OverridePlace,
  by: OverrideActor,
): Promise<boolean> {
  return replace(database, { place, by, next: null });
}

/** Stored overrides ordered by channel and key: all, or those of one channel. */
export async function listOverrides(queries: Queries, channel?: string): Promise<StoredOverride[]> {
  const records = await queries.all<OverrideRecord>(
    `SELECT * FROM catalog_override WHERE ? = 1 OR channel = ? ORDER BY channel, scope, scope_key`,
    [channel === undefined ? 1 : 0, channel ?? ''],
  );
  return records.map(storedOverride);
}

interface Replacement {
  readonly place: OverridePlace;
  readonly by: OverrideActor;
  readonly next: { readonly attributes?: JsonObject; readonly exclude?: string } | null;
}

async function replace(database: Database, { place, by, next }: Replacement): Promise<boolean> {
  return database.transaction(async (tx) => {
    const seq = await nextSequence(tx);
    const target = await targetOf(tx, place);
    const where = [place.channel, place.scope, place.key];
    const before = await tx.get<OverrideRecord>(
      'SELECT * FROM catalog_override WHERE channel = ? AND scope = ? AND scope_key = ?',
      where,
    );
    if (before === undefined && next === null) return false;
    await tx.run('DELETE FROM catalog_override WHERE channel = ? AND scope = ? AND scope_key = ?', where);
    if (next !== null) {
      await tx.run(
        `INSERT INTO catalog_override (channel, scope, scope_key, attributes, exclude, actor, at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [...where, canonicalJson(next.attributes ?? {}), next.exclude ?? null, by.actor, by.at],
      );
    }
    await writeHistory(tx, changesOf(place, target, { before, next }), { ...by, seq });
    if (place.scope === 'variant') await touchVariants(tx, [place.key], seq);
    else await touchProducts(tx, [target.product_id], seq);
    return true;
  });
}

interface Target {
  readonly product_id: number;
  readonly product_key: string;
}

async function targetOf(tx: Queries, place: OverridePlace): Promise<Target> {
  const found = await tx.get<Target>(
    place.scope === 'variant'
      ? `SELECT p.id AS product_id, p.product_key FROM variant v JOIN product p ON p.id = v.product_id WHERE v.sku = ?`
      : 'SELECT id AS product_id, product_key FROM product WHERE product_key = ?',
    [place.key],
  );
  if (found) return found;
  throw new OperatorError(
    place.scope === 'variant' ? 'sku_unknown' : 'product_unknown',
    `The catalog has no ${place.scope === 'variant' ? 'SKU' : 'product'} "${place.key}"`,
    'Check the spelling; SKUs and product ids are case-sensitive text.',
  );
}

function changesOf(
  place: OverridePlace,
  target: Target,
  change: { readonly before: OverrideRecord | undefined; readonly next: Replacement['next'] },
): FieldChange[] {
  const old = flat(change.before && storedOverride(change.before));
  return fieldChanges(old, flat(change.next)).map((field) => ({
    sku: place.scope === 'variant' ? place.key : null,
    product_key: target.product_key,
    lane: 'override',
    ...field,
    field: `${place.channel}.${field.field}`,
  }));
}

function flat(
  override: { readonly attributes?: JsonObject; readonly exclude?: string } | null | undefined,
): JsonObject {
  if (!override) return {};
  const { attributes = {}, exclude } = override;
  return { attributes, ...(exclude === undefined ? {} : { exclude }) };
}
