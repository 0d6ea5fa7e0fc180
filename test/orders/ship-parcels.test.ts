import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShipmentNotice } from '../../src/domain/shipment.js';
import type { OrderDesk } from '../../src/orders/order-desk.js';
import { parcelsIn } from '../../src/orders/parcel-file.js';
import { pushShipments } from '../../src/orders/push-shipments.js';
import { shipParcels } from '../../src/orders/ship-parcels.js';
import { openProblems } from '../../src/problems/problems.js';
import { refreshProblems } from '../../src/problems/standing-problems.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { CHANNEL, deskWith, EARLY, line, order, take } from './order-bench.js';

const NOW = '2026-11-02T08:00:00.000Z';
const HEADER = 'channel,order,carrier,tracking_number,reference,shipped_at,sku,quantity';

const read = (...rows: string[]) =>
  parcelsIn([HEADER, ...rows].join('\n'), { now: NOW, channel: CHANNEL, channels: [CHANNEL, 'other'] });

describe('a parcel file', () => {
  it('makes one parcel of rows with the same reference, and says which rows it is of', () => {
    const { parcels, mistakes } = read(
      'other,A,UPS,1Z1,P1,2026-11-01T10:00:00+01:00,SHIRT-S,2',
      ',B,DHL,00340,,,,',
      'other,A,UPS,1Z1,P1,2026-11-01T10:00:00+01:00,HAT,1',
    );
    expect(mistakes).toEqual([]);
    expect(parcels).toEqual([
      {
        channel: 'other',
        order: 'A',
        rows: [2, 4],
        parcel: {
          reference: 'P1',
          carrier: 'UPS',
          trackingNumber: '1Z1',
          shippedAt: '2026-11-01T09:00:00.000Z',
          lines: [
            { sku: 'SHIRT-S', quantity: 2 },
            { sku: 'HAT', quantity: 1 },
          ],
        },
      },
      {
        channel: CHANNEL,
        order: 'B',
        rows: [3],
        parcel: { reference: '00340', carrier: 'DHL', trackingNumber: '00340', shippedAt: NOW },
      },
    ]);
  });

  it('leaves a parcel out as a whole when one of its rows has a mistake, and answers for every row', () => {
    const { parcels, mistakes } = read(
      ',A,UPS,1Z1,P1,,SHIRT-S,two',
      ',A,UPS,1Z1,P1,,HAT,1',
      ',B,UPS,1Z2,P2,,HAT,1',
      ',B,UPS,1Z3,P2,,SHIRT-S,1',
      'nowhere,C,UPS,1Z4,,,,',
      ',D,,1Z5,,,,',
      ',E,UPS,1Z6,,2026-11-01 10:00,,',
      ',F,UPS,1Z7,,2027-01-01T10:00:00Z,,',
      ',G,UPS,1Z8,,,,',
      ',G,UPS,1Z8,,,,',
    );
    expect(parcels).toEqual([]);
    expect(mistakes.map(({ row, message }) => `${row}: ${message}`)).toEqual([
      '2: "SHIRT-S" × "two" is not a SKU and a quantity',
      '3: another row of the same parcel has a mistake',
      '4: another row of the same parcel has a mistake',
      '5: carrier or number differ from another row of parcel P2',
      '6: there is no channel "nowhere"',
      '7: carrier is empty',
      '8: shipped_at "2026-11-01 10:00" is no instant with a zone, such as 2026-11-25T14:00:00Z',
      '9: shipped_at 2027-01-01T10:00:00.000Z is in the future',
      '10: another row of the same parcel has a mistake',
      '11: parcel 1Z8 is named twice; name a SKU and a quantity in each row',
    ]);
  });

  it('is read with semicolons and a byte order mark too, and refused without the columns it needs', () => {
    const context = { now: NOW, channel: CHANNEL, channels: [CHANNEL] };
    const spread = '\uFEFFOrder;Carrier;Tracking Number\r\nA;UPS;1Z1\r\n';
    expect(parcelsIn(spread, context).parcels).toMatchObject([{ order: 'A', parcel: { reference: '1Z1' } }]);
    expect(() => parcelsIn('order,tracking_number\nA,1Z1\n', context)).toThrow(/has no carrier/);
  });
});

onEachDatabase('parcels named outside the shop', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
  });
  afterEach(() => test.dispose());

  const ship = async (...rows: string[]): Promise<string[]> =>
    (await shipParcels(test.database, read(...rows).parcels, NOW)).map((result) =>
      [result.order, result.reference, result.outcome, 'code' in result ? result.code : ''].join(' ').trim(),
    );
  const announced: ShipmentNotice[] = [];
  const desk = (): OrderDesk => {
    announced.length = 0;
    const base = deskWith(test.database, {
      place: () => Promise.reject(new Error('not asked')),
      find: async () => [],
      read: async () => [],
    });
    return {
      ...base,
      port: {
        ...base.port,
        async ship(notices) {
          announced.push(...notices);
          return notices.map(({ reference }) => ({ reference, outcome: 'accepted' as const }));
        },
      },
    };
  };
  const news = (changes: object, ...lines: ReturnType<typeof line>[]) =>
    take(test.database, [order('A', { updatedAt: NOW, lines, ...changes })]);

  it('are each answered for, and change nothing when the file comes again', async () => {
    await take(test.database, [
      order('A', { lines: [line('1', { quantity: 3 })] }),
      order('B', { status: 'cancelled' }),
      order('C', { fulfilledBy: 'channel' }),
      order('D', { status: 'pending' }),
    ]);
    const file = [
      ',A,UPS,1Z1,P1,,SHIRT-S,1',
      ',A,UPS,1Z2,P2,,SHIRT-S,2',
      ',A,UPS,1Z3,P3,,SHIRT-S,1',
      ',B,UPS,1Z4,P4,,,',
      ',C,UPS,1Z5,P5,,,',
      ',D,UPS,1Z6,P6,,,',
      ',E,UPS,1Z7,P7,,,',
    ];
    const refused = [
      'B P4 refused order_cancelled',
      'C P5 refused channel_ships',
      'D P6 refused not_paid',
      'E P7 refused unknown_order',
    ];
    expect(await ship(...file)).toEqual([
      'A P1 recorded',
      'A P2 recorded',
      'A P3 surplus parcel_holds_what_was_not_ordered',
      ...refused,
    ]);
    expect(await ship(...file)).toEqual([
      'A P1 known',
      'A P2 known',
      'A P3 refused more_than_open',
      ...refused,
    ]);
    expect(await pushShipments(desk())).toMatchObject({ due: 2, accepted: 2 });
    expect(announced.map(({ reference, lines }) => [reference, lines[0]?.quantity])).toEqual([
      ['P1', 1],
      ['P2', 2],
    ]);
    await ship(...file);
    expect(await pushShipments(desk())).toMatchObject({ due: 0 });
  });

  it('may be packed anew until they are announced, and then take another number only', async () => {
    await take(test.database, [order('A', { lines: [line('1', { quantity: 3 })] })]);
    await ship(',A,UPS,1Z1,P1,,SHIRT-S,1');
    expect(await ship(',A,UPS,1Z1,P1,,SHIRT-S,3')).toEqual(['A P1 corrected']);
    expect(await ship(',A,UPS,1Z1,P1,,SHIRT-S,4')).toEqual(['A P1 refused more_than_open']);
    await pushShipments(desk());
    expect(announced).toMatchObject([{ reference: 'P1', lines: [{ quantity: 3 }] }]);
    expect(await ship(',A,UPS,1Z1,P1,,SHIRT-S,2')).toEqual(['A P1 refused parcel_announced']);
    expect(await ship(',A,UPS,1Z9,P1,,SHIRT-S,3')).toEqual(['A P1 corrected']);
    await pushShipments(desk());
    expect(announced).toMatchObject([{ reference: 'P1', trackingNumber: '1Z9' }]);
  });

  it('announce nothing that was cancelled since they were packed, and tell a person', async () => {
    await take(test.database, [
      order('A', { lines: [line('1', { quantity: 2 }), line('2', { sku: 'HAT' })] }),
    ]);
    await ship(',A,UPS,1Z1,P1,,SHIRT-S,2', ',A,UPS,1Z2,P2,,HAT,1');
    await news({}, line('1', { quantity: 2, quantityCancelled: 1 }), line('2', { sku: 'HAT' }));
    expect(await pushShipments(desk())).toMatchObject({ due: 2, accepted: 1, rejected: 1 });
    expect(announced.map(({ reference }) => reference)).toEqual(['P2']);
    await refreshProblems(test.database, NOW);
    expect((await openProblems(test.database)).map(({ code }) => code)).toContain('parcel_refused');
    expect(await ship(',A,UPS,1Z3,P3,,SHIRT-S,1')).toEqual(['A P3 recorded']);
    await news({ status: 'cancelled', updatedAt: '2026-11-02T09:00:00.000Z' }, line('1', { quantity: 2 }));
    expect(await pushShipments(desk())).toMatchObject({ due: 1, rejected: 1 });
  });

  it('leave out what the shop took out already', async () => {
    await take(test.database, [order('A', { lines: [line('1', { quantity: 3 })] })]);
    await test.database.run('UPDATE order_line SET shop_cancelled = 1');
    await ship(',A,UPS,1Z1,P1,,,');
    expect(await test.database.all('SELECT lines FROM shipment')).toEqual([
      { lines: '[{"lineId":"1","quantity":2}]' },
    ]);
  });

  it('are announced anew under their reference after the channel refused the number', async () => {
    await take(test.database, [order('A')]);
    await ship(',A,UPS,WRONG,P1,,,');
    await test.database.run("UPDATE shipment SET state = 'rejected', sent_at = ?, issues = ?", [
      NOW,
      JSON.stringify([{ severity: 'error', code: 'x', origin: 'channel', message: 'no such number' }]),
    ]);
    expect(await ship(',A,UPS,1Z1,P1,,,')).toEqual(['A P1 corrected']);
    expect(await pushShipments(desk())).toMatchObject({ accepted: 1 });
    expect(announced).toMatchObject([{ trackingNumber: '1Z1' }]);
  });

  it('stop the late-shipment clock, which warns before and complains after', async () => {
    const at = async (now: string): Promise<string[]> => {
      await refreshProblems(test.database, now);
      return (await openProblems(test.database)).map(
        ({ code, severity, message }) => `${severity} ${code} ${message}`,
      );
    };
    const shipBy = '2026-11-03T12:00:00.000Z';
    await take(test.database, [order('A', { shipBy }), order('F', { shipBy, fulfilledBy: 'channel' })]);
    const clock = async (now: string): Promise<string[]> =>
      (await at(now)).filter((text) => /ship|left/.test(text));
    expect(await clock(EARLY)).toEqual([]);
    expect(await clock('2026-11-03T01:00:00.000Z')).toEqual([
      'warning shipment_due 1 orders must leave within 12 hours, the first (A) by 2026-11-03T12:00:00.000Z',
    ]);
    expect(await clock('2026-11-03T13:00:00.000Z')).toEqual([
      'error late_shipment Order A should have left by 2026-11-03T12:00:00.000Z',
    ]);
    await ship(',A,UPS,1Z1,P1,,,');
    await test.database.run("UPDATE shipment SET state = 'accepted', sent_at = ?", [
      '2026-11-03T13:30:00.000Z',
    ]);
    expect(await clock('2026-11-03T14:00:00.000Z')).toEqual([]);
    // A channel that never shows what it accepted is not believed for ever.
    expect(await clock('2026-11-05T14:00:00.000Z')).toHaveLength(1);
  });
});
