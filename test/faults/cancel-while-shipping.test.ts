import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase } from '../../src/db/connect.js';
import type { Database } from '../../src/db/database.js';
import type { ShipmentNotice } from '../../src/domain/shipment.js';
import type { OrderDesk } from '../../src/orders/order-desk.js';
import { pushShipments } from '../../src/orders/push-shipments.js';
import { recordShipment } from '../../src/orders/record-shipment.js';
import { settleOrders } from '../../src/orders/settle-orders.js';
import { storeOrders } from '../../src/orders/store-orders.js';
import { BUYERS, deskWith, EARLY, line, order } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { handClock } from '../support/channel-bench.js';

/** What may happen to an order of two units while it is packed; `announce` may happen at any moment and often. */
const STEPS = [
  'pack one',
  'pack the other',
  'announce',
  'cancel one',
  'cancel all',
  'announce again',
] as const;
type Step = (typeof STEPS)[number];

/** Every order of the steps, `announce` before `announce again`: 360. */
function interleavings(steps: readonly Step[] = STEPS): Step[][] {
  if (steps.length === 0) return [[]];
  return steps
    .flatMap((step) => interleavings(steps.filter((other) => other !== step)).map((rest) => [step, ...rest]))
    .filter((all) => all.indexOf('announce') <= all.indexOf('announce again') || all.length < STEPS.length);
}

describe('an order that is cancelled while it is packed', () => {
  let database: Database;
  beforeAll(async () => {
    database = await connectDatabase(':memory:');
    await fillCatalog(database, smallCatalog(), handClock());
  });
  afterAll(() => database.close());

  /** One order on a channel of its own: what the channel was told, and what it had cancelled by then. */
  async function live(channel: string, steps: readonly Step[]) {
    const clock = handClock();
    const told: (ShipmentNotice & { readonly cancelledBefore: number })[] = [];
    let cancelled = 0;
    const desk: OrderDesk = {
      ...deskWith(database, { find: async () => [], place: nobody, read: async () => [] }),
      channel,
      storefront: null,
      clock,
      port: {
        pull: nobody,
        ship: async (notices) => {
          told.push(...notices.map((notice) => ({ ...notice, cancelledBefore: cancelled })));
          return notices.map(({ reference }) => ({ reference, outcome: 'accepted' as const }));
        },
      },
    };
    const read = async (units: number): Promise<void> => {
      cancelled = Math.max(cancelled, units);
      clock.advance(1_000);
      const reading = order('A', {
        status: units === 2 ? 'cancelled' : 'open',
        updatedAt: units === 0 ? EARLY : clock.now(),
        lines: [line('1', { quantity: 2, quantityCancelled: units })],
      });
      await database.transaction(async (tx) => {
        const now = clock.now();
        const { touched } = await storeOrders(tx, [reading], { channel, buyers: BUYERS, now });
        await settleOrders(tx, touched, { channel, now, placing: null });
      });
    };
    const pack = (reference: string): Promise<unknown> =>
      database.transaction((tx) =>
        recordShipment(
          tx,
          { channel, externalId: 'A', now: clock.now() },
          {
            reference,
            carrier: 'UPS',
            trackingNumber: `1Z-${reference}`,
            shippedAt: clock.now(),
            lines: [{ sku: 'SHIRT-S', quantity: 1 }],
          },
        ),
      );
    await read(0);
    for (const step of steps) {
      if (step === 'pack one') await pack('P1');
      else if (step === 'pack the other') await pack('P2');
      else if (step === 'cancel one') await read(Math.max(1, cancelled));
      else if (step === 'cancel all') await read(2);
      else await pushShipments(desk);
    }
    await pushShipments(desk);
    const parcels = await database.all<{ reference: string; state: string }>(
      'SELECT reference, state FROM shipment WHERE channel = ? ORDER BY reference',
      [channel],
    );
    const reserved = await database.all('SELECT * FROM reservation WHERE channel = ?', [channel]);
    return { told, parcels, reserved };
  }

  it('is never announced as shipped afterwards, in any order of events, and every parcel that stays is shown to a person', async () => {
    const all = interleavings();
    expect(all).toHaveLength(360);
    for (const [place, steps] of all.entries()) {
      const { told, parcels, reserved } = await live(`market-${place}`, steps);
      const references = told.map(({ reference }) => reference);
      expect([steps, new Set(references).size]).toEqual([steps, references.length]);
      expect([steps, told.filter(({ cancelledBefore }) => cancelledBefore === 2)]).toEqual([steps, []]);
      for (const notice of told) {
        const before = told.slice(0, told.indexOf(notice) + 1).length;
        expect([steps, before + notice.cancelledBefore <= 2]).toEqual([steps, true]);
      }
      const announced = new Set(references);
      const states = parcels.map(({ reference, state }) => [reference, state]);
      expect([steps, states]).toEqual([
        steps,
        ['P1', 'P2'].map((reference) => [reference, announced.has(reference) ? 'accepted' : 'rejected']),
      ]);
      expect([steps, reserved]).toEqual([steps, []]);
    }
  });
});

function nobody(): Promise<never> {
  return Promise.reject(new Error('nobody is asked'));
}
