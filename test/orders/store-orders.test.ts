import { expect, it } from 'vitest';
import type { Queries } from '../../src/db/database.js';
import { storeOrders } from '../../src/orders/store-orders.js';
import { onEachDatabase } from '../support/databases.js';
import { testVault } from '../support/test-vault.js';
import { CHANNEL, EARLY, line, order, take } from './order-bench.js';

const LATER = '2026-11-02T08:00:00.000Z';

onEachDatabase('storing orders', (open) => {
  it('keeps the newer reading when another worker stored it between our look and our write', async () => {
    const { database } = await open();
    await take(database, [order('A', { status: 'cancelled', updatedAt: LATER })]);
    const context = { channel: CHANNEL, buyers: testVault(), now: LATER };
    await database.transaction(async (tx) => {
      const blind: Queries = { ...boundQueries(tx), all: async () => [] };
      await storeOrders(blind, [order('A')], context);
    });
    expect(await database.get('SELECT status, updated_at FROM channel_order')).toEqual({
      status: 'cancelled',
      updated_at: LATER,
    });
  });

  it('takes the lines of an order that could not be read, although its instant is the same', async () => {
    const { database } = await open();
    await take(database, [order('A', { lines: [], updatedAt: EARLY })]);
    await take(database, [order('A', { lines: [line('1')], updatedAt: EARLY })]);
    expect(await database.all('SELECT line_id FROM order_line')).toEqual([{ line_id: '1' }]);
  });
});

function boundQueries(tx: Queries): Queries {
  return {
    get: (sql, parameters) => tx.get(sql, parameters),
    all: (sql, parameters) => tx.all(sql, parameters),
    run: (sql, parameters) => tx.run(sql, parameters),
    unfold: (alias, columns) => tx.unfold(alias, columns),
  } as Queries;
}
