import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LARGEST_PART } from '../../../connectors/meta/batch-parts.js';
import { setPrices } from '../../../src/catalog/set-prices.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { healRound } from '../../../src/sync/heal-round.js';
import { channelCounts } from '../../../src/sync/records.js';
import { fillCatalog } from '../../support/catalog.js';
import { goods, type VirtualHouse, virtualHouse } from './virtual-house.js';

/** 100,000 by `OMNIFEED_META_ITEMS=100000`; the proportion of calls is the same with fewer. */
const ITEMS = Number(process.env.OMNIFEED_META_ITEMS ?? 5_000);
const PROCESSING_MS = 120_000;
/** Longest wait for a test of this size. */
const LONG_MS = 60_000 + ITEMS * 20;

describe('a whole catalog at Meta, on a clock moved by hand', () => {
  let house: VirtualHouse;
  afterEach(() => house.stop());

  async function open(items: number, settings: JsonObject = {}): Promise<void> {
    house = await virtualHouse(PROCESSING_MS, { settings });
    await fillCatalog(house.desk.database, goods(items), house.clock);
  }
  const calls = (method: string, edge: string): number =>
    house.simulator.calls.filter((call) => call.method === method && call.path.endsWith(edge)).length;
  /** SKU by SKU: what the simulator holds is what the house wants. */
  async function expectHeldAsDesired(): Promise<void> {
    const rows = await house.desk.database.all<{ variant_id: number; sku: string }>(
      "SELECT variant_id, sku FROM listing WHERE state = 'listed'",
    );
    const desired = await house.desk.desiredOf(rows.map((row) => row.variant_id));
    const held = house.simulator.held();
    const wrong = rows.filter(({ variant_id, sku }) => {
      const listing = desired.get(variant_id);
      return (
        listing?.state !== 'listed' ||
        JSON.stringify(sorted(listing.attributes)) !== JSON.stringify(sorted(held.get(sku) ?? {}))
      );
    });
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(held.size).toBe(rows.length);
    expect((await channelCounts(house.desk.database, 'meta-test')).live).toBe(rows.length);
  }

  it(
    `takes ${ITEMS} items with as few batch calls as their number needs, and two looks for each`,
    async () => {
      await open(ITEMS);
      const { hours } = await house.settle();
      const optimum = Math.ceil(ITEMS / LARGEST_PART.records);
      const [batches, looks] = [calls('POST', '/items_batch'), calls('GET', '/check_batch_request_status')];
      process.stdout.write(
        `${ITEMS} items: ${batches} batch calls (optimum ${optimum}), ${looks} looks, ${house.simulator.calls.length} calls in all, ${hours.toFixed(2)} h of virtual time\n`,
      );
      expect(batches).toBe(optimum);
      expect(looks).toBeLessThanOrEqual(4 * optimum);
      expect(house.simulator.calls.length).toBe(batches + looks);
      expect(house.simulator.state.overlaps).toBe(0);
      await expectHeldAsDesired();
    },
    LONG_MS,
  );

  it(
    'leaves nothing out and sends no item while an earlier write of it may be under way, when answers are lost',
    async () => {
      await open(ITEMS);
      house.simulator.faults.add({ kind: 'drop-after', match: 'items_batch' });
      house.simulator.faults.add({ kind: 'drop-before', match: 'items_batch' });
      house.simulator.faults.add({ kind: 'drop-after', match: 'check_batch_request_status' });
      await house.settle();
      // Once more the two whose answers did not come.
      expect(calls('POST', '/items_batch')).toBe(Math.ceil(ITEMS / LARGEST_PART.records) + 2);
      expect(house.simulator.state.overlaps).toBe(0);
      await expectHeldAsDesired();
    },
    LONG_MS,
  );

  it('sends the newest price last even when the answer to the older one was lost', async () => {
    await open(20);
    await house.settle();
    const price = (minor: number): Promise<unknown> =>
      setPrices(house.desk.database, [{ sku: 'LAMP-7', price: { minor, currency: 'USD' } }], {
        actor: 'test',
        at: house.clock.now(),
      });
    await price(1_100);
    house.simulator.faults.add({ kind: 'drop-after', match: 'items_batch' });
    await house.settle();
    await price(1_200);
    await house.settle();
    expect(house.simulator.held().get('LAMP-7')?.price).toBe('12.00 USD');
    expect(house.simulator.state.overlaps).toBe(0);
  });

  it('mends by the daily file what was changed, taken away and left behind in between', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-meta-'));
    await open(200, { feed: { path: path.join(folder, 'items.csv.gz') } });
    await house.settle();
    const before = house.simulator.held();
    const { feed } = house.desk.open;
    if (!feed) throw new Error('no feed');
    await heal(feed);
    expect(house.simulator.held()).toEqual(before);
    for (let n = 0; n < 20; n++) house.simulator.tamper(`LAMP-${n}`, null);
    for (let n = 20; n < 40; n++)
      house.simulator.tamper(`LAMP-${n}`, { ...before.get(`LAMP-${n}`), price: '1.00 USD', title: 'Spoilt' });
    house.simulator.tamper('BY-HAND', before.get('LAMP-100') ?? {});
    await heal(feed);
    const after = new Map(house.simulator.held());
    expect(after.delete('BY-HAND')).toBe(true);
    expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before));
    await expectCounted(200);
    await rm(folder, { recursive: true });

    async function heal(port: NonNullable<typeof feed>): Promise<void> {
      house.clock.advance(86_400_000);
      expect((await healRound(house.desk, port)).written).toMatchObject({ items: 200 });
      house.clock.advance(PROCESSING_MS);
      await house.settle();
    }
    async function expectCounted(live: number): Promise<void> {
      expect((await channelCounts(house.desk.database, 'meta-test')).live).toBe(live);
    }
  });
});

function sorted(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
