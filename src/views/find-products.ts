import { type Facet, facetWord, wordsIn } from '../catalog/search-words.js';
import type { Parameter, ReadQueries } from '../db/database.js';
import type { ListingWord } from './listing-words.js';

/** A condition on products, as rows that have a product's id: `FROM … WHERE …`, and the column the id is in. */
export interface ProductTerm {
  readonly from: string;
  readonly id: string;
  readonly parameters: readonly Parameter[];
  /** The same asked of one product, where another order of its tables is the quicker one; absent: `from` is. */
  readonly within?: string;
}

const MOST_WORDS = 8;

/** Products one of whose words begins like this. */
function prefixTerm(word: string): ProductTerm {
  return {
    from: 'FROM catalog_word w WHERE w.word >= ? AND w.word < ?',
    id: 'w.product_id',
    parameters: [word, `${word}\uffff`],
  };
}

/** Products that have all words of a text, each as the beginning of one of theirs; a text without words finds nothing. */
export function textTerms(text: string): readonly ProductTerm[] {
  const words = [...new Set(wordsIn(text))].slice(0, MOST_WORDS);
  return words.length === 0 ? [prefixTerm(text)] : words.map(prefixTerm);
}

/** Products with exactly this brand, type, source or status. */
export function facetTerm(facet: Facet, value: string): ProductTerm {
  return {
    from: 'FROM catalog_word w WHERE w.word = ?',
    id: 'w.product_id',
    parameters: [facetWord(facet, value)],
  };
}

/** Products with a variant whose listing stands like this. */
export function stateTerm(channel: string, words: readonly ListingWord[]): ProductTerm {
  const where = `WHERE l.channel = ? AND l.word IN (${words.map((word) => `'${word}'`).join(', ')}) AND v.id = l.variant_id`;
  return {
    from: `FROM listing_word l CROSS JOIN variant v ${where}`,
    within: `FROM variant v CROSS JOIN listing l ${where}`,
    id: 'v.product_id',
    parameters: [channel],
  };
}

/** Products with a variant that has this error. */
export function issueTerm(channel: string, code: string): ProductTerm {
  const where = 'WHERE i.channel = ? AND i.code = ? AND v.id = i.variant_id';
  return {
    from: `FROM listing_issue i CROSS JOIN variant v ${where}`,
    within: `FROM variant v CROSS JOIN listing_issue i ${where}`,
    id: 'v.product_id',
    parameters: [channel, code],
  };
}

/** Products written after this number of the catalog's sequence. */
export function changedTerm(seq: number): ProductTerm {
  return { from: 'FROM variant v WHERE v.seq > ?', id: 'v.product_id', parameters: [seq] };
}

/** Up to so many rows one condition is read first and the others are asked of what it found; above, products are walked in order. */
const FEW = 2_000;

/** Ids of products that fulfil every term, in ascending order after `after`. */
export async function findProducts(
  queries: ReadQueries,
  terms: readonly ProductTerm[],
  page: { readonly after: number; readonly limit: number },
): Promise<number[]> {
  const { sql, parameters } = await statementOf(queries, terms);
  const rows = await queries.all<{ id: number }>(`${sql} AND p.id > ? ORDER BY p.id LIMIT ?`, [
    ...parameters,
    page.after,
    page.limit,
  ]);
  return rows.map(({ id }) => id);
}

/** How many products fulfil every term; counting stops at `most`. */
export async function countProducts(
  queries: ReadQueries,
  terms: readonly ProductTerm[],
  most: number,
): Promise<{ readonly rows: number; readonly exact: boolean }> {
  const { sql, parameters } = await statementOf(queries, terms);
  const row = await queries.get<{ n: number }>(
    `SELECT CAST(COUNT(*) AS bigint) AS n FROM (${sql} LIMIT ?) AS found`,
    [...parameters, most + 1],
  );
  const n = row?.n ?? 0;
  return { rows: Math.min(n, most), exact: n <= most };
}

interface Statement {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  /** The same asked of one product, where another order of its tables is the quicker one; absent: `from` is. */
  readonly within?: string;
}

async function statementOf(queries: ReadQueries, terms: readonly ProductTerm[]): Promise<Statement> {
  const sizes = await Promise.all(terms.map((term) => sizeOf(queries, term)));
  const rarest = sizes.indexOf(Math.min(...sizes));
  const conditions = terms.map(({ from, id, within }, at) =>
    at === rarest && (sizes[at] ?? 0) <= FEW
      ? `p.id IN (SELECT ${id} ${from})`
      : `EXISTS (SELECT 1 ${within ?? from} AND ${id} = p.id)`,
  );
  return {
    sql: `SELECT p.id FROM product p WHERE ${["p.status <> 'ended'", ...conditions].join(' AND ')}`,
    parameters: terms.flatMap(({ parameters }) => parameters),
  };
}

async function sizeOf(queries: ReadQueries, { from, parameters }: ProductTerm): Promise<number> {
  const row = await queries.get<{ n: number }>(
    `SELECT CAST(COUNT(*) AS bigint) AS n FROM (SELECT 1 AS one ${from} LIMIT ?) AS few`,
    [...parameters, FEW + 1],
  );
  return row?.n ?? 0;
}
