import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setOverride } from '../../src/catalog/overrides.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { impact, wholeImpact } from '../../src/workbench/impact.js';
import { fillCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { kitOf } from './drafts.js';

const lamps = (count: number): SourceProduct[] =>
  Array.from({ length: count }, (_, n) => ({
    product: {
      id: `lamp-${n}`,
      title: `Lamp, number ${n}`,
      type: n % 2 === 0 ? 'Desk' : 'Floor',
      status: 'active' as const,
      link: `https://shop.example/${n}`,
      images: ['https://shop.example/lamp.jpg'],
    },
    variants: [
      {
        sku: `L-${String(n).padStart(4, '0')}`,
        content: {},
        offer: n === 0 ? {} : { price: { minor: 1_000 + n, currency: 'USD' } },
        stock: [{ location: 'default', onHand: 3 }],
      },
    ],
  }));

const HEAD = 'connector: memory\nextends: default\n';

onEachDatabase('the impact of a draft', (open) => {
  let bench: ChannelBench;
  const clock = handClock();
  beforeEach(async () => {
    bench = await channelBench(memory, await open(), { clock });
  });
  afterEach(() => bench.stop());
  const report = async (before: string, after: string) => {
    const { kit } = bench.desk;
    return wholeImpact(
      bench.test.database,
      { published: await kitOf(kit, HEAD + before), draft: await kitOf(kit, HEAD + after) },
      { clock },
    );
  };

  it('counts every variant once: what changes, appears, vanishes, is newly blocked or fixed', async () => {
    await fillCatalog(bench.test.database, lamps(10), clock);
    const told = await report(
      'select: { no nine: \'product.id != "lamp-9"\' }\n',
      `attributes:
  title: when(product.id != "lamp-1", replace(product.title, ",", ""))
  price: first([vars.price, price("9.00 USD")])
rules:
  - name: not these
    when: product.id == "lamp-2"
    exclude: too heavy
`,
    );
    expect(told.totals).toEqual({
      changed: 6,
      appears: 1,
      vanishes: 1,
      newlyBlocked: 1,
      fixed: 1,
      unchanged: 0,
    });
    expect(told.of).toBe(10);
    expect(told.vanishing).toEqual([{ reason: 'too heavy', count: 1, skus: ['L-0002'] }]);
    expect(told.appearing).toEqual([{ reason: 'no nine', count: 1, skus: ['L-0009'] }]);
    expect(told.blocking).toMatchObject([{ attribute: 'title', count: 1, skus: ['L-0001'] }]);
    expect(told.fixing).toMatchObject([{ attribute: 'price', count: 1, skus: ['L-0000'] }]);
    const title = told.attributes.find(({ attribute }) => attribute === 'title');
    expect(title).toMatchObject({ rule: null, changed: 8 });
    expect(title?.kinds[0]).toMatchObject({ kind: '“,” is gone', count: 7 });
    expect(title?.kinds[0]?.samples[0]).toEqual({
      sku: 'L-0000',
      before: 'Lamp, number 0',
      after: 'Lamp number 0',
    });
  });

  it('tells of each rule what it matched, changed and lost to later rules and to people', async () => {
    await fillCatalog(bench.test.database, lamps(10), clock);
    await setOverride(
      bench.test.database,
      { channel: '*', scope: 'variant', key: 'L-0002', attributes: { color: 'Pink' } },
      { actor: 'test', at: clock.now() },
    );
    const told = await report(
      '',
      `rules:
  - name: all are red
    set: { color: '"Red"' }
  - name: floor lamps are blue
    when: product.type == "Floor"
    set: { color: '"Blue"' }
  - name: says it again
    when: product.id == "lamp-1"
    set: { color: '"Blue"' }
  - name: switched off
    off: true
    set: { color: '"Green"' }
`,
    );
    expect(told.rules).toEqual([
      { name: 'all are red', by: 'mapping', matched: 10, changed: 10, overridden: 6, excluded: 0 },
      { name: 'floor lamps are blue', by: 'mapping', matched: 5, changed: 5, overridden: 0, excluded: 0 },
      { name: 'says it again', by: 'mapping', matched: 1, changed: 0, overridden: 0, excluded: 0 },
    ]);
    expect(told.totals).toMatchObject({ changed: 9, unchanged: 1 });
    expect(told.attributes.map(({ attribute, rule, changed }) => [attribute, rule, changed])).toEqual([
      ['color', 'floor lamps are blue', 5],
      ['color', 'all are red', 4],
    ]);
  });

  it('is nothing for the same mapping, and its checksum names the numbers that were seen', async () => {
    await fillCatalog(bench.test.database, lamps(4), clock);
    const nothing = await report('', '# the same\n');
    expect(nothing.totals).toMatchObject({ unchanged: 4, changed: 0 });
    const one = await report('', 'attributes: { brand: \'"A"\' }\n');
    expect((await report('', 'attributes: { brand: \'"A"\' }\n')).checksum).toBe(one.checksum);
    await fillCatalog(bench.test.database, lamps(5), clock);
    expect((await report('', 'attributes: { brand: \'"A"\' }\n')).checksum).not.toBe(one.checksum);
  });

  it('tells numbers before it is done, and stops when it is told to', async () => {
    await fillCatalog(bench.test.database, lamps(1_200), clock);
    const { kit } = bench.desk;
    const stop = new AbortController();
    const steps = impact(
      bench.test.database,
      { published: kit, draft: await kitOf(kit, `${HEAD}attributes: { brand: '"A"' }\n`) },
      { clock, signal: stop.signal },
    );
    const first = await steps.next();
    expect(first.value).toMatchObject({ done: 500, of: 1_200, totals: { changed: 500 } });
    stop.abort(new Error('edited again'));
    await expect(steps.next()).rejects.toThrow('edited again');
  });

  it('tells bad data that the draft meets and the published mapping did not', async () => {
    await fillCatalog(bench.test.database, lamps(3), clock);
    const told = await report('', 'attributes: { gtin: gtin(product.title) }\n');
    expect(told.notes).toMatchObject([{ attribute: 'gtin', before: 0, after: 3, sku: 'L-0000' }]);
  });

  it('names the attributes whose change makes the channel review listings again, and how many listings', async () => {
    await fillCatalog(bench.test.database, lamps(3), clock);
    const { kit } = bench.desk;
    const draft = await kitOf(
      kit,
      `${HEAD}attributes: { color: '"Red"', brand: 'when(product.id == "lamp-1", "A")' }\n`,
    );
    const connector = { ...draft.connector, reviewedAttributes: ['brand', 'size'] };
    const pair = { published: await kitOf(kit, HEAD), draft: { ...draft, connector } };
    expect((await wholeImpact(bench.test.database, pair, { clock })).reviewed).toEqual({
      listings: 1,
      attributes: ['brand'],
    });
    expect((await report('', 'attributes: { color: \'"Red"\' }\n')).reviewed).toBeNull();
  });
});
