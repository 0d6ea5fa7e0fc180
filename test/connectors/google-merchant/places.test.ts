import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { encodePlace } from '../../../connectors/google-merchant/inventories/place-form.js';
import { encodeLfp } from '../../../connectors/google-merchant/lfp/lfp-form.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { PlaceChange, PlaceReceipt } from '../../../src/domain/place.js';
import { typingErrors } from '../../support/published-typings.js';
import { FAULTS } from './side-faults.js';
import { change, command, failure, settingsOf, simulatorState, testHost } from './support.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });

function place(sku: string, more: Partial<PlaceChange> = {}): PlaceChange {
  return {
    sku,
    externalId: null,
    kind: 'store',
    place: 'STORE-12',
    action: 'upsert',
    quantity: 7,
    availability: 'in_stock',
    price: null,
    salePrice: null,
    pickup: null,
    ...more,
  };
}
const gone = (sku: string, more: Partial<PlaceChange> = {}): PlaceChange =>
  place(sku, { action: 'remove', quantity: null, availability: null, ...more });

describe('stock per store and region at Google', () => {
  let simulator: RunningSimulator;
  let channel: OpenChannel;

  beforeEach(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
    channel = googleMerchant.open(settingsOf(simulator), testHost());
    await channel.listings?.submit([change('A/1'), change('B')], 'k');
  });
  afterEach(() => simulator.stop());

  async function submit(...changes: readonly PlaceChange[]): Promise<readonly PlaceReceipt[]> {
    return (await channel.places?.submit(changes, 'k')) ?? [];
  }
  async function held(): Promise<readonly unknown[]> {
    return Object.values((await simulatorState(simulator)).inventories as object);
  }

  it('states quantity, price, pickup method and time of a store', async () => {
    const stated = place('A/1', {
      price: usd(2499),
      salePrice: usd(1999),
      pickup: { method: 'ship_to_store', sla: 'two_day' },
    });
    expect(await submit(stated)).toEqual([
      { sku: 'A/1', kind: 'store', place: 'STORE-12', outcome: 'accepted' },
    ]);
    expect(await held()).toMatchObject([
      {
        storeCode: 'STORE-12',
        localInventoryAttributes: {
          availability: 'IN_STOCK',
          quantity: '7',
          price: { amountMicros: '24990000', currencyCode: 'USD' },
          salePrice: { amountMicros: '19990000', currencyCode: 'USD' },
          pickupMethod: 'SHIP_TO_STORE',
          pickupSla: 'TWO_DAY',
        },
      },
    ]);
  });

  it('states availability and price of a region, which has no quantity', async () => {
    await submit(
      place('B', { kind: 'region', place: 'west-coast', quantity: 0, availability: 'out_of_stock' }),
    );
    expect(await held()).toMatchObject([
      { region: 'west-coast', regionalInventoryAttributes: { availability: 'OUT_OF_STOCK' } },
    ]);
  });

  it('replaces the entry of a product at a place, whatever it said before', async () => {
    await submit(place('B', { price: usd(2000) }));
    await submit(place('B', { quantity: 0, availability: 'out_of_stock' }));
    expect(await held()).toEqual([
      expect.objectContaining({ localInventoryAttributes: { availability: 'OUT_OF_STOCK', quantity: '0' } }),
    ]);
  });

  it('takes an entry away, and is content when it is gone already', async () => {
    await submit(place('B'));
    const [once] = await submit(gone('B'));
    expect(await held()).toEqual([]);
    const [twice] = await submit(gone('B'));
    expect([once?.outcome, twice?.outcome]).toEqual(['accepted', 'accepted']);
  });

  it('waits with stock of a product Google has not processed yet', async () => {
    expect(await submit(place('UNKNOWN'), place('B'))).toEqual([
      expect.objectContaining({
        sku: 'UNKNOWN',
        outcome: 'retry',
        code: 'product_not_processed',
        againInMs: 1_200_000,
      }),
      expect.objectContaining({ sku: 'B', outcome: 'accepted' }),
    ]);
  });

  it('refuses what Google would refuse, before sending it', async () => {
    const before = simulator.calls.length;
    const receipts = await submit(
      place('A/1', { pickup: { method: 'buy', sla: null } }),
      place('B', { pickup: { method: 'drone', sla: null } }),
      place('B', { place: 'X', pickup: { method: 'buy', sla: 'soon' } }),
      place('B', { place: '  ' }),
      place('B', { place: 'Y', price: usd(1000), salePrice: usd(1000) }),
      place(' B'),
    );
    expect(receipts.map((one) => ('issues' in one ? one.issues[0]?.code : one.outcome))).toEqual([
      'pickup_sla_missing',
      'pickup_method_unknown',
      'pickup_sla_unknown',
      'place_code_unfit',
      'sale_price_not_below_price',
      'sku_not_possible',
    ]);
    expect(simulator.calls.length).toBe(before);
  });

  it('passes on what Google says about a code it does not know, and takes the others', async () => {
    await command(simulator, 'places', { stores: ['STORE-12'] });
    const receipts = await submit(place('B', { place: 'STORE-13' }), place('B'));
    expect(receipts).toMatchObject([
      { place: 'STORE-13', outcome: 'rejected', issues: [{ origin: 'channel', attribute: 'storeCode' }] },
      { place: 'STORE-12', outcome: 'accepted' },
    ]);
  });

  it('sends stock that ran out in a batch of its own, before what waits for quota', async () => {
    const before = simulator.calls.length;
    await submit(
      place('A/1'),
      place('B', { quantity: 0, availability: 'out_of_stock' }),
      place('B', { place: 'STORE-13' }),
    );
    expect(simulator.calls.slice(before).filter(({ path }) => path.startsWith('/batch/'))).toHaveLength(2);
  });

  it('gives no receipt for an entry without an answer, so that it is sent again', async () => {
    await command(simulator, 'omit', { sku: 'B' });
    expect(await submit(place('B'), place('A/1'))).toEqual([expect.objectContaining({ sku: 'A/1' })]);
  });

  it.each(FAULTS)('insert: $name', async ({ refusal, item }) => {
    await command(simulator, 'fail', { call: 'localInventories.insert', ...refusal });
    const receipts = await submit(place('A/1'), place('B'));
    expect(receipts[0]).toMatchObject({ sku: 'A/1', ...item });
    expect(receipts[1]).toMatchObject({ sku: 'B', outcome: 'accepted' });
  });

  it.each(FAULTS)('delete: $name', async ({ refusal, item }) => {
    await submit(place('A/1'), place('B'));
    await command(simulator, 'fail', { call: 'localInventories.delete', ...refusal });
    const receipts = await submit(gone('A/1'), gone('B'));
    expect(receipts[0]).toMatchObject({ sku: 'A/1', ...item });
    expect(receipts[1]).toMatchObject({ sku: 'B', outcome: 'accepted' });
  });

  it('fails as a whole when credentials are refused in every part', async () => {
    await command(simulator, 'fail', {
      call: 'localInventories',
      status: 403,
      message: 'no access',
      times: 2,
    });
    expect(await failure(submit(place('A/1'), place('B')))).toMatchObject({
      kind: 'auth-lost',
      code: 'permission_missing',
    });
  });

  describe('of a provider that sends it for a merchant', () => {
    beforeEach(() => {
      channel = googleMerchant.open(settingsOf(simulator, { lfpTargetAccount: '777' }), testHost());
    });

    it('is stated store by store under the account of the merchant, also of products Google does not have', async () => {
      const pickup = { method: 'ship_to_store', sla: 'two_day' };
      const receipts = await submit(
        place('NEW', { price: usd(2499), pickup }),
        place('B', { kind: 'region', place: 'r' }),
      );
      expect(receipts.map((one) => one.outcome)).toEqual(['accepted', 'accepted']);
      expect(await held()).toMatchObject([
        {
          targetAccount: '777',
          storeCode: 'STORE-12',
          offerId: 'NEW',
          regionCode: 'US',
          contentLanguage: 'en',
          availability: 'in_stock',
          quantity: '7',
          price: { amountMicros: '24990000' },
          pickupMethod: 'ship to store',
          pickupSla: '2-day',
        },
        { region: 'r' },
      ]);
    });

    it('is sold out where it is to go, since nothing can be deleted', async () => {
      await submit(place('NEW'));
      expect(await submit(gone('NEW'))).toMatchObject([{ outcome: 'accepted' }]);
      expect(await held()).toMatchObject([{ offerId: 'NEW', availability: 'out_of_stock', quantity: '0' }]);
    });

    it('is held against the same rules', async () => {
      const receipts = await submit(place('B', { pickup: { method: 'buy', sla: null } }));
      expect(receipts).toMatchObject([{ outcome: 'rejected', issues: [{ code: 'pickup_sla_missing' }] }]);
    });

    it.each(FAULTS)('insert: $name', async ({ refusal, item }) => {
      await command(simulator, 'fail', { call: 'lfpInventories.insert', ...refusal });
      const receipts = await submit(place('A/1'), place('B'));
      expect(receipts[0]).toMatchObject({ sku: 'A/1', ...item });
      expect(receipts[1]).toMatchObject({ sku: 'B', outcome: 'accepted' });
    });

    it('makes what the published typings take', async () => {
      const market = { contentLanguage: 'en', feedLabel: 'US' };
      const stated = [place('A', { price: usd(5), pickup: { method: 'buy', sla: 'multi_week' } }), gone('A')];
      const cases = stated.map((one) => ({
        type: 'LfpInventory',
        value: encodeLfp(one, market, { account: '777', regionCode: 'US' }),
      }));
      expect(await typingErrors('lfp_v1', cases)).toEqual([]);
    });
  });

  it('makes what the published typings take', async () => {
    const bodies = [
      place('A', { price: usd(1), salePrice: usd(0), pickup: { method: 'buy', sla: 'seven_day' } }),
      place('A', { kind: 'region', place: 'r', price: usd(5) }),
    ].map((one) => ({ kind: one.kind, encoded: encodePlace(one) }));
    const cases = bodies.map(({ kind, encoded }) => ({
      type: kind === 'store' ? 'LocalInventory' : 'RegionalInventory',
      value: encoded.fits ? encoded.body : null,
    }));
    expect(await typingErrors('inventories_v1', cases)).toEqual([]);
    const wrong = { type: 'LocalInventory', value: { localInventoryAttributes: { quantity: 7 } } };
    expect(await typingErrors('inventories_v1', [wrong])).toHaveLength(1);
  });
});
