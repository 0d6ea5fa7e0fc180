import type { Queries } from '../db/database.js';
import type { Component } from '../domain/product.js';
import { compositionsOf } from '../stock/bundle-rows.js';

/** A line of an order as it was sold. */
export interface SoldLine {
  readonly externalId: string;
  readonly lineId: string;
  readonly sku: string;
}

/** What sold lines take from stock. */
export interface LineParts {
  /** What one unit of a line takes: the components of a bundle, else nothing said. */
  of(line: Omit<SoldLine, 'sku'>): readonly Component[] | null;
}

interface Row {
  readonly external_id: string;
  readonly line_id: string;
  readonly sku: string;
  readonly quantity: number;
}

/** What the bundles among the lines of some orders were made of when they were sold. */
export async function readLineParts(
  queries: Queries,
  channel: string,
  externalIds: readonly string[],
): Promise<LineParts> {
  const rows = await queries.all<Row>(
    `SELECT p.external_id, p.line_id, p.sku, p.quantity FROM ${queries.unfold('r', { id: 'text' })}
     JOIN order_line_part p ON p.channel = ? AND p.external_id = r.id
     JOIN order_line l ON l.channel = p.channel AND l.external_id = p.external_id AND l.line_id = p.line_id AND l.sku = p.bundle
     ORDER BY p.external_id, p.line_id, p.sku`,
    [JSON.stringify(externalIds.map((id) => ({ id }))), channel],
  );
  const parts = new Map<string, Component[]>();
  for (const { external_id: externalId, line_id: lineId, sku, quantity } of rows) {
    const key = lineKey({ externalId, lineId });
    parts.set(key, [...(parts.get(key) ?? []), { sku, quantity }]);
  }
  return { of: (line) => parts.get(lineKey(line)) ?? null };
}

/**
 * Writes down what lines that nobody has looked at are made of, in the transaction that reserves them: whatever becomes of the bundle afterwards, what was
 * sold takes what it was made of. Answers, by line, why a bundle cannot be put together; it is looked at again then.
 */
export async function keepLineParts(
  tx: Queries,
  channel: string,
  lines: readonly SoldLine[],
): Promise<ReadonlyMap<string, string>> {
  const broken = new Map<string, string>();
  const compositions = await compositionsOf(tx, [...new Set(lines.map(({ sku }) => sku))]);
  if (compositions.size === 0) return broken;
  const rows = lines.flatMap(({ externalId, lineId, sku }) => {
    const composition = compositions.get(sku);
    if (composition?.broken) broken.set(lineKey({ externalId, lineId }), composition.broken);
    return (composition?.parts ?? []).map((part) => ({
      external_id: externalId,
      line_id: lineId,
      bundle: sku,
      ...part,
    }));
  });
  if (rows.length === 0) return broken;
  const columns = {
    external_id: 'text',
    line_id: 'text',
    bundle: 'text',
    sku: 'text',
    quantity: 'integer',
  } as const;
  const text = JSON.stringify(rows);
  // A line whose SKU was corrected has the components of the other one.
  await tx.run(
    `DELETE FROM order_line_part WHERE channel = ? AND (external_id, line_id) IN
       (SELECT external_id, line_id FROM ${tx.unfold('r', { external_id: 'text', line_id: 'text' })})`,
    [channel, text],
  );
  await tx.run(
    `INSERT INTO order_line_part (channel, external_id, line_id, bundle, sku, quantity)
     SELECT CAST(? AS text), r.external_id, r.line_id, r.bundle, r.sku, r.quantity FROM ${tx.unfold('r', columns)}`,
    [channel, text],
  );
  return broken;
}

/** Names a line among those of one channel. */
export function lineKey({ externalId, lineId }: Omit<SoldLine, 'sku'>): string {
  return JSON.stringify([externalId, lineId]);
}
