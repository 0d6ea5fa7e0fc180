import type { Queries } from '../db/database.js';
import type { JsonValue } from '../domain/json.js';
import { type ImpactOptions, type ImpactPair, impact } from './impact.js';
import type { ListingImpact } from './impact-counts.js';

/** The columns of a downloaded impact. */
export const IMPACT_COLUMNS = ['sku', 'what', 'attribute', 'rule', 'before', 'after', 'reason'] as const;

/**
 * Every listing a draft changes, as rows of text: one for each attribute that differs, else one for the listing. Comes page by page, so
 * that a catalog of any size fits. Cells are text as it is: make them safe before a spreadsheet sees them.
 */
export async function* impactRows(
  queries: Queries,
  pair: ImpactPair,
  options: Omit<ImpactOptions, 'onListing'>,
): AsyncGenerator<readonly (readonly string[])[]> {
  let rows: (readonly string[])[] = [IMPACT_COLUMNS];
  const onListing = (listing: ListingImpact): void => void rows.push(...rowsOf(listing));
  const steps = impact(queries, pair, { ...options, onListing });
  for (;;) {
    const { done } = await steps.next();
    if (rows.length > 0) yield rows;
    rows = [];
    if (done) return;
  }
}

const WORDS: Readonly<Record<ListingImpact['what'], string>> = {
  changed: 'changes',
  appears: 'appears',
  vanishes: 'vanishes',
  newlyBlocked: 'newly blocked',
  fixed: 'fixed',
};

function rowsOf({ sku, what, reasons, attributes }: ListingImpact): readonly (readonly string[])[] {
  const reason = reasons.join('; ');
  if (attributes.length === 0) return [[sku, WORDS[what], '', '', '', '', reason]];
  return attributes.map(({ attribute, rule, before, after }) => [
    sku,
    WORDS[what],
    attribute,
    rule ?? '',
    cellOf(before),
    cellOf(after),
    reason,
  ]);
}

function cellOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
