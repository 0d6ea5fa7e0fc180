import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amazon } from '../../connectors/amazon/index.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import { setStock } from '../../src/catalog/set-stock.js';
import type { ListingPort } from '../../src/channel/connector.js';
import { systemClock } from '../../src/clock.js';
import type { JsonObject } from '../../src/domain/json.js';
import { priceFirst, type SoldOutFacts, soldOutUnder } from '../../src/sync/restock.js';
import { syncRound } from '../../src/sync/run.js';
import { syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';

const withoutStock = (offer: JsonObject): JsonObject | null =>
  Number(offer.quantity ?? 0) > 0 ? { ...offer, quantity: 0 } : null;
const offer = (price: number, quantity: number): JsonObject => ({ price, quantity });
const under = (price: number): string | null => soldOutUnder(offer(price, 0), withoutStock);

describe('a restock', () => {
  const sent = (was: JsonObject, more: Partial<SoldOutFacts> = {}): SoldOutFacts => ({
    owned: 1,
    sent_offer: JSON.stringify(was),
    sent_offer_rev: 'r1',
    verdict: 'live',
    verdict_offer_rev: 'r1',
    sold_out: null,
    ...more,
  });
  const unsure = { verdict: null, verdict_offer_rev: null };

  it.each<[string, SoldOutFacts, JsonObject, boolean]>([
    ['of a sold-out listing at another price', sent(offer(1, 0)), offer(2, 5), true],
    ['at the same price', sent(offer(1, 0)), offer(1, 5), false],
    ['of a listing that is on sale', sent(offer(1, 3)), offer(2, 5), false],
    ['that is none: it stays sold out', sent(offer(1, 0)), offer(2, 0), false],
    ['of a listing that is not there yet', sent(offer(1, 0), { owned: 0 }), offer(2, 5), false],
    ['of a listing never sent', { ...sent({}), sent_offer: null }, offer(2, 5), false],
    ['whose price step nobody confirmed', sent(offer(2, 0), unsure), offer(2, 5), true],
    [
      'whose price step was refused and gets the price before',
      sent(offer(2, 0), { verdict: 'rejected', sold_out: under(1) }),
      offer(1, 5),
      true,
    ],
    [
      'whose quantity got no answer, at the confirmed price',
      sent(offer(2, 5), { ...unsure, sold_out: under(2) }),
      offer(2, 5),
      false,
    ],
    [
      'whose quantity got no answer, at yet another price',
      sent(offer(2, 5), { ...unsure, sold_out: under(2) }),
      offer(3, 5),
      true,
    ],
  ])('%s', (_what, record, wanted, first) => {
    const listing = { attributes: wanted, offerOf: (attributes: JsonObject) => attributes };
    expect(priceFirst(record, listing, withoutStock)).toEqual(first ? { ...wanted, quantity: 0 } : null);
  });
});

describe('a restock at another price on a channel that shows stock before prices', () => {
  const LAMP = '00012345';
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(amazon, await sqliteDatabase(), { settings: { definitions: 'built-in' } });
    await fillCatalog(bench.test.database, smallCatalog(), systemClock);
    await settle();
    await stock(0);
    await settle();
    expect(shown()).toEqual([0, 49.5]);
  });
  afterEach(() => bench.stop());

  const settle = (desk = bench.desk): ReturnType<typeof syncUntilSettled> =>
    syncUntilSettled(desk, { deadlineMs: 10_000, atOnce: true });
  const stock = (onHand: number): Promise<unknown> =>
    setStock(bench.test.database, [{ sku: LAMP, location: 'default', onHand }], {
      owner: 'shop',
      cause: 'test',
      at: systemClock.now(),
    });
  const price = (minor: number): Promise<unknown> =>
    setPrices(bench.test.database, [{ sku: LAMP, price: { minor, currency: 'USD' } }], {
      actor: 'test',
      at: systemClock.now(),
    });
  const shown = (): readonly unknown[] => {
    const text = JSON.stringify(bench.simulator.held().get(LAMP));
    return [/"quantity":(\d+)/, /"value_with_tax":([\d.]+)/].map((part) => Number(part.exec(text)?.[1]));
  };
  /** How often shoppers could buy at the price before, by the simulator's own account. */
  const soldAtOldPrice = async (): Promise<unknown> => {
    const state = (await (await fetch(`${bench.simulator.url}/_sim/state`)).json()) as {
      listings: Record<string, { soldAtOldPrice: number }>;
    };
    return state.listings[LAMP]?.soldAtOldPrice;
  };

  it('sells nothing at the price before', async () => {
    await stock(7);
    await price(5_900);
    await settle();
    expect(shown()).toEqual([7, 59]);
    expect(await soldAtOldPrice()).toBe(0);
  });

  it('sells nothing at the price before when the process ends between the two steps', async () => {
    await stock(7);
    await price(5_900);
    const port = bench.desk.open.listings as ListingPort;
    const dying: ListingPort = {
      ...port,
      async submit(changes, key) {
        await port.submit(changes, key);
        throw new Error('killed');
      },
    };
    await expect(syncRound(bench.desk, dying, { atOnce: true })).rejects.toThrow('killed');
    const desk = await bench.again();
    await price(6_100);
    await settle(desk);
    expect(shown()).toEqual([7, 61]);
    expect(await soldAtOldPrice()).toBe(0);
  });

  it('keeps the quantity back for good when the price is refused', async () => {
    bench.simulator.refuse(LAMP, '18155');
    await stock(7);
    await price(5_900);
    await settle();
    expect(shown()).toEqual([0, 49.5]);
    const calls = bench.simulator.calls.length;
    await settle();
    expect(bench.simulator.calls.length).toBe(calls);
  });
});
