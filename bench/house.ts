import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { type App, openApp } from '../src/app.js';
import { packageRoot } from '../src/config/package-root.js';
import type { ProgramInput } from './program.js';

/** The only source of the house. */
export const SHOP = 'shop';

/** Path of the feed of a channel. */
export function feedOf(folder: string, channel: string): string {
  return path.join(folder, `${channel}.xml`);
}

/**
 * Opens a house through an ordinary configuration: the made shop as its source, and a feed file per channel. The prepared
 * database is copied first, so that every run starts from the same state.
 */
export async function openHouse(input: ProgramInput, channels: readonly string[] = []): Promise<App> {
  const { folder, catalog, database } = input;
  if (database !== undefined) await copyFile(database, path.join(folder, 'omnifeed.db'));
  const file = path.join(folder, 'omnifeed.yaml');
  const configuration = {
    database: 'omnifeed.db',
    log: { level: 'error' },
    // Half a percent of a million variants is more than the house lets vanish without a person.
    sources: { [SHOP]: { path: catalog.csv, currency: 'USD', guard: { largestVanished: 1_000_000 } } },
    channels: Object.fromEntries(channels.map((channel) => [channel, feedChannel(folder, channel)])),
  };
  await writeFile(file, stringify(configuration));
  return openApp(file);
}

function feedChannel(folder: string, channel: string) {
  return {
    connector: 'feed-file',
    country: 'US',
    language: 'en',
    currency: 'USD',
    zone: 'America/New_York',
    mapping: path.join(packageRoot(), 'bench', 'publish.yaml'),
    settings: { path: feedOf(folder, channel), format: 'google-rss', link: 'https://shop.example' },
  };
}
