import { amazon } from '../../../connectors/amazon/index.js';
import type { AmazonSettings } from '../../../connectors/amazon/settings.js';
import { amazonSimulator } from '../../../connectors/amazon/simulator/index.js';
import type { Host, ListingChange, OpenChannel, PendingSubmission } from '../../../src/channel/connector.js';
import { httpClient } from '../../../src/channel/http.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { type TokenBucket, tokenBucket } from '../../../src/channel/throttle.js';
import type { ChannelFacts } from '../../../src/domain/channel-facts.js';
import { instantOf } from '../../../src/domain/instant.js';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { judged } from '../../judge/judged.js';

export const CHANNEL: ChannelFacts = {
  id: 'amazon-us',
  connector: 'amazon',
  country: 'US',
  language: 'en',
  currency: 'USD',
  zone: 'America/Los_Angeles',
};

/** A host as the engine lends it: real HTTP, shared buckets. `aheadMs` shifts our clock against the channel's. */
export function testHost(aheadMs = 0): Host {
  const stop = new AbortController();
  const clock = { now: () => instantOf(Date.now() + aheadMs), monotonicMs: () => performance.now() };
  const buckets = new Map<string, TokenBucket>();
  const quiet = (): void => undefined;
  return {
    channel: CHANNEL,
    http: httpClient(stop.signal),
    clock,
    log: { info: quiet, warn: quiet, error: quiet },
    signal: stop.signal,
    bucket(name, spec) {
      const bucket = buckets.get(name) ?? tokenBucket(spec, clock);
      buckets.set(name, bucket);
      return bucket;
    },
  };
}

/** A connector opened against a simulator of its own. */
export interface Stage {
  readonly simulator: RunningSimulator;
  readonly settings: AmazonSettings;
  readonly channel: OpenChannel;
  /** Sends a command to the simulator, as another process would. */
  command(name: string, body?: JsonObject): Promise<JsonObject>;
  /** Opens the connector again, with other settings or another clock. */
  open(changes?: Partial<AmazonSettings>, host?: Host): OpenChannel;
}

export async function openStage(processingMs = 0): Promise<Stage> {
  const simulator = await judged(await amazonSimulator.start({ port: 0, processingMs }));
  const settings = simulator.settings as unknown as AmazonSettings;
  const open: Stage['open'] = (changes = {}, host = testHost()) =>
    amazon.open({ ...settings, ...changes }, host);
  return {
    simulator,
    settings,
    open,
    channel: open(),
    async command(name, body = {}) {
      const reply = await fetch(`${simulator.url}/_sim/${name}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      const answer: unknown = await reply.json();
      if (!isJsonObject(answer)) throw new Error('the simulator answered no object');
      return answer;
    },
  };
}

/** A listing in the mapping's short form. */
export const SHORT: JsonObject = {
  item_name: 'Acme Cabin Suitcase 40 L, Blue',
  brand: 'Acme',
  bullet_point: ['Light shell', 'Four wheels'],
  product_description: 'A cabin suitcase.',
  condition_type: 'new_new',
  externally_assigned_product_identifier: { type: 'ean', value: '4006381333931' },
  color: 'Blue',
  list_price: '129.99 USD',
  purchasable_offer: { currency: 'USD', our_price: 119.99 },
  fulfillment_availability: { fulfillment_channel_code: 'DEFAULT', quantity: 12 },
  main_product_image_locator: 'https://img.example.com/acme/blue-main.jpg',
};

/** The short form shaped and spelled as the engine hands it over. */
export async function listing(
  settings: AmazonSettings,
  changes: JsonObject = {},
  kind: string | null = 'LUGGAGE',
): Promise<JsonObject> {
  const schema = await amazon.listingSchema(settings, kind);
  const shaped = amazon.shape?.({ ...SHORT, ...changes }, { settings, channel: CHANNEL, schema }) ?? {};
  return amazon.canonical?.(shaped) ?? shaped;
}

export function change(
  sku: string,
  attributes: JsonObject,
  action: ListingChange['action'] = 'upsert',
): ListingChange {
  return { sku, action, externalId: null, kind: 'LUGGAGE', attributes, version: 1 };
}

export function pending(
  skus: readonly string[],
  sentAt: string,
  action: ListingChange['action'] = 'upsert',
): PendingSubmission {
  const items = skus.map((sku) => ({ sku, externalId: null, action, kind: 'LUGGAGE' }));
  return { id: 'k', key: 'k', sentAt, items };
}

/** What a promise is rejected with. */
export async function failure(work: Promise<unknown> | undefined): Promise<unknown> {
  return work?.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}
