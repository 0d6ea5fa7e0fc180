import { expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { healWaiting } from '../../src/orders/settle-orders.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { onEachDatabase } from '../support/databases.js';
import { CHANNEL, line, order, take } from './order-bench.js';

onEachDatabase('healing orders', (open) => {
  it('reaches the newest waiting order however many older ones go on waiting', async () => {
    const { database } = await open();
    const old = Array.from({ length: 1_000 }, (_, at) =>
      order(`old-${String(at).padStart(4, '0')}`, { lines: [] }),
    );
    const late = order('late', { placedAt: '2026-11-02T08:00:00.000Z', lines: [line('1')] });
    const context = { channel: CHANNEL, now: systemClock.now(), placing: 'matched' as const };
    await take(database, [...old, late]);
    await database.run("UPDATE channel_order SET reason = 'stale'");
    await fillCatalog(database, smallCatalog(), systemClock);
    expect(await healWaiting(database, context)).toBe(1_001);
    expect(await database.all("SELECT external_id FROM channel_order WHERE reason = 'stale'")).toEqual([]);
    expect(await database.get("SELECT reason FROM channel_order WHERE external_id = 'late'")).toEqual({
      reason: 'to be placed in the shop',
    });
  });
});
