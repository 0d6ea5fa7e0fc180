import type { Sealer, SecretShelf } from '../channel/credentials.js';
import type { Queries } from '../db/database.js';
import type { Clock } from '../domain/instant.js';

/** What secrets of channels are kept with. */
export interface SecretParts {
  readonly database: Queries;
  /** Asked for only when there is something to seal or to open. */
  sealer(): Promise<Sealer>;
  readonly clock: Clock;
}

/** The secrets of one channel. A value copied to another channel or name does not open there. */
export function channelSecrets({ database, sealer, clock }: SecretParts, channel: string): SecretShelf {
  const place = (name: string): string => `channel_secret:${channel}:${name}`;
  return {
    async read(name) {
      const row = await database.get<{ sealed: string }>(
        'SELECT sealed FROM channel_secret WHERE channel = ? AND name = ?',
        [channel, name],
      );
      return row === undefined ? null : (await sealer()).open(row.sealed, place(name));
    },
    async keep(name, text) {
      const sealed = (await sealer()).seal(text, place(name));
      await database.run(
        `INSERT INTO channel_secret (channel, name, sealed, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (channel, name) DO UPDATE SET sealed = excluded.sealed, at = excluded.at`,
        [channel, name, sealed, clock.now()],
      );
    },
  };
}
