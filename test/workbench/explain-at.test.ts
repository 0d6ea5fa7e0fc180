import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { clearOverride, setOverride } from '../../src/catalog/overrides.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { pathSentence } from '../../src/mapping/path-sentence.js';
import { desireChannel } from '../../src/sync/desire.js';
import { explainAt } from '../../src/workbench/explain-at.js';
import { whyNotSent } from '../../src/workbench/why-not-sent.js';
import { fillCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { kitOf } from './drafts.js';

const lamp = (title: string, status: 'active' | 'draft' = 'active'): SourceProduct => ({
  product: {
    id: 'lamp',
    title,
    status,
    link: 'https://shop.example/lamp',
    images: ['https://shop.example/lamp.jpg'],
  },
  variants: [
    {
      sku: 'L-1',
      content: {},
      offer: { price: { minor: 1_000, currency: 'USD' } },
      stock: [{ location: 'default', onHand: 3 }],
    },
  ],
});

const DAY = 24 * 60 * 60 * 1_000;

onEachDatabase('a listing explained', (open) => {
  let bench: ChannelBench;
  const clock = handClock();
  beforeEach(async () => {
    bench = await channelBench(memory, await open(), { clock });
  });
  afterEach(() => bench.stop());

  it('is as it was on a day: texts, what was fixed by hand, whether it was sold, and the mapping of that day', async () => {
    const { database } = bench.test;
    const withMapping = async (text: string) => ({ ...bench.desk, kit: await kitOf(bench.desk.kit, text) });
    const first = await withMapping('connector: memory\nextends: default\n');
    await fillCatalog(database, [lamp('Old lamp')], clock);
    await desireChannel(first);
    clock.advance(DAY);
    const plain = clock.now();
    clock.advance(DAY);
    const by = () => ({ actor: 'operator:ann', at: clock.now() });
    const place = { channel: 'memory-test', scope: 'variant', key: 'L-1' } as const;
    await setOverride(database, { ...place, attributes: { color: 'Pink' } }, by());
    clock.advance(DAY);
    const pink = clock.now();
    clock.advance(DAY);
    await clearOverride(database, place, by());
    await fillCatalog(database, [lamp('New lamp', 'draft')], clock);
    const desk = await withMapping(
      'connector: memory\nextends: default\nattributes: { title: product.title + "!" }\n',
    );
    await desireChannel(desk);
    clock.advance(DAY);

    const valueAt = async (at: string, name: string) =>
      (await explainAt(desk, 'L-1', at)).attributes.find((one) => one.name === name)?.value;
    expect(await valueAt(plain, 'title')).toBe('Old lamp');
    expect(await valueAt(plain, 'color')).toBeNull();
    expect(await valueAt(pink, 'color')).toBe('Pink');
    expect(await explainAt(desk, 'L-1', plain)).toMatchObject({
      outcome: 'listing',
      mapping: { revision: first.kit.mapping.revision },
    });
    expect(await explainAt(desk, 'L-1', clock.now())).toMatchObject({
      outcome: 'excluded',
      mapping: { revision: desk.kit.mapping.revision },
    });
  });

  it('refuses moments before the SKU was there, and moments to come', async () => {
    await fillCatalog(bench.test.database, [lamp('Lamp')], clock);
    await expect(explainAt(bench.desk, 'L-1', '2020-01-01T00:00:00.000Z')).rejects.toMatchObject({
      code: 'not_in_catalog_then',
    });
    await expect(explainAt(bench.desk, 'L-1', '2099-01-01T00:00:00.000Z')).rejects.toMatchObject({
      code: 'in_the_future',
    });
  });

  it('says when the mapping of that time is not known', async () => {
    await fillCatalog(bench.test.database, [lamp('Lamp')], clock);
    clock.advance(DAY);
    expect(await explainAt(bench.desk, 'L-1', clock.now())).toMatchObject({ mapping: null });
  });

  it('tells the tests it must pass in their order, and those behind the first that failed were not reached', async () => {
    const { database } = bench.test;
    await fillCatalog(database, [lamp('Sample lamp')], clock);
    const kit = await kitOf(
      bench.desk.kit,
      `connector: memory
extends: default
select: { no samples: '!mentions(product.title, "sample")' }
`,
    );
    const { tests } = await whyNotSent({ ...bench.desk, kit }, 'L-1');
    expect(tests.map(({ test, outcome }) => `${outcome}: ${test}`).slice(0, 6)).toEqual([
      'passed: the catalog has it for sale',
      'passed: nobody keeps it off by hand',
      'passed: is sold',
      'failed: no samples',
      'not reached: no rule keeps it off',
      'not reached: its attributes have no errors',
    ]);
    expect(tests[3]?.detail).toBe('title of the product is “Sample lamp”');
    const { tests: waiting } = await whyNotSent(bench.desk, 'L-1');
    expect(waiting.find(({ outcome }) => outcome !== 'passed')).toMatchObject({
      test: 'it was worked out for the channel',
      outcome: 'waits',
    });
  });

  it('tells how a value came about as a sentence', async () => {
    await fillCatalog(bench.test.database, [lamp('Lamp')], clock);
    const kit = await kitOf(
      bench.desk.kit,
      `connector: memory
extends: default
attributes: { brand: product.title }
rules:
  - name: Cheap
    when: variant.price < price("20.00 USD")
    set: { brand: 'listing.brand + " outlet"' }
`,
    );
    const { explained } = await whyNotSent({ ...bench.desk, kit }, 'L-1');
    const brand = explained.attributes.find(({ name }) => name === 'brand');
    expect(brand && pathSentence(brand)).toBe(
      'title of the product “Lamp” → mapping “Lamp” → rule “Cheap” (because price of the variant 10.00 USD) “Lamp outlet”',
    );
  });
});
