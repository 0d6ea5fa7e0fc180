import { expect } from 'vitest';
import { importSource } from '../../src/catalog/import.js';
import { setStock } from '../../src/catalog/set-stock.js';
import { variantsBySku } from '../../src/catalog/store.js';
import type { Database } from '../../src/db/database.js';
import { pullOrders } from '../../src/orders/pull.js';
import { unitsHeld } from '../../src/stock/allotment.js';
import { syncRound } from '../../src/sync/run.js';
import { primary, product, variant } from '../catalog/support.js';
import type { handClock } from '../support/channel-bench.js';
import { desksOf, type Fault, type Market, type Split } from './strict-market.js';

export const SKU = 'LAMP';

/** The reference: how many units there really are, whatever anybody knows. */
export interface Truth {
  /** Units the merchant ever had, less what the shop itself sold. */
  units: number;
}

/** The real thing: database, markets, the clock; processes are started anew for every command. */
export class House {
  constructor(
    readonly database: Database,
    readonly split: readonly Split[],
    readonly clock: ReturnType<typeof handClock>,
  ) {}

  market(at: number): Market {
    const found = this.split[at % this.split.length];
    if (!found) throw new Error('no such market');
    return found.market;
  }

  async count(units: number): Promise<void> {
    await setStock(this.database, [{ sku: SKU, location: 'main', onHand: units }], {
      owner: 'shop',
      cause: 'test',
      at: this.clock.now(),
    });
  }

  /** Units that no channel holds and no order has. */
  async free(): Promise<number> {
    const [row] = await variantsBySku(this.database, [SKU]);
    const onHand = row?.stock.levels[0]?.onHand ?? 0;
    return onHand - (row?.stock.reserved ?? 0) - unitsHeld(row?.stock.allotments ?? []);
  }

  async sync(at: number, fault: Fault): Promise<void> {
    this.clock.advance(1);
    const market = this.market(at);
    market.fault = fault;
    const { listings } = await desksOf(this.database, this.split, market);
    await syncRound(listings, market.listings, { atOnce: true }).catch((error: unknown) => {
      if (!(error instanceof Error && error.message === 'died')) throw error;
    });
    market.fault = 'none';
  }

  async pull(at: number): Promise<void> {
    const { orders } = await desksOf(this.database, this.split, this.market(at));
    await pullOrders(orders);
  }

  /** Every unit a buyer could still take must be there. */
  check(truth: Truth): void {
    let sold = 0;
    let shown = 0;
    for (const { market } of this.split) {
      market.catchUp();
      sold += market.sold;
      shown += market.shown.get(SKU) ?? 0;
    }
    expect(sold + shown, 'units sold and units on sale').toBeLessThanOrEqual(truth.units);
  }
}

/** The one product: so many units are counted, at a price in cents. */
export async function lamp(database: Database, onHand: number, minor: number): Promise<void> {
  const item = product('lamp', [variant(SKU, minor, { stock: [{ location: 'main', onHand }] })]);
  await importSource(database, primary([item]));
}
