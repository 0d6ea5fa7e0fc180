import type { ReadQueries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { JsonValue } from '../domain/json.js';
import { cursorOf, placeOf, type ViewPage } from './page-cursor.js';

/** One thing somebody did. */
export interface AuditLine {
  readonly number: number;
  readonly at: Instant;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly address: string;
  readonly action: string;
  readonly object: string;
  readonly outcome: string;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

interface Row {
  readonly number: number;
  readonly at: Instant;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly address: string;
  readonly action: string;
  readonly object: string;
  readonly outcome: string;
  readonly before_value: string | null;
  readonly after_value: string | null;
}

/** What was done, the newest first; null members of the filter: all. */
export async function listAudit(
  queries: ReadQueries,
  filter: { readonly actor: string | null; readonly object: string | null; readonly since: Instant | null },
  page: { readonly cursor: string | null; readonly limit: number },
): Promise<ViewPage<AuditLine>> {
  const before = Number(placeOf(page.cursor, ['number'])?.[0] ?? Number.MAX_SAFE_INTEGER);
  const { actor, object, since } = filter;
  const rows = await queries.all<Row>(
    `SELECT * FROM audit_entry WHERE number < CAST(? AS bigint) AND (CAST(? AS text) IS NULL OR actor_id = ?)
       AND (CAST(? AS text) IS NULL OR object = ?) AND (CAST(? AS text) IS NULL OR at >= ?) ORDER BY number DESC LIMIT ?`,
    [before, actor, actor, object, object, since, since, page.limit + 1],
  );
  const shown = rows.slice(0, page.limit);
  const last = shown[shown.length - 1];
  return {
    items: shown.map(lineOf),
    next: rows.length > page.limit && last !== undefined ? cursorOf([Number(last.number)]) : null,
  };
}

function lineOf(row: Row): AuditLine {
  const { at, address, action, object, outcome } = row;
  return {
    number: Number(row.number),
    at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    address,
    action,
    object,
    outcome,
    before: parsed(row.before_value),
    after: parsed(row.after_value),
  };
}

function parsed(text: string | null): JsonValue {
  return text === null ? null : (JSON.parse(text) as JsonValue);
}
