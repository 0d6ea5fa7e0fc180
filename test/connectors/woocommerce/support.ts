import { woocommerce } from '../../../connectors/woocommerce/index.js';
import type { WooSettings } from '../../../connectors/woocommerce/settings.js';
import { type RunningShop, startShop } from '../../../connectors/woocommerce/simulator/index.js';
import type { OrderBook } from '../../../connectors/woocommerce/simulator/order-book.js';
import {
  addItem,
  type HeldItem,
  type ShopState,
} from '../../../connectors/woocommerce/simulator/shop-state.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import { httpClient } from '../../../src/channel/http.js';
import type { SinkPort, SourcePort } from '../../../src/channel/store-ports.js';
import { instantOf } from '../../../src/domain/instant.js';
import { silentLog } from '../../support/silent-log.js';

/** A simulated shop with a connector opened on it. */
export interface Stage {
  readonly running: RunningShop;
  readonly shop: ShopState;
  readonly book: OrderBook;
  /** The article every test sells, `SHIRT-S`, ten units. */
  readonly shirt: HeldItem;
  /** The clock that never jumps. */
  readonly monotonic: { ms: number };
  /** The connector as a process that just started has it. */
  open(settings?: Partial<WooSettings>): OpenChannel;
  sink(settings?: Partial<WooSettings>): SinkPort;
  source(settings?: Partial<WooSettings>): SourcePort;
  /** `GET /wp-json/wc/v3/orders` and so on, in order. */
  asked(): readonly string[];
  stop(): Promise<void>;
}

export async function openStage(currency = 'USD'): Promise<Stage> {
  const running = await startShop({ port: 0, processingMs: 0 });
  const { shop, book } = running.world;
  const shirts = addItem(shop, {
    name: 'Shirt',
    attributes: [{ name: 'Size', options: ['S', 'M'], variation: true }],
    variations: [{ sku: 'SHIRT-S', quantity: 10, options: { Size: 'S' } }],
  });
  const shirt = shop.items.find(({ parent }) => parent === shirts.id);
  if (!shirt) throw new Error('no shirt');
  addItem(shop, { name: 'Mug', sku: 'MUG', quantity: 10 });
  const stop = new AbortController();
  const monotonic = { ms: 0 };
  const open = (settings: Partial<WooSettings> = {}): OpenChannel =>
    woocommerce.open(
      { ...(running.settings as WooSettings), ...settings },
      {
        channel: { id: 'shop', connector: 'woocommerce', ...running.market, currency },
        http: httpClient(stop.signal),
        // The shop's own time: signatures are only good for minutes.
        clock: { now: () => instantOf(shop.nowMs()), monotonicMs: () => monotonic.ms },
        log: silentLog,
        signal: stop.signal,
        bucket: () => ({
          take: async () => undefined,
          park: () => undefined,
          restMs: () => 0,
          waitMs: () => 0,
          learn: () => undefined,
          slow: () => undefined,
        }),
      },
    );
  return {
    running,
    shop,
    book,
    shirt,
    monotonic,
    open,
    sink(settings) {
      const { sink } = open(settings);
      if (!sink) throw new Error('no sink');
      return sink;
    },
    source(settings) {
      const { source } = open(settings);
      if (!source) throw new Error('no source');
      return source;
    },
    asked: () => running.calls.map(({ method, path }) => `${method} ${path}`),
    async stop() {
      stop.abort();
      await running.stop();
    },
  };
}
