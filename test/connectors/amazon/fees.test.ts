import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SellingPartnerClient } from '../../../connectors/amazon/client.js';
import { feePort } from '../../../connectors/amazon/fees.js';
import type { FeePort } from '../../../src/channel/fee-port.js';
import { ChannelError } from '../../../src/domain/errors.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { change, failure, listing, openStage, type Stage, testHost } from './support.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });

describe('Amazon’s fees', () => {
  let stage: Stage;
  let fees: FeePort;
  beforeEach(async () => {
    stage = await openStage();
    const attributes = await listing(stage.settings);
    const skus = ['A', 'B/1, 50 %'];
    await stage.channel.listings?.submit(
      skus.map((sku) => change(sku, attributes)),
      'k',
    );
    if (!stage.channel.fees) throw new Error('no fees');
    fees = stage.channel.fees;
  });
  afterEach(() => stage.simulator.stop());

  const asked = (sku: string, fulfilledBy: string | null = 'DEFAULT', price = usd(11_999)) => ({
    sku,
    price,
    fulfilledBy,
  });

  it('are estimated per SKU in one call, and found by name although Amazon answers in another order', async () => {
    const before = stage.simulator.calls.length;
    expect(await fees.estimate([asked('A'), asked('B/1, 50 %', 'AMAZON_NA')])).toEqual([
      {
        sku: 'A',
        outcome: 'estimated',
        total: usd(1_800),
        lines: [{ name: 'ReferralFee', amount: usd(1_800) }],
        channelShips: false,
        at: expect.stringMatching(/Z$/),
      },
      {
        sku: 'B/1, 50 %',
        outcome: 'estimated',
        total: usd(2_225),
        lines: [
          { name: 'ReferralFee', amount: usd(1_800) },
          { name: 'FBAFees', amount: usd(425) },
        ],
        channelShips: true,
        at: expect.stringMatching(/Z$/),
      },
    ]);
    const calls = stage.simulator.calls.slice(before).filter(({ path }) => path.includes('feesEstimate'));
    expect(calls).toHaveLength(1);
  });

  it('are refused for an unknown SKU, unknown where Amazon fails, and neither stains the others', async () => {
    await stage.command('fail-fees', { sku: 'A' });
    const answers = await fees.estimate([asked('A'), asked('NOWHERE'), asked('B/1, 50 %')]);
    expect(answers.map(({ sku, outcome }) => [sku, outcome])).toEqual([
      ['A', 'unanswered'],
      ['NOWHERE', 'refused'],
      ['B/1, 50 %', 'estimated'],
    ]);
    expect(answers[1]).toMatchObject({ code: 'InvalidParameterValue' });
    expect(JSON.stringify(answers.slice(0, 2))).not.toContain('total');
  });

  it('tell at which price a listing would be featured, and who is now', async () => {
    await stage.command('rival', { sku: 'A', price: 99.5 });
    expect(await fees.competition?.ask(['A', 'B/1, 50 %', 'NOWHERE'])).toEqual([
      {
        sku: 'A',
        outcome: 'told',
        status: 'VALID_FOEP',
        expected: usd(9_950),
        featured: usd(9_950),
        isOurs: false,
      },
      {
        sku: 'B/1, 50 %',
        outcome: 'told',
        status: 'NO_COMPETING_OFFER',
        expected: null,
        featured: usd(11_999),
        isOurs: true,
      },
      { sku: 'NOWHERE', outcome: 'refused', code: 'INVALID_SKU', message: expect.any(String) },
    ]);
  });

  it('fail as a call when Amazon slows us down', async () => {
    stage.simulator.faults.add({ kind: 'throttle', match: '/feesEstimate' });
    const error = await failure(fees.estimate([asked('A')]));
    expect(error).toBeInstanceOf(ChannelError);
    expect(error).toMatchObject({ kind: 'throttled' });
  });

  it.each<[string, JsonObject]>([
    ['for another SKU', { FeesEstimateIdentifier: { SellerInputIdentifier: 'q0', IdValue: 'B' } }],
    ['without a total', { FeesEstimate: { TimeOfFeesEstimation: '2026-11-25T00:00:00Z' } }],
    ['in another currency', { FeesEstimate: { TotalFeesEstimate: { CurrencyCode: 'EUR', Amount: 1 } } }],
    ['to a question nobody asked', { FeesEstimateIdentifier: { SellerInputIdentifier: 'q7', IdValue: 'A' } }],
    ['with a status of the future', { Status: 'Pending' }],
  ])('stay unknown after an answer %s', async (_what, wrong) => {
    const right = {
      Status: 'Success',
      FeesEstimateIdentifier: { SellerInputIdentifier: 'q0', IdValue: 'A' },
      FeesEstimate: { TotalFeesEstimate: { CurrencyCode: 'USD', Amount: 1 } },
    };
    const answering = (body: object): FeePort => {
      const call = () => Promise.resolve({ body: [body], at: null });
      const client = { call } as unknown as SellingPartnerClient;
      return feePort({ client, settings: stage.settings, host: testHost() });
    };
    expect((await answering(right).estimate([asked('A')]))[0]?.outcome).toBe('estimated');
    expect((await answering({ ...right, ...wrong }).estimate([asked('A')]))[0]?.outcome).toBe('unanswered');
  });

  async function post(path: string, body: JsonValue): Promise<number> {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: stage.settings.clientId,
      client_secret: String(stage.settings.clientSecret),
      refresh_token: String(stage.settings.refreshToken),
    });
    const { url } = stage.simulator;
    const token = (await (await fetch(`${url}/auth/o2/token`, { method: 'POST', body: form })).json()) as {
      access_token: string;
    };
    const reply = await fetch(url + path, {
      method: 'POST',
      headers: { 'x-amz-access-token': token.access_token, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return reply.status;
  }

  it('are asked of a simulator that refuses what the models do not have', async () => {
    const item = (request: object, more: object = {}): JsonValue => ({
      IdType: 'SellerSKU',
      IdValue: 'A',
      FeesEstimateRequest: {
        MarketplaceId: 'ATVPDKIKX0DER',
        PriceToEstimateFees: { ListingPrice: { CurrencyCode: 'USD', Amount: 10 } },
        Identifier: 'q0',
        ...request,
      },
      ...more,
    });
    const fee = (body: JsonValue): Promise<number> => post('/products/fees/v0/feesEstimate', body);
    await stage.command('limits', { operation: 'getMyFeesEstimates', perSecond: 100, burst: 100 });
    expect(await fee([item({})])).toBe(200);
    expect(await fee([])).toBe(400);
    expect(await fee({ items: [item({})] })).toBe(400);
    expect(await fee(Array.from({ length: 21 }, () => item({})))).toBe(400);
    expect(await fee([item({ MarketplaceId: 'A1PA6795UKMFR9' })])).toBe(400);
    expect(await fee([item({}, { IdType: 'SKU' })])).toBe(400);
    expect(
      await fee([item({ PriceToEstimateFees: { ListingPrice: { CurrencyCode: 'USD', Amount: '10.00' } } })]),
    ).toBe(400);
    expect(await fee([item({ SellerId: 'X' })])).toBe(400);

    const uri = '/products/pricing/2022-05-01/offer/featuredOfferExpectedPrice';
    const one = { uri, method: 'GET', marketplaceId: 'ATVPDKIKX0DER', sku: 'A' };
    const price = (requests: JsonValue): Promise<number> => post(`/batches${uri}`, { requests });
    expect(await price([one])).toBe(200);
    expect(await price([])).toBe(400);
    expect(await price(Array.from({ length: 41 }, () => one))).toBe(400);
    expect(await price([{ ...one, method: 'POST' }])).toBe(400);
    expect(await price([{ ...one, uri: `/batches${uri}` }])).toBe(400);
  });
});
