import type { Host } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import { epochMs, type Instant } from '../../src/domain/instant.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { aggregateStatuses } from './account-calls.js';
import type { MerchantClient } from './client.js';
import { nextTokenOf, objectsIn } from './page-walk.js';
import { listProducts } from './product-calls.js';
import { productStatus } from './product-status.js';
import type { MarketKey } from './settings.js';
import { type ShownState, shownState } from './submission-mark.js';

/** One product of a reading, cut down so that hundreds of thousands fit into memory. */
export interface SweptProduct {
  readonly dataSource: JsonValue | undefined;
  readonly state: ShownState;
  /** Shown without any complaint. Of others only the product itself has the words, so they are asked for by name. */
  readonly calm: boolean;
}

/** Every product of a market as one reading found it, by SKU. */
export type Reading = ReadonlyMap<string, SweptProduct>;

/**
 * Reads all products at a thousand per call where that is cheaper than one call each: during a refresh or a change of many prices.
 * A reading is made once as many single reads were wanted as it has pages, so that both together never cost more than twice the
 * cheaper of the two.
 */
export interface ProductSweep {
  /** The last reading if it began after this; null: there is none so new. Costs nothing. */
  latest(after: Instant): Reading | null;
  /** A new reading if it pays to make one instead of so many single reads; null: it does not. A failed page throws. */
  insteadOf(reads: number): Promise<Reading | null>;
}

const PER_PAGE = 1_000;
/** A reading of more would take too much memory; such accounts are asked by name. */
const MOST_PAGES = 300;
const KEPT_MS = 30 * 60_000;
const SIZE_KEPT_MS = 24 * 3_600_000;

/** A sweep of one market that has read nothing yet. */
export function productSweep(client: MerchantClient, market: MarketKey, host: Host): ProductSweep {
  let taken: { readonly reading: Reading; readonly beganMs: number } | null = null;
  let size: { readonly pages: number; readonly atMs: number } | null = null;
  let wanted = 0;
  const now = (): number => epochMs(host.clock.now());

  async function pages(): Promise<number> {
    if (size === null || now() - size.atMs > SIZE_KEPT_MS)
      size = { pages: await counted(client, host), atMs: now() };
    return size.pages;
  }

  async function read(): Promise<Reading> {
    const reading = new Map<string, SweptProduct>();
    for (let token: string | null = null, walked = 0; walked < MOST_PAGES * 2; walked++) {
      const page = await listProducts(client, token);
      for (const product of objectsIn(page, 'products')) {
        if (product.feedLabel !== market.feedLabel || product.contentLanguage !== market.contentLanguage)
          continue;
        if (product.legacyLocal !== true)
          reading.set(String(product.offerId), sweptProduct(product, host.channel.country));
      }
      token = nextTokenOf(page);
      if (token === null) break;
    }
    return reading;
  }

  return {
    latest(after) {
      if (taken !== null && now() - taken.beganMs > KEPT_MS) taken = null;
      return taken !== null && taken.beganMs > epochMs(after) ? taken.reading : null;
    },
    async insteadOf(reads) {
      wanted += reads;
      const cost = await pages();
      if (cost > MOST_PAGES || wanted < cost) return null;
      wanted = 0;
      const beganMs = now();
      const reading = await read();
      taken = { reading, beganMs };
      return reading;
    },
  };
}

function sweptProduct(product: JsonObject, country: string): SweptProduct {
  const { state, issues } = productStatus(product, country);
  return {
    dataSource: product.dataSource,
    state: shownState(String(product.offerId), product),
    calm: state === 'live' && issues.length === 0,
  };
}

/** Nobody waits for a verdict because the size of the account is not told: then it is asked by name. */
async function counted(client: MerchantClient, host: Host): Promise<number> {
  try {
    return pagesIn(await aggregateStatuses(client));
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    host.log.warn({ channel: host.channel.id, code: error.code }, 'the size of the account was not told');
    return Number.POSITIVE_INFINITY;
  }
}

/** Pages a list of all products has, from the counts per context and country; a product counts once per country. */
function pagesIn(groups: readonly JsonObject[]): number {
  const largest = new Map<string, number>();
  for (const { country, stats } of groups) {
    if (!isJsonObject(stats)) continue;
    const counts = [stats.activeCount, stats.pendingCount, stats.disapprovedCount].map(Number);
    const total = counts.reduce((sum, count) => sum + (Number.isFinite(count) ? count : 0), 0);
    largest.set(String(country), Math.max(total, largest.get(String(country)) ?? 0));
  }
  const products = [...largest.values()].reduce((sum, count) => sum + count, 0);
  return Math.max(1, Math.ceil(products / PER_PAGE));
}
