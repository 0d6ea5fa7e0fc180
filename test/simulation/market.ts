import type {
  ListingChange,
  ListingPort,
  Observed,
  PendingSubmission,
  Settlement,
} from '../../src/channel/connector.js';
import type { OrderPage, OrderPort } from '../../src/channel/order-port.js';
import { epochMs, instantOf } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { Buyer, ChannelOrder, OrderLine } from '../../src/domain/order.js';
import type { ShipmentNotice } from '../../src/domain/shipment.js';
import { LATEST_MS } from './node-calls.js';
import type { World } from './world.js';

/** How a kind of channel behaves, as its real one does. */
export interface MarketKind {
  /** Google refuses a listing older than the one it has; the others take whatever comes last. */
  readonly fences: boolean;
  /** Meta answers with the handle of a batch and works it through as one; the others are asked per submission. */
  readonly batches: boolean;
  /** Longest time from an accepted change to its verdict. */
  readonly processingMs: number;
  /** Amazon sells: it counts down by itself and tells orders a while later. */
  readonly sells: boolean;
}

/** The three channels of the house, and a second marketplace to share stock with. */
export const KINDS: Readonly<Record<string, MarketKind>> = {
  google: { fences: true, batches: false, processingMs: 15_000, sells: false },
  meta: { fences: false, batches: true, processingMs: 25_000, sells: false },
  amazon: { fences: false, batches: false, processingMs: 8_000, sells: true },
  bazaar: { fences: false, batches: false, processingMs: 3_000, sells: true },
};

/** How long after a change an order may still be untold. */
export const ORDER_LAG_MS = 10_000;
const PER_PAGE = 4;
const SETTLE_AGAIN_MS = 8_000;

/** A listing as shoppers see it. */
export interface Shown {
  attributes: JsonObject;
  version: number;
}

/** An order as the market keeps it. */
export interface MarketOrder {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly unitMinor: number;
  readonly placedAtMs: number;
  status: ChannelOrder['status'];
  updatedAtMs: number;
  /** From when on a pull shows the last change. */
  toldFromMs: number;
  readonly parcels: Map<string, ShipmentNotice>;
}

/** Since when changes are read; the last row of the page before; the latest change read so far. */
type PullCursor = readonly [sinceMs: number, afterMs: number, afterId: string, newestMs: number];

interface Work {
  readonly change: ListingChange;
  outcome: Settlement['verdicts'][number] | null;
}

/** A channel on virtual time: what it was told, what it shows, what it sold. Written from the channels' documents, not from our connectors. */
export class Market {
  readonly shown = new Map<string, Shown>();
  readonly orders = new Map<string, MarketOrder>();
  /** SKUs it refuses as long as their title says so. */
  readonly refused = new Set<string>();
  readonly #submissions = new Map<string, Map<string, Work>>();
  readonly #told: ChannelOrder[] = [];
  #handles = 0;

  constructor(
    readonly id: string,
    readonly kind: MarketKind,
    readonly world: World,
  ) {}

  /** Units a buyer could take now. */
  units(sku: string): number {
    const quantity = this.shown.get(sku)?.attributes.quantity;
    return typeof quantity === 'number' ? quantity : 0;
  }

  /** Units sold and not cancelled. */
  sold(sku: string): number {
    let units = 0;
    for (const order of this.orders.values())
      if (order.sku === sku && order.status !== 'cancelled') units += order.quantity;
    return units;
  }

  readonly listings: ListingPort = {
    submit: async (changes, key) => {
      this.#handles += 1;
      const handle = this.kind.batches ? `${this.id}-batch-${this.#handles}` : null;
      const works = new Map(changes.map((change) => [change.sku, { change, outcome: null } as Work]));
      this.#submissions.set(key, works);
      if (handle !== null) this.#submissions.set(handle, works);
      const batchMs = this.#processingMs();
      for (const work of works.values()) {
        if (this.world.weather.strikes('change-forgotten', this.id)) continue;
        this.world.time.after(
          this.kind.batches ? batchMs : this.#processingMs(),
          () => this.#process(work),
          null,
        );
      }
      return {
        id: handle,
        receipts: changes.map(({ sku }) => ({ sku, outcome: 'accepted', externalId: `${this.id}/${sku}` })),
      };
    },
    settle: async (pending) => this.#settle(pending),
    observe: async (cursor) => {
      const skus = [...this.shown.keys()].sort();
      const from = cursor === null ? 0 : Number(cursor);
      const items = skus.slice(from, from + PER_PAGE).map((sku): Observed => {
        const { attributes } = this.shown.get(sku) as Shown;
        return { sku, externalId: `${this.id}/${sku}`, state: 'live', attributes, issues: [] };
      });
      const next = from + PER_PAGE < skus.length ? String(from + PER_PAGE) : null;
      return { items, next };
    },
  };

  /** A buyer takes units that are shown. Answers the order, if there was anything to take. */
  buy(sku: string, most: number, unpaid: boolean): MarketOrder | null {
    const shown = this.shown.get(sku);
    const units = Math.min(most, this.units(sku));
    if (shown === undefined || units === 0) return null;
    shown.attributes = { ...shown.attributes, quantity: this.units(sku) - units };
    return this.#order(sku, units, unpaid);
  }

  /** An order for something the catalog does not know (yet). */
  buyUnknown(sku: string): MarketOrder {
    return this.#order(sku, 1, false);
  }

  /** An order changes at the market. */
  change(order: MarketOrder, status: ChannelOrder['status']): void {
    const now = this.world.time.nowMs;
    order.status = status;
    order.updatedAtMs = Math.max(now, order.updatedAtMs + 1);
    order.toldFromMs = now + this.world.roll.below(ORDER_LAG_MS);
    this.world.note(`${this.id}: ${order.id} is ${status}`);
  }

  readonly port: OrderPort = {
    pull: async (cursor) => this.#pull(cursor),
    ship: async (parcels) =>
      parcels.map((parcel) => {
        const order = this.orders.get(parcel.orderExternalId);
        if (order === undefined || order.status === 'cancelled' || order.status === 'pending')
          return { reference: parcel.reference, outcome: 'rejected', issues: [refusal('order_not_open')] };
        order.parcels.set(parcel.reference, parcel);
        if (order.status !== 'shipped') this.change(order, 'shipped');
        return { reference: parcel.reference, outcome: 'accepted' };
      }),
  };

  #order(sku: string, quantity: number, unpaid: boolean): MarketOrder {
    const now = this.world.time.nowMs;
    const order: MarketOrder = {
      id: `${this.id}-${String(this.orders.size + 1).padStart(4, '0')}`,
      sku,
      quantity,
      unitMinor: 900 + this.world.roll.below(200),
      placedAtMs: now,
      status: unpaid ? 'pending' : 'open',
      updatedAtMs: now,
      toldFromMs: now + this.world.roll.below(ORDER_LAG_MS),
      parcels: new Map(),
    };
    this.orders.set(order.id, order);
    this.world.note(`${this.id}: ${order.id} for ${quantity} of ${sku}`);
    return order;
  }

  #processingMs(): number {
    return 300 + this.world.roll.below(this.kind.processingMs);
  }

  #process(work: Work): void {
    const { sku, action, attributes, version } = work.change;
    const there = this.shown.get(sku);
    if (this.kind.fences && there !== undefined && version < there.version) {
      work.outcome = { sku, outcome: 'retry', code: 'older_version' };
      return;
    }
    if (action === 'remove') {
      this.shown.delete(sku);
      work.outcome = { sku, outcome: 'removed' };
      this.world.applied(this, work.change);
      return;
    }
    if (this.refused.has(sku) && !String(attributes.title).includes('reworded')) {
      work.outcome = { sku, outcome: 'rejected', issues: [refusal('title_refused')] };
      return;
    }
    if (action === 'offer' && there === undefined) {
      work.outcome = { sku, outcome: 'removed' };
      return;
    }
    this.shown.set(sku, { attributes, version });
    work.outcome = { sku, outcome: 'live' };
    this.world.applied(this, work.change);
  }

  /** A submission that has not arrived may still be on its way; only after that is it certain that it never will. */
  #settle({ id, key, sentAt, items }: PendingSubmission): Settlement {
    const works = this.#submissions.get(id ?? key) ?? this.#submissions.get(key);
    if (works === undefined) {
      const lost = this.world.time.nowMs > epochMs(sentAt) + LATEST_MS + this.kind.processingMs;
      if (!lost) return { verdicts: [], againInMs: 5_000 };
      return { verdicts: items.map(({ sku }) => ({ sku, outcome: 'retry', code: 'submission_unknown' })) };
    }
    const verdicts = items.flatMap(({ sku }) => works.get(sku)?.outcome ?? []);
    return { verdicts, againInMs: SETTLE_AGAIN_MS };
  }

  /** Changes since the cursor, with the overlap a careful client takes because the market tells late. The cursor comes from the rows it gives. */
  #pull(cursor: string | null): OrderPage {
    const now = this.world.time.nowMs;
    const [since = 0, afterMs = 0, afterId = '', newest = 0] =
      cursor === null ? [] : (JSON.parse(cursor) as PullCursor);
    const due = [...this.orders.values()]
      .filter(({ toldFromMs, updatedAtMs }) => toldFromMs <= now && updatedAtMs >= since - ORDER_LAG_MS)
      .filter(({ updatedAtMs, id }) => updatedAtMs > afterMs || (updatedAtMs === afterMs && id > afterId))
      .sort((a, b) => a.updatedAtMs - b.updatedAtMs || (a.id < b.id ? -1 : 1));
    const page = due.slice(0, PER_PAGE);
    const last = page.at(-1);
    const latest = Math.max(newest, since, last?.updatedAtMs ?? 0);
    const more = due.length > PER_PAGE && last !== undefined;
    const next: PullCursor = more ? [since, last.updatedAtMs, last.id, latest] : [latest, 0, '', latest];
    const orders = page.map(channelOrder);
    this.#told.push(...orders);
    return { orders: this.#astray(orders), cursor: JSON.stringify(next), more };
  }

  #astray(orders: readonly ChannelOrder[]): readonly ChannelOrder[] {
    const { weather, roll } = this.world;
    const again = orders.flatMap(() =>
      weather.strikes('order-repeated', this.id) ? (this.#told[roll.below(this.#told.length)] ?? []) : [],
    );
    const all = [...orders, ...again];
    if (all.length > 1 && weather.strikes('order-shuffled', this.id)) all.reverse();
    return all;
  }
}

function channelOrder(order: MarketOrder): ChannelOrder {
  const line: OrderLine = {
    externalId: '1',
    sku: order.sku,
    quantity: order.quantity,
    quantityShipped: [...order.parcels.values()].length > 0 ? order.quantity : 0,
    quantityCancelled: order.status === 'cancelled' ? order.quantity : 0,
    unitPrice: { minor: order.unitMinor, currency: 'EUR' },
  };
  const buyer: Buyer = { name: `Buyer of ${order.id}`, address: { lines: ['Street 1'], country: 'DE' } };
  return {
    externalId: order.id,
    status: order.status,
    fulfilledBy: 'merchant',
    placedAt: instantOf(order.placedAtMs),
    updatedAt: instantOf(order.updatedAtMs),
    lines: [line],
    total: { minor: order.unitMinor * order.quantity, currency: 'EUR' },
    ...(order.status === 'pending' ? {} : { buyer }),
    raw: { id: order.id },
  };
}

function refusal(code: string): Issue {
  return { severity: 'error', code, origin: 'channel', message: code, advice: 'Change it.' };
}
