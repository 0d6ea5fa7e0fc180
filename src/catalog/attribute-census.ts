import type { Queries } from '../db/database.js';
import type { AttributeType, NameUse } from './attribute-tally.js';
import type { RowError } from './readers/reader.js';

/** What the catalog knows of free attributes and options, over all sources. */
export interface AttributeCensus {
  /** Free attributes with the type each has in most places. */
  readonly attributes: ReadonlyMap<string, AttributeType>;
  /** Options of variants: name → variants that have it. */
  readonly options: ReadonlyMap<string, number>;
}

interface Row {
  readonly name: string;
  readonly type: AttributeType | null;
  readonly count: number | string;
}

/** Free attributes and options as the latest imports of all sources found them. Empty before the first import. */
export async function attributeCensus(queries: Queries): Promise<AttributeCensus> {
  const rows = await queries.all<Row>(
    'SELECT name, type, SUM(count) AS count FROM catalog_attribute GROUP BY name, type ORDER BY name, type',
  );
  const options = rows
    .filter((row) => row.type === null)
    .map(({ name, count }) => [name, Number(count)] as const);
  return { attributes: settled(rows), options: new Map(options) };
}

/** The type each name has in most places; between equals the first by name, so that the answer does not change by itself. */
function settled(rows: readonly Row[]): ReadonlyMap<string, AttributeType> {
  const best = new Map<string, { readonly type: AttributeType; readonly count: number }>();
  for (const { name, type, count } of rows) {
    if (type === null) continue;
    const known = best.get(name);
    if (known === undefined || Number(count) > known.count) best.set(name, { type, count: Number(count) });
  }
  return new Map([...best].map(([name, { type }]) => [name, type]));
}

/**
 * Keeps what an import found of attributes and options, in place of what an earlier one of the source found. A name has one type over
 * the whole catalog: values of another one than most are reported, one complaint per name and type.
 */
export async function keepAttributes(
  tx: Queries,
  source: string,
  uses: readonly NameUse[],
): Promise<readonly RowError[]> {
  await tx.run('DELETE FROM catalog_attribute WHERE source = ?', [source]);
  if (uses.length > 0) {
    await tx.run(
      `INSERT INTO catalog_attribute (source, name, type, count)
       SELECT CAST(? AS text), r.name, r.type, r.count
       FROM ${tx.unfold('r', { name: 'text', type: 'text', count: 'integer' })}`,
      [source, JSON.stringify(uses.map(({ name, type, count }) => ({ name, type, count })))],
    );
  }
  const { attributes } = await attributeCensus(tx);
  return uses.flatMap((use) => {
    const type = attributes.get(use.name);
    if (use.type === null || type === undefined || type === use.type) return [];
    const own = uses.find((other) => other.name === use.name && other.type === type);
    return [otherType(use, { type, own: own?.count ?? 0 })];
  });
}

const SPOKEN: Readonly<Record<AttributeType, string>> = {
  text: 'text',
  number: 'a number',
  bool: 'yes or no',
  money: 'an amount',
  measure: 'a measure',
  'list of text': 'a list',
};

function otherType(
  use: NameUse,
  settledAs: { readonly type: AttributeType; readonly own: number },
): RowError {
  const { name, type, count, line, key } = use;
  const is = SPOKEN[type ?? 'text'];
  const usual = SPOKEN[settledAs.type];
  const where = settledAs.own > 0 ? `in ${places(settledAs.own)} of this source` : 'in other sources';
  return {
    line,
    column: name,
    key,
    code: 'attribute_type',
    reason: `The attribute "${name}" is ${is} in ${places(count)} (the first one here) and ${usual} ${where}. One name has one type: mappings take it for ${usual}. Correct these values, or give them another name.`,
    severity: 'warning',
  };
}

function places(count: number): string {
  return count === 1 ? '1 place' : `${count.toLocaleString('en-US')} places`;
}
