import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import {
  encodePromotion,
  endedPromotion,
} from '../../../connectors/google-merchant/promotions/promotion-form.js';
import {
  PROMOTION_RULES,
  promotionIssues,
  promotionReference,
} from '../../../connectors/google-merchant/promotions/promotion-rules.js';
import { promotionStatus } from '../../../connectors/google-merchant/promotions/promotion-status.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Promotion, PromotionChange, PromotionReceipt } from '../../../src/domain/promotion.js';
import { typingErrors } from '../../support/published-typings.js';
import { FAULTS } from './side-faults.js';
import { command, failure, settingsOf, simulatorState, testHost } from './support.js';

const DAY_MS = 86_400_000;
const usd = (minor: number) => ({ minor, currency: 'USD' });
const ahead = (days: number) => instantOf(Date.now() + days * DAY_MS);

function promotion(more: Partial<Promotion> = {}): Promotion {
  return {
    id: 'BF26-TEES',
    title: '20% off all T-shirts',
    value: { kind: 'percent-off', percent: 20 },
    startsAt: ahead(-1),
    endsAt: ahead(5),
    ...more,
  };
}
const upsert = (more: Partial<Promotion> = {}): PromotionChange => ({
  action: 'upsert',
  promotion: promotion(more),
});
const end = (more: Partial<Promotion> = {}): PromotionChange => ({
  action: 'end',
  promotion: promotion(more),
});

/** Rule, a promotion that breaks it, and one that does not. */
const RULES: readonly (readonly [string, Partial<Promotion>, Partial<Promotion>])[] = [
  ['promotion_title_length', { title: `20% off ${'x'.repeat(60)}` }, { title: `20% off ${'x'.repeat(52)}` }],
  ['promotion_title_without_value', { title: 'Great sale' }, { title: '20 % on shirts' }],
  [
    'promotion_title_without_value',
    { title: 'Ten dollars off', value: { kind: 'amount-off', amount: usd(1000) } },
    { title: '$10 off', value: { kind: 'amount-off', amount: usd(1000) } },
  ],
  ['promotion_id_unfit', { id: 'BF 26' }, { id: 'BF_26-a' }],
  ['promotion_period_reversed', { startsAt: ahead(6) }, { startsAt: ahead(4) }],
  ['promotion_over', { startsAt: ahead(-9), endsAt: ahead(-1) }, { startsAt: ahead(-9), endsAt: ahead(1) }],
  [
    'promotion_percent_unfit',
    { title: '100% off', value: { kind: 'percent-off', percent: 100 } },
    { title: '99% off', value: { kind: 'percent-off', percent: 99 } },
  ],
  [
    'promotion_quantities_unfit',
    { value: { kind: 'buy-get', buy: 0, get: 1, percent: 100 } },
    { value: { kind: 'buy-get', buy: 2, get: 1, percent: 100 } },
  ],
  ['promotion_currency', { minimumPurchase: { minor: 100, currency: 'EUR' } }, { minimumPurchase: usd(100) }],
  ['promotion_currency', { limitValue: usd(0) }, { limitValue: usd(1) }],
  [
    'promotion_gift_unnamed',
    { value: { kind: 'free-gift', description: ' ' } },
    { value: { kind: 'free-gift', description: 'A cap' } },
  ],
  ['promotion_code_blank', { code: 'TEE 20' }, { code: 'TEE20' }],
  ['promotion_stores_without_in_store', { stores: ['S1'] }, { stores: ['S1'], redeemed: ['in-store'] }],
  ['promotion_page_missing', { redeemed: ['in-store'] }, { redeemed: ['online'] }],
  ['promotion_period_long', { endsAt: ahead(1200) }, { endsAt: ahead(300) }],
];

describe('the rules of promotions', () => {
  const context = { channel: testHost().channel, now: ahead(0), homepage: null };
  const codes = (more: Partial<Promotion>) =>
    promotionIssues(promotion(more), context).map((issue) => issue.code);

  it('have nothing to say about a good promotion', () => expect(codes({})).toEqual([]));

  it.each(RULES)('%s: refuses the one and lets the other pass', (code, bad, good) => {
    expect(codes(bad)).toContain(code);
    expect(codes(good)).not.toContain(code);
  });

  it('are all tested', () => {
    const tested = RULES.map(([code]) => code);
    expect(PROMOTION_RULES.filter((rule) => !tested.includes(rule.code))).toEqual([]);
  });

  it('stand in the README', () => {
    const readme = path.resolve(import.meta.dirname, '../../../connectors/google-merchant/README.md');
    expect(readFileSync(readme, 'utf8')).toContain(promotionReference());
  });

  it('let a page stand in for promotions in stores once the homepage is set', () => {
    const withPage = { ...context, homepage: 'https://shop.example.com/' };
    expect(promotionIssues(promotion({ redeemed: ['in-store'] }), withPage)).toEqual([]);
  });
});

describe('promotions at Google', () => {
  let simulator: RunningSimulator;
  let channel: OpenChannel;

  beforeEach(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: 60_000 });
    channel = googleMerchant.open(
      settingsOf(simulator, { homepage: 'https://shop.example.com/' }),
      testHost(),
    );
  });
  afterEach(() => simulator.stop());

  async function submit(...changes: readonly PromotionChange[]): Promise<readonly PromotionReceipt[]> {
    return (await channel.promotions?.submit(changes, 'k')) ?? [];
  }
  async function held(): Promise<readonly JsonObject[]> {
    return (await simulatorState(simulator)).promotions as JsonObject[];
  }
  async function stateOf(id = 'BF26-TEES') {
    return (await channel.promotions?.statuses?.([promotion({ id })]))?.[0];
  }

  it('are sent into a source of their own, which is made once', async () => {
    expect(await submit(upsert({ code: 'TEE20', only: { types: ['Shirts'] } }))).toEqual([
      { id: 'BF26-TEES', outcome: 'accepted' },
    ]);
    const reopened = googleMerchant.open(settingsOf(simulator), testHost());
    await reopened.promotions?.submit([upsert({ id: 'TWO' })], 'k');
    const { dataSources } = (await simulatorState(simulator)) as { dataSources: readonly JsonObject[] };
    expect(dataSources.filter((source) => source.promotionDataSource !== undefined)).toMatchObject([
      { promotionDataSource: { contentLanguage: 'en', targetCountry: 'US' }, input: 'API' },
    ]);
    expect(await held()).toMatchObject([
      {
        promotionId: 'BF26-TEES',
        redemptionChannel: ['ONLINE'],
        attributes: {
          longTitle: '20% off all T-shirts',
          offerType: 'GENERIC_CODE',
          genericRedemptionCode: 'TEE20',
          productApplicability: 'SPECIFIC_PRODUCTS',
          productTypeInclusion: ['Shirts'],
          couponValueType: 'PERCENT_OFF',
          percentOff: '20',
          promotionDestinations: ['SHOPPING_ADS', 'FREE_LISTINGS'],
        },
      },
      { promotionId: 'TWO' },
    ]);
  });

  it('go from review to live to ended, and tell a refusal with its reason', async () => {
    const soon = instantOf(Date.now() + 20 * 60_000);
    await submit(
      upsert({ endsAt: soon }),
      upsert({ id: 'BAD' }),
      upsert({ id: 'LATER', startsAt: ahead(2) }),
    );
    expect(await stateOf()).toMatchObject({ state: 'pending' });
    await command(simulator, 'refuse-promotion', { id: 'BAD', code: 'misleading_title' });
    await command(simulator, 'advance', { ms: 120_000 });
    expect(await stateOf()).toMatchObject({ state: 'live', issues: [] });
    expect(await stateOf('LATER')).toMatchObject({ state: 'pending' });
    expect(await stateOf('BAD')).toMatchObject({
      state: 'rejected',
      issues: [{ severity: 'error', code: 'misleading_title', origin: 'channel' }],
    });
    expect(await stateOf('NOBODY')).toBeUndefined();
    await command(simulator, 'advance', { ms: 20 * 60_000 });
    expect(await stateOf()).toMatchObject({ state: 'ended' });
  });

  it('end by their dates, also one that has not begun', async () => {
    const later = { id: 'LATER', startsAt: ahead(2) };
    await submit(upsert(), upsert(later));
    expect(await submit(end(), end(later))).toMatchObject([{ outcome: 'ended' }, { outcome: 'ended' }]);
    expect(await stateOf()).toMatchObject({ state: 'ended' });
    expect(await stateOf('LATER')).toMatchObject({ state: 'ended' });
  });

  it('that are over need no call to end', async () => {
    const before = simulator.calls.length;
    const over = end({ startsAt: ahead(-9), endsAt: ahead(-1) });
    expect(await submit(over)).toEqual([{ id: 'BF26-TEES', outcome: 'ended' }]);
    expect(simulator.calls.length).toBe(before);
  });

  it('that break a rule are not sent, and do not stain the others', async () => {
    const receipts = await submit(upsert({ id: 'SALE', title: 'Big sale' }), upsert());
    expect(receipts).toMatchObject([
      {
        id: 'SALE',
        outcome: 'rejected',
        issues: [{ code: 'promotion_title_without_value', origin: 'ours' }],
      },
      { id: 'BF26-TEES', outcome: 'accepted' },
    ]);
    expect((await held()).map((one) => one.promotionId)).toEqual(['BF26-TEES']);
  });

  it('look for their source again after somebody deleted it', async () => {
    await submit(upsert());
    const [first] = await held();
    await command(simulator, 'drop-source', { name: String(first?.dataSource) });
    expect(await submit(upsert())).toMatchObject([{ outcome: 'retry', code: 'data_source_not_found' }]);
    expect(await submit(upsert())).toMatchObject([{ outcome: 'accepted' }]);
  });

  it.each(FAULTS)('insert: $name', async ({ refusal, item }) => {
    await submit(upsert({ id: 'WARM' }));
    await command(simulator, 'fail', { call: 'promotions.insert', ...refusal });
    const receipts = await submit(upsert(), upsert({ id: 'TWO' }));
    expect(receipts[0]).toMatchObject({ id: 'BF26-TEES', ...item });
    expect(receipts[1]).toMatchObject({ id: 'TWO', outcome: 'accepted' });
  });

  it.each([
    [503, 'ambiguous', 'channel_failed'],
    [429, 'throttled', 'throttled'],
    [403, 'auth-lost', 'permission_missing'],
    [401, 'auth-lost', 'credentials_refused'],
  ])('list: a %i is a failure, never an empty list', async (status, kind, code) => {
    await submit(upsert());
    await command(simulator, 'fail', {
      call: 'promotions.promotions.list',
      status,
      message: 'refused',
      times: 2,
    });
    expect(await failure(stateOf())).toMatchObject({ kind, code });
  });

  it('of every kind are what the published typings take and Google accepts', async () => {
    const kinds: readonly Partial<Promotion>[] = [
      {
        title: '$5.50 off',
        value: { kind: 'amount-off', amount: usd(550) },
        minimumPurchase: usd(5000),
        minimumQuantity: 2,
      },
      { value: { kind: 'free-shipping' }, limitQuantity: 1, limitValue: usd(900) },
      { value: { kind: 'free-gift', description: 'A cap' } },
      { value: { kind: 'free-gift', description: 'A cap', value: usd(900) } },
      { value: { kind: 'buy-get', buy: 2, get: 1, percent: 100 }, minimumQuantity: 9 },
      {
        only: { skus: ['A'], products: ['P'], brands: ['N'] },
        except: { skus: ['B'], products: ['Q'], brands: ['M'], types: ['T'] },
      },
      { redeemed: ['online', 'in-store'], stores: ['S1'], shownFrom: ahead(-1), shownUntil: ahead(2) },
      { redeemed: ['in-store'], shownUntil: ahead(2), only: {} },
    ];
    const all = kinds.map((more, place) => upsert({ id: `K${place}`, ...more }));
    expect((await submit(...all)).map((one) => one.outcome)).toEqual(kinds.map(() => 'accepted'));
    const market = {
      contentLanguage: 'en',
      targetCountry: 'US',
      destinations: ['SHOPPING_ADS'],
      homepage: 'https://shop.example.com/',
    };
    const values = [...all.map((one) => one.promotion), endedPromotion(promotion(), ahead(0))];
    const cases = values.map((one) => ({
      type: 'InsertPromotionRequest',
      value: { dataSource: 'accounts/1/dataSources/2', promotion: encodePromotion(one, market) },
    }));
    expect(await typingErrors('promotions_v1', cases)).toEqual([]);
    const [buyGet] = (await held()).filter((one) => one.promotionId === 'K4');
    expect(buyGet?.attributes).toMatchObject({
      minimumPurchaseQuantity: '2',
      getThisQuantityDiscounted: '1',
      percentOff: '100',
    });
  });

  it('are shown in some places only, or in a state nobody has heard of', () => {
    const told = (...states: readonly string[]) =>
      promotionStatus({
        promotionId: 'A',
        promotionStatus: { destinationStatuses: states.map((status) => ({ status })) },
      }).state;
    expect(told('LIVE', 'REJECTED')).toBe('limited');
    expect(told('EXPIRED', 'STOPPED')).toBe('ended');
    expect(told('REJECTED', 'IN_REVIEW')).toBe('rejected');
    expect(told('PONDERING')).toBe('pending');
    expect(promotionStatus({ promotionId: 'A' }).state).toBe('pending');
  });
});
