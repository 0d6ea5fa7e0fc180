import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';

/** What a change is about: texts and pictures of the product or variant, prices and rules, or whether it is sold. */
export type Lane = 'product' | 'content' | 'offer' | 'status' | 'override';

/** One field that changed. `old` and `new` are JSON text; null: the field was, or is now, absent. */
export interface FieldChange {
  /** Null: a change of the product itself. */
  readonly sku: string | null;
  readonly product_key: string;
  readonly lane: Lane;
  /** Name of the member, `price`, or of a free attribute or option, `attributes.material`. */
  readonly field: string;
  readonly old: string | null;
  readonly new: string | null;
}

/** Who writes, when, under which sequence number. */
export interface Stamp {
  /** `import:<id>`, `operator:<name>`, `order:<channel>`. */
  readonly actor: string;
  readonly at: Instant;
  readonly seq: number;
  /** When the stock counts were taken, if before `at`: a file is as old as its last change, whenever it is read. */
  readonly countedAt?: Instant;
}

/** Members read one level deeper, so that a change names the attribute and not the whole bag. */
const BAGS: ReadonlySet<string> = new Set(['attributes', 'options', 'translations']);

/** The members that differ between two JSON objects. Order of members does not count. */
export function fieldChanges(
  before: JsonObject,
  after: JsonObject,
): Pick<FieldChange, 'field' | 'old' | 'new'>[] {
  return differences(before, after, '');
}

function differences(
  before: JsonObject,
  after: JsonObject,
  prefix: string,
): Pick<FieldChange, 'field' | 'old' | 'new'>[] {
  const changes: Pick<FieldChange, 'field' | 'old' | 'new'>[] = [];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = own(before, name);
    const is = own(after, name);
    if (prefix === '' && BAGS.has(name)) {
      changes.push(...differences(bag(was), bag(is), `${name}.`));
      continue;
    }
    const old = text(was);
    const now = text(is);
    if (old !== now) changes.push({ field: prefix + name, old, new: now });
  }
  return changes;
}

function own(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function bag(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function text(value: JsonValue | undefined): string | null {
  return value === undefined ? null : canonicalJson(value);
}

/** Writes changes into the history, in one statement. */
export async function writeHistory(
  tx: Queries,
  changes: readonly FieldChange[],
  stamp: Stamp,
): Promise<void> {
  if (changes.length === 0) return;
  const rows = tx.unfold('r', {
    sku: 'text',
    product_key: 'text',
    lane: 'text',
    field: 'text',
    old: 'text',
    new: 'text',
  });
  await tx.run(
    `INSERT INTO catalog_change (sku, product_key, lane, field, old, new, actor, at, seq)
     SELECT r.sku, r.product_key, r.lane, r.field, r.old, r.new, CAST(? AS text), CAST(? AS text), CAST(? AS bigint)
     FROM ${rows}`,
    [stamp.actor, stamp.at, stamp.seq, JSON.stringify(changes)],
  );
}
