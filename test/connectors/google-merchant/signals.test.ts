import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import type { GoogleSettings } from '../../../connectors/google-merchant/settings.js';
import { encodeSignal } from '../../../connectors/google-merchant/signals/signal-form.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { ParcelSignal, SignalReceipt } from '../../../src/domain/parcel-signal.js';
import { typingErrors } from '../../support/published-typings.js';
import { FAULTS } from './side-faults.js';
import { command, failure, settingsOf, simulatorState, testHost } from './support.js';

function parcel(more: Partial<ParcelSignal> = {}): ParcelSignal {
  return {
    reference: 'S1',
    soldOn: 'amazon-us',
    orderId: 'WEB-100234',
    orderedAt: '2026-11-20T22:02:22.000Z',
    shippedAt: '2026-11-21T16:22:00.000Z',
    deliveredAt: null,
    carrier: 'UPS',
    trackingNumber: '1Z999AA10123456784',
    originCountry: 'US',
    originPostalCode: '94043-1351',
    destinationCountry: 'US',
    destinationPostalCode: '950 16',
    shippingFee: { minor: 499, currency: 'USD' },
    lines: [
      {
        lineId: '1',
        sku: 'A/1',
        quantity: 2,
        title: 'Shirt',
        brand: 'Northwind',
        gtin: '4006381333931',
        mpn: 'N1',
      },
    ],
    ...more,
  };
}
const bare = parcel({
  reference: 'S2',
  destinationCountry: null,
  destinationPostalCode: null,
  shippingFee: null,
  lines: [{ lineId: '9', sku: 'B', quantity: 1, title: null, brand: null, gtin: null, mpn: null }],
});

describe('order-tracking signals to Google', () => {
  let simulator: RunningSimulator;

  beforeEach(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
  });
  afterEach(() => simulator.stop());

  async function report(
    parcels: readonly ParcelSignal[],
    more: Partial<GoogleSettings> = {},
  ): Promise<readonly SignalReceipt[]> {
    const { signals } = googleMerchant.open(settingsOf(simulator, more), testHost());
    return (await signals?.report(parcels, 'k')) ?? [];
  }
  async function taken(): Promise<readonly JsonObject[]> {
    return (await simulatorState(simulator)).signals as JsonObject[];
  }

  it('tell order, lines, carrier, tracking number and both ends of the way, with plain postal codes', async () => {
    expect(await report([parcel()])).toEqual([{ reference: 'S1', outcome: 'accepted' }]);
    const utc = { timeZone: { id: 'Etc/UTC' } };
    expect(await taken()).toEqual([
      {
        orderId: 'WEB-100234',
        orderCreatedTime: { year: 2026, month: 11, day: 20, hours: 22, minutes: 2, seconds: 22, ...utc },
        deliveryPostalCode: '95016',
        deliveryRegionCode: 'US',
        customerShippingFee: { amountMicros: '4990000', currencyCode: 'USD' },
        lineItems: [
          {
            lineItemId: '1',
            productId: 'online:en:US:A/1',
            quantity: '2',
            productTitle: 'Shirt',
            brand: 'Northwind',
            gtins: ['4006381333931'],
            mpn: 'N1',
          },
        ],
        shippingInfo: [
          {
            shipmentId: 'S1',
            carrier: 'UPS',
            trackingId: '1Z999AA10123456784',
            shippedTime: { year: 2026, month: 11, day: 21, hours: 16, minutes: 22, seconds: 0, ...utc },
            shippingStatus: 'SHIPPED',
            originPostalCode: '940431351',
            originRegionCode: 'US',
          },
        ],
        shipmentLineItemMapping: [{ shipmentId: 'S1', lineItemId: '1', quantity: '2' }],
      },
    ]);
  });

  it('are sent once more when the parcel has arrived', async () => {
    await report([parcel({ deliveredAt: '2026-11-24T09:00:00.000Z' })]);
    const [signal] = await taken();
    expect(signal?.shippingInfo).toMatchObject([
      { shippingStatus: 'DELIVERED', actualDeliveryTime: { day: 24, hours: 9 } },
    ]);
  });

  it('say nothing of what nobody knows', async () => {
    await report([bare]);
    const [signal] = await taken();
    expect(Object.keys(signal ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(delivery|customer)/)]),
    );
    expect(signal?.lineItems).toEqual([{ lineItemId: '9', productId: 'online:en:US:B', quantity: '1' }]);
  });

  it('are not sent without origin, tracking or lines', async () => {
    const before = simulator.calls.length;
    const receipts = await report([
      parcel({ originPostalCode: null }),
      parcel({ reference: 'S3', trackingNumber: '' }),
      parcel({ reference: 'S4', lines: [] }),
    ]);
    expect(receipts).toMatchObject([
      { reference: 'S1', outcome: 'rejected', issues: [{ code: 'signal_origin_unknown' }] },
      { reference: 'S3', outcome: 'rejected', issues: [{ code: 'signal_untracked' }] },
      { reference: 'S4', outcome: 'rejected', issues: [{ code: 'signal_empty' }] },
    ]);
    expect(simulator.calls.length).toBe(before);
  });

  it('never quote Google on a parcel: its sentence may name the buyer’s place', async () => {
    const secret = '[delivery_postal_code] 95016 of order WEB-100234 is wrong';
    await command(simulator, 'fail', { call: 'orderTrackingSignals', status: 400, message: secret });
    const receipts = await report([parcel()]);
    expect(receipts).toMatchObject([{ outcome: 'rejected', issues: [{ origin: 'channel' }] }]);
    expect(JSON.stringify(receipts)).not.toMatch(/95016|WEB-100234/);
  });

  it('name products in the newer form where the operator says so, which this simulator refuses', async () => {
    const form = encodeSignal(parcel(), { contentLanguage: 'en', feedLabel: 'US' }, 'language-label-id');
    expect(form).toMatchObject({ body: { lineItems: [{ productId: 'en~US~A/1' }] } });
    expect(await report([parcel()], { signalProductId: 'language-label-id' })).toMatchObject([
      { outcome: 'rejected' },
    ]);
  });

  it.each(FAULTS)('create: $name', async ({ refusal, item }) => {
    await command(simulator, 'fail', { call: 'orderTrackingSignals.create', ...refusal });
    const receipts = await report([parcel(), bare]);
    expect(receipts[0]).toMatchObject({ reference: 'S1', ...item });
    expect(receipts[1]).toMatchObject({ reference: 'S2', outcome: 'accepted' });
  });

  it('fail as a whole when the batch as a whole is refused', async () => {
    await command(simulator, 'fail', { call: 'batch', status: 503 });
    expect(await failure(report([parcel()]))).toMatchObject({ kind: 'ambiguous', code: 'channel_failed' });
  });

  it('are what the published typings take', async () => {
    const market = { contentLanguage: 'en', feedLabel: 'US' };
    const cases = [parcel(), bare, parcel({ deliveredAt: '2026-11-24T09:00:00.000Z' })].map((one) => {
      const encoded = encodeSignal(one, market, 'channel-language-label-id');
      return { type: 'OrderTrackingSignal', value: encoded.fits ? encoded.body : null };
    });
    expect(await typingErrors('ordertracking_v1', cases)).toEqual([]);
  });
});
