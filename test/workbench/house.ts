import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, openApp } from '../../src/app.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { fillCatalog } from '../support/catalog.js';
import { type HandClock, handClock } from '../support/channel-bench.js';
import type { TestDatabase } from '../support/databases.js';
import { silentLog } from '../support/silent-log.js';

/** A house with one feed-file channel in a folder of its own. */
export interface TestHouse {
  readonly app: App;
  readonly folder: string;
  readonly clock: HandClock;
  file(name: string): string;
  write(name: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a house; `mapping`: the file its channel uses, none for the connector's own. */
export async function testHouse(
  test: TestDatabase,
  options: { readonly mapping?: string; readonly files?: Readonly<Record<string, string>> } = {},
): Promise<TestHouse> {
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
  await write(
    'omnifeed.yaml',
    `database: "${test.address}"
sources:
  shop: { path: ./shop.csv, currency: USD }
channels:
  feed:
    connector: feed-file
    country: US
    language: en
    currency: USD
    zone: UTC
    ${options.mapping === undefined ? '' : `mapping: ${options.mapping}`}
    settings: { format: google-tsv, path: ./feed.tsv }
`,
  );
  await write('shop.csv', 'sku,title,price\n');
  for (const [name, text] of Object.entries(options.files ?? {})) await write(name, text);
  const clock = handClock();
  const app = await openApp(path.join(folder, 'omnifeed.yaml'), { clock, log: silentLog, environment: {} });
  return {
    app,
    folder,
    clock,
    write,
    file: (name) => path.join(folder, name),
    async close() {
      await app.close();
      await test.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Fills the catalog with so many lamps. */
export async function lampsIn(house: TestHouse, count: number): Promise<void> {
  const lamps = Array.from(
    { length: count },
    (_, n): SourceProduct => ({
      product: {
        id: `lamp-${n}`,
        title: `Lamp, number ${n}`,
        description: 'A lamp.',
        brand: n % 2 === 0 ? 'Acme' : 'Bolt',
        type: 'Desk lamps',
        categories: ['Lamps > Desk lamps'],
        status: 'active',
        link: `https://shop.example/${n}`,
        images: ['https://shop.example/lamp.jpg'],
      },
      variants: [
        {
          sku: `L-${String(n).padStart(4, '0')}`,
          content: { mpn: `M-${n}`, gtin: '4006381333931', weight: { value: 2.5, unit: 'kg' } },
          offer: { price: { minor: 1_000 + n, currency: 'USD' } },
          stock: [{ location: 'default', onHand: 3 }],
        },
      ],
    }),
  );
  await fillCatalog(house.app.database, lamps, house.clock);
}
