import { afterEach, beforeEach, expect, it } from 'vitest';
import { googleMerchant } from '../../connectors/google-merchant/index.js';
import type { InspectLimits } from '../../src/channel/inspection.js';
import { systemClock } from '../../src/clock.js';
import type { Clock } from '../../src/domain/instant.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { findingsOf, inspectionCounts } from '../../src/inspect/findings.js';
import { type InspectionRun, inspectChannel } from '../../src/inspect/inspect-channel.js';
import { desireChannel } from '../../src/sync/desire.js';
import { fillCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { png } from './pictures.js';
import { bytes, type ShopServer, shopServer } from './shop-server.js';

const DAY_MS = 86_400_000;
let aheadMs = 0;
/** Real time that can be put forward: the pace is kept by a clock that runs. */
const clock: Clock = {
  now: () => new Date(Date.parse(systemClock.now()) + aheadMs).toISOString(),
  monotonicMs: () => systemClock.monotonicMs(),
};
const EVERYTHING: InspectLimits = { images: true, pages: true, perDay: 1_000, perSecond: 50 };

function page(sku: string, price: string, availability = 'InStock'): string {
  const offers = {
    '@type': 'Offer',
    price,
    priceCurrency: 'USD',
    availability: `https://schema.org/${availability}`,
  };
  return `<script type="application/ld+json">${JSON.stringify({ '@type': 'Product', sku, offers })}</script>`;
}

onEachDatabase('looking at pictures and pages of a channel', (open) => {
  let shop: ShopServer;
  let bench: ChannelBench;

  beforeEach(async () => {
    aheadMs = 0;
    shop = await shopServer();
    bench = await channelBench(googleMerchant, await open(), { clock });
  });
  afterEach(async () => {
    await bench.stop();
    await shop.stop();
  });

  function lamp(sku: string): SourceProduct {
    return {
      product: {
        id: `p-${sku}`,
        title: `Lamp ${sku} of brass`,
        description: 'A lamp of brass with a shade of linen.',
        brand: 'Fernweh',
        status: 'active',
        link: shop.at(`/p/${sku}`),
        images: [shop.at(`/i/${sku}.png`)],
      },
      variants: [
        {
          sku,
          content: { mpn: `M-${sku}` },
          offer: { price: { minor: 1_000, currency: 'USD' } },
          stock: [{ location: 'default', onHand: 9 }],
        },
      ],
    };
  }
  async function list(...skus: readonly string[]): Promise<void> {
    for (const sku of skus) {
      shop.answer(`/i/${sku}.png`, bytes(png(1500, 1500)));
      shop.answer(`/p/${sku}`, bytes(page(sku, '10.00')));
    }
    await fillCatalog(bench.test.database, skus.map(lamp), clock);
    await desireChannel(bench.desk);
  }
  function run(limits: Partial<InspectLimits> = {}): Promise<InspectionRun> {
    const { inspection } = googleMerchant;
    if (!inspection) throw new Error('Google has an inspection');
    return inspectChannel(bench.desk, {
      inspection,
      limits: { ...EVERYTHING, ...limits },
      signal: new AbortController().signal,
      find: shop.find,
    });
  }
  const codes = async (sku: string) =>
    (await findingsOf(bench.test.database, bench.desk.kit.channel.id, sku)).map((issue) => issue.code);

  it('finds nothing wrong with a shop that agrees with its catalog', async () => {
    await list('A', 'B');
    expect(await run()).toEqual({ judged: 2, fetched: 4, found: 0, state: 'finished' });
    expect(await codes('A')).toEqual([]);
  });

  it('warns of small pictures, other prices and other availability, and never stops a listing', async () => {
    await list('A');
    shop.answer('/i/A.png', bytes(png(499, 900)));
    shop.answer('/p/A', bytes(page('A', '12.00', 'OutOfStock')));
    expect(await run()).toMatchObject({ found: 1 });
    const found = await findingsOf(bench.test.database, bench.desk.kit.channel.id, 'A');
    expect(found.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning image_too_small',
      'warning page_price_differs',
      'warning page_availability_differs',
    ]);
    expect(found[1]?.message).toBe('The listing costs 10.00 USD, its page says 12.00 USD.');
    const listing = await bench.test.database.get('SELECT state FROM listing WHERE sku = ?', ['A']);
    expect(listing).toEqual({ state: 'listed' });
    expect(await inspectionCounts(bench.test.database, bench.desk.kit.channel.id)).toMatchObject({
      fetched: 2,
      listings: 1,
      codes: expect.arrayContaining([{ code: 'page_price_differs', count: 1 }]),
    });
  });

  it('says so when a picture or a page cannot be had', async () => {
    await list('A');
    shop.answer('/i/A.png', (_request, response) => response.writeHead(403).end());
    shop.answer('/p/A', (request) => request.socket.destroy());
    await run();
    expect(await codes('A')).toEqual(['image_not_reachable', 'page_not_reachable']);
  });

  it('forgets a finding once it is mended', async () => {
    await list('A');
    shop.answer('/p/A', bytes(page('A', '12.00'), '"bad"'));
    await run();
    expect(await codes('A')).toEqual(['page_price_differs']);
    shop.answer('/p/A', bytes(page('A', '10.00'), '"good"'));
    aheadMs = DAY_MS;
    await run();
    expect(await codes('A')).toEqual([]);
  });

  it('looks once a day: pages again, pictures only when they are old, and then asks whether they changed', async () => {
    await list('A');
    expect(await run()).toMatchObject({ fetched: 2 });
    expect(await run()).toEqual({ judged: 0, fetched: 0, found: 0, state: 'finished' });
    aheadMs = DAY_MS;
    expect(await run()).toMatchObject({ judged: 1, fetched: 1, state: 'finished' });
    expect(shop.asked.at(-1)).toEqual({ path: '/p/A', etag: '"1"' });
    aheadMs = 31 * DAY_MS;
    expect(await run()).toMatchObject({ fetched: 2, found: 0 });
  });

  it('stops when the fetches of the day are used up, and goes on where it was the next day', async () => {
    await list('A', 'B', 'C');
    shop.answer('/i/C.png', bytes(png(10, 10)));
    expect(await run({ perDay: 3 })).toMatchObject({ fetched: 3, judged: 1, state: 'budget' });
    expect(await run({ perDay: 3 })).toMatchObject({ fetched: 0, judged: 0, state: 'budget' });
    aheadMs = DAY_MS;
    expect(await run({ perDay: 4 })).toMatchObject({ fetched: 3, judged: 2, state: 'finished' });
    expect(await codes('C')).toEqual(['image_too_small']);
    expect(shop.asked.filter(({ path }) => path === '/i/A.png')).toHaveLength(1);
  });

  it('goes through many listings page by page', async () => {
    const skus = Array.from({ length: 51 }, (_, n) => `S${n}`);
    await list(...skus);
    expect(await run({ pages: false, perSecond: 10_000 })).toMatchObject({
      judged: 50,
      fetched: 50,
      state: 'more',
    });
    expect(await run({ pages: false, perSecond: 10_000 })).toMatchObject({ judged: 1, state: 'finished' });
  });

  it('looks at what the operator wants and nothing else', async () => {
    await list('A');
    await run({ images: false });
    expect(shop.asked.map(({ path }) => path)).toEqual(['/p/A']);
  });

  it('keeps the pace', async () => {
    await list('A', 'B');
    const begun = performance.now();
    await run({ perSecond: 20 });
    // Four fetches: one at once, three at 50 ms each.
    expect(performance.now() - begun).toBeGreaterThanOrEqual(145);
  });

  it('never reaches into the network around it', async () => {
    await list('A');
    const { inspection } = googleMerchant;
    const sights = new Map([
      [
        shop.at('/i/A.png'),
        {
          kind: 'image',
          status: null,
          failure: 'private',
          type: null,
          width: null,
          height: null,
          bytes: null,
        } as const,
      ],
    ]);
    const context = { channel: bench.desk.kit.channel, now: clock.now() };
    expect(inspection?.judge({ image_link: shop.at('/i/A.png') }, sights, context)).toMatchObject([
      { code: 'image_not_reachable', severity: 'warning' },
    ]);
  });
});
