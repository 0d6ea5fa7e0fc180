import { expect, it } from 'vitest';
import { orderCounts } from '../../src/orders/order-counts.js';
import { onEachDatabase } from '../support/databases.js';
import { CHANNEL, EARLY, order, take } from './order-bench.js';

onEachDatabase('counting orders', (open) => {
  it('does not call an order shipped whose only parcel was refused', async () => {
    const test = await open();
    await take(test.database, [order('A'), order('B')]);
    const parcel = (externalId: string, state: string): Promise<number> =>
      test.database.run(
        "INSERT INTO shipment (channel, external_id, reference, carrier, tracking_number, shipped_at, lines, state) VALUES (?, ?, 'P1', 'UPS', '1Z', ?, '[]', ?)",
        [CHANNEL, externalId, EARLY, state],
      );
    await parcel('A', 'rejected');
    await parcel('B', 'pending');
    expect(await orderCounts(test.database, CHANNEL)).toMatchObject({
      seen: 2,
      shipped: 1,
      parcelsPending: 1,
      parcelsRejected: 1,
    });
    await test.dispose();
  });
});
