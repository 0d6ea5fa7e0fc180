import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setOverride } from '../../src/catalog/overrides.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { FeedPort } from '../../src/channel/feed-port.js';
import { systemClock } from '../../src/clock.js';
import { openProblems } from '../../src/problems/problems.js';
import { concludeDocument, type JudgedDocument } from '../../src/sync/feed-verdicts.js';
import { type HealReport, healRound } from '../../src/sync/heal-round.js';
import { observeChannel } from '../../src/sync/observe.js';
import { channelCounts } from '../../src/sync/records.js';
import { syncChannel, syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

onEachDatabase('the daily healing document', (open) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(memory, await open(), { settings: {} });
    await fillCatalog(bench.test.database, smallCatalog(), systemClock);
    await settle();
  });
  afterEach(() => bench.stop());

  const settle = (): ReturnType<typeof syncUntilSettled> =>
    syncUntilSettled(bench.desk, { deadlineMs: 10_000, atOnce: true });
  const heal = (): Promise<HealReport> => {
    const { feed } = bench.desk.open;
    if (!feed) throw new Error('the memory channel takes documents');
    return healRound(bench.desk, feed);
  };
  const held = (): string[] => [...bench.simulator.held().keys()].sort();
  const price = (sku: string, minor: number): Promise<unknown> =>
    setPrices(bench.test.database, [{ sku, price: { minor, currency: 'USD' } }], {
      actor: 'test',
      at: systemClock.now(),
    });
  const problems = async (): Promise<string[]> =>
    (await openProblems(bench.test.database)).map(({ code }) => code);

  it('mends what was changed and taken away behind our back, and what of ours should not be there', async () => {
    const before = bench.simulator.held();
    bench.simulator.tamper('SHIRT-S', null);
    bench.simulator.tamper('SHIRT-M', { title: 'Spoilt', price: '1.00 USD' });
    expect((await heal()).written).toMatchObject({ items: 4 });
    await settle();
    expect(Object.fromEntries(bench.simulator.held())).toEqual(Object.fromEntries(before));
  });

  it('leaves listings of others alone', async () => {
    bench.simulator.tamper('SOMEBODY-ELSES', { title: 'Theirs' });
    await heal();
    await settle();
    expect(held()).toContain('SOMEBODY-ELSES');
  });

  it('does not state a SKU that somebody else has listed', async () => {
    await setOverride(
      bench.test.database,
      { channel: '*', scope: 'variant', key: 'SHIRT-M', attributes: {}, exclude: 'later' },
      { actor: 'test', at: systemClock.now() },
    );
    await settle();
    bench.simulator.tamper('SHIRT-M', { title: 'Theirs' });
    await bench.test.database.run("UPDATE listing SET verdict = NULL WHERE sku = 'SHIRT-M'");
    const { listings } = bench.desk.open;
    if (!listings?.observe) throw new Error('the memory channel can be read back');
    await observeChannel(bench.desk, { observe: listings.observe.bind(listings) });
    await setOverride(
      bench.test.database,
      { channel: '*', scope: 'variant', key: 'SHIRT-M', attributes: {} },
      { actor: 'test', at: systemClock.now() },
    );
    expect((await heal()).written).toMatchObject({ items: 3 });
    await settle();
    expect(bench.simulator.held().get('SHIRT-M')).toEqual({ title: 'Theirs' });
  });

  it('states a listing whose price is held as it was last sent', async () => {
    await fillCatalog(bench.test.database, [...smallCatalog(), ...lamps(30)], systemClock);
    await settle();
    for (const lamp of lamps(30)) await price(lamp.variants[0]?.sku ?? '', 1_100);
    await price('SHIRT-S', 1);
    await settle();
    const report = await heal();
    expect(report).toMatchObject({ written: { items: 34 }, kept: 1 });
    await settle();
    expect(bench.simulator.held().get('SHIRT-S')).toMatchObject({ price: '19.99 USD' });
  });

  it('keeps a blocked listing in it, and is put off when it cannot', async () => {
    const [shirt, lamp] = smallCatalog();
    if (!shirt || !lamp) throw new Error('the small catalog has a shirt and a lamp');
    const wordy = { ...lamp.product, brand: 'x'.repeat(200) };
    await fillCatalog(bench.test.database, [shirt, { ...lamp, product: wordy }], systemClock);
    expect(await heal()).toMatchObject({ written: { items: 4 }, kept: 1 });
    await settle();
    expect(held()).toContain('00012345');
    await bench.test.database.run("UPDATE listing SET sent_content_rev = 'other' WHERE sku = '00012345'");
    expect(await heal()).toMatchObject({ written: null, held: expect.stringContaining('00012345') });
    expect(await problems()).toEqual(['healing_postponed']);
    expect(held()).toContain('00012345');
  });

  it('is put off while a guard holds removals, and when nothing is listed', async () => {
    await fillCatalog(bench.test.database, [...smallCatalog(), ...lamps(30)], systemClock);
    await settle();
    await fillCatalog(bench.test.database, smallCatalog(), systemClock);
    expect(await heal()).toMatchObject({ written: null, held: 'would remove 30 of 34 known listings' });
    expect(held()).toHaveLength(34);
    await fillCatalog(bench.test.database, [], systemClock);
    expect(await heal()).toMatchObject({ written: null });
    expect(held()).toHaveLength(34);
  });

  it('tells what the channel refused in it', async () => {
    bench.simulator.refuse('SHIRT-L', 'policy_violation');
    await heal();
    await settle();
    expect(await channelCounts(bench.test.database, bench.desk.kit.channel.id)).toMatchObject({
      live: 3,
      rejected: 1,
    });
  });

  it('does not undo a change that travelled while it was processed: the change is sent once more', async () => {
    const { feed } = bench.desk.open;
    if (!feed?.report) throw new Error('the memory channel takes documents and reports on them');
    const writing = await feed.begin('slow');
    const { report } = feed;
    const slow: FeedPort = {
      begin: async () => ({
        ...writing,
        commit: async () => {
          await price('SHIRT-S', 2_099);
          await syncChannel(bench.desk, { atOnce: true });
          return writing.commit();
        },
      }),
      report: (written, cursor) => report({ ...written, key: 'slow' }, cursor),
    };
    await healRound(bench.desk, slow);
    const desk = { ...bench.desk, open: { ...bench.desk.open, feed: slow } };
    await syncUntilSettled(desk, { deadlineMs: 10_000, atOnce: true });
    expect(bench.simulator.held().get('SHIRT-S')).toMatchObject({ price: '20.99 USD' });
  });

  const exclude = (sku: string): Promise<unknown> =>
    setOverride(
      bench.test.database,
      { channel: '*', scope: 'variant', key: sku, attributes: {}, exclude: 'sold by mistake' },
      { actor: 'test', at: systemClock.now() },
    );
  it.each<[string, 'settled' | 'under way']>([
    ['was through', 'settled'],
    ['was under way', 'under way'],
  ])('does not undo a removal that %s when the document was: it is removed once more', async (_, how) => {
    const { feed } = bench.desk.open;
    if (!feed?.report) throw new Error('the memory channel takes documents and reports on them');
    const writing = await feed.begin('slow');
    const slow: FeedPort = {
      begin: async () => ({
        ...writing,
        commit: async () => {
          await exclude('SHIRT-S');
          if (how === 'settled') await settle();
          else await syncChannel({ ...bench.desk, settleAfterMs: 3_600_000 }, { atOnce: true });
          return writing.commit();
        },
      }),
      report: (written, cursor) =>
        feed.report?.({ ...written, key: 'slow' }, cursor) ?? Promise.reject(new Error('no report')),
    };
    const { written } = await healRound(bench.desk, slow);
    if (!written || !slow.report) throw new Error('the document was written');
    const committed = { key: 'slow', document: written.document ?? null, committedAt: systemClock.now() };
    while ((await slow.report(committed, null)).state === 'pending');
    expect(held()).toContain('SHIRT-S');
    const row = await bench.test.database.get<{ under_way: number }>(
      "SELECT CASE WHEN submission IS NULL THEN 0 ELSE 1 END AS under_way FROM listing WHERE sku = 'SHIRT-S'",
    );
    expect(row?.under_way).toBe(how === 'settled' ? 0 : 1);
    const document = await bench.test.database.get<JudgedDocument>('SELECT * FROM feed_document');
    if (!document) throw new Error('the document waits for its report');
    await concludeDocument(bench.desk, document, { state: 'done', unnamed: 'taken' });
    await bench.test.database.run('UPDATE submission SET look_at = ?', [systemClock.now()]);
    await settle();
    expect(held()).not.toContain('SHIRT-S');
    const listing = await bench.test.database.get(
      "SELECT owned, verdict, retry_code FROM listing WHERE sku = 'SHIRT-S'",
    );
    expect(listing).toEqual({ owned: 0, verdict: 'removed', retry_code: null });
  });
});

function lamps(count: number): ReturnType<typeof smallCatalog> {
  return Array.from({ length: count }, (_, n) => ({
    product: {
      id: `lamp-${n}`,
      title: `Lamp ${n}`,
      status: 'active' as const,
      link: `https://shop.example/${n}`,
    },
    variants: [
      {
        sku: `L-${String(n).padStart(3, '0')}`,
        content: {},
        offer: { price: { minor: 1_000, currency: 'USD' } },
        stock: [{ location: 'default', onHand: 9 }],
      },
    ],
  }));
}
