import type { DefinitionPort } from '../channel/definition-port.js';
import type { Database } from '../db/database.js';
import { ChannelError, OmnifeedError } from '../domain/errors.js';
import { type Clock, type Instant, plusMs } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';

/** What keeping a channel's definitions needs. */
export interface DefinitionParts {
  readonly database: Database;
  readonly channel: string;
  readonly port: DefinitionPort;
  readonly clock: Clock;
}

/** The schemas of one channel's listings as the channel defines them. */
export interface Definitions {
  /** Grows when a kept schema was replaced: then every listing is worked out again. */
  readonly revision: number;
  /** A kept schema, else the channel's own, which is kept then. Throws what the port throws. */
  schemaOf(name: string): Promise<JsonObject>;
}

/** The definitions kept for a channel. What is kept is used whatever its age; `refreshDefinitions` keeps it true. */
export async function definitionsOf(parts: DefinitionParts): Promise<Definitions> {
  const { database, channel } = parts;
  const counted = await database.get<{ replaced: number | string | null }>(
    'SELECT SUM(replaced) AS replaced FROM listing_definition WHERE channel = ?',
    [channel],
  );
  return {
    revision: Number(counted?.replaced ?? 0),
    async schemaOf(name) {
      const kept = await database.get<{ body: string }>(
        'SELECT body FROM listing_definition WHERE channel = ? AND name = ?',
        [channel, name],
      );
      return kept ? (JSON.parse(kept.body) as JsonObject) : fetched(parts, name);
    },
  };
}

async function fetched(
  { database, channel, port, clock }: DefinitionParts,
  name: string,
): Promise<JsonObject> {
  const definition = await port.fetch(name, null);
  if (definition === null) throw new TypeError(`the channel calls ${name} unchanged, which nobody has`);
  await database.insert(
    { table: 'listing_definition', columns: COLUMNS, conflict: 'ON CONFLICT (channel, name) DO NOTHING' },
    [
      {
        channel,
        name,
        checksum: definition.checksum,
        body: JSON.stringify(definition.schema),
        replaced: 0,
        checked_at: clock.now(),
      },
    ],
  );
  return definition.schema;
}

const COLUMNS = {
  channel: 'text',
  name: 'text',
  checksum: 'text',
  body: 'text',
  replaced: 'integer',
  checked_at: 'text',
} as const;

/** What a refresh of the kept definitions found. */
export interface DefinitionRefresh {
  readonly checked: number;
  readonly replaced: readonly string[];
}

/** Kept definitions are asked for again after this long. */
const CHECKED_EVERY_MS = 20 * 3_600_000;

/**
 * Asks the channel for every definition not checked lately; what changed replaces what is kept. One that cannot be had (a type the
 * channel gave up, a document that was cut) does not keep the others from being asked for: its failure is thrown at the end. What
 * concerns every call (throttling, a lost authorization, no connection) ends the refresh at once. Goes on where it was stopped.
 */
export async function refreshDefinitions(
  parts: DefinitionParts,
  signal: AbortSignal,
): Promise<DefinitionRefresh> {
  const { database, channel, port, clock } = parts;
  const due = await database.all<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM listing_definition WHERE channel = ? AND checked_at < ? ORDER BY name',
    [channel, plusMs(clock.now(), -CHECKED_EVERY_MS)],
  );
  const replaced: string[] = [];
  let failure: unknown = null;
  for (const { name, checksum } of due) {
    signal.throwIfAborted();
    try {
      const definition = await port.fetch(name, checksum);
      await keep(database, { channel, name, at: clock.now() }, definition);
      if (definition !== null) replaced.push(name);
    } catch (error) {
      if (!concernsOne(error)) throw error;
      failure ??= error;
    }
  }
  if (failure !== null) throw failure;
  return { checked: due.length, replaced };
}

/** Whether a failure says nothing about the next definition. */
function concernsOne(error: unknown): boolean {
  if (error instanceof ChannelError) return error.kind === 'ambiguous' || error.kind === 'refused';
  return error instanceof OmnifeedError;
}

async function keep(
  database: Database,
  place: { readonly channel: string; readonly name: string; readonly at: Instant },
  definition: Awaited<ReturnType<DefinitionPort['fetch']>>,
): Promise<void> {
  const { channel, name, at } = place;
  if (definition === null)
    await database.run('UPDATE listing_definition SET checked_at = ? WHERE channel = ? AND name = ?', [
      at,
      channel,
      name,
    ]);
  else
    await database.run(
      `UPDATE listing_definition SET checked_at = ?, checksum = ?, body = ?, replaced = replaced + 1
       WHERE channel = ? AND name = ?`,
      [at, definition.checksum, JSON.stringify(definition.schema), channel, name],
    );
}
