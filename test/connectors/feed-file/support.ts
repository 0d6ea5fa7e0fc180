import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { feedFileConnector } from '../../../connectors/feed-file/index.js';
import type { FeedFileSettings } from '../../../connectors/feed-file/settings.js';
import type { Host } from '../../../src/channel/connector.js';
import type { FeedPort } from '../../../src/channel/feed-port.js';
import { httpClient } from '../../../src/channel/http.js';
import { tokenBucket } from '../../../src/channel/throttle.js';
import { instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';

/** A folder of its own, and how to get rid of it. */
export function freshFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'omnifeed-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A host for tests with a fixed time. */
export function testHost(stop = new AbortController()): Host {
  const clock = {
    now: () => instantOf(Date.UTC(2026, 10, 24)),
    monotonicMs: () => performance.now(),
  };
  const quiet = (): void => undefined;
  const market = { country: 'US', language: 'en', currency: 'USD', zone: 'UTC' };
  return {
    channel: { id: 'file', connector: 'feed-file', ...market },
    http: httpClient(stop.signal),
    clock,
    log: { info: quiet, warn: quiet, error: quiet },
    signal: stop.signal,
    bucket: (_name, spec) => tokenBucket(spec, clock),
  };
}

/** The feed port of settings. */
export function openFeed(settings: FeedFileSettings, host = testHost()): FeedPort {
  const { feed } = feedFileConnector.open(settings, host);
  if (!feed) throw new Error('no feed');
  return feed;
}

/** Writes one whole file. */
export async function writeFeed(
  settings: FeedFileSettings,
  listings: Readonly<Record<string, JsonObject>>,
  key = 'run-1',
): Promise<{ items: number; bytes: number; location: string }> {
  const writer = await openFeed(settings).begin(key);
  await writer.write(Object.entries(listings).map(([sku, attributes]) => ({ sku, attributes })));
  return writer.commit();
}

/** A listing with every kind of value, in the spelling all formats take. */
export const LAMP: JsonObject = {
  title: 'Lamp "Gloria" & <friends>',
  description: 'It\'s 2.5" wide, red, and\tbright',
  link: 'https://shop.example/p?a=1&b=2',
  image_link: 'https://cdn.example/1.jpg',
  additional_image_link: ['https://cdn.example/2,a.jpg', 'https://cdn.example/3.jpg'],
  availability: 'in_stock',
  price: '34.00 USD',
  condition: 'new',
  brand: 'Käthe',
  gtin: '4006381333931',
  product_type: ['Home > Lamps', 'Sale'],
  shipping: [
    { country: 'US', service: 'Standard', price: '4.90 USD' },
    { country: 'DE', region: 'BE', service: 'A:B', price: '9.90 EUR' },
  ],
  product_detail: [
    { section_name: 'Size', attribute_name: 'Diagonal', attribute_value: '2.5"' },
    { attribute_name: 'Bulb', attribute_value: 'E27, warm' },
  ],
};
