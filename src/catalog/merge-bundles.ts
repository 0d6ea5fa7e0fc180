import type { Queries } from '../db/database.js';
import type { VariantContent } from '../domain/product.js';
import { UNREADABLE } from '../stock/bundle.js';
import { compositionsOf } from '../stock/bundle-rows.js';
import type { StagedRange } from './merge-products.js';
import type { RowError } from './readers/reader.js';

interface PartRow {
  readonly sku: string;
  readonly part: string;
  readonly quantity: number;
}

/** Writes down what the merged variants of a range are made of, so that a component finds its bundles. Those that are no bundles any more are none here. */
export async function mergeBundles(tx: Queries, range: StagedRange): Promise<void> {
  const staged = await tx.all<{ sku: string; content: string }>(
    `SELECT sku, content FROM staged_variant WHERE n BETWEEN ? AND ? AND content LIKE '%"components":[%'`,
    [range.first, range.last],
  );
  if (await tx.get('SELECT 1 AS one FROM bundle_part LIMIT 1'))
    await tx.run(
      'DELETE FROM bundle_part WHERE sku IN (SELECT sku FROM staged_variant WHERE n BETWEEN ? AND ?)',
      [range.first, range.last],
    );
  const rows = staged.flatMap(({ sku, content }) => partsIn(sku, JSON.parse(content) as VariantContent));
  if (rows.length > 0)
    await tx.insert(
      { table: 'bundle_part', columns: { sku: 'text', part: 'text', quantity: 'integer' } },
      rows,
    );
}

/** A bundle of nobody knows what must not look like goods of their own. */
function partsIn(sku: string, { components }: VariantContent): readonly PartRow[] {
  if (components === undefined) return [];
  if (components.length === 0) return [{ sku, part: UNREADABLE, quantity: 1 }];
  return components.map(({ sku: part, quantity }) => ({ sku, part, quantity }));
}

/** Complaints about merged bundles of a range that cannot be put together from what the catalog has now; they are offered when they can. */
export async function bundleComplaints(tx: Queries, range: StagedRange): Promise<readonly RowError[]> {
  if (!(await tx.get('SELECT 1 AS one FROM bundle_part LIMIT 1'))) return [];
  const staged = await tx.all<{ sku: string; line: number | null }>(
    `SELECT s.sku, s.line FROM staged_variant s WHERE s.n BETWEEN ? AND ? AND s.content LIKE '%"components":[%'
     AND EXISTS (SELECT 1 FROM bundle_part b WHERE b.sku = s.sku) ORDER BY s.n`,
    [range.first, range.last],
  );
  const compositions = await compositionsOf(
    tx,
    staged.map(({ sku }) => sku),
  );
  return staged.flatMap(({ sku, line }): RowError[] => {
    const why = compositions.get(sku)?.broken;
    if (why === undefined || why === null) return [];
    const reason = `The bundle "${sku}" cannot be put together: ${why}. It is not offered until it can.`;
    return [
      { line: line ?? 0, key: sku, column: 'components', code: 'bundle_broken', reason, severity: 'warning' },
    ];
  });
}

/** Has every channel look again at bundles of which a component took the number of a write, counts and offers alike. */
export async function touchBundles(tx: Queries, seq: number): Promise<void> {
  if (!(await tx.get('SELECT 1 AS one FROM bundle_part LIMIT 1'))) return;
  await tx.run(
    `UPDATE variant SET seq = ? WHERE seq <> ? AND sku IN (WITH RECURSIVE above (sku) AS (
       SELECT b.sku FROM bundle_part b JOIN variant v ON v.sku = b.part WHERE v.seq = ?
       UNION SELECT b.sku FROM above a JOIN bundle_part b ON b.part = a.sku) SELECT sku FROM above)`,
    [seq, seq, seq],
  );
}
