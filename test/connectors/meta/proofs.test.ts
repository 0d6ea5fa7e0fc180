import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LARGEST_PART } from '../../../connectors/meta/batch-parts.js';
import { setOverride } from '../../../src/catalog/overrides.js';
import { setPrices } from '../../../src/catalog/set-prices.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { healRound } from '../../../src/sync/heal-round.js';
import { channelCounts } from '../../../src/sync/records.js';
import { syncChannel } from '../../../src/sync/sync-channel.js';
import { fillCatalog } from '../../support/catalog.js';
import { graphCaller } from './graph-caller.js';
import { goods, type VirtualHouse, virtualHouse } from './virtual-house.js';

/** 100,000 by `OMNIFEED_META_ITEMS=100000`; the proportion of calls is the same with fewer. */
const ITEMS = Number(process.env.OMNIFEED_META_ITEMS ?? 3_500);
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
    `takes ${ITEMS} items with as few batch calls as their number needs, and three looks for each`,
    async () => {
      await open(ITEMS);
      const { hours } = await house.settle();
      const optimum = Math.ceil(ITEMS / LARGEST_PART.records);
      const [batches, looks] = [calls('POST', '/items_batch'), calls('GET', '/check_batch_request_status')];
      process.stdout.write(
        `${ITEMS} items: ${batches} batch calls (optimum ${optimum}), ${looks} looks, ${house.simulator.calls.length} calls in all, ${hours.toFixed(2)} h of virtual time\n`,
      );
      expect(batches).toBe(optimum);
      expect(looks).toBeLessThanOrEqual(3 * optimum);
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

  const price = (minor: number): Promise<unknown> =>
    setPrices(house.desk.database, [{ sku: 'LAMP-7', price: { minor, currency: 'USD' } }], {
      actor: 'test',
      at: house.clock.now(),
    });

  it('repeats the same values soon after a fault, but newer ones only when the first call can no longer be under way', async () => {
    await open(20);
    await house.settle();
    await price(1_100);
    await graphCaller(house.simulator).command('error', { match: 'items_batch', code: 2 });
    const { hours } = await house.settle();
    expect(house.simulator.held().get('LAMP-7')?.price).toBe('11.00 USD');
    expect(hours).toBeLessThan(0.2);
    await price(1_200);
    await syncChannel(house.desk, { atOnce: true });
    house.clock.advance(10 * 60_000);
    await syncChannel(house.desk, { atOnce: true });
    house.clock.advance(PROCESSING_MS);
    expect(house.simulator.held().get('LAMP-7')?.price).toBe('11.00 USD');
    house.clock.advance(45 * 60_000);
    await house.settle();
    expect(house.simulator.held().get('LAMP-7')?.price).toBe('12.00 USD');
  });

  it('lets no call that dawdles bring back an older price', async () => {
    await open(20);
    await house.settle();
    await price(1_100);
    house.simulator.faults.add({ kind: 'drop-after', match: 'items_batch' });
    await syncChannel(house.desk, { atOnce: true });
    const lost = [...house.simulator.state.batches.values()].at(-1);
    // The call whose answer was lost is worked on last of all, only just within the hour.
    Object.assign(lost ?? {}, { dueAtMs: house.clock.monotonicMs() + 59 * 60_000 });
    await price(1_200);
    await house.settle();
    house.clock.advance(3_600_000);
    expect(lost?.outcomes ?? null).not.toBeNull();
    expect(house.simulator.held().get('LAMP-7')?.price).toBe('12.00 USD');
  });

  it('sends the newest price last even when the answer to the older one was lost', async () => {
    await open(20);
    await house.settle();
    await price(1_100);
    house.simulator.faults.add({ kind: 'drop-after', match: 'items_batch' });
    await house.settle();
    await price(1_200);
    await house.settle();
    expect(house.simulator.held().get('LAMP-7')?.price).toBe('12.00 USD');
    expect(house.simulator.state.overlaps).toBe(0);
  });

  describe('with a daily file', () => {
    let folder: string;
    let before: ReadonlyMap<string, JsonObject>;
    beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-meta-'));
      await open(200, { feed: { path: path.join(folder, 'items.csv.gz') } });
      await house.settle();
      before = house.simulator.held();
    });
    afterEach(() => rm(folder, { recursive: true }));

    /** A day passes, the file is handed over, and Meta reads it after the given time. */
    async function heal(
      items: number,
      readAfterMs = PROCESSING_MS,
      meanwhile = async () => {},
    ): Promise<void> {
      const { feed } = house.desk.open;
      if (!feed) throw new Error('no feed');
      house.clock.advance(86_400_000);
      expect((await healRound(house.desk, feed)).written).toMatchObject({ items });
      const session = [...house.simulator.state.sessions.values()].at(-1);
      Object.assign(session ?? {}, { dueAtMs: house.clock.monotonicMs() + readAfterMs });
      await meanwhile();
      house.clock.advance(readAfterMs);
      await house.settle();
    }
    const live = async (): Promise<number> => (await channelCounts(house.desk.database, 'meta-test')).live;

    it('mends what was changed and taken away behind our back, and leaves what others made by hand', async () => {
      await heal(200);
      expect(house.simulator.held()).toEqual(before);
      for (let n = 0; n < 20; n++) house.simulator.tamper(`LAMP-${n}`, null);
      for (let n = 20; n < 40; n++) {
        const spoilt = { ...before.get(`LAMP-${n}`), price: '1.00 USD', title: 'Spoilt' };
        house.simulator.tamper(`LAMP-${n}`, spoilt);
      }
      house.simulator.tamper('BY-HAND', before.get('LAMP-100') ?? {});
      await heal(200);
      const after = new Map(house.simulator.held());
      expect(after.delete('BY-HAND')).toBe(true);
      expect(Object.fromEntries(after)).toEqual(Object.fromEntries(before));
      expect(await live()).toBe(200);
    });

    it('does not let a file that is read late bring back the price of before', async () => {
      await heal(200, 20 * 60_000, async () => {
        const price = { minor: 1_212, currency: 'USD' };
        const by = { actor: 'test', at: house.clock.now() };
        await setPrices(house.desk.database, [{ sku: 'LAMP-7', price }], by);
        await syncChannel(house.desk, { atOnce: true });
        house.clock.advance(PROCESSING_MS);
        expect(house.simulator.held().get('LAMP-7')?.price).toBe('12.12 USD');
      });
      expect(house.simulator.held().get('LAMP-7')?.price).toBe('12.12 USD');
      await expectHeldAsDesired();
    });

    it('takes away by the next file what a lost removal left behind', async () => {
      await heal(200);
      const held = before.get('LAMP-3') ?? {};
      await setOverride(
        house.desk.database,
        { channel: '*', scope: 'variant', key: 'LAMP-3', attributes: {}, exclude: 'sold out for good' },
        { actor: 'test', at: house.clock.now() },
      );
      await house.settle();
      expect(house.simulator.held().has('LAMP-3')).toBe(false);
      const feedId = [...house.simulator.state.feeds.keys()][0] ?? null;
      house.simulator.tamper('LAMP-3', held);
      Object.assign(house.simulator.state.items.get('LAMP-3') ?? {}, { feedId });
      await heal(199);
      expect(house.simulator.held().has('LAMP-3')).toBe(false);
    });
  });
});

function sorted(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
