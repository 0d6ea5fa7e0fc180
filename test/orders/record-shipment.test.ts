import { expect, it } from 'vitest';
import type { Database } from '../../src/db/database.js';
import type { StoreShipment } from '../../src/domain/store-order.js';
import { recordShipment } from '../../src/orders/record-shipment.js';
import { shipOpenUnits } from '../../src/orders/ship-open-units.js';
import { onEachDatabase } from '../support/databases.js';
import { CHANNEL, EARLY, line, order, take } from './order-bench.js';

const PLACE = { channel: CHANNEL, externalId: 'A', now: EARLY };

function parcel(reference: string, quantity: number): StoreShipment {
  return { ...byHand(reference), lines: [{ sku: 'SHIRT-S', quantity }] };
}

function byHand(reference: string): Omit<StoreShipment, 'lines'> {
  return { reference, carrier: 'UPS', trackingNumber: `1Z-${reference}`, shippedAt: EARLY };
}

const shipmentsOf = (
  database: Database,
): Promise<{ reference: string; state: string; lines: string; issues: string }[]> =>
  database.all('SELECT reference, state, lines, issues FROM shipment ORDER BY reference');

onEachDatabase('recording parcels', (open) => {
  it('keeps a parcel with what was not ordered as rejected, once, and takes no units for it', async () => {
    const { database } = await open();
    await take(database, [order('A', { lines: [line('1', { quantity: 2 })] })]);
    expect(await recordShipment(database, PLACE, parcel('P1', 3))).toBe('surplus');
    expect(await recordShipment(database, PLACE, parcel('P1', 3))).toBe('known');
    const [kept, ...others] = await shipmentsOf(database);
    expect(others).toEqual([]);
    expect(kept?.state).toBe('rejected');
    expect(JSON.parse(kept?.issues ?? '')).toMatchObject([
      {
        severity: 'error',
        code: 'parcel_holds_what_was_not_ordered',
        origin: 'ours',
        message: expect.stringContaining('1 of SHIRT-S'),
      },
    ]);
    expect(await recordShipment(database, PLACE, parcel('P2', 2))).toBe('recorded');
  });
});

onEachDatabase('announcing a parcel by hand', (open) => {
  it('refuses a cancelled order', async () => {
    const { database } = await open();
    await take(database, [order('A', { status: 'cancelled' })]);
    await expect(shipOpenUnits(database, PLACE, byHand('H'))).rejects.toMatchObject({
      code: 'order_cancelled',
      owner: 'operator',
    });
    expect(await shipmentsOf(database)).toEqual([]);
  });

  it('announces what no recorded parcel holds yet, and then nothing more', async () => {
    const { database } = await open();
    await take(database, [order('A', { lines: [line('1', { quantity: 3 })] })]);
    await recordShipment(database, PLACE, parcel('P1', 1));
    expect(await shipOpenUnits(database, PLACE, byHand('H'))).toBe('recorded');
    expect(await shipOpenUnits(database, PLACE, byHand('H'))).toBe('known');
    expect((await shipmentsOf(database)).find(({ reference }) => reference === 'H')?.lines).toBe(
      '[{"lineId":"1","quantity":2}]',
    );
    await expect(shipOpenUnits(database, PLACE, byHand('H2'))).rejects.toMatchObject({
      code: 'nothing_to_ship',
    });
  });

  it('does not take units twice that the channel counts as shipped because of a recorded parcel', async () => {
    const { database } = await open();
    await take(database, [order('A', { lines: [line('1', { quantity: 3, quantityShipped: 1 })] })]);
    await recordShipment(database, PLACE, parcel('P1', 1));
    await shipOpenUnits(database, PLACE, byHand('H'));
    expect((await shipmentsOf(database)).find(({ reference }) => reference === 'H')?.lines).toBe(
      '[{"lineId":"1","quantity":2}]',
    );
  });
});
