import type { Queries } from '../db/database.js';
import type { Issue } from '../domain/issue.js';
import type { JsonObject } from '../domain/json.js';
import { revisionOf } from '../domain/revision.js';
import type { Worked } from './changed-record.js';

/** A parent of a variation family on one channel, as it is stored. */
export interface FamilyRow {
  readonly sku: string;
  readonly kind: string | null;
  /** Short form, JSON. */
  readonly attributes: string;
  readonly revision: string;
  readonly sent_revision: string | null;
  readonly sent_at: string | null;
  readonly sent_action: 'upsert' | 'remove' | null;
  readonly submission: string | null;
  readonly external_id: string | null;
  readonly looks: number;
  readonly attempts: number;
}

/** The columns of `FamilyRow`. */
export const FAMILY_COLUMNS =
  'sku, kind, attributes, revision, sent_revision, sent_at, sent_action, submission, external_id, looks, attempts';

/** A `sent_revision` that equals no revision: handed over, answer unknown. */
export const UNKNOWN = '?';

/**
 * Writes which listing belongs under which parent and what the parents should be. A blocked listing keeps its place: what is
 * live stays live. Of several listings that tell one parent the one with the lowest variant number is believed.
 */
export async function keepFamilies(tx: Queries, channel: string, items: readonly Worked[]): Promise<void> {
  const told = items.flatMap(({ row, desired }) => {
    if (desired.state === 'blocked') return [];
    const parent = desired.state === 'listed' ? (desired.parent ?? null) : null;
    const kind = desired.state === 'listed' ? desired.kind : null;
    return [{ id: row.variantId, parent, kind }];
  });
  if (told.length === 0) return;
  await placeMembers(
    tx,
    channel,
    told.map(({ id, parent }) => ({ id, parent: parent?.sku ?? null })),
  );
  const parents = new Map<string, { speaker: number; kind: string | null; attributes: JsonObject }>();
  for (const { id, parent, kind } of told) {
    const known = parent === null ? undefined : parents.get(parent.sku);
    if (parent !== null && (known === undefined || id < known.speaker))
      parents.set(parent.sku, { speaker: id, kind, attributes: parent.attributes });
  }
  const rows = [...parents].map(([sku, { speaker, kind, attributes }]) => ({
    sku,
    speaker,
    kind,
    attributes: JSON.stringify(attributes),
    revision: revisionOf([kind, attributes]),
  }));
  await writeParents(tx, channel, rows);
}

async function placeMembers(
  tx: Queries,
  channel: string,
  members: readonly { readonly id: number; readonly parent: string | null }[],
): Promise<void> {
  const columns = { id: 'integer', parent: 'text' } as const;
  const list = JSON.stringify(members);
  await tx.run(
    `INSERT INTO family_member (channel, variant_id, parent) SELECT CAST(? AS text), r.id, r.parent FROM ${tx.unfold('r', columns)} WHERE r.parent IS NOT NULL
     ON CONFLICT (channel, variant_id) DO UPDATE SET parent = excluded.parent
       WHERE family_member.parent IS NULL OR family_member.parent <> excluded.parent`,
    [channel, list],
  );
  await tx.run(
    `UPDATE family_member SET parent = NULL WHERE channel = ? AND parent IS NOT NULL
       AND variant_id IN (SELECT r.id FROM ${tx.unfold('r', columns)} WHERE r.parent IS NULL)`,
    [channel, list],
  );
}

/** The one who spoke so far keeps the word while it is a member; a listing with a lower number takes it. */
async function writeParents(
  tx: Queries,
  channel: string,
  rows: readonly { readonly sku: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = {
    sku: 'text',
    kind: 'text',
    attributes: 'text',
    revision: 'text',
    speaker: 'integer',
  } as const;
  await tx.run(
    `INSERT INTO family (channel, sku, kind, attributes, revision, speaker)
     SELECT CAST(? AS text), r.sku, r.kind, r.attributes, r.revision, r.speaker FROM ${tx.unfold('r', columns)} WHERE true
     ON CONFLICT (channel, sku) DO UPDATE SET kind = excluded.kind, attributes = excluded.attributes, revision = excluded.revision,
       speaker = excluded.speaker, look_at = CASE WHEN family.submission IS NULL THEN NULL ELSE family.look_at END
     WHERE (family.revision <> excluded.revision OR family.speaker <> excluded.speaker) AND (excluded.speaker <= family.speaker
       OR NOT EXISTS (SELECT 1 FROM family_member m WHERE m.channel = family.channel AND m.variant_id = family.speaker AND m.parent = family.sku))`,
    [channel, JSON.stringify(rows)],
  );
}

/** How the families of a channel stand. */
export interface FamilyCounts {
  readonly known: number;
  readonly readable: number;
  /** Parents refused by us or by the channel: their new children wait. */
  readonly refused: number;
}

/** Counts the parents of a channel that have children. */
export async function familyCounts(queries: Queries, channel: string): Promise<FamilyCounts> {
  const row = await queries.get<FamilyCounts>(
    `SELECT CAST(COUNT(*) AS bigint) AS known, CAST(COALESCE(SUM(readable), 0) AS bigint) AS readable,
            CAST(COALESCE(SUM(CASE WHEN issues IS NOT NULL THEN 1 ELSE 0 END), 0) AS bigint) AS refused
     FROM family f WHERE channel = ? AND EXISTS (SELECT 1 FROM family_member m WHERE m.channel = f.channel AND m.parent = f.sku)`,
    [channel],
  );
  return row ?? { known: 0, readable: 0, refused: 0 };
}

/** Why a parent was refused, in one line; null: it was not. */
export function refusalOf(issues: string | null): string | null {
  if (issues === null) return null;
  const [first] = JSON.parse(issues) as Issue[];
  return first === undefined ? 'no reason was given' : first.message;
}
