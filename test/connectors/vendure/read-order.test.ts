import { describe, expect, it } from 'vitest';
import { linesToCancel } from '../../../connectors/vendure/sink/cancel.js';
import { storeOrder } from '../../../connectors/vendure/sink/read-order.js';
import { stockReadings } from '../../../connectors/vendure/source/stock.js';

const AT = '2026-11-25T09:00:00.000Z';
const line = (id: string, channelLineId: string, quantity: number, ordered = quantity) => ({
  id,
  quantity,
  orderPlacedQuantity: ordered,
  proratedUnitPriceWithTax: 333 + Number(id),
  productVariant: { id: '7', sku: 'MUG' },
  customFields: { channelLineId },
});
const order = (more: object) => ({
  id: '9',
  code: 'ABC',
  state: 'PaymentSettled',
  currencyCode: 'USD',
  totalWithTax: 1_000,
  lines: [line('0', 'A', 2), line('1', 'A', 1)],
  payments: [{ state: 'Settled', amount: 1_000, refunds: [] }],
  fulfillments: [],
  history: { items: [] },
  ...more,
});

describe('an order of Vendure', () => {
  it('has parcels once they left, with the moment from the history, and shows one that was taken back', () => {
    const parcel = (id: string, state: string) => ({
      id,
      state,
      method: 'UPS',
      trackingCode: '',
      updatedAt: AT,
      lines: [
        { orderLineId: '0', quantity: 1 },
        { orderLineId: '1', quantity: 1 },
      ],
    });
    const went = (fulfillmentId: string, to: string, createdAt: string) => ({
      type: 'ORDER_FULFILLMENT_TRANSITION',
      createdAt,
      data: { fulfillmentId, to },
    });
    const { shipments } = storeOrder(
      order({
        fulfillments: [
          parcel('1', 'Pending'),
          parcel('2', 'Delivered'),
          parcel('3', 'Cancelled'),
          parcel('4', 'Cancelled'),
        ],
        history: {
          items: [
            went('2', 'Shipped', '2026-11-24T09:00:00.000Z'),
            went('2', 'Delivered', AT),
            went('3', 'Shipped', AT),
            went('4', 'Pending', AT),
          ],
        },
      }),
    );
    expect(shipments).toEqual([
      {
        reference: 'vendure-2',
        carrier: 'UPS',
        shippedAt: '2026-11-24T09:00:00.000Z',
        deliveredAt: AT,
        lines: [{ lineExternalId: 'A', sku: 'MUG', quantity: 2 }],
      },
      {
        reference: 'vendure-3',
        carrier: 'UPS',
        shippedAt: AT,
        withdrawn: true,
        lines: [{ lineExternalId: 'A', sku: 'MUG', quantity: 2 }],
      },
    ]);
  });

  it('gave money back once that is settled, on its lines where the amounts say so', () => {
    const refund = (id: string, state: string, total: number, shipping: number) => ({
      id,
      state,
      total,
      shipping,
      createdAt: AT,
      lines: [
        { orderLineId: '0', quantity: 1 },
        { orderLineId: '1', quantity: 1 },
      ],
    });
    const { refunds } = storeOrder(
      order({
        payments: [
          {
            state: 'Settled',
            amount: 1_000,
            refunds: [refund('1', 'Pending', 5, 0), refund('2', 'Settled', 700, 33)],
          },
        ],
      }),
    );
    expect(refunds).toEqual([
      {
        reference: 'vendure-2',
        at: AT,
        amount: { minor: 700, currency: 'USD' },
        shipping: { minor: 33, currency: 'USD' },
        lines: [{ lineExternalId: 'A', sku: 'MUG', quantity: 2, amount: { minor: 667, currency: 'USD' } }],
      },
    ]);
  });

  it('is a draft until it is paid, says what is not paid, and asks for a person in a state nobody expects', () => {
    expect(storeOrder(order({ state: 'ArrangingPayment', payments: [] }))).toMatchObject({
      draft: true,
      totals: { outstanding: { minor: 1_000 } },
    });
    expect(storeOrder(order({}))).toMatchObject({ draft: false, totals: { outstanding: { minor: 0 } } });
    expect(storeOrder(order({ state: 'Modifying' })).needsPerson).toContain('Modifying');
    expect(storeOrder(order({ lines: [line('0', 'A', 1, 3), line('1', 'A', 0, 1)] })).cancelledUnits).toEqual(
      [{ lineExternalId: 'A', sku: 'MUG', quantity: 3 }],
    );
  });

  it('is cancelled over both parts of a line, and not where units are packed', () => {
    const units = (quantity: number) => [{ lineExternalId: 'A', sku: 'MUG', quantity }];
    expect(linesToCancel(order({}), units(3))).toEqual([
      { orderLineId: '0', quantity: 2 },
      { orderLineId: '1', quantity: 1 },
    ]);
    expect(linesToCancel(order({}), units(4))).toBeNull();
    const packed = order({
      fulfillments: [{ id: '1', state: 'Pending', lines: [{ orderLineId: '0', quantity: 1 }] }],
    });
    expect(linesToCancel(packed, units(1))).toEqual([{ orderLineId: '1', quantity: 1 }]);
    expect([linesToCancel(packed, units(2)), linesToCancel(packed, null)]).toEqual([null, null]);
  });
});

describe('what Vendure may sell', () => {
  const variant = (more: object) => ({
    sku: 'MUG',
    trackInventory: 'INHERIT',
    useGlobalOutOfStockThreshold: false,
    outOfStockThreshold: 2,
    ...more,
  });
  const level = (name: string, stockOnHand: number, stockAllocated: number) => ({
    stockOnHand,
    stockAllocated,
    stockLocation: { name },
  });

  it('is on hand less promised, the threshold taken off once, and nothing where nothing is counted', () => {
    const levels = [level('a', 3, 1), level('b', 10, 4)];
    expect(stockReadings(variant({ stockLevels: levels }), { trackInventory: true })).toEqual([
      { sku: 'MUG', location: 'a', onHand: 2 },
      { sku: 'MUG', location: 'b', onHand: 4 },
    ]);
    expect(stockReadings(variant({ stockLevels: levels }), { trackInventory: false })).toEqual([]);
    expect(stockReadings(variant({ stockLevels: [level('a', 0, 5)], outOfStockThreshold: 0 }), {})).toEqual([
      { sku: 'MUG', location: 'a', onHand: -5 },
    ]);
  });
});
