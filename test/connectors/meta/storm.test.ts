import { afterEach, describe, expect, it } from 'vitest';
import type { BatchFate } from '../../../connectors/meta/simulator/catalog-state.js';
import { setOverride } from '../../../src/catalog/overrides.js';
import { setPrices } from '../../../src/catalog/set-prices.js';
import type { Fault } from '../../../src/channel/simulator.js';
import { channelCounts } from '../../../src/sync/records.js';
import { syncChannel } from '../../../src/sync/sync-channel.js';
import { fillCatalog } from '../../support/catalog.js';
import { goods, type VirtualHouse, virtualHouse } from './virtual-house.js';

const ITEMS = 40;
const STEPS = 12;
/** Twenty minutes of processing at times, and answers lost on either side of Meta: the next write has to wait for the worst of both together. */
const FAULTS: readonly Fault['kind'][] = ['throttle', 'fail', 'drop-before', 'drop-after'];
const FATES: readonly (BatchFate | 'empty')[] = ['empty', 'error', 'canceled', 'lost', 'slow'];
const CALLS = ['items_batch', 'check_batch_request_status'] as const;

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('a day of faults at Meta', () => {
  let house: VirtualHouse;
  afterEach(() => house.stop());

  it('waits out a batch whose answer was lost, though it takes twenty minutes', async () => {
    house = await virtualHouse(120_000);
    const { desk, clock, simulator } = house;
    await fillCatalog(desk.database, goods(3), clock);
    simulator.faults.add({ kind: 'drop-after', match: 'items_batch' });
    simulator.state.fates.push('slow');
    await syncChannel(desk, { atOnce: true });
    expect([...simulator.state.batches.values()].map(({ fate }) => fate)).toEqual(['slow']);
    const price = { minor: 1_100, currency: 'USD' };
    await setPrices(desk.database, [{ sku: 'LAMP-0', price }], { actor: 'test', at: clock.now() });
    await house.settle();
    expect(simulator.held().get('LAMP-0')).toMatchObject({ price: '11.00 USD' });
    expect(simulator.held().size).toBe(3);
    expect(simulator.state.overlaps).toBe(0);
  });

  it.each([1, 2, 3, 4])(
    'ends with exactly what is wanted, and no two writes of an item were ever under way (seed %d)',
    async (seed) => {
      const roll = dice(seed);
      const pick = <Item>(all: readonly Item[]): Item => all[Math.floor(roll() * all.length)] as Item;
      house = await virtualHouse(120_000);
      const { desk, clock, simulator } = house;
      await fillCatalog(desk.database, goods(ITEMS), clock);
      for (let step = 0; step < STEPS; step++) {
        if (roll() < 0.5) simulator.faults.add({ kind: pick(FAULTS), match: pick(CALLS), ms: 60_000 });
        if (roll() < 0.5) simulator.state.fates.push(pick(FATES));
        const by = { actor: 'test', at: clock.now() };
        const prices = Array.from({ length: 5 }, () => {
          const n = Math.floor(roll() * ITEMS);
          const minor = 1_000 + n + Math.floor(roll() * 200);
          return { sku: `LAMP-${n}`, price: { minor, currency: 'USD' } };
        });
        await setPrices(desk.database, [...new Map(prices.map((entry) => [entry.sku, entry])).values()], by);
        const key = `LAMP-${Math.floor(roll() * 3)}`;
        const exclude = roll() < 0.5 ? { exclude: 'not today' } : {};
        await setOverride(
          desk.database,
          { channel: '*', scope: 'variant', key, attributes: {}, ...exclude },
          by,
        );
        for (let round = 0; round < 3; round++) {
          const { againInMs } = await syncChannel(desk, { atOnce: true });
          clock.advance(Math.min(againInMs ?? 60_000, Math.floor(roll() * 300_000)) + 1);
        }
      }
      simulator.faults.clear();
      simulator.state.fates.splice(0);
      await house.settle();
      const rows = await desk.database.all<{ variant_id: number; sku: string }>(
        "SELECT variant_id, sku FROM listing WHERE state = 'listed'",
      );
      const desired = await desk.desiredOf(rows.map(({ variant_id }) => variant_id));
      const wanted = rows.map(({ variant_id, sku }) => {
        const listing = desired.get(variant_id);
        return [sku, listing?.state === 'listed' ? listing.attributes : null] as const;
      });
      expect(Object.fromEntries(simulator.held())).toEqual(Object.fromEntries(wanted));
      expect((await channelCounts(desk.database, 'meta-test')).live).toBe(rows.length);
      expect(simulator.state.overlaps).toBe(0);
    },
  );
});
