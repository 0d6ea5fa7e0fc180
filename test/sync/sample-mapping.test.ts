import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { sampleMapping } from '../../src/sync/sample-mapping.js';
import { fillCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

function lamps(count: number): SourceProduct[] {
  return Array.from({ length: count }, (_, n) => ({
    product: {
      id: `lamp-${n}`,
      title: `Lamp ${n}`,
      status: n === 1 ? ('draft' as const) : ('active' as const),
      link: `https://shop.example/${n}`,
    },
    variants: [{ sku: `L-${n}`, content: {}, offer: { price: { minor: 1_000, currency: 'USD' } } }],
  }));
}

onEachDatabase('a sample of the catalog', (open) => {
  let bench: ChannelBench;
  const clock = handClock();
  beforeEach(async () => {
    bench = await channelBench(memory, await open(), { clock });
  });
  afterEach(() => bench.stop());
  const sample = (variants: number) =>
    sampleMapping(bench.test.database, bench.desk.kit, { clock, variants });

  it('is taken from the first active variants, no more than asked for, and writes nothing', async () => {
    await fillCatalog(bench.test.database, lamps(12), clock);
    expect(await sample(5)).toMatchObject({ variants: 5, active: 11, listed: 5, excluded: [] });
    const whole = await sample(100);
    expect(whole).toMatchObject({ variants: 11, active: 11, cost: { averageMs: 0 } });
    expect(whole?.fields.find(({ path }) => path === 'product.brand')).toEqual({
      path: 'product.brand',
      read: 11,
      missing: 11,
    });
    expect(await bench.test.database.all('SELECT sku FROM listing')).toEqual([]);
  });

  it('does not exist for an empty catalog', async () => {
    expect(await sample(5)).toBeNull();
  });
});
