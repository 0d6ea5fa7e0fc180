import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { NoteTally } from '../../src/mapping/notes.js';
import { desireChannel } from '../../src/sync/desire.js';
import { addPassNotes, endPassNotes, readPassNotes } from '../../src/sync/pass-notes.js';
import { fillCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

/** Lamps priced in dollars; every second one has a sale price in euros, which cannot be compared. */
function lamps(count: number): SourceProduct[] {
  return Array.from({ length: count }, (_, n) => ({
    product: { id: `lamp-${n}`, title: `Lamp ${n}`, status: 'active' as const, link: 'https://shop.example' },
    variants: [
      {
        sku: `L-${String(n).padStart(5, '0')}`,
        content: {},
        offer: {
          price: { minor: 1_000, currency: 'USD' },
          ...(n % 2 === 0 ? { salePrice: { minor: 500, currency: 'EUR' } } : {}),
        },
      },
    ],
  }));
}

onEachDatabase('notes of a mapping', (open) => {
  let bench: ChannelBench;
  const clock = handClock();
  beforeEach(async () => {
    bench = await channelBench(memory, await open(), { clock });
  });
  afterEach(() => bench.stop());
  const notes = () => readPassNotes(bench.test.database, 'memory-test');

  it('are counted by place and pattern in every pass and kept with the channel', async () => {
    await fillCatalog(bench.test.database, lamps(5), clock);
    expect(await desireChannel(bench.desk)).toMatchObject({ mode: 'all', seen: 5, notes: 3 });
    expect(await notes()).toEqual([
      {
        mode: 'all',
        at: clock.now(),
        variants: 5,
        total: 3,
        counts: [
          {
            attribute: 'sale_price',
            pattern: 'different currencies',
            file: 'mappings/memory.yaml',
            line: expect.any(Number),
            miss: null,
            count: 3,
            first: { sku: 'L-00000', message: 'EUR and USD cannot be compared' },
          },
        ],
      },
    ]);
  });

  it('of a pass over changes stand beside those of the whole catalog, until that is looked at again', async () => {
    await fillCatalog(bench.test.database, lamps(5), clock);
    await desireChannel(bench.desk);
    const change = { sku: 'L-00001', salePrice: { minor: 1, currency: 'JPY' } };
    await setPrices(bench.test.database, [change], { actor: 'test', at: clock.now() });
    clock.advance(1_000);
    await desireChannel(bench.desk);
    await desireChannel(bench.desk);
    expect(await notes()).toMatchObject([
      { mode: 'all', variants: 5, total: 3 },
      { mode: 'changes', variants: 1, total: 1 },
    ]);
    clock.advance(1_000);
    await desireChannel(bench.desk, { all: true });
    expect(await notes()).toMatchObject([{ mode: 'all', variants: 5, total: 4 }]);
    const left = await bench.test.database.all('SELECT DISTINCT pass FROM mapping_note');
    expect(left).toHaveLength(1);
  });

  it('are counted once although the pass was stopped and went on', async () => {
    await fillCatalog(bench.test.database, lamps(2_500), clock);
    const stop = new AbortController();
    const stopped = desireChannel(bench.desk, {
      signal: stop.signal,
      onWorked: async () => stop.abort(new Error('killed')),
    });
    await expect(stopped).rejects.toThrow('killed');
    expect(await notes()).toEqual([]);
    expect(await desireChannel(await bench.again())).toMatchObject({ seen: 1_500 });
    expect(await notes()).toMatchObject([{ mode: 'all', variants: 2_500, total: 1_250 }]);
  });

  it('beyond the bound are counted together', async () => {
    const { database } = bench.test;
    const pass = { channel: 'memory-test', id: 'one' };
    for (const page of [0, 1]) {
      const tally = new NoteTally();
      for (let n = 0; n < 1_500; n++) {
        const key = `k${page * 1_500 + n}`;
        const sentence = `lookup table "c" has no entry for "${key}"`;
        const note = { attribute: 'color', file: 'x', line: 1, message: sentence, pattern: sentence };
        tally.add('S', [{ ...note, miss: { table: 'c', key } }]);
      }
      await database.transaction((tx) => addPassNotes(tx, pass, tally));
    }
    await database.transaction((tx) =>
      endPassNotes(tx, pass, { mode: 'all', at: clock.now(), variants: 3_000 }),
    );
    const [found] = await notes();
    expect(found?.total).toBe(3_000);
    expect(found?.counts[0]).toMatchObject({ count: 1_000, pattern: expect.stringContaining('2,000') });
  });
});
