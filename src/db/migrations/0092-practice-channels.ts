import type { Migration } from './migration.js';

/** Channels that are practised on: each has a simulator that is started with the house. */
export const practiceChannels: Migration = {
  name: '0092-practice-channels',
  statements: () => ['CREATE TABLE practice_channel (channel TEXT PRIMARY KEY)'],
};
