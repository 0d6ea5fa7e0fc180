import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { offerIdProblem, pathName, tildeName } from '../../../connectors/google-merchant/product-name.js';
import type { GoogleSettings } from '../../../connectors/google-merchant/settings.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { ListingChange, Observed, OpenChannel } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { adminCall, change, LISTING, pendingOf, removal, settingsOf, testHost } from './support.js';

const US = { contentLanguage: 'en', feedLabel: 'US' };

describe('names of products', () => {
  it('are unpadded base64url of language, label and SKU', () => {
    expect(pathName(US, 'sku/123')).toBe('ZW5-VVN-c2t1LzEyMw');
    expect(tildeName(US, 'sku/123')).toBe('en~US~sku/123');
  });

  it('are safe in addresses and tell every SKU apart', () => {
    const skus = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(skus, (sku) => {
        fc.pre(!/\p{Surrogate}/u.test(sku));
        const name = pathName(US, sku);
        expect(name).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(Buffer.from(name, 'base64url').toString('utf8')).toBe(`en~US~${sku}`);
      }),
    );
  });

  it('are possible only for SKUs that Google keeps as they are', () => {
    const blanks = fc.constantFrom(' ', '  ', '\t', '\n', '\u00a0', 'A', 'b', '~', '/');
    fc.assert(
      fc.property(fc.array(blanks, { minLength: 1, maxLength: 6 }), (letters) => {
        const sku = letters.join('');
        // Google strips the ends and makes one blank of several; of other white space it keeps none.
        const kept = sku.trim().replace(/\s+/g, ' ');
        expect(offerIdProblem(sku) === null).toBe(kept === sku && kept !== '');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['50 characters', 'x'.repeat(50), true],
    ['51 characters', 'x'.repeat(51), false],
    ['50 characters outside the basic plane', '😀'.repeat(50), true],
    ['a tilde', 'A~B', true],
  ])('with %s: %s → %s', (_what, sku, possible) => {
    expect(offerIdProblem(sku) === null).toBe(possible);
  });
});

describe('two channels of one account', () => {
  let simulator: RunningSimulator;
  beforeEach(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
  });
  afterEach(() => simulator.stop());

  function open(
    market: { readonly country: string; readonly language: string; readonly currency: string },
    more: Partial<GoogleSettings> = {},
  ): OpenChannel {
    const host = testHost();
    const channel = { ...host.channel, ...market, id: `google-${market.country}` };
    return googleMerchant.open(settingsOf(simulator, more), { ...host, channel });
  }
  const inUs = { country: 'US', language: 'en', currency: 'USD' };
  const inEcuador = { country: 'EC', language: 'es', currency: 'USD' };

  async function deliver(
    channel: OpenChannel,
    ...changes: readonly ListingChange[]
  ): Promise<readonly string[]> {
    const sent = await channel.listings?.submit(changes, 'k');
    if (sent === undefined) throw new Error('no listing port');
    const settled = await channel.listings?.settle?.(pendingOf(changes, sent));
    return (settled?.verdicts ?? []).map(({ outcome }) => outcome);
  }
  async function observed(channel: OpenChannel): Promise<readonly Observed[]> {
    const page = await channel.listings?.observe?.(null);
    return page?.items ?? [];
  }
  const spanish = { ...LISTING, title: 'Camiseta de algodón, roja, M', price: '22.90 USD' };

  it('keep the same SKU as two products, each with its own name, source and life', async () => {
    const [us, ecuador] = [open(inUs), open(inEcuador)];
    expect(await deliver(us, change('A'))).toEqual(['live']);
    expect(await deliver(ecuador, change('A', spanish))).toEqual(['live']);
    expect(await observed(us)).toMatchObject([{ externalId: 'en~US~A', attributes: { price: '24.99 USD' } }]);
    expect(await observed(ecuador)).toMatchObject([
      { externalId: 'es~EC~A', attributes: { title: spanish.title, price: '22.90 USD' } },
    ]);
    const { dataSources } = await adminCall(
      simulator,
      'GET',
      '/datasources/v1/accounts/5551234567/dataSources',
      undefined,
    );
    const markets = (dataSources as readonly { primaryProductDataSource?: object }[]).map(
      ({ primaryProductDataSource }) => primaryProductDataSource,
    );
    expect(markets).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ contentLanguage: 'en', feedLabel: 'US', countries: ['US'] }),
        expect.objectContaining({ contentLanguage: 'es', feedLabel: 'EC', countries: ['EC'] }),
      ]),
    );
    expect(await deliver(ecuador, removal('A'))).toEqual(['removed']);
    expect(await observed(ecuador)).toEqual([]);
    expect(await observed(us)).toHaveLength(1);
  });

  it('sell in one country under two labels, as the settings say', async () => {
    const [plain, outlet] = [open(inUs), open(inUs, { feedLabel: 'US-OUTLET' })];
    await deliver(plain, change('A'));
    await deliver(outlet, change('A', { ...LISTING, price: '9.99 USD' }));
    expect(await observed(outlet)).toMatchObject([
      { externalId: 'en~US-OUTLET~A', attributes: { price: '9.99 USD' } },
    ]);
    expect(await observed(plain)).toMatchObject([
      { externalId: 'en~US~A', attributes: { price: '24.99 USD' } },
    ]);
  });

  it('sell in two languages in one country', async () => {
    const switzerland = { country: 'CH', language: 'de-CH', currency: 'CHF' };
    const inGerman = open(switzerland);
    const inFrench = open({ ...switzerland, language: 'fr-CH' });
    await deliver(inGerman, change('A', { ...spanish, price: '25.00 CHF' }));
    await deliver(inFrench, change('A', { ...spanish, title: 'T-shirt rouge', price: '25.00 CHF' }));
    expect((await observed(inGerman)).map(({ externalId }) => externalId)).toEqual(['de~CH~A']);
    expect((await observed(inFrench)).map(({ externalId }) => externalId)).toEqual(['fr~CH~A']);
  });

  it('are reviewed by the money of the countries of their data source, not of the account', async () => {
    const germany = open({ country: 'DE', language: 'de', currency: 'EUR' });
    const outlet = open({ country: 'DE', language: 'de', currency: 'EUR' }, { feedLabel: 'OUTLET' });
    expect(await deliver(germany, change('A', { ...LISTING, price: '19.99 EUR' }))).toEqual(['live']);
    expect(await deliver(outlet, change('A', { ...LISTING, price: '9.99 EUR' }))).toEqual(['live']);
    expect(await deliver(germany, change('B', LISTING))).toEqual(['rejected']);
    expect(await deliver(open(inUs), change('B', { ...LISTING, price: '19.99 EUR' }))).toEqual(['rejected']);
    expect((await observed(germany)).find(({ sku }) => sku === 'B')).toMatchObject({
      issues: expect.arrayContaining([expect.objectContaining({ code: 'invalid_currency' })]),
    });
  });

  it('never let an older state of a product win, in either of them', async () => {
    const [us, ecuador] = [open(inUs), open(inEcuador)];
    await deliver(us, change('A', LISTING, { version: 5 }));
    await deliver(ecuador, change('A', spanish, { version: 3 }));
    const late = await us.listings?.submit(
      [change('A', { ...LISTING, price: '1.00 USD' }, { version: 4 })],
      'k',
    );
    expect(late?.receipts).not.toMatchObject([{ outcome: 'accepted' }]);
    await deliver(ecuador, change('A', { ...spanish, price: '21.90 USD' }, { version: 4 }));
    expect(await observed(us)).toMatchObject([{ attributes: { price: '24.99 USD' } }]);
    expect(await observed(ecuador)).toMatchObject([{ attributes: { price: '21.90 USD' } }]);
  });
});
