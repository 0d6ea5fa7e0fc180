import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setStock } from '../../src/catalog/set-stock.js';
import { packageRoot } from '../../src/config/package-root.js';
import { nextSequence } from '../../src/db/sequence.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { openMapping } from '../../src/mapping/open-mapping.js';
import { openShare } from '../../src/stock/available.js';
import { reserve } from '../../src/stock/reserve.js';
import type { ChannelDesk } from '../../src/sync/channel-desk.js';
import { desireChannel } from '../../src/sync/desire.js';
import { explainOnChannel } from '../../src/sync/explain-channel.js';
import { buildListingKit } from '../../src/sync/listing-kit.js';
import { openDesk } from '../../src/sync/open-desk.js';
import { fillCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

const MAPPING = 'connector: memory\nextends: default\nattributes:\n  quantity: product.available\n';

/** A shirt in three sizes: two are counted, one is not; and one size that is not on sale. */
const SHIRT: SourceProduct = {
  product: { id: 'shirt', title: 'Shirt', status: 'active', link: 'https://shop.example/shirt' },
  variants: (['S', 'M', 'L', 'XL'] as const).map((size, n) => ({
    sku: `SHIRT-${size}`,
    content: { options: { size }, ...(size === 'XL' ? { status: 'draft' as const } : {}) },
    offer: { price: { minor: 1_000, currency: 'USD' } },
    ...(size === 'L' ? {} : { stock: [{ location: 'default', onHand: n + 2 }] }),
  })),
};

onEachDatabase('product.available', (open) => {
  let bench: ChannelBench;
  let desk: ChannelDesk;
  let folder: string;
  const clock = handClock();

  async function deskWith(cap?: number): Promise<ChannelDesk> {
    const { channel, settings } = bench.desk.kit;
    const mapping = openMapping({
      packageRoot: packageRoot(),
      folder,
      channel: { ...channel, mapping: path.join(folder, 'own.yaml'), params: {} },
      schema: undefined,
    });
    const share = openShare(channel.id);
    const kit = await buildListingKit({
      connector: memory,
      settings,
      channel,
      mapping,
      share: cap === undefined ? share : { ...share, allocation: { mode: 'shared', cap } },
    });
    return openDesk({ ...bench.desk, kit, guard: {} });
  }

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    await writeFile(path.join(folder, 'own.yaml'), MAPPING);
    bench = await channelBench(memory, await open(), { clock });
    await fillCatalog(bench.test.database, [SHIRT], clock);
    desk = await deskWith();
    await desireChannel(desk);
  });
  afterEach(async () => {
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const quantity = async (sku: string, on = desk) => {
    const { attributes } = await explainOnChannel(on, sku);
    return attributes.find((attribute) => attribute.name === 'quantity')?.value;
  };
  const records = () =>
    bench.test.database.all<{ sku: string; content_rev: string; offer_rev: string }>(
      "SELECT sku, content_rev, offer_rev FROM listing WHERE state = 'listed' ORDER BY sku",
    );

  it('is the sum over the variants on sale, of those that are counted', async () => {
    expect(await quantity('SHIRT-S')).toBe(2 + 3);
    expect(await quantity('SHIRT-L')).toBe(2 + 3);
  });

  it('changes the offers of all siblings when one variant is sold, and leaves their content alone', async () => {
    const before = await records();
    const { database } = bench.test;
    await setStock(database, [{ sku: 'SHIRT-S', location: 'default', onHand: 1 }], {
      owner: 'shop',
      cause: 'test',
      at: clock.now(),
    });
    expect(await desireChannel(desk)).toMatchObject({ mode: 'changes', seen: 1 });
    const after = await records();
    expect(after.map(({ sku }) => sku)).toEqual(['SHIRT-L', 'SHIRT-M', 'SHIRT-S']);
    for (const [n, record] of after.entries()) {
      expect(record.content_rev).toBe(before[n]?.content_rev);
      expect(record.offer_rev).not.toBe(before[n]?.offer_rev);
    }
    expect(await quantity('SHIRT-L')).toBe(1 + 3);
    const [recomputed] = [...(await desk.desiredOf([await idOf('SHIRT-L')])).values()];
    expect(recomputed).toMatchObject({ offerRev: after[0]?.offer_rev, contentRev: after[0]?.content_rev });
  });

  it('counts units promised to orders, and only the share of the channel', async () => {
    await bench.test.database.transaction(async (tx) => {
      const line = { channel: 'amazon', externalId: 'o', lineId: '1', sku: 'SHIRT-M', quantity: 2 };
      await reserve(tx, [line], { at: clock.now(), seq: await nextSequence(tx) });
    });
    expect(await quantity('SHIRT-S')).toBe(2 + 1);
    expect(await quantity('SHIRT-S', await deskWith(1))).toBe(1 + 1);
  });

  it('is unknown, not zero, when nobody counts any variant', async () => {
    const levels = ['S', 'M', 'XL'].map((size) => ({
      sku: `SHIRT-${size}`,
      location: 'default',
      onHand: null,
    }));
    await setStock(bench.test.database, levels, { owner: 'shop', cause: 'test', at: clock.now() });
    expect(await quantity('SHIRT-S')).toBeNull();
  });

  async function idOf(sku: string): Promise<number> {
    const row = await bench.test.database.get<{ id: number }>('SELECT id FROM variant WHERE sku = ?', [sku]);
    return row?.id ?? 0;
  }
});
