import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { JsonValue } from '../domain/json.js';
import type { OverridePlace } from './overrides.js';

/** One change of what a person fixed by hand. */
export interface OverrideChange {
  readonly at: Instant;
  /** `operator:ann`. */
  readonly actor: string;
  /** A channel, or `*` for all. */
  readonly channel: string;
  /** An attribute's name; null: whether it is kept off, `old` and `new` are the reasons. */
  readonly attribute: string | null;
  /** Null: it was not fixed before, or is not any more. */
  readonly old: JsonValue;
  readonly new: JsonValue;
}

interface Row {
  readonly at: Instant;
  readonly actor: string;
  readonly field: string;
  readonly old: string | null;
  readonly new: string | null;
}

/** What people fixed and took back for a product or a SKU, on all channels, newest first. Empty for what nobody ever touched. */
export async function overrideHistory(
  queries: Queries,
  place: Pick<OverridePlace, 'scope' | 'key'>,
  limit: number,
): Promise<readonly OverrideChange[]> {
  const whose = place.scope === 'variant' ? 'sku = ?' : 'sku IS NULL AND product_key = ?';
  const rows = await queries.all<Row>(
    `SELECT at, actor, field, old, new FROM catalog_change WHERE lane = 'override' AND ${whose} ORDER BY id DESC LIMIT ?`,
    [place.key, limit],
  );
  return rows.map(({ at, actor, field, old, new: now }) => {
    const [channel = '*', kind, ...name] = field.split('.');
    return {
      at,
      actor,
      channel,
      attribute: kind === 'attributes' ? name.join('.') : null,
      old: parsed(old),
      new: parsed(now),
    };
  });
}

function parsed(text: string | null): JsonValue {
  return text === null ? null : (JSON.parse(text) as JsonValue);
}
