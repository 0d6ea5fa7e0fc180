import { memory } from '../../connectors/memory/index.js';
import type { ListingChange, ListingPort, Submission } from '../../src/channel/connector.js';
import type { Limits } from '../../src/channel/limits.js';
import type { OrderPort } from '../../src/channel/order-port.js';
import { packageRoot } from '../../src/config/package-root.js';
import type { Database } from '../../src/db/database.js';
import type { ChannelFacts } from '../../src/domain/channel-facts.js';
import { ChannelError } from '../../src/domain/errors.js';
import { type Instant, plusMs } from '../../src/domain/instant.js';
import type { ChannelOrder } from '../../src/domain/order.js';
import { openMapping } from '../../src/mapping/open-mapping.js';
import type { OrderDesk } from '../../src/orders/order-desk.js';
import type { ChannelShare } from '../../src/stock/available.js';
import { shareOf, strictPoolOf } from '../../src/stock/shares.js';
import type { ChannelDesk } from '../../src/sync/channel-desk.js';
import type { ListingKit } from '../../src/sync/desired.js';
import { buildListingKit } from '../../src/sync/listing-kit.js';
import { openDesk } from '../../src/sync/open-desk.js';
import type { HandClock } from '../support/channel-bench.js';
import { testVault } from '../support/test-vault.js';

/**
 * What happens to the next call. `lost`: nothing arrives · `unanswered`: applied, but nobody is told · `late`: applied after the answer was given up, as late
 * as the contract allows · `slow`: taken, and applied a while later · `dropped`: taken, and never applied · `died`, `died-after`: the process is gone
 * before, or after the channel applied it.
 */
export type Fault = 'none' | 'lost' | 'unanswered' | 'late' | 'slow' | 'dropped' | 'died' | 'died-after';

export const QUIET_MS = 30_000;
export const PATIENCE_MS = 60_000;
export const LAG_MS = 10_000;

interface Later {
  readonly at: Instant;
  readonly sku: string;
  readonly units: number | null;
  readonly key: string;
}

/** A marketplace in the test's hand: it takes absolute quantities, sells, counts its own sales off, and tells orders a little later. */
export class Market {
  readonly shown = new Map<string, number>();
  readonly orders: (ChannelOrder & { readonly units: number })[] = [];
  fault: Fault = 'none';
  readonly #later: Later[] = [];
  readonly #pending = new Set<string>();
  readonly #taken = new Set<string>();

  constructor(
    readonly id: string,
    readonly clock: HandClock,
  ) {}

  /** Applies what was under way. */
  catchUp(): void {
    const now = this.clock.now();
    for (const job of this.#later.splice(0))
      if (job.at <= now) this.#apply(job);
      else this.#later.push(job);
  }

  /** A buyer takes as many as there are, at most `units`. Answers how many. */
  buy(sku: string, units: number): number {
    this.catchUp();
    const taken = Math.min(units, this.shown.get(sku) ?? 0);
    if (taken === 0) return 0;
    this.shown.set(sku, (this.shown.get(sku) ?? 0) - taken);
    const at = this.clock.now();
    this.orders.push({
      externalId: `${this.id}-${this.orders.length}`,
      status: 'open',
      fulfilledBy: 'merchant',
      placedAt: at,
      updatedAt: at,
      lines: [{ externalId: '1', sku, quantity: taken, quantityShipped: 0, quantityCancelled: 0 }],
      raw: {},
      units: taken,
    });
    return taken;
  }

  get sold(): number {
    return this.orders.reduce((sum, order) => sum + order.units, 0);
  }

  readonly listings: ListingPort = {
    submit: async (changes, key) => this.#submit(changes, key),
    settle: async ({ key, items }) => {
      this.catchUp();
      if (!this.#taken.has(key))
        return {
          verdicts: items.map(({ sku }) => ({ sku, outcome: 'retry' as const, code: 'submission_unknown' })),
        };
      if (this.#pending.has(key)) return { verdicts: [], againInMs: 1_000 };
      return { verdicts: items.map(({ sku }) => ({ sku, outcome: 'live' as const })) };
    },
  };

  readonly port: OrderPort = {
    pull: async () => {
      const until = plusMs(this.clock.now(), -LAG_MS);
      const orders = this.orders.filter((order) => order.placedAt <= until);
      return { orders, cursor: 'all', more: false };
    },
  } as OrderPort;

  #submit(changes: readonly ListingChange[], key: string): Submission {
    this.catchUp();
    const { fault } = this;
    this.fault = 'none';
    if (fault === 'died') throw new Error('died');
    if (fault === 'lost') throw lost();
    this.#taken.add(key);
    const now = this.clock.now();
    const delay = fault === 'late' ? QUIET_MS : fault === 'slow' ? PATIENCE_MS / 2 : 0;
    for (const { sku, action, attributes } of changes) {
      const units = action === 'remove' ? null : Number(attributes.quantity);
      const job = { at: plusMs(now, delay), sku, units, key };
      if (delay > 0) this.#later.push(job);
      else if (fault !== 'dropped') this.#apply(job);
    }
    if (fault === 'died-after') throw new Error('died');
    if (fault === 'unanswered' || fault === 'late') throw lost();
    if (fault === 'slow' || fault === 'dropped') {
      this.#pending.add(key);
      return { id: null, receipts: changes.map(({ sku }) => ({ sku, outcome: 'accepted' })) };
    }
    return {
      id: null,
      receipts: changes.map(({ sku, action }) => ({
        sku,
        outcome: action === 'remove' ? 'removed' : 'live',
      })),
    };
  }

  #apply({ sku, units, key }: Later): void {
    this.#pending.delete(key);
    if (units === null) this.shown.delete(sku);
    else this.shown.set(sku, units);
  }
}

function lost(): ChannelError {
  return new ChannelError('the answer was lost', {
    code: 'no_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'Wait.',
  });
}

/** How the markets share the units of one variant. */
export interface Split {
  readonly market: Market;
  readonly percent: number;
}

/** Kits hold no state: what a process remembers is in the desks and the database. */
const kits = new Map<string, ListingKit>();

function kitOf(channel: ChannelFacts, limits: Limits, share: ChannelShare): Promise<ListingKit> {
  const mapping = openMapping({
    packageRoot: packageRoot(),
    folder: packageRoot(),
    channel: { ...channel, params: {} },
    schema: undefined,
  });
  return buildListingKit({ connector: { ...memory, limits }, settings: {}, channel, mapping, share });
}

/** The desks of a market, as a process that just started has them. */
export async function desksOf(
  database: Database,
  split: readonly Split[],
  market: Market,
): Promise<{ readonly listings: ChannelDesk; readonly orders: OrderDesk }> {
  const { clock } = market;
  const ruled = split.map(({ market: { id }, percent }) => ({
    id,
    stock: { allocation: { mode: 'strict' as const, percent }, safetyStock: 0 },
  }));
  const own = ruled.find(({ id }) => id === market.id);
  if (own === undefined) throw new Error(`${market.id} has no share`);
  const channel = {
    id: market.id,
    connector: 'memory',
    country: 'DE',
    language: 'de',
    currency: 'EUR',
    zone: 'UTC',
  };
  const limits = {
    ...memory.limits,
    patienceMs: PATIENCE_MS,
    quietMs: QUIET_MS,
    orderLagMs: LAG_MS,
    settleAfterMs: 1,
  };
  const kit = kits.get(market.id) ?? (await kitOf(channel, limits, shareOf(ruled, own)));
  kits.set(market.id, kit);
  const shared = { database, clock, random: () => 0 };
  const listings = openDesk({
    ...shared,
    kit,
    open: { check: async () => [], listings: market.listings },
    guard: {},
    strict: strictPoolOf(ruled, own) ?? undefined,
  });
  const orders: OrderDesk = {
    ...shared,
    channel: market.id,
    port: market.port,
    storefront: null,
    buyers: testVault(),
    callSucceeded: async () => undefined,
    callFailed: async () => undefined,
  };
  return { listings, orders };
}
