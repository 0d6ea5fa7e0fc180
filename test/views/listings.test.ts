import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setOverride } from '../../src/catalog/overrides.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { ListingChange, ListingPort, Receipt } from '../../src/channel/connector.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { openShare } from '../../src/stock/available.js';
import type { ChannelDesk } from '../../src/sync/channel-desk.js';
import { desireChannel } from '../../src/sync/desire.js';
import { syncRound } from '../../src/sync/run.js';
import { issueGroups } from '../../src/views/issue-groups.js';
import { ledgerFor } from '../../src/views/ledger.js';
import { type ListingFilter, listListings } from '../../src/views/list-listings.js';
import { LEDGER_PARTS, WORDS_OF } from '../../src/views/listing-words.js';
import { fillCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

const COUNT = 12;

function lamp(n: number): SourceProduct {
  return {
    product: {
      id: `lamp-${n}`,
      title: `Lamp ${n}`,
      status: 'active',
      link: `https://shop.example/${n}`,
      images: [`https://shop.example/${n}.jpg`],
    },
    variants: [
      {
        sku: `L-${String(n).padStart(2, '0')}`,
        content: {},
        offer: n === 3 ? {} : { price: { minor: 1_000, currency: 'USD' } },
        stock: [{ location: 'default', onHand: 9 }],
      },
    ],
  };
}

onEachDatabase('lists of listings', (open) => {
  let bench: ChannelBench;
  let desk: ChannelDesk;
  let channel: string;
  const clock = handClock();
  const answers = new Map<string, Receipt['outcome']>();

  const port: ListingPort = {
    submit: async (changes) => ({ id: null, receipts: changes.map(receiptOf) }),
  };
  function receiptOf({ sku, action }: ListingChange): Receipt {
    if (action === 'remove') return { sku, outcome: 'removed' };
    if (answers.get(sku) === 'accepted') return { sku, outcome: 'accepted' };
    if (answers.get(sku) !== 'rejected') return { sku, outcome: 'live' };
    const issue = { severity: 'error', code: 'small_image', attribute: 'image', origin: 'channel' } as const;
    return { sku, outcome: 'rejected', issues: [{ ...issue, message: 'The image is too small.' }] };
  }

  beforeEach(async () => {
    bench = await channelBench(memory, await open(), { clock });
    desk = bench.desk;
    channel = desk.kit.channel.id;
    answers.clear();
    answers.set('L-01', 'rejected').set('L-02', 'rejected').set('L-04', 'accepted');
    await fillCatalog(
      desk.database,
      Array.from({ length: COUNT }, (_, n) => lamp(n)),
      clock,
    );
    const by = { actor: 'operator:test', at: clock.now() };
    const place = { channel, scope: 'variant', key: 'L-05' } as const;
    await setOverride(desk.database, { ...place, exclude: 'not here' }, by);
    await syncRound(desk, port, { atOnce: true });
  });
  afterEach(() => bench.stop());

  const ask = (filter: Partial<ListingFilter> = {}, limit = 50, cursor: string | null = null) =>
    listListings(
      desk.database,
      { channels: [channel], words: null, issue: null, variantIds: null, ...filter },
      { cursor, limit },
      new Map([[channel, openShare(channel)]]),
    );
  const skus = async (filter: Partial<ListingFilter>) => (await ask(filter)).items.map(({ sku }) => sku);

  it('count every variant once, and every part is exactly the list behind it', async () => {
    const ledger = await ledgerFor(desk.database, channel);
    expect(ledger).toMatchObject({ catalog: COUNT, live: 7, waiting: 1, sent: 1, blocked: 1, rejected: 2 });
    expect(ledger).toMatchObject({ excluded: 1, held: 0, removing: 0, unaccounted: 0, behind: 0 });
    for (const part of LEDGER_PARTS)
      expect([part, (await skus({ words: WORDS_OF[part] })).length]).toEqual([part, ledger[part]]);
    expect((await ask()).items).toHaveLength(COUNT);
  });

  it('have what was not looked at yet waiting, and say how far behind the channel is', async () => {
    await fillCatalog(
      desk.database,
      Array.from({ length: COUNT + 3 }, (_, n) => lamp(n)),
      clock,
    );
    const ledger = await ledgerFor(desk.database, channel);
    expect(ledger).toMatchObject({
      catalog: COUNT + 3,
      notLookedAt: 3,
      waiting: 4,
      behind: 3,
      unaccounted: 0,
    });
    await desireChannel(desk);
    expect(await ledgerFor(desk.database, channel)).toMatchObject({
      notLookedAt: 0,
      toSend: 3,
      unaccounted: 0,
    });
  });

  it('say so when numbers do not add up', async () => {
    await desk.database.run("UPDATE listing SET state = 'gone', owned = 0 WHERE sku = 'L-00'");
    expect(await ledgerFor(desk.database, channel)).toMatchObject({ live: 6, unaccounted: 1 });
  });

  it('count what left the catalog apart, until it is off the channel', async () => {
    await fillCatalog(
      desk.database,
      Array.from({ length: COUNT - 2 }, (_, n) => lamp(n)),
      clock,
    );
    await desireChannel(desk);
    expect(await ledgerFor(desk.database, channel)).toMatchObject({
      catalog: 10,
      leaving: 2,
      removing: 2,
      live: 5,
    });
    await syncRound(desk, port, { atOnce: true });
    expect(await ledgerFor(desk.database, channel)).toMatchObject({ catalog: 10, leaving: 0, removing: 0 });
    expect((await ask()).items).toHaveLength(10);
  });

  it('come page by page without a gap or a row twice, word by word too', async () => {
    for (const words of [null, WORDS_OF.live, [...WORDS_OF.live, ...WORDS_OF.rejected]]) {
      const whole = (await ask({ words })).items.map(({ sku }) => sku);
      const walked: string[] = [];
      for (let cursor: string | null = null; ; ) {
        const page = await ask({ words }, 3, cursor);
        walked.push(...page.items.map(({ sku }) => sku));
        cursor = page.next;
        if (cursor === null) break;
      }
      expect(walked).toEqual(whole);
      expect(new Set(walked).size).toBe(walked.length);
    }
  });

  it('refuse a cursor that is none of theirs', async () => {
    await expect(ask({}, 3, 'nonsense')).rejects.toMatchObject({ code: 'cursor_unknown' });
  });

  it('tell the two words, the first error, price and stock of a listing', async () => {
    const [refused] = (await ask({ words: ['rejected'] })).items;
    expect(refused).toMatchObject({
      sku: 'L-01',
      title: 'Lamp 1',
      image: expect.stringMatching(/^\/api\/v1\/images\/variant%3AL-01\?v=[0-9a-f]{12}$/),
      see: 'unknown',
      state: { word: 'rejected', part: 'rejected' },
      errors: 1,
      firstIssue: { code: 'small_image' },
      price: { minor: 1_000, currency: 'USD' },
      available: 9,
    });
    const [excluded] = (await ask({ words: ['excluded'] })).items;
    expect(excluded).toMatchObject({ sku: 'L-05', see: 'nothing', state: { reason: 'not here' } });
  });

  it('are grouped by error, the commonest first, each group being a list', async () => {
    const { groups, listings, more } = await issueGroups(desk.database, [channel], ['blocked', 'rejected']);
    expect([listings, more]).toEqual([3, 0]);
    expect(groups[0]).toMatchObject({
      origin: 'channel',
      code: 'small_image',
      attribute: 'image',
      listings: 2,
    });
    expect(groups[0]?.sample).toMatchObject({ sku: 'L-01', issue: { message: 'The image is too small.' } });
    for (const group of groups)
      expect(await skus({ issue: { code: group.code, attribute: group.attribute } })).toHaveLength(
        group.listings,
      );
    expect(groups.find(({ origin }) => origin === 'ours')?.sample.sku).toBe('L-03');
  });

  it('leave a group when the error is gone', async () => {
    const by = { actor: 'operator:test', at: clock.now() };
    await setPrices(desk.database, [{ sku: 'L-03', price: { minor: 900, currency: 'USD' } }], by);
    await desireChannel(desk);
    answers.clear();
    expect((await issueGroups(desk.database, [channel], ['blocked'])).groups).toEqual([]);
    await setPrices(desk.database, [{ sku: 'L-01', price: { minor: 900, currency: 'USD' } }], by);
    await syncRound(desk, port, { atOnce: true });
    const { groups } = await issueGroups(desk.database, [channel], ['rejected']);
    expect(groups).toMatchObject([{ code: 'small_image', listings: 1, sample: { sku: 'L-02' } }]);
  });
});
