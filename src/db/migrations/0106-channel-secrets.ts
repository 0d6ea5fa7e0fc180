import type { Migration } from './migration.js';

/** Secrets a channel gave us while we worked with it, sealed: tokens that were renewed. */
export const channelSecrets: Migration = {
  name: '0106-channel-secrets',
  statements: () => [
    'CREATE TABLE channel_secret (channel TEXT NOT NULL, name TEXT NOT NULL, sealed TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (channel, name))',
  ],
};
