import { expect, it } from 'vitest';
import type { SinkPort } from '../../src/channel/connector.js';
import { type PlacedOrders, placeOrders } from '../../src/orders/place.js';
import { onEachDatabase } from '../support/databases.js';
import { CHANNEL, deskWith, order, take } from './order-bench.js';

onEachDatabase('placing orders', (open) => {
  it.each(['intended', 'placing'])(
    'places a link that is %s once when two workers hold it at the same time',
    async (state) => {
      const { database } = await open();
      await take(database, [order('A')]);
      await database.run('UPDATE order_link SET state = ? WHERE channel = ?', [state, CHANNEL]);
      const keys: string[] = [];
      let other: PlacedOrders | undefined;
      const sinkOf = (beforeAnswer: () => Promise<void>): SinkPort => ({
        find: async () => {
          await beforeAnswer();
          return null;
        },
        place: async ({ key }) => {
          keys.push(key);
          return { storeId: String(keys.length), cancelled: false, shipments: [] };
        },
        read: async () => [],
      });
      const second = deskWith(
        database,
        sinkOf(async () => undefined),
      );
      const first = deskWith(
        database,
        sinkOf(async () => {
          other = await placeOrders(second);
        }),
      );
      expect(await placeOrders(first)).toEqual({ placed: 0, found: 0, failed: 0 });
      expect(other).toEqual({ placed: 1, found: 0, failed: 0 });
      expect(keys).toEqual([`${CHANNEL}:A`]);
      expect(await database.get('SELECT state, store_id FROM order_link')).toEqual({
        state: 'placed',
        store_id: '1',
      });
    },
  );

  it('never places an order that could not be read', async () => {
    const { database } = await open();
    await take(database, [order('A', { lines: [] })]);
    const refuse = (): Promise<never> => Promise.reject(new Error('the shop is not asked'));
    const desk = deskWith(database, { find: refuse, place: refuse, read: refuse });
    expect(await placeOrders(desk)).toEqual({ placed: 0, found: 0, failed: 0 });
    expect(await database.get('SELECT state, reason FROM channel_order')).toEqual({
      state: 'waiting',
      reason: 'the order could not be read: see its raw answer',
    });
  });
});
