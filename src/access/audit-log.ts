import { createHash } from 'node:crypto';
import type { Queries, ReadQueries } from '../db/database.js';
import { InvariantError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { canonicalJson, type JsonValue } from '../domain/json.js';

/** Who did something, from where. */
export interface Actor {
  readonly kind: 'user' | 'key' | 'nobody' | 'command-line';
  readonly id: string;
  readonly name: string;
  /** Network address; empty on the command line. */
  readonly address: string;
  readonly requestId: string;
}

/** What was done. Never holds secrets or buyers' data. */
export interface Deed {
  /** `POST /users`, `users add`. */
  readonly action: string;
  /** `user 4f…`, `channel google-us`. */
  readonly object: string;
  /** `done`, or the code of the refusal or failure. */
  readonly outcome: string;
  readonly before: JsonValue | null;
  readonly after: JsonValue | null;
}

/** Who asks on the command line: whoever can use the machine. */
export const COMMAND_LINE: Actor = {
  kind: 'command-line',
  id: '',
  name: 'command line',
  address: '',
  requestId: '',
};

const FIRST = '0'.repeat(64);
const ATTEMPTS = 50;

interface EntryRow {
  readonly number: number;
  readonly at: string;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly address: string;
  readonly request_id: string;
  readonly action: string;
  readonly object: string;
  readonly outcome: string;
  readonly before_value: string | null;
  readonly after_value: string | null;
  readonly previous_hash: string;
  readonly hash: string;
}

/**
 * Writes an entry at the end of the chain: each holds the hash of the one before, so that a changed or missing entry shows. Two that come at
 * once cannot both follow the same entry: the later one looks again.
 */
export async function writeDown(
  queries: Queries,
  actor: Actor,
  deed: Deed & { readonly at: Instant },
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const last = await queries.get<{ number: number; hash: string }>(
      'SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1',
    );
    const entry = {
      number: Number(last?.number ?? 0) + 1,
      at: deed.at,
      actor_kind: actor.kind,
      actor_id: actor.id,
      actor_name: actor.name,
      address: actor.address,
      request_id: actor.requestId,
      action: deed.action,
      object: deed.object,
      outcome: deed.outcome,
      before_value: deed.before === null ? null : canonicalJson(deed.before),
      after_value: deed.after === null ? null : canonicalJson(deed.after),
      previous_hash: last?.hash ?? FIRST,
    };
    const names = Object.keys(entry);
    const written = await queries.run(
      `INSERT INTO audit_entry (${names.join(', ')}, hash) VALUES (${names.map(() => '?').join(', ')}, ?) ON CONFLICT DO NOTHING`,
      [...Object.values(entry), hashOf(entry)],
    );
    if (written === 1) return;
  }
  throw new InvariantError(`The audit log took no entry in ${ATTEMPTS} attempts`);
}

function hashOf(entry: Omit<EntryRow, 'hash'>): string {
  return createHash('sha256')
    .update(canonicalJson(entry as unknown as JsonValue))
    .digest('hex');
}

/** What checking the chain found. */
export interface AuditCheck {
  readonly entries: number;
  /** Hash of the last entry: compare it with one noted elsewhere to see that none was cut off the end. */
  readonly head: string;
  /** Number of the first entry that is not as it was written; null: all are. */
  readonly brokenAt: number | null;
}

const CHECK_ROWS = 1_000;

/** Checks every entry of the chain, in bounded memory. */
export async function verifyAudit(queries: ReadQueries): Promise<AuditCheck> {
  let head = FIRST;
  let entries = 0;
  for (;;) {
    const rows = await queries.all<EntryRow>(
      'SELECT * FROM audit_entry WHERE number > ? ORDER BY number LIMIT ?',
      [entries, CHECK_ROWS],
    );
    for (const { hash, ...row } of rows) {
      const entry = { ...row, number: Number(row.number) };
      if (entry.number !== entries + 1 || entry.previous_hash !== head || hashOf(entry) !== hash)
        return { entries, head, brokenAt: entries + 1 };
      head = hash;
      entries += 1;
    }
    if (rows.length < CHECK_ROWS) return { entries, head, brokenAt: null };
  }
}
