import { expect, it } from 'vitest';
import { matchSku } from '../../src/orders/match-sku.js';
import { pickLists } from '../../src/stores/pick-list.js';
import { listOrderLines, orderTabCounts } from '../../src/views/order-list.js';
import { orderQueue } from '../../src/views/order-queue.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { CHANNEL, EARLY, line, order, takeUnplaced } from './order-bench.js';

const HAND = { by: 'Ada', now: '2026-11-25T09:00:00.000Z', placing: null };

onEachDatabase('a SKU the catalog does not have', (open) => {
  it('keeps its order in the queue until it is matched, for this channel alone and for good', async () => {
    const { database } = await open();
    await fillCatalog(database, smallCatalog(), handClock());
    await takeUnplaced(database, [
      order('A', { lines: [line('1', { sku: 'OLD' }), line('2')] }),
      order('B', { shipBy: EARLY, lines: [line('1', { sku: 'OLD', quantity: 2 })] }),
      order('C', { status: 'cancelled', lines: [line('1', { sku: 'GONE' })] }),
    ]);
    const queue = await orderQueue(database, CHANNEL, 10);
    expect(queue.map(({ order: id, code, unknownSkus }) => [id, code, unknownSkus])).toEqual([
      ['B', 'unknown_sku', ['OLD']],
      ['A', 'unknown_sku', ['OLD']],
    ]);
    expect((await orderTabCounts(database, null))['needs-you']).toBe(2);
    const question = { tab: 'needs-you', channel: null, sku: null, late: false, number: null } as const;
    const page = { cursor: null, limit: 10, now: HAND.now };
    const listed = await listOrderLines(database, question, page);
    expect(listed.items.map(({ order: id, exceptions }) => [id, exceptions])).toEqual([
      ['B', 1],
      ['A', 1],
    ]);
    const match = { channel: CHANNEL, channelSku: 'OLD', sku: 'SHIRT-S' };
    expect(await database.transaction((tx) => matchSku(tx, match, HAND))).toEqual(['A', 'B']);
    expect(await database.transaction((tx) => matchSku(tx, match, HAND))).toEqual([]);
    expect(await orderQueue(database, null, 10)).toEqual([]);
    await takeUnplaced(database, [order('D', { lines: [line('1', { sku: 'OLD' })] })]);
    const lists = await pickLists(database, { location: null, locations: [], now: HAND.now, names: null });
    expect(lists.map(({ items }) => items.map(({ sku, quantity }) => [sku, quantity]))).toEqual([
      [['SHIRT-S', 5]],
    ]);
  });
});
