import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meta } from '../../../connectors/meta/index.js';
import type { MetaSettings } from '../../../connectors/meta/settings.js';
import type { ListingChange, ListingPort, Observed, Settlement } from '../../../src/channel/connector.js';
import type { Page } from '../../../src/channel/page.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { graphCaller } from './graph-caller.js';
import { change, failure, LISTING, pendingOf, testHost } from './support.js';

describe('Meta listings against the simulator', () => {
  let simulator: RunningSimulator;
  let port: ListingPort;

  async function start(processingMs: number): Promise<void> {
    const module = await meta.simulator?.();
    if (!module) throw new Error('no simulator');
    simulator = await module.start({ port: 0, processingMs });
    port = open();
  }
  function open(settings: Partial<MetaSettings> = {}): ListingPort {
    const opened = meta.open({ ...(simulator.settings as MetaSettings), ...settings }, testHost());
    if (!opened.listings) throw new Error('no listings');
    return opened.listings;
  }
  async function deliver(changes: readonly ListingChange[]): Promise<Settlement | undefined> {
    return port.settle?.(pendingOf(changes, await port.submit(changes, 'k')));
  }
  function command(name: string, body: JsonObject = {}): Promise<Response> {
    return fetch(`${simulator.url}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
  }

  beforeEach(() => start(0));
  afterEach(() => simulator.stop());

  it('accepts first, gives verdicts later, and the catalog holds exactly what was computed', async () => {
    const full = {
      ...LISTING,
      additional_image_link: ['https://cdn.example/2.jpg'],
      shipping: [{ shipping_country: 'US', shipping_price_value: '4.90', shipping_price_currency: 'USD' }],
      internal_label: ['eco'],
      quantity_to_sell_on_facebook: 3,
    };
    const changes = [change('00012345', full), change('1e5')];
    const sent = await port.submit(changes, 'k');
    expect(sent.receipts.map((receipt) => receipt.outcome)).toEqual(['accepted', 'accepted']);
    expect((await port.settle?.(pendingOf(changes, sent)))?.verdicts).toEqual([
      { sku: '00012345', outcome: 'live' },
      { sku: '1e5', outcome: 'live' },
    ]);
    expect(simulator.held()).toEqual(
      new Map([
        ['1e5', LISTING],
        ['00012345', full],
      ]),
    );
  });

  it('keeps waiting while the batch is under way', async () => {
    await simulator.stop();
    await start(3_600_000);
    const settled = await deliver([change('A')]);
    expect(settled?.verdicts).toEqual([]);
    expect(settled?.againInMs).toBeGreaterThanOrEqual(2_000);
    expect(simulator.held().size).toBe(0);
  });

  it('lets one bad item fail alone', async () => {
    const { title: _, ...untitled } = LISTING;
    const settled = await deliver([change('A'), change('B', untitled), change('C')]);
    expect(settled?.verdicts).toMatchObject([
      { sku: 'A', outcome: 'live' },
      { sku: 'B', outcome: 'rejected', issues: [{ code: 'missing_attribute', origin: 'channel' }] },
      { sku: 'C', outcome: 'live' },
    ]);
  });

  it('finds every bad item although the errors of a status are a sample', async () => {
    const { title: _, ...untitled } = LISTING;
    const changes = Array.from({ length: 30 }, (_, n) => change(`S${n}`, n < 25 ? untitled : LISTING));
    const outcomes = (await deliver(changes))?.verdicts.map((verdict) => verdict.outcome);
    expect(outcomes?.filter((outcome) => outcome === 'rejected')).toHaveLength(25);
    expect(outcomes?.filter((outcome) => outcome === 'live')).toHaveLength(5);
  });

  it('refuses an id Meta cannot take without sending it', async () => {
    const sent = await port.submit([change('x'.repeat(101)), change('A')], 'k');
    expect(sent.receipts).toMatchObject([
      { outcome: 'rejected', issues: [{ code: 'id_too_long' }] },
      { sku: 'A', outcome: 'accepted' },
    ]);
  });

  it('sends an offer alone, ends a sale, and never creates half an item with it', async () => {
    await deliver([change('A', { ...LISTING, sale_price: '19.90 EUR', quantity_to_sell_on_facebook: 2 })]);
    const offer = {
      ...LISTING,
      title: 'Not sent',
      price: '22.00 EUR',
      availability: 'out of stock',
      quantity_to_sell_on_facebook: 0,
    };
    const settled = await deliver([change('A', offer, 'offer'), change('NEW', offer, 'offer')]);
    expect(settled?.verdicts.map((verdict) => verdict.outcome)).toEqual(['live', 'rejected']);
    expect(simulator.held()).toEqual(new Map([['A', { ...offer, title: LISTING.title }]]));
  });

  it('takes away attributes that the listing no longer has', async () => {
    await deliver([change('A', { ...LISTING, color: 'Blue', internal_label: ['eco'] })]);
    await deliver([change('A')]);
    expect(simulator.held().get('A')).toEqual(LISTING);
  });

  it('handles whole listings, offers and removals of one batch and settles them together', async () => {
    await deliver([change('A'), change('B')]);
    const changes = [change('A', LISTING, 'remove'), change('B', LISTING, 'offer'), change('C')];
    const sent = await port.submit(changes, 'k');
    expect(sent.id?.split(' ')).toHaveLength(2);
    const settled = await port.settle?.(pendingOf(changes, sent));
    expect(settled?.verdicts.map((verdict) => verdict.outcome)).toEqual(['removed', 'live', 'live']);
    expect([...simulator.held().keys()].sort()).toEqual(['B', 'C']);
  });

  it('counts removing what is not there as removed', async () => {
    expect((await deliver([change('GONE', {}, 'remove')]))?.verdicts).toEqual([
      { sku: 'GONE', outcome: 'removed' },
    ]);
  });

  it('changes nothing when the same batch comes twice, also after a broken connection', async () => {
    simulator.faults.add({ kind: 'drop-after' });
    const changes = [change('A')];
    expect(await failure(port.submit(changes, 'k'))).toMatchObject({ kind: 'ambiguous' });
    await deliver(changes);
    await deliver(changes);
    expect(simulator.held()).toEqual(new Map([['A', LISTING]]));
  });

  it('reports a connection that broke before anything was applied as ambiguous too', async () => {
    simulator.faults.add({ kind: 'drop-before' });
    expect(await failure(port.submit([change('A')], 'k'))).toMatchObject({ kind: 'ambiguous' });
    expect(simulator.held().size).toBe(0);
  });

  it('reads the wait of a throttled call in minutes', async () => {
    simulator.faults.add({ kind: 'throttle', ms: 180_000 });
    expect(await failure(port.submit([change('A')], 'k'))).toMatchObject({
      kind: 'throttled',
      againInMs: 180_000,
    });
  });

  it('waits a minute when Meta does not say how long', async () => {
    simulator.faults.add({ kind: 'throttle', ms: 0 });
    expect(await failure(port.submit([change('A')], 'k'))).toMatchObject({ againInMs: 60_000 });
  });

  it('takes a fault of the channel as ambiguous', async () => {
    simulator.faults.add({ kind: 'fail' });
    expect(await failure(port.submit([change('A')], 'k'))).toMatchObject({ kind: 'ambiguous' });
  });

  it('keeps the answers of the first call when the second one fails', async () => {
    await deliver([change('B')]);
    simulator.faults.add({ kind: 'late', ms: 1 });
    simulator.faults.add({ kind: 'throttle', ms: 60_000 });
    const sent = await port.submit([change('A'), change('B', LISTING, 'offer')], 'k');
    expect(sent.receipts).toEqual([
      { sku: 'A', outcome: 'accepted' },
      { sku: 'B', outcome: 'retry', code: 'throttled', againInMs: 60_000 },
    ]);
  });

  it('loses the connection when the token ends in the middle and goes on with a renewed one', async () => {
    await deliver([change('A')]);
    await command('expire-token');
    expect(await failure(port.submit([change('B')], 'k'))).toMatchObject({
      kind: 'auth-lost',
      code: 'credentials_refused',
    });
    await command('renew-token');
    expect((await deliver([change('B')]))?.verdicts).toEqual([{ sku: 'B', outcome: 'live' }]);
  });

  it('stops for the operator without the proof of the app secret, with a wrong catalog or an expired version', async () => {
    const { appSecret: _, ...unproven } = simulator.settings as MetaSettings;
    const bare = meta.open(unproven, testHost()).listings;
    expect(await failure(bare?.submit([change('A')], 'k'))).toMatchObject({
      kind: 'auth-lost',
      code: 'catalog_not_reachable',
    });
    expect(await failure(open({ catalogId: '1' }).submit([change('A')], 'k'))).toMatchObject({
      code: 'catalog_not_reachable',
    });
    expect(await failure(open({ apiVersion: 'v24.0' }).submit([change('A')], 'k'))).toMatchObject({
      kind: 'auth-lost',
      code: 'version_expired',
    });
  });

  it('sends a batch again that Meta no longer knows', async () => {
    const sentAt = new Date(Date.now() - 180_000).toISOString();
    const pending = pendingOf([change('A')], { id: 'AczUnknown', receipts: [] });
    expect((await port.settle?.({ ...pending, sentAt }))?.verdicts).toEqual([
      { sku: 'A', outcome: 'retry', code: 'handle_unknown' },
    ]);
  });

  it('tells what was refused in processing and what review took down later', async () => {
    simulator.refuse('B', 'WEAPONS');
    const settled = await deliver([change('A'), change('B')]);
    expect(settled?.verdicts[1]).toMatchObject({ sku: 'B', outcome: 'rejected' });
    simulator.refuse('A', 'POLICY_VIOLATION');
    await command('pictures', { sku: 'A', status: 'FETCH_FAILED' });
    expect((await port.observe?.(null))?.items).toMatchObject([
      {
        sku: 'A',
        state: 'rejected',
        issues: [
          { code: 'policy_violation', severity: 'error' },
          { code: 'review_rejected', severity: 'error' },
          { code: 'image_fetch_failed', severity: 'warning', attribute: 'image_link' },
        ],
      },
    ]);
  });

  it('reads the whole catalog page by page in the spelling of the listings', async () => {
    const changes = Array.from({ length: 450 }, (_, n) => change(`S${n}`));
    await deliver(changes);
    simulator.tamper('S7', { ...LISTING, title: 'Changed by hand', price: '99.00 EUR' });
    const seen = [];
    let cursor: string | null = null;
    do {
      const page: Page<Observed> | undefined = await port.observe?.(cursor);
      seen.push(...(page?.items ?? []));
      cursor = page?.next ?? null;
    } while (cursor !== null);
    expect(new Set(seen.map((item) => item.sku)).size).toBe(450);
    expect(seen.find((item) => item.sku === 'S8')?.attributes).toEqual(LISTING);
    expect(seen.find((item) => item.sku === 'S7')?.attributes).toMatchObject({
      title: 'Changed by hand',
      price: '99.00 EUR',
    });
  });

  it('asks for smaller pages when one is too much for Meta, and misses nothing', async () => {
    await deliver(Array.from({ length: 450 }, (_, n) => change(`S${n}`)));
    const message = 'Please reduce the amount of data you are asking for, then retry your request';
    await command('error', { match: 'products', code: 1, message, times: 2 });
    const pages: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<Observed> | undefined = await port.observe?.(cursor);
      pages.push(page?.items.length ?? 0);
      cursor = page?.next ?? null;
    } while (cursor !== null);
    expect(pages).toEqual(Array.from({ length: 9 }, () => 50));
    await command('error', { match: 'products', code: 1, message, times: 20 });
    expect(await failure(port.observe?.(null))).toMatchObject({ code: 'too_much_data' });
  });

  it('calls items of a feed of somebody else foreign, but not ours or those of a batch', async () => {
    const graph = graphCaller(simulator);
    const row = (id: string): string =>
      `${id},Tee,Soft,in stock,new,24.90 EUR,https://shop.example/${id},https://cdn.example/${id}.jpg,Example`;
    for (const [name, id] of [
      ['agency', 'THEIRS'],
      ['Omnifeed meta-us', 'OURS'],
    ] as const) {
      const { id: feed } = await graph.post('/product_feeds', { name });
      const text = `id,title,description,availability,condition,price,link,image_link,brand\n${row(id)}\n`;
      const form = new FormData();
      form.set('file', new Blob([text]), 'feed.csv');
      await graph.send(`${String(feed)}/uploads`, form);
    }
    await deliver([change('BATCH')]);
    const items = (await open({ feed: { path: 'unused.csv' } }).observe?.(null))?.items ?? [];
    expect(items.map(({ sku, foreign }) => `${sku} ${foreign}`).sort()).toEqual([
      'BATCH false',
      'OURS false',
      'THEIRS true',
    ]);
  });

  it('throws when the catalog cannot be read, instead of showing an empty one', async () => {
    simulator.faults.add({ kind: 'fail' });
    expect(await failure(port.observe?.(null))).toMatchObject({ kind: 'ambiguous' });
  });

  it('finds token and catalog in order, and says when the token has ended', async () => {
    const channel = meta.open(simulator.settings as MetaSettings, testHost());
    expect(await channel.check()).toEqual([]);
    expect(channel.orders).toBeUndefined();
    await command('expire-token');
    expect(await channel.check()).toMatchObject([{ severity: 'error', code: 'token_invalid' }]);
  });
});
