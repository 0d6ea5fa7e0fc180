import type { Sealer } from '../channel/credentials.js';
import type { ConnectorRegistry } from '../channel/registry.js';
import type { Database, Queries } from '../db/database.js';
import { isJsonObject } from '../domain/json.js';
import type { PracticeGround } from './practice-ground.js';
import { mergePatch, splitSecrets } from './secret-settings.js';
import { changePart, sealSecrets, storedPart } from './stored-parts.js';

/** Remembers that a channel is practised on: its simulator is started again with the house. */
export async function markPractice(queries: Queries, channel: string): Promise<void> {
  await queries.run('INSERT INTO practice_channel (channel) VALUES (?) ON CONFLICT DO NOTHING', [channel]);
}

/** Forgets that a channel was practised on. */
export async function unmarkPractice(queries: Queries, channel: string): Promise<void> {
  await queries.run('DELETE FROM practice_channel WHERE channel = ?', [channel]);
}

/** What starting them again needs. */
export interface PracticeParts {
  readonly database: Database;
  readonly connectors: ConnectorRegistry;
  readonly practice: PracticeGround;
  sealer(): Promise<Sealer>;
}

/**
 * Starts the simulators of practice channels, which are gone with the process, and tells the channels where they are now. They begin empty.
 * Answers the channels: what they show must be read again.
 */
export async function resumePractice(parts: PracticeParts): Promise<readonly string[]> {
  const { database } = parts;
  const rows = await database.all<{ channel: string }>(
    'SELECT channel FROM practice_channel ORDER BY channel',
  );
  const resumed: string[] = [];
  for (const { channel } of rows) {
    const part = await storedPart(database, 'channels', channel);
    const connector = String(part?.body.connector ?? '');
    if (part === null || !parts.connectors.has(connector)) {
      await unmarkPractice(database, channel);
      continue;
    }
    const { settings } = await parts.practice.open(channel, connector);
    const { open, secret } = splitSecrets(settings, parts.connectors.get(connector).settingsSchema);
    const known = isJsonObject(part.body.settings) ? part.body.settings : {};
    await changePart(database, {
      ...part,
      body: { ...part.body, settings: mergePatch(known, open) },
      sealed: sealSecrets(secret, part, await parts.sealer()),
    });
    resumed.push(channel);
  }
  return resumed;
}
