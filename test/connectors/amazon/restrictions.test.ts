import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restrictionIssues } from '../../../connectors/amazon/restrictions.js';
import type { Receipt } from '../../../src/channel/connector.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { change, failure, listing, openStage, type Stage } from './support.js';

const ASIN = 'B00EXAMPLE';
const LINK = 'https://sellercentral.amazon.com/hz/approvalrequest?asin=B00EXAMPLE';

describe('an offer on an item others have described', () => {
  let stage: Stage;
  let offer: JsonObject;
  beforeEach(async () => {
    stage = await openStage();
    await stage.command('item', { asin: ASIN, title: 'Acme Suitcase', codes: ['4006381333931'] });
    const { settings } = stage;
    const whole = await listing(settings, { merchant_suggested_asin: ASIN });
    const { merchant_suggested_asin, condition_type, purchasable_offer, fulfillment_availability } = whole;
    offer = {
      merchant_suggested_asin,
      condition_type,
      purchasable_offer,
      fulfillment_availability,
    } as JsonObject;
  });
  afterEach(() => stage.simulator.stop());

  const submit = async (sku = 'A', attributes = offer): Promise<Receipt | undefined> =>
    (await stage.channel.listings?.submit([change(sku, attributes)], 'k'))?.receipts[0];
  const asked = (): number =>
    stage.simulator.calls.filter(({ path }) => path.startsWith('/listings/2021-08-01/restrictions')).length;

  it('goes when the seller may list it, and the answer is kept', async () => {
    expect(await submit()).toMatchObject({ outcome: 'accepted' });
    expect(await submit('B')).toMatchObject({ outcome: 'accepted' });
    expect(asked()).toBe(1);
    expect([...stage.simulator.held().keys()]).toEqual(['A', 'B']);
  });

  it('does not go before approval: the issue has the link, and the listing is asked about again', async () => {
    const reason = {
      reasonCode: 'APPROVAL_REQUIRED',
      message: 'You need approval to list in this brand.',
      link: LINK,
    };
    await stage.command('restrict', { asin: ASIN, reason });
    expect(await submit()).toMatchObject({
      outcome: 'rejected',
      againInMs: 86_400_000,
      issues: [
        {
          code: 'approval_required',
          link: LINK,
          message: reason.message,
          attribute: 'merchant_suggested_asin',
        },
      ],
    });
    expect(await stage.channel.listings?.preview?.([change('A', offer)])).toMatchObject([
      { accepted: false },
    ]);
    expect(stage.simulator.calls.some(({ method }) => method === 'PUT')).toBe(false);
  });

  it('says so when the seller may never list it, and when there is no such item', async () => {
    await stage.command('restrict', { asin: ASIN, reason: { reasonCode: 'NOT_ELIGIBLE' } });
    expect(await submit()).toMatchObject({ outcome: 'rejected', issues: [{ code: 'not_eligible' }] });
    const other = {
      ...offer,
      merchant_suggested_asin: [{ value: 'B000000404', marketplace_id: 'ATVPDKIKX0DER' }],
    };
    expect(await submit('B', other)).toMatchObject({
      outcome: 'rejected',
      issues: [{ code: 'asin_not_found' }],
    });
  });

  it('is not sent while Amazon cannot say, and is not asked about once it is listed', async () => {
    stage.simulator.faults.add({ kind: 'fail', match: '/restrictions' });
    expect(await failure(submit())).toMatchObject({ kind: 'not-sent' });
    expect(stage.simulator.held().size).toBe(0);
    await stage.channel.listings?.submit([{ ...change('A', offer), externalId: ASIN }], 'k');
    expect(asked()).toBe(1);
  });
});

describe('restrictions as Amazon tells them', () => {
  const STORE = 'ATVPDKIKX0DER';
  const told = (...restrictions: readonly JsonObject[]): readonly string[] =>
    restrictionIssues({ restrictions } as never, STORE).map(({ severity, code }) => `${severity} ${code}`);

  it('count for their store only, and also without a reason or with one nobody knows', () => {
    expect(told({ marketplaceId: 'A2EUQ1WTGCTBG2', reasons: [{ reasonCode: 'NOT_ELIGIBLE' }] })).toEqual([]);
    expect(told({ marketplaceId: STORE })).toEqual(['error restricted']);
    expect(told({ marketplaceId: STORE, reasons: [{ reasonCode: 'MOON' }] })).toEqual(['error restricted']);
  });

  it('are not taken for none when the list is missing', () => {
    expect(() => restrictionIssues({}, STORE)).toThrow('without restrictions');
  });
});
