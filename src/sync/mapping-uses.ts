import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { fingerprint } from '../domain/revision.js';
import { loadMapping } from '../mapping/load.js';
import { type MappingSnapshot, snapshotRequest } from '../mapping/snapshot.js';
import type { CompiledMapping } from '../mapping/types.js';

/** A mapping a channel's listings were worked out with, and since when. */
export interface MappingUse {
  readonly revision: string;
  readonly at: Instant;
  readonly snapshot: MappingSnapshot;
}

interface UseRow {
  readonly revision: string;
  readonly at: Instant;
  readonly snapshot: string;
}

/** Texts are kept once, whatever number of uses they are part of. */
type StoredSnapshot = Omit<MappingSnapshot, 'layers' | 'lookups'> & {
  readonly layers: readonly { readonly asked: string; readonly file: string; readonly hash: string }[];
  readonly lookups: Readonly<Record<string, string>>;
};

/** Keeps which mapping a channel's listings are worked out with from now on; nothing when it is the one already. */
export async function recordMappingUse(tx: Queries, mapping: CompiledMapping, at: Instant): Promise<void> {
  const channel = mapping.channel.id;
  const latest = await tx.get<{ revision: string }>(
    'SELECT revision FROM mapping_use WHERE channel = ? ORDER BY id DESC LIMIT 1',
    [channel],
  );
  if (latest?.revision === mapping.revision) return;
  const { layers, lookups, ...rest } = mapping.snapshot;
  const kept: StoredSnapshot = {
    ...rest,
    layers: await Promise.all(
      layers.map(async ({ asked, file, text }) => ({ asked, file, hash: await keepText(tx, text) })),
    ),
    lookups: Object.fromEntries(
      await Promise.all(
        Object.entries(lookups).map(async ([name, text]) => [name, await keepText(tx, text)] as const),
      ),
    ),
  };
  await tx.run('INSERT INTO mapping_use (channel, revision, snapshot, at) VALUES (?, ?, ?, ?)', [
    channel,
    mapping.revision,
    JSON.stringify(kept),
    at,
  ]);
}

/** Keeps a text under its fingerprint, which is answered. */
export async function keepText(tx: Queries, text: string): Promise<string> {
  const hash = fingerprint(text);
  await tx.run('INSERT INTO mapping_text (hash, body) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING', [
    hash,
    text,
  ]);
  return hash;
}

/** The mapping a channel used at an instant; null: nothing is known of that time. */
export async function mappingUseAt(
  queries: Queries,
  channel: string,
  at: Instant,
): Promise<MappingUse | null> {
  const row = await queries.get<UseRow>(
    'SELECT revision, at, snapshot FROM mapping_use WHERE channel = ? AND at <= ? ORDER BY id DESC LIMIT 1',
    [channel, at],
  );
  if (row === undefined) return null;
  const stored = JSON.parse(row.snapshot) as StoredSnapshot;
  const hashes = [...stored.layers.map(({ hash }) => hash), ...Object.values(stored.lookups)];
  const texts = new Map(
    (
      await queries.all<{ hash: string; body: string }>(
        `SELECT hash, body FROM mapping_text WHERE hash IN (SELECT k FROM ${queries.unfold('r', { k: 'text' })})`,
        [JSON.stringify(hashes.map((k) => ({ k })))],
      )
    ).map(({ hash, body }) => [hash, body]),
  );
  const snapshot: MappingSnapshot = {
    ...stored,
    layers: stored.layers.map(({ asked, file, hash }) => ({ asked, file, text: texts.get(hash) ?? '' })),
    lookups: Object.fromEntries(
      Object.entries(stored.lookups).map(([name, hash]) => [name, texts.get(hash) ?? '']),
    ),
  };
  return { revision: row.revision, at: row.at, snapshot };
}

/** The mapping of a use, compiled anew; null: this build does not understand it any more. */
export function compileUse({ snapshot }: MappingUse): CompiledMapping | null {
  return loadMapping(snapshotRequest(snapshot)).mapping;
}
