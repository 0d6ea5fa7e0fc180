import type { Queries } from '../db/database.js';
import { type Composition, composed, type Declared } from './bundle.js';

interface Row {
  readonly sku: string;
  readonly part: string;
  readonly quantity: number;
  readonly known: number;
}

/** What those of some SKUs that are bundles are made of. A house without bundles pays one look. */
export async function compositionsOf(
  queries: Queries,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Composition>> {
  const found = new Map<string, Composition>();
  if (skus.length === 0 || !(await queries.get('SELECT 1 AS one FROM bundle_part LIMIT 1'))) return found;
  const declared = new Map<string, Declared[]>();
  const asked = new Set<string>();
  for (let next = [...new Set(skus)]; next.length > 0; ) {
    for (const sku of next) asked.add(sku);
    const rows = await queries.all<Row>(
      `SELECT b.sku, b.part, b.quantity, CASE WHEN v.id IS NULL THEN 0 ELSE 1 END AS known
       FROM ${queries.unfold('r', { k: 'text' })} JOIN bundle_part b ON b.sku = r.k LEFT JOIN variant v ON v.sku = b.part
       ORDER BY b.sku, b.part`,
      [keyed(next)],
    );
    for (const { sku, part, quantity, known } of rows)
      declared.set(sku, [...(declared.get(sku) ?? []), { sku: part, quantity, known: known === 1 }]);
    next = [...new Set(rows.map(({ part }) => part))].filter((sku) => !asked.has(sku));
  }
  for (const sku of skus) {
    const composition = composed(sku, declared);
    if (composition !== null) found.set(sku, composition);
  }
  return found;
}

/** SKUs with all bundles they are in, and bundles those are in: whatever changes for one changes for the others. */
export async function withBundles(queries: Queries, skus: readonly string[]): Promise<readonly string[]> {
  if (skus.length === 0 || !(await queries.get('SELECT 1 AS one FROM bundle_part LIMIT 1'))) return skus;
  const rows = await queries.all<{ sku: string }>(
    `WITH RECURSIVE above (sku) AS (
       SELECT b.sku FROM ${queries.unfold('r', { k: 'text' })} JOIN bundle_part b ON b.part = r.k
       UNION SELECT b.sku FROM above a JOIN bundle_part b ON b.part = a.sku)
     SELECT sku FROM above`,
    [keyed(skus)],
  );
  return [...new Set([...skus, ...rows.map(({ sku }) => sku)])];
}

function keyed(skus: readonly string[]): string {
  return JSON.stringify(skus.map((k) => ({ k })));
}
