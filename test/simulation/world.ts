import { createHash } from 'node:crypto';
import type { ListingChange } from '../../src/channel/connector.js';
import type { Database } from '../../src/db/database.js';
import { type Dice, dice } from '../chaos/dice.js';
import { KINDS, Market } from './market.js';
import type { SimulatedNode } from './node.js';
import { Shop, type ShopOrder } from './shop.js';
import { currentLife, type Life, never, type VirtualTime } from './time.js';
import type { Weather } from './weather.js';

/** A promise that was broken, and where. */
export class Violation extends Error {
  constructor(
    readonly invariant: string,
    message: string,
  ) {
    super(`${invariant}: ${message}`);
  }
}

/** What a variant really is: whatever the house believes. */
export interface Goods {
  readonly sku: string;
  title: string;
  priceMinor: number;
  /** Units the merchant ever had. */
  units: number;
  active: boolean;
}

/** How large a run is. */
export interface Scale {
  readonly goods: number;
  readonly nodes: number;
  /** How long things go wrong, and how long they are given to heal, in virtual milliseconds. */
  readonly chaosMs: number;
  readonly healMs: number;
  /** Whether the two marketplaces share stock strictly. */
  readonly strict: boolean;
}

const TRACE_KEPT = 400;
const LONGEST_PAUSE_MS = 120_000;
/** Calls that may be under way, or be begun by other machines, before the first refusal is written down. */
const MOST_REFUSED = 12;

/** Everything outside the house, and what holds a run together. */
export class World {
  readonly roll: Dice;
  readonly goods = new Map<string, Goods>();
  readonly markets: ReadonlyMap<string, Market>;
  readonly shop: Shop;
  readonly nodes: SimulatedNode[] = [];
  /** Far sides whose credentials do not work until the operator acts. */
  readonly revoked = new Set<string>();
  /** Places that showed a good price, `google/SKU`: from then on a wrong one must not replace it. */
  readonly goodPrices = new Set<string>();
  /** What happened last, for people; all of it goes into the hash. */
  readonly trace: string[] = [];
  kills = 0;
  violation: Violation | null = null;
  readonly #hash = createHash('sha256');
  readonly #refusedCalls = new Map<string, number>();
  readonly #lastApplied = new Map<string, number>();

  constructor(
    readonly seed: number,
    readonly scale: Scale,
    readonly time: VirtualTime,
    readonly weather: Weather,
    readonly base: Database,
  ) {
    this.roll = dice(seed ^ 0x0f0f);
    this.markets = new Map(Object.entries(KINDS).map(([id, kind]) => [id, new Market(id, kind, this)]));
    this.shop = new Shop(this);
  }

  /** Something happened: one line of the trace. */
  note(what: string): void {
    const line = `${(this.time.elapsedMs / 1_000).toFixed(3)} ${what}`;
    this.#hash.update(line);
    this.trace.push(line);
    if (this.trace.length > 2 * TRACE_KEPT) this.trace.splice(0, TRACE_KEPT);
  }

  /** The fingerprint of everything that happened. */
  traceHash(): string {
    return this.#hash.digest('hex').slice(0, 16);
  }

  /** Waits until the process may go on; a dead one waits for ever. */
  async mayGoOn(life: Life): Promise<void> {
    if (this.weather.strikes('paused', life.name)) {
      life.pausedUntilMs = this.time.nowMs + 20_000 + this.roll.below(LONGEST_PAUSE_MS);
      this.note(`${life.name} is paused`);
    }
    while (life.alive && life.pausedUntilMs > this.time.nowMs)
      await this.time.sleep(life.pausedUntilMs - this.time.nowMs);
    if (!life.alive) return never();
  }

  /** Ends a process at once; it is started again a while later. */
  kill(life: Life): void {
    if (!life.alive) return;
    life.alive = false;
    this.kills += 1;
    this.note(`${life.name} is killed`);
    const node = this.nodes.find(({ name }) => name === life.name);
    this.time.after(1_000 + this.roll.below(20_000), () => node?.start(), null);
  }

  /** Something that goes on whatever becomes of the process that asked for it. */
  elsewhere<Result>(doing: () => Result): Result {
    return currentLife.exit(doing);
  }

  /** A market took a change. Its versions never go back, but for the same change coming twice. */
  applied(market: Market, change: ListingChange): void {
    const { sku, version, action } = change;
    const place = `${market.id}/${sku}`;
    this.note(
      `${place} ${action} v${version} ${String(change.attributes.quantity ?? '')} ${String(change.attributes.price ?? '')}`,
    );
    const last = this.#lastApplied.get(place) ?? 0;
    if (version < last)
      this.broken('1 monotone publish', `${place} went from version ${last} back to ${version}`);
    this.#lastApplied.set(place, version);
    if (action === 'remove' && this.goods.has(sku))
      this.broken('15 blast radius', `${place} was removed, and is still sold`);
  }

  /** The shop made an order. */
  placed(order: ShopOrder): void {
    const same = [...this.shop.orders.values()].filter(
      ({ key, cancelled }) => key === order.key && !cancelled,
    );
    if (same.length > 1) this.broken('4 order exactly once', `${order.key} was placed ${same.length} times`);
  }

  /** A call met credentials that do not work. A house that knows stops calling. */
  refusedCall(far: string): void {
    const calls = (this.#refusedCalls.get(far) ?? 0) + 1;
    this.#refusedCalls.set(far, calls);
    if (calls > MOST_REFUSED)
      this.broken('13 polite', `${far} was called ${calls} times without credentials`);
  }

  /** Notes the first broken promise; the run ends there. */
  broken(invariant: string, message: string): void {
    this.violation ??= new Violation(invariant, message);
    this.note(`BROKEN ${invariant}: ${message}`);
  }
}
