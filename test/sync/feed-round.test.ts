import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feedFileConnector } from '../../connectors/feed-file/index.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { type FeedReport, feedRound } from '../../src/sync/feed-round.js';
import { changeOutlet, leaveChannel } from '../../src/sync/outlet.js';
import { channelCounts } from '../../src/sync/records.js';
import { fillCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';

const clock = handClock();

function lamps(count: number, change: Partial<SourceProduct['variants'][number]> = {}): SourceProduct[] {
  return Array.from({ length: count }, (_, n) => ({
    product: {
      id: `lamp-${n}`,
      title: `Lamp ${n}`,
      description: 'A lamp.',
      brand: 'Fernweh',
      status: 'active' as const,
      link: `https://shop.example/${n}`,
      images: ['https://shop.example/lamp.jpg'],
    },
    variants: [
      {
        sku: `L-${String(n).padStart(3, '0')}`,
        content: { mpn: `M-${n}` },
        offer: { price: { minor: 1_000, currency: 'USD' } },
        stock: [{ location: 'default', onHand: 9 }],
        ...change,
      },
    ],
  }));
}

describe('a channel that takes one whole document', () => {
  let folder: string;
  let file: string;
  let bench: ChannelBench;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-feed-'));
    file = path.join(folder, 'google.xml');
    bench = await channelBench(feedFileConnector, await sqliteDatabase(), {
      clock,
      settings: { path: file, format: 'google-rss' },
    });
    await fillCatalog(bench.test.database, lamps(20), clock);
  });
  afterEach(async () => {
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const round = (force?: string): Promise<FeedReport> => {
    const { feed } = bench.desk.open;
    if (!feed) throw new Error('a feed file has a feed port');
    return feedRound(bench.desk, feed, { atOnce: true, ...(force === undefined ? {} : { force }) });
  };
  const counts = () => channelCounts(bench.test.database, bench.desk.kit.channel.id);
  const items = async (): Promise<number> => (await readFile(file, 'utf8')).split('<item>').length - 1;

  it('writes nothing while it is only watched, then the first ones, then all, and none when it is left', async () => {
    const { database } = bench.test;
    const { id } = bench.desk.kit.channel;
    const items = async (): Promise<number> => ((await readFile(file, 'utf8')).match(/<item>/g) ?? []).length;
    await database.transaction((tx) => changeOutlet(tx, id, 'nothing'));
    expect((await round()).written).toBeNull();
    await database.transaction((tx) => changeOutlet(tx, id, { first: 2 }));
    await round();
    expect(await items()).toBe(2);
    await database.transaction((tx) => changeOutlet(tx, id, 'everything'));
    await round();
    expect(await items()).toBe(20);
    await database.transaction((tx) => leaveChannel(tx, id, { by: 'Ann', at: clock.now() }));
    await round();
    expect(await items()).toBe(0);
    expect(await channelCounts(database, id)).toMatchObject({ owned: 0 });
  });

  it('is written once and not again while nothing changes', async () => {
    expect((await round()).written).toMatchObject({ items: 20 });
    expect((await round()).written).toBeNull();
    clock.advance((feedFileConnector.limits.refreshAfterMs ?? 0) + 1);
    expect((await round()).written).toMatchObject({ items: 20 });
  });

  it('keeps the last good document when too many listings would go, until the plan is released', async () => {
    await round();
    await fillCatalog(bench.test.database, lamps(8), clock);
    const held = await round();
    expect(held).toMatchObject({ written: null, held: 12 });
    expect(held.plan.holds).toMatchObject([
      { code: 'too_many_removals', message: 'would remove 12 of 20 known listings' },
    ]);
    expect(await items()).toBe(20);
    expect((await round(held.plan.checksum)).written).toMatchObject({ items: 8 });
    expect(await items()).toBe(8);
  });

  it('counts listings as going when more became invalid at once than may be removed', async () => {
    await round();
    await fillCatalog(
      bench.test.database,
      lamps(20).map((lamp, n) => (n < 12 ? withoutImage(lamp) : lamp)),
      clock,
    );
    const held = await round();
    expect(held.plan.holds).toMatchObject([{ code: 'too_many_removals' }]);
    expect(await items()).toBe(20);
  });

  const reprice = (sku: string, minor: number): Promise<unknown> => {
    clock.advance(1_000);
    return setPrices(bench.test.database, [{ sku, price: { minor, currency: 'USD' } }], {
      actor: 'test',
      at: clock.now(),
    });
  };

  it('keeps a listing that became invalid as it was last sent, while the others change', async () => {
    await round();
    clock.advance(1_000);
    const changed = lamps(20).map((lamp, n) => (n === 3 ? withoutImage(lamp) : lamp));
    await fillCatalog(bench.test.database, changed, clock);
    await reprice('L-004', 1_100);
    const report = await round();
    expect(report).toMatchObject({ written: { items: 20 }, held: 0 });
    const text = await readFile(file, 'utf8');
    expect(text).toContain('<g:id>L-003</g:id>');
    expect(text).toContain('11.00 USD');
    expect((await round()).written).toBeNull();
    expect(await counts()).toMatchObject({ blocked: 1, owned: 20, live: 20 });
  });

  it('drops an invalid listing whose last good form is not known any more, as a removal under the guard', async () => {
    await round();
    await bench.test.database.run(
      "UPDATE listing SET sent_content_rev = 'of another mapping' WHERE sku = 'L-003'",
    );
    clock.advance(1_000);
    await fillCatalog(
      bench.test.database,
      lamps(20).map((lamp, n) => (n === 3 ? withoutImage(lamp) : lamp)),
      clock,
    );
    await reprice('L-004', 1_100);
    const report = await round();
    expect(report.plan.facts).toMatchObject({ removals: 1, known: 20 });
    expect(report.written).toMatchObject({ items: 19 });
    expect(await counts()).toMatchObject({ blocked: 1, owned: 19, live: 19 });
  });

  it('keeps the old price live when the new one is a typo, while other prices travel, until the plan is released', async () => {
    await round();
    await reprice('L-003', 10);
    expect(await round()).toMatchObject({ written: null, held: 1 });
    for (let n = 4; n < 20; n++) await reprice(`L-${String(n).padStart(3, '0')}`, 1_100);
    for (let n = 0; n < 3; n++) await reprice(`L-${String(n).padStart(3, '0')}`, 1_200);
    const limits = { ...bench.desk.guard, heldShare: 0.1 };
    const { feed } = bench.desk.open;
    if (!feed) throw new Error('a feed file has a feed port');
    const held = await feedRound({ ...bench.desk, guard: limits }, feed, { atOnce: true });
    expect(held).toMatchObject({ written: { items: 20 }, held: 1 });
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain('0.10 USD');
    expect(text.split('11.00 USD')).toHaveLength(17);
    expect(text.split('10.00 USD')).toHaveLength(2);
    const { plan } = await round();
    expect((await round(plan.checksum)).written).toMatchObject({ items: 20 });
    expect(await readFile(file, 'utf8')).toContain('0.10 USD');
  });

  it('gathers changes for its window before it is written anew', async () => {
    await round();
    await setPrices(bench.test.database, [{ sku: 'L-003', price: { minor: 1_100, currency: 'USD' } }], {
      actor: 'test',
      at: clock.now(),
    });
    const { feed } = bench.desk.open;
    if (!feed) throw new Error('a feed file has a feed port');
    expect((await feedRound(bench.desk, feed)).written).toBeNull();
    clock.advance(feedFileConnector.limits.coalesceMs + 1);
    expect((await feedRound(bench.desk, feed)).written).toMatchObject({ items: 20 });
  });

  it('leaves the live document alone when the writing fails', async () => {
    await round();
    const before = await readFile(file, 'utf8');
    await setPrices(bench.test.database, [{ sku: 'L-003', price: { minor: 1_100, currency: 'USD' } }], {
      actor: 'test',
      at: clock.now(),
    });
    const broken = {
      begin: async () => ({
        write: () => Promise.reject(new Error('the disk is full')),
        commit: () => Promise.reject(new Error('never reached')),
        abort: async () => undefined,
      }),
    };
    await expect(feedRound(bench.desk, broken, { atOnce: true })).rejects.toThrow('the disk is full');
    expect(await readFile(file, 'utf8')).toBe(before);
    expect((await round()).written).toMatchObject({ items: 20 });
    expect(await readFile(file, 'utf8')).toContain('11.00 USD');
  });
});

function withoutImage({ product, ...rest }: SourceProduct): SourceProduct {
  return { ...rest, product: { ...product, images: [] } };
}
