import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amazon } from '../../../connectors/amazon/index.js';
import { listOverrides, setOverride } from '../../../src/catalog/overrides.js';
import type { ItemPort } from '../../../src/channel/item-port.js';
import { systemClock } from '../../../src/clock.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { type ItemMatches, matchItems } from '../../../src/sync/match-items.js';
import { syncUntilSettled } from '../../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../../support/catalog.js';
import { type ChannelBench, channelBench } from '../../support/channel-bench.js';
import { sqliteDatabase } from '../../support/databases.js';

const LAMP = '00012345';
const EAN = '4006381333931';

describe('items of Amazon’s catalog', () => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(amazon, await sqliteDatabase(), { settings: { definitions: 'built-in' } });
    await fillCatalog(bench.test.database, smallCatalog(), systemClock);
  });
  afterEach(() => bench.stop());

  const port = (): ItemPort => {
    const { items } = bench.desk.open;
    if (!items) throw new Error('Amazon has a catalog');
    return items;
  };
  const item = (body: JsonObject): Promise<unknown> =>
    fetch(`${bench.simulator.url}/_sim/item`, { method: 'POST', body: JSON.stringify(body) });
  const match = (write = false): Promise<ItemMatches> =>
    matchItems(bench.desk, port(), { write, actor: 'test' });
  const sync = (): Promise<unknown> => syncUntilSettled(bench.desk, { deadlineMs: 10_000, atOnce: true });

  it('are found by EAN, fixed for the SKU only when wanted, and listed as an offer alone', async () => {
    await item({ asin: 'B00LAMP001', title: 'Camping lamp', codes: [EAN] });
    await item({ asin: 'B00FAMILY1', title: 'Camping lamps', codes: [EAN], parent: true });
    const found = { asked: 1, ambiguous: [], notFound: 0, withoutCode: 3 };
    expect(await match()).toMatchObject({ ...found, written: 0 });
    expect(await listOverrides(bench.test.database)).toEqual([]);
    expect(await match(true)).toMatchObject({
      ...found,
      written: 1,
      matched: [{ sku: LAMP, items: [{ id: 'B00LAMP001', title: 'Camping lamp' }] }],
    });
    expect(await match()).toMatchObject({ asked: 0 });
    await sync();
    expect(Object.keys(bench.simulator.held().get(LAMP) ?? {}).sort()).toEqual([
      'condition_type',
      'fulfillment_availability',
      'list_price',
      'merchant_suggested_asin',
      'purchasable_offer',
    ]);
    expect(bench.simulator.held().get('SHIRT-S')).toHaveProperty('item_name');
  });

  it('are told and never guessed when several have the code', async () => {
    await item({ asin: 'B00LAMP001', codes: [EAN] });
    await item({ asin: 'B00LAMP002', codes: [EAN] });
    const { ambiguous, matched, written } = await match(true);
    expect([matched, written]).toEqual([[], 0]);
    expect(ambiguous.map(({ sku, items }) => [sku, items.map(({ id }) => id)])).toEqual([
      [LAMP, ['B00LAMP001', 'B00LAMP002']],
    ]);
  });

  it('are fixed beside what a person has fixed already', async () => {
    await item({ asin: 'B00LAMP001', codes: [EAN] });
    const channel = bench.desk.kit.channel.id;
    const fixed = { channel, scope: 'variant', key: LAMP, attributes: { condition_note: 'Boxed' } } as const;
    await setOverride(bench.test.database, fixed, { actor: 'anna', at: systemClock.now() });
    await match(true);
    expect(await listOverrides(bench.test.database, channel)).toMatchObject([
      { attributes: { condition_note: 'Boxed', merchant_suggested_asin: 'B00LAMP001' } },
    ]);
  });

  it('are found by codes of every length, more than a page of them, and a failed search is no empty one', async () => {
    await item({ asin: 'B00UPC0001', codes: ['036000291452'] });
    await item({ asin: 'B00GTIN001', codes: ['10614141000415'] });
    for (let n = 0; n < 21; n++) await item({ asin: `B00MANY${String(n).padStart(3, '0')}`, codes: [EAN] });
    const found = await port().find(['036000291452', '10614141000415', EAN, '96385074', 'nonsense']);
    expect([...found].map(([code, items]) => [code, items.length])).toEqual([
      [EAN, 21],
      ['036000291452', 1],
      ['10614141000415', 1],
    ]);
    bench.simulator.faults.add({ kind: 'fail', match: '/catalog/' });
    await expect(port().find([EAN])).rejects.toMatchObject({ kind: 'ambiguous' });
  });
});
