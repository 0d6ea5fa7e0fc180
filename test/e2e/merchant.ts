import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { type App, knownConnectors, openApp } from '../../src/app.js';
import { importErrors } from '../../src/catalog/import-errors.js';
import { importFrom } from '../../src/catalog/import-from.js';
import type { ImportResult } from '../../src/catalog/import-result.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import type { JsonObject } from '../../src/domain/json.js';
import { type ChannelReport, syncUntilSettled } from '../../src/sync/sync-channel.js';
import { silentLog } from '../support/silent-log.js';

const CHANNEL = 'google-us';

/** A merchant with one file and one channel, set up from an ordinary configuration. */
export interface Merchant {
  readonly app: App;
  readonly simulator: RunningSimulator;
  /** Puts a new file in the place of the old one; null: takes it away. */
  file(content: string | Buffer | null): Promise<void>;
  /** Imports the file. Throws what `omnifeed import` tells. */
  import(): Promise<ImportResult>;
  /** Complaints of an import: `code@line key column`. */
  complaints(importId: string): Promise<string[]>;
  sync(): Promise<ChannelReport>;
  /** Title and price shoppers see, by SKU. */
  shown(): Record<string, string>;
  close(): Promise<void>;
}

/** Opens a merchant whose source has these settings. */
export async function openMerchant(source: JsonObject = {}): Promise<Merchant> {
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-e2e-'));
  const module = await knownConnectors().get('google-merchant').simulator?.();
  if (!module) throw new Error('no simulator');
  const simulator = await module.start({ port: 0, processingMs: 30 });
  const config = {
    database: 'omnifeed.db',
    sources: { shop: { path: 'catalog.csv', currency: 'USD', ...source } },
    channels: {
      [CHANNEL]: {
        connector: 'google-merchant',
        ...simulator.market,
        settings: simulator.settings,
        params: { shopUrl: 'https://shop.example', linkPath: '/products/' },
      },
    },
  };
  await writeFile(path.join(folder, 'omnifeed.yaml'), stringify(config));
  const app = await openApp(path.join(folder, 'omnifeed.yaml'), { log: silentLog, settleAfterMs: 60 });
  const target = path.join(folder, 'catalog.csv');
  return {
    app,
    simulator,
    file: (content) => (content === null ? rm(target) : writeFile(target, content)),
    import: () => importFrom(app, { source: app.source('shop'), actor: 'test' }),
    async complaints(importId) {
      const errors = await importErrors(app.database, importId, { from: 0, limit: 100 });
      return errors.map(({ code, line, key, column }) =>
        [`${code}@${line}`, key, column].filter((part) => part !== undefined).join(' '),
      );
    },
    sync: async () => syncUntilSettled(await app.desk(CHANNEL), { deadlineMs: 15_000, atOnce: true }),
    shown: () =>
      Object.fromEntries(
        [...simulator.held()].map(([sku, { title, price }]) => [sku, `${String(title)}: ${String(price)}`]),
      ),
    async close() {
      await app.close();
      await simulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const COLUMNS = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Type',
  'Published',
  'Variant SKU',
  'Variant Price',
  'Variant Inventory Qty',
  'Image Src',
  'Status',
];

/** One row of a shop's export. */
export interface Row {
  readonly sku: string;
  readonly price: string;
  readonly title?: string;
  readonly handle?: string;
}

/** A shop's export with these rows; `more`: further columns with one value for every row. */
export function exportOf(rows: readonly Row[], more: Readonly<Record<string, string>> = {}): string {
  const lines = rows.map(({ sku, price, title = `Bag ${sku}`, handle = `bag-${sku}` }) => [
    handle,
    title,
    'A bag for a day out.',
    'Fernweh',
    'Bags',
    'TRUE',
    sku,
    price,
    '7',
    'https://shop.example/bag.jpg',
    'active',
    ...Object.values(more),
  ]);
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${[[...COLUMNS, ...Object.keys(more)], ...lines].map((line) => line.map(cell).join(',')).join('\n')}\n`;
}

/** Twenty bags at 20.00, among them SKUs that look like numbers. */
export function twenty(change: (row: Row) => Row = (row) => row): Row[] {
  const skus = ['1e5', '00012345', ...Array.from({ length: 18 }, (_, index) => `B-${index + 1}`)];
  return skus.map((sku) => change({ sku, price: '20.00' }));
}
