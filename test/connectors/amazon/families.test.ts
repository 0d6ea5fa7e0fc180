import { afterEach, beforeEach, expect, it } from 'vitest';
import { amazon } from '../../../connectors/amazon/index.js';
import type { Connector } from '../../../src/channel/connector.js';
import { systemClock } from '../../../src/clock.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { openProblems } from '../../../src/problems/problems.js';
import { familyCounts } from '../../../src/sync/family-rows.js';
import { meetChannel } from '../../../src/sync/meet-channel.js';
import { observeOrWait } from '../../../src/sync/observe.js';
import { syncRound } from '../../../src/sync/run.js';
import { syncChannel, syncUntilSettled } from '../../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../../support/catalog.js';
import { type ChannelBench, channelBench } from '../../support/channel-bench.js';
import { onEachDatabase } from '../../support/databases.js';

const PARAMS = { dangerousGoods: 'not_applicable', countryOfOrigin: 'PL' };

interface Shown {
  readonly productType: string;
  readonly attributes: JsonObject | null;
  readonly issues: readonly JsonObject[];
  readonly parent: string | null;
  readonly relationsSent: number;
}

onEachDatabase('variation families at Amazon', (open) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(amazon as unknown as Connector, await open(), {
      params: PARAMS,
      processingMs: 120,
    });
    await fillCatalog(bench.test.database, smallCatalog(), systemClock);
  });
  afterEach(() => bench.stop());

  const settle = (desk = bench.desk): ReturnType<typeof syncUntilSettled> =>
    syncUntilSettled(desk, { deadlineMs: 15_000, atOnce: true });
  const shown = async (): Promise<Record<string, Shown>> => {
    const reply = await fetch(`${bench.simulator.url}/_sim/state`);
    return ((await reply.json()) as { listings: Record<string, Shown> }).listings;
  };
  const places = async (): Promise<Record<string, string | null>> =>
    Object.fromEntries(Object.entries(await shown()).map(([sku, { parent }]) => [sku, parent]));

  const named = (product: (shirt: SourceProduct) => SourceProduct): SourceProduct[] => {
    const [shirt, ...others] = smallCatalog();
    return shirt === undefined ? [] : [product(shirt), ...others];
  };
  const tshirt = (changes: { title?: string }, skus: readonly string[]): SourceProduct[] =>
    named((shirt) => ({
      product: { ...shirt.product, ...changes },
      variants: shirt.variants.filter(({ sku }) => skus.includes(sku ?? '')),
    }));
  const observe = (): ReturnType<typeof observeOrWait> => {
    const { listings } = bench.desk.open;
    if (!listings?.observe) throw new Error('Amazon can be read back');
    return observeOrWait(bench.desk, { observe: listings.observe.bind(listings) });
  };

  it('puts the parent first and links each child once, however often its listing changes', async () => {
    await syncChannel(bench.desk, { atOnce: true });
    const waiting = 'waits until the channel shows the parent shirt of its variation family';
    expect(
      await bench.test.database.all('SELECT sku, held FROM listing WHERE held IS NOT NULL ORDER BY sku'),
    ).toEqual(['SHIRT-L', 'SHIRT-M', 'SHIRT-S'].map((sku) => ({ sku, held: waiting })));
    const report = await settle();
    expect(await places()).toEqual({
      shirt: null,
      'SHIRT-S': 'shirt',
      'SHIRT-M': 'shirt',
      'SHIRT-L': 'shirt',
      '00012345': null,
    });
    expect(report.counts).toMatchObject({ listed: 4, live: 4, rejected: 0, held: 0 });
    const { shirt } = await shown();
    expect(shirt?.attributes).toMatchObject({
      parentage_level: [{ value: 'parent' }],
      variation_theme: [{ name: 'SIZE' }],
      item_name: [{ value: 'Fernweh Linen shirt' }],
    });
    expect(Object.keys(shirt?.attributes ?? {})).not.toContain('size');

    const again = tshirt({ title: 'Flax shirt' }, ['SHIRT-S', 'SHIRT-M', 'SHIRT-L']).map((each) => ({
      ...each,
      variants: each.variants.map(({ content: { mpn: _dropped, ...content }, ...rest }) => ({
        ...rest,
        content,
      })),
    }));
    await fillCatalog(bench.test.database, again, systemClock);
    await settle();
    const after = await shown();
    expect(after.shirt?.attributes).toMatchObject({ item_name: [{ value: 'Fernweh Flax shirt' }] });
    expect(after['SHIRT-S']).toMatchObject({ parent: 'shirt', relationsSent: 1 });
    expect(after['SHIRT-S']?.attributes).toMatchObject({
      item_name: [{ value: 'Fernweh Flax shirt Blue S' }],
    });
    expect(Object.keys(after['SHIRT-S']?.attributes ?? {})).not.toContain('part_number');
    expect(await observe()).toMatchObject({ seen: 5, unmanaged: 0, drifted: 0, missing: 0 });
  });

  it('takes a variant that is left alone out of its family, and removes a parent without children', async () => {
    await settle();
    await fillCatalog(bench.test.database, tshirt({}, ['SHIRT-S']), systemClock);
    await settle();
    expect(await places()).toEqual({ 'SHIRT-S': null, '00012345': null });
    expect(Object.keys((await shown())['SHIRT-S']?.attributes ?? {})).not.toContain('parentage_level');
    expect(await familyCounts(bench.test.database, bench.desk.kit.channel.id)).toMatchObject({ known: 0 });
  });

  it('makes a parent anew that vanished, and its children join it again', async () => {
    await settle();
    bench.simulator.tamper('shirt', null);
    expect((await places())['SHIRT-S']).toBeNull();
    await observe();
    await settle();
    expect(await places()).toMatchObject({ shirt: null, 'SHIRT-S': 'shirt', 'SHIRT-M': 'shirt' });
    expect((await shown())['SHIRT-S']?.relationsSent).toBe(2);
  });

  it('keeps new children of a refused parent waiting and says what to do, while known ones still sell out', async () => {
    const alone = await bench.again({ ...PARAMS, families: false });
    await fillCatalog(bench.test.database, tshirt({}, ['SHIRT-S']), systemClock);
    await settle(alone);
    expect(await places()).toEqual({ 'SHIRT-S': null, '00012345': null });
    bench.simulator.refuse('shirt', '18742');
    const soldOut = named((shirt) => ({
      ...shirt,
      variants: shirt.variants.map((each) => ({ ...each, stock: [{ location: 'default', onHand: 0 }] })),
    }));
    await fillCatalog(bench.test.database, soldOut, systemClock);
    const report = await settle();
    expect(report.counts).toMatchObject({ live: 2, held: 2 });
    expect((await shown())['SHIRT-S']?.attributes).toMatchObject({
      fulfillment_availability: [{ quantity: 0 }],
    });
    expect(Object.keys(await shown()).sort()).toEqual(['00012345', 'SHIRT-S', 'shirt']);
    const rows = await bench.test.database.all<{ held: string }>(
      'SELECT held FROM listing WHERE held IS NOT NULL',
    );
    expect(rows[0]?.held).toMatch(
      /^the parent shirt of its variation family was refused: .* make no families\.$/,
    );
    expect(await openProblems(bench.test.database)).toMatchObject([{ code: 'parents_refused' }]);
  });

  it('puts a child whole, with its place, where a product type takes no patches of members', async () => {
    await settle();
    const before = (await shown())['SHIRT-S'];
    await fetch(`${bench.simulator.url}/_sim/whole-only`, {
      method: 'POST',
      body: JSON.stringify({ productType: before?.productType }),
    });
    await fillCatalog(
      bench.test.database,
      tshirt({ title: 'Flax shirt' }, ['SHIRT-S', 'SHIRT-M', 'SHIRT-L']),
      systemClock,
    );
    expect((await settle()).counts).toMatchObject({ live: 4, rejected: 0 });
    expect((await shown())['SHIRT-S']).toMatchObject({
      attributes: { item_name: [{ value: 'Fernweh Flax shirt Blue S' }] },
      parent: 'shirt',
      relationsSent: 2,
    });
  });

  it('uses a parent that was there before us, and neither writes nor removes it', async () => {
    const theirs = {
      item_name: [{ value: 'Their shirt' }],
      parentage_level: [{ value: 'parent' }],
      variation_theme: [{ name: 'SIZE' }],
    };
    bench.simulator.tamper('shirt', theirs);
    await meetChannel(bench.desk);
    await settle();
    expect(await places()).toMatchObject({ 'SHIRT-S': 'shirt', 'SHIRT-M': 'shirt', 'SHIRT-L': 'shirt' });
    await fillCatalog(bench.test.database, tshirt({}, ['SHIRT-S']), systemClock);
    await settle();
    expect(await places()).toEqual({ shirt: null, 'SHIRT-S': null, '00012345': null });
    expect((await shown()).shirt?.attributes).toEqual(theirs);
    const written = bench.simulator.calls.filter(
      ({ path, method }) => path.endsWith('/shirt') && method !== 'GET',
    );
    expect(written).toEqual([]);
  });

  it('finds a parent again that was sent when the process ended, and its children join it', async () => {
    const port = bench.desk.open.listings;
    if (!port) throw new Error('Amazon has listings');
    const dying = {
      ...port,
      async submit(...sent: Parameters<typeof port.submit>): ReturnType<typeof port.submit> {
        await port.submit(...sent);
        throw new Error('killed');
      },
    };
    await expect(syncRound(bench.desk, dying, { atOnce: true })).rejects.toThrow('killed');
    expect(Object.keys(await shown())).not.toContain('SHIRT-S');
    await settle(await bench.again());
    expect(await places()).toMatchObject({ shirt: null, 'SHIRT-S': 'shirt', 'SHIRT-M': 'shirt' });
    expect((await shown())['SHIRT-S']?.relationsSent).toBe(1);
  });
});
