import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import type { GoogleSettings } from '../../../connectors/google-merchant/settings.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type {
  ListingChange,
  Observed,
  OpenChannel,
  Settlement,
  Submission,
} from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import {
  adminCall,
  change,
  command,
  failure,
  LISTING,
  pendingOf,
  removal,
  settingsOf,
  testHost,
} from './support.js';

describe('Google listings against the simulator', () => {
  let simulator: RunningSimulator;
  let channel: OpenChannel;

  async function start(processingMs: number): Promise<void> {
    simulator = await googleSimulator.start({ port: 0, processingMs });
    channel = open();
  }
  function open(more: Partial<GoogleSettings> = {}): OpenChannel {
    return googleMerchant.open(settingsOf(simulator, more), testHost());
  }
  async function submit(...changes: readonly ListingChange[]): Promise<Submission> {
    const sent = await channel.listings?.submit(changes, 'k');
    if (sent === undefined) throw new Error('no listing port');
    return sent;
  }
  async function settle(changes: readonly ListingChange[], sent: Submission): Promise<Settlement> {
    const settled = await channel.listings?.settle?.(pendingOf(changes, sent));
    if (settled === undefined) throw new Error('no settle');
    return settled;
  }
  async function deliver(...changes: readonly ListingChange[]): Promise<Settlement> {
    return settle(changes, await submit(...changes));
  }
  async function observed(): Promise<readonly Observed[]> {
    const items: Observed[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: readonly Observed[]; next: string | null } | undefined =
        await channel.listings?.observe?.(cursor);
      items.push(...(page?.items ?? []));
      cursor = page?.next ?? null;
    } while (cursor !== null);
    return items;
  }
  const callsTo = (text: string): number =>
    simulator.calls.filter((call) => `${call.method} ${call.path}`.includes(text)).length;
  const later = (ms: number): Promise<void> => command(simulator, 'advance', { ms });

  beforeEach(() => start(0));
  afterEach(() => simulator.stop());

  it('accepts first, says live later, and Google holds exactly what was computed', async () => {
    const full = googleMerchant.canonical?.({
      ...LISTING,
      additional_image_link: ['https://cdn.example.com/i/tshirt-red-2.jpg'],
      sale_price: '19.99 USD',
      sale_price_effective_date: '2026-11-27T00:00-05:00/2026-12-01T00:00-05:00',
      gtin: '4006381333931',
      identifier_exists: true,
      product_type: ['Apparel > Tops'],
      shipping: [
        { country: 'US', service: 'Standard', price: '4.90 USD', min_handling_time: 0, max_handling_time: 1 },
      ],
      product_detail: [{ section_name: 'Fabric', attribute_name: 'Weight', attribute_value: '180 g/m2' }],
      shipping_weight: '0.25 kg',
      size_system: 'US',
      size_type: ['regular'],
      excluded_destination: ['Display_ads'],
      ships_from_country: 'PT',
      custom_attribute: [{ name: 'care_label', value: '30 C' }],
      multipack: 6,
    });
    const changes = [
      change('00012345', full),
      change('1e5'),
      change('a/b~c ü', { ...LISTING, price: '5.00 USD' }),
    ];
    const sent = await submit(...changes);
    expect(sent.receipts.map((receipt) => receipt.outcome)).toEqual(['accepted', 'accepted', 'accepted']);
    expect((await settle(changes, sent)).verdicts).toEqual([
      { sku: '00012345', outcome: 'live', externalId: 'en~US~00012345', issues: [] },
      { sku: '1e5', outcome: 'live', externalId: 'en~US~1e5', issues: [] },
      { sku: 'a/b~c ü', outcome: 'live', externalId: 'en~US~a/b~c ü', issues: [] },
    ]);
    expect(simulator.held()).toEqual(
      new Map([
        ['00012345', full],
        ['1e5', LISTING],
        ['a/b~c ü', { ...LISTING, price: '5.00 USD' }],
      ]),
    );
  });

  it('has no verdict while Google is processing, not even from the state before', async () => {
    await simulator.stop();
    await start(600_000);
    const first = [change('A')];
    const sent = await submit(...first);
    expect((await settle(first, sent)).verdicts).toEqual([]);
    expect(simulator.held().size).toBe(0);
    await later(600_000);
    expect((await settle(first, sent)).verdicts).toMatchObject([{ sku: 'A', outcome: 'live' }]);

    const offer = [change('A', { ...LISTING, price: '20.00 USD' }, { action: 'offer', version: 2 })];
    const patched = await submit(...offer);
    expect((await settle(offer, patched)).verdicts).toEqual([]);
    const content = [change('A', { ...LISTING, title: 'Cotton T-Shirt' }, { version: 3 })];
    const inserted = await submit(...content);
    expect((await settle(content, inserted)).verdicts).toEqual([]);
    await later(600_000);
    expect((await settle(content, inserted)).verdicts).toMatchObject([{ sku: 'A', outcome: 'live' }]);
  });

  it('patches price, sale, availability and quantity alone and takes off what the offer no longer has', async () => {
    await deliver(change('A', { ...LISTING, sale_price: '19.99 USD', sell_on_google_quantity: 7 }));
    const offer = { ...LISTING, title: 'Not to be sent', price: '30.00 USD', availability: 'out_of_stock' };
    const settled = await deliver(change('A', offer, { action: 'offer', version: 2 }));
    expect(settled.verdicts).toMatchObject([{ sku: 'A', outcome: 'live' }]);
    expect(simulator.held().get('A')).toEqual({
      ...LISTING,
      price: '30.00 USD',
      availability: 'out_of_stock',
    });
  });

  it('inserts the whole listing when a patch meets a product Google does not have', async () => {
    const settled = await deliver(change('A', LISTING, { action: 'offer', version: 2 }));
    expect(settled.verdicts).toMatchObject([{ sku: 'A', outcome: 'live' }]);
    expect(simulator.held().get('A')).toEqual(LISTING);
  });

  it('removes what was sent, and only that', async () => {
    await deliver(change('A'), change('B'));
    const settled = await deliver(removal('A'));
    expect(settled.verdicts).toEqual([{ sku: 'A', outcome: 'removed' }]);
    expect([...simulator.held().keys()]).toEqual(['B']);
    const again = await submit(removal('A'), removal('NEVER'));
    expect(again.receipts).toEqual([
      { sku: 'A', outcome: 'removed' },
      { sku: 'NEVER', outcome: 'removed' },
    ]);
  });

  it('waits for a removal until the processed product is gone', async () => {
    await simulator.stop();
    await start(600_000);
    await submit(change('A'));
    await later(600_000);
    const sent = await submit(removal('A'));
    expect(sent.receipts).toMatchObject([{ outcome: 'accepted' }]);
    expect((await settle([removal('A')], sent)).verdicts).toEqual([]);
    await later(600_000);
    expect((await settle([removal('A')], sent)).verdicts).toEqual([{ sku: 'A', outcome: 'removed' }]);
  });

  it('calls a product removed that another data source took over meanwhile, and leaves it there', async () => {
    await simulator.stop();
    await start(600_000);
    await submit(change('A'));
    await later(600_000);
    const sent = await submit(removal('A'));
    const other = open({ dataSource: await foreignSource() });
    await other.listings?.submit([change('A', { ...LISTING, price: '1.00 USD' })], 'k');
    await later(600_000);
    expect((await settle([removal('A')], sent)).verdicts).toEqual([{ sku: 'A', outcome: 'removed' }]);
    expect(simulator.held().get('A')).toMatchObject({ price: '1.00 USD' });
  });

  it('lets bad items fail alone, each with its reason', async () => {
    const changes = [
      change('A'),
      change('BAD-LINK', { ...LISTING, link: 'not an address' }),
      change('BAD-ENUM', { ...LISTING, availability: 'maybe' }),
      change('S'.repeat(51)),
      change('two  blanks'),
      change('Z'),
    ];
    const sent = await submit(...changes);
    const byOutcome = new Map(sent.receipts.map((receipt) => [receipt.sku, receipt]));
    expect(byOutcome.get('A')?.outcome).toBe('accepted');
    expect(byOutcome.get('Z')?.outcome).toBe('accepted');
    expect(byOutcome.get('BAD-LINK')).toMatchObject({
      outcome: 'rejected',
      issues: [{ code: 'invalid_url', attribute: 'link', origin: 'channel' }],
    });
    expect(byOutcome.get('BAD-ENUM')).toMatchObject({
      outcome: 'rejected',
      issues: [{ code: 'value_does_not_fit', attribute: 'availability', origin: 'ours' }],
    });
    expect(byOutcome.get('S'.repeat(51))).toMatchObject({
      outcome: 'rejected',
      issues: [{ code: 'sku_not_possible' }],
    });
    expect(byOutcome.get('two  blanks')).toMatchObject({
      outcome: 'rejected',
      issues: [{ code: 'sku_not_possible' }],
    });
    expect(sent.receipts).toHaveLength(changes.length);
    expect([...simulator.held().keys()]).toEqual(['A', 'Z']);
  });

  it('reports what policy review refuses, in Google’s own words', async () => {
    simulator.refuse('B', 'counterfeit');
    const settled = await deliver(change('A'), change('B'));
    expect(settled.verdicts).toMatchObject([
      { sku: 'A', outcome: 'live' },
      { sku: 'B', outcome: 'rejected', issues: [{ code: 'counterfeit', severity: 'error' }] },
    ]);
    expect(await observed()).toMatchObject([
      { sku: 'A', state: 'live' },
      { sku: 'B', state: 'rejected' },
    ]);
  });

  it('shows a listing with limited performance as live and tells why', async () => {
    const { mpn: _, ...unidentified } = LISTING;
    expect((await deliver(change('A', unidentified))).verdicts).toMatchObject([
      { sku: 'A', outcome: 'live', issues: [{ severity: 'warning', attribute: 'gtin' }] },
    ]);
  });

  it('changes nothing when the same batch comes twice', async () => {
    const changes = [change('A'), change('B')];
    await deliver(...changes);
    const before = simulator.held();
    expect((await deliver(...changes)).verdicts).toMatchObject([{ outcome: 'live' }, { outcome: 'live' }]);
    expect(simulator.held()).toEqual(before);
  });

  it('does not let an older version overwrite a newer one', async () => {
    await deliver(change('A', { ...LISTING, title: 'New title of the shirt' }, { version: 1763868000123 }));
    const sent = await submit(change('A', LISTING, { version: 1763868000122 }));
    expect(sent.receipts).toMatchObject([{ outcome: 'rejected', issues: [{ code: 'newer_version_won' }] }]);
    expect(simulator.held().get('A')).toMatchObject({ title: 'New title of the shirt' });
  });

  it('reads back everything page by page, tells strangers apart and notices tampering', async () => {
    const many = Array.from({ length: 60 }, (_, place) => change(`P${String(place).padStart(3, '0')}`));
    await submit(...many.slice(0, 50));
    await submit(...many.slice(50));
    simulator.tamper('P007', { title: 'Changed by hand' });
    const other = open({ dataSource: await foreignSource() });
    await other.listings?.submit([change('THEIRS')], 'k');
    const seen = await observed();
    expect(seen).toHaveLength(61);
    expect(seen.find((item) => item.sku === 'P007')?.attributes).toMatchObject({ title: 'Changed by hand' });
    expect(seen.find((item) => item.sku === 'P008')).toMatchObject({ state: 'live', attributes: LISTING });
    expect(seen.filter((item) => item.foreign).map((item) => item.sku)).toEqual(['THEIRS']);
    simulator.tamper('P007', null);
    expect(await observed()).toHaveLength(60);
  });

  async function foreignSource(): Promise<string> {
    const mine = googleMerchant.open(settingsOf(simulator), {
      ...testHost(),
      channel: { ...testHost().channel, id: 'second' },
    });
    await mine.check();
    const created = await adminCall(simulator, 'POST', '/datasources/v1/accounts/5551234567/dataSources', {
      displayName: 'Somebody else',
      primaryProductDataSource: { contentLanguage: 'en', feedLabel: 'US' },
    });
    return String(created.dataSourceId);
  }

  it('makes one data source of its own and finds it again', async () => {
    await deliver(change('A'));
    channel = open();
    await deliver(change('B'));
    expect(callsTo('POST /datasources')).toBe(1);
    expect(await observed()).toMatchObject([{ sku: 'A' }, { sku: 'B' }]);
    expect((await observed()).some((item) => item.foreign)).toBe(false);
  });

  it('looks its data source up again when somebody deleted it', async () => {
    await deliver(change('A'));
    await command(simulator, 'drop-source', { name: 'accounts/5551234567/dataSources/1002' });
    const lost = await submit(change('A', LISTING, { version: 2 }));
    expect(lost.receipts).toMatchObject([
      { outcome: 'retry', code: 'data_source_not_found', againInMs: 45_000 },
    ]);
    expect((await deliver(change('A', LISTING, { version: 2 }))).verdicts).toMatchObject([
      { outcome: 'live' },
    ]);
  });

  it('tells the operator when the data source of the settings does not exist', async () => {
    channel = open({ dataSource: '77' });
    expect(await failure(channel.listings?.submit([change('A')], 'k'))).toMatchObject({
      kind: 'auth-lost',
      code: 'data_source_not_found',
      owner: 'operator',
    });
  });

  it('counts a listing without an answer as unknown, never as success', async () => {
    await submit(change('SOURCE'));
    await command(simulator, 'omit', { sku: 'B' });
    const sent = await submit(change('A'), change('B'));
    expect(sent.receipts).toMatchObject([
      { sku: 'A', outcome: 'accepted' },
      { sku: 'B', outcome: 'ambiguous', code: 'no_answer_for_item' },
    ]);
  });

  it('sends nothing for an empty batch', async () => {
    expect(await submit()).toEqual({ id: null, receipts: [] });
    expect(simulator.calls).toEqual([]);
  });
});
