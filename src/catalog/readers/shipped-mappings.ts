import { plainColumn } from './cells.js';
import type { TextKind } from './sniff.js';

/** Columns by which a shipped source mapping is recognised; all of a line must be there. The first that fits is taken. */
const BY_COLUMNS: readonly { readonly mapping: string; readonly columns: readonly string[] }[] = [
  { mapping: 'vendure', columns: ['name', 'slug', 'facets', 'optionGroups', 'optionValues', 'sku'] },
  { mapping: 'commercetools', columns: ['productType', 'variantId', 'sku', 'prices'] },
  { mapping: 'commercetools-inventory', columns: ['sku', 'quantityOnStock'] },
  { mapping: 'generic', columns: ['sku', 'title', 'price'] },
  { mapping: 'generic', columns: ['sku', 'name', 'price'] },
];

/**
 * The shipped source mapping for a file that no reader of its own knows, or null. What was taken is shown in the
 * `ReadResult`; the source's `mapping` setting overrides it.
 */
export function recognisedMapping(kind: TextKind, names: readonly string[], head: string): string | null {
  if (kind === 'json' || kind === 'jsonl') return /"priceInfo"\s*:\s*\{/.test(head) ? 'google-retail' : null;
  if (kind !== 'table') return null;
  const columns = new Set(names.map(plainColumn));
  const found = BY_COLUMNS.find((one) => one.columns.every((column) => columns.has(plainColumn(column))));
  return found?.mapping ?? null;
}
