import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { changeOutlet, forgetOutlet, leaveChannel, type Outlet } from '../../src/sync/outlet.js';
import { channelCounts } from '../../src/sync/records.js';
import { syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

const LAMPS = 14;
const lamps: SourceProduct[] = Array.from({ length: LAMPS }, (_, n) => ({
  product: { id: `lamp-${n}`, title: `Lamp ${n}`, status: 'active', link: `https://shop.example/${n}` },
  variants: [
    {
      sku: `L-${String(n).padStart(2, '0')}`,
      content: {},
      offer: { price: { minor: 1_000, currency: 'USD' } },
      stock: [{ location: 'default', onHand: 9 }],
    },
  ],
}));

onEachDatabase('how much of a channel goes out', (open) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(memory, await open(), { processingMs: 1 });
    await fillCatalog(bench.test.database, lamps, bench.desk.clock);
  });
  afterEach(() => bench.stop());

  const outlet = (wanted: Outlet): Promise<void> =>
    bench.test.database.transaction((tx) => changeOutlet(tx, bench.desk.kit.channel.id, wanted));
  const shown = async (): Promise<string[]> => {
    await syncUntilSettled(bench.desk, { deadlineMs: 20_000, atOnce: true });
    return [...bench.simulator.held().keys()].sort();
  };
  const counts = () => channelCounts(bench.test.database, bench.desk.kit.channel.id);

  it('nothing: everything is worked out, nothing is sent, and from then on all of it when it is started', async () => {
    await outlet('nothing');
    expect(await shown()).toEqual([]);
    expect(await counts()).toMatchObject({ listed: LAMPS, owned: 0, inFlight: 0 });
    await outlet('everything');
    expect(await shown()).toHaveLength(LAMPS);
  });

  it('the first ones: the same stay chosen, the others say why they wait, and follow with everything', async () => {
    await outlet('nothing');
    await shown();
    await outlet({ first: 3 });
    expect(await shown()).toEqual(['L-00', 'L-01', 'L-02']);
    expect(await counts()).toMatchObject({ variants: LAMPS, listed: 3, excluded: LAMPS - 3 });
    const { database, desk } = { database: bench.test.database, desk: bench.desk };
    const waiting = await database.get<{ reason: string }>("SELECT reason FROM listing WHERE sku = 'L-09'");
    expect(waiting?.reason).toContain('only the first 3 listings go out');
    const price = { minor: 1_100, currency: 'USD' };
    await setPrices(
      database,
      [
        { sku: 'L-09', price },
        { sku: 'L-01', price },
      ],
      {
        actor: 'operator:test',
        at: desk.clock.now(),
      },
    );
    expect(await shown()).toEqual(['L-00', 'L-01', 'L-02']);
    expect(JSON.stringify(bench.simulator.held().get('L-01'))).toContain('11');
    await outlet('everything');
    expect(await shown()).toHaveLength(LAMPS);
  });

  it('the first ones of a channel that shows more already: nothing is taken away', async () => {
    expect(await shown()).toHaveLength(LAMPS);
    await outlet({ first: 2 });
    expect(await shown()).toHaveLength(LAMPS);
  });

  it('leaving: all of it goes though a guard would hold so many removals, and none comes back', async () => {
    expect(await shown()).toHaveLength(LAMPS);
    const { id } = bench.desk.kit.channel;
    const by = { by: 'Ann', at: bench.desk.clock.now() };
    await bench.test.database.transaction((tx) => leaveChannel(tx, id, by));
    expect(await shown()).toEqual([]);
    expect(await counts()).toMatchObject({ owned: 0, inFlight: 0, held: 0, excluded: LAMPS });
    await bench.test.database.transaction((tx) => forgetOutlet(tx, id));
    expect(await shown()).toHaveLength(LAMPS); // connected anew under its name
  });
});
