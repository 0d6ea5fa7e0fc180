import { shopify } from '../../../connectors/shopify/index.js';
import type { ShopifySettings } from '../../../connectors/shopify/settings.js';
import { type RunningShop, startShop } from '../../../connectors/shopify/simulator/index.js';
import { addProduct, type ShopVariant } from '../../../connectors/shopify/simulator/shop-state.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import { httpClient } from '../../../src/channel/http.js';
import type { SinkPort } from '../../../src/channel/store-ports.js';
import { tokenBucket } from '../../../src/channel/throttle.js';
import { systemClock } from '../../../src/clock.js';
import type { Clock } from '../../../src/domain/instant.js';
import { silentLog } from '../../support/silent-log.js';

/** A simulated shop with a connector opened on it. */
export interface Stage {
  readonly running: RunningShop;
  readonly shop: RunningShop['world']['shop'];
  readonly book: RunningShop['world']['book'];
  /** The variant every test sells, `SHIRT-S`, ten units. */
  readonly shirt: ShopVariant;
  /** The connector as a process that just started has it. */
  open(settings?: Partial<ShopifySettings>): OpenChannel;
  sink(settings?: Partial<ShopifySettings>): SinkPort;
  /** Names of the operations the shop was asked for, in order. */
  asked(): readonly string[];
  stop(): Promise<void>;
}

export async function openStage(
  options: { readonly processingMs?: number; readonly clock?: Clock } = {},
): Promise<Stage> {
  const running = await startShop({ port: 0, processingMs: options.processingMs ?? 0 });
  const { shop, book } = running.world;
  const shirt = addProduct(shop, { title: 'Shirt', variants: [{ sku: 'SHIRT-S', stock: 10 }] }).variants[0];
  if (!shirt) throw new Error('no shirt');
  addProduct(shop, { title: 'Mug', variants: [{ sku: 'MUG', stock: 10 }] });
  const stop = new AbortController();
  const open = (settings: Partial<ShopifySettings> = {}): OpenChannel =>
    shopify.open(
      { ...(running.settings as ShopifySettings), ...settings },
      {
        channel: { id: 'shop', connector: 'shopify', ...running.market },
        http: httpClient(stop.signal),
        clock: options.clock ?? systemClock,
        log: silentLog,
        signal: stop.signal,
        bucket: (_name, spec) => tokenBucket(spec, systemClock),
      },
    );
  return {
    running,
    shop,
    book,
    shirt,
    open,
    sink(settings) {
      const { sink } = open(settings);
      if (!sink) throw new Error('no sink');
      return sink;
    },
    asked: () => running.calls.flatMap(({ path }) => path.split('#')[1] ?? []),
    async stop() {
      stop.abort();
      await running.stop();
    },
  };
}
