import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/channel/simulator.js';
import { placeOrders } from '../../../src/orders/place.js';
import { CHANNEL, deskWith, line, order, take } from '../../orders/order-bench.js';
import { handClock } from '../../support/channel-bench.js';
import { sqliteDatabase } from '../../support/databases.js';
import { openStage } from './support.js';

const KINDS: readonly Fault['kind'][] = ['drop-before', 'drop-after', 'fail', 'throttle'];
const CALLS = [
  'GET /wp-json/wc/v3/orders',
  'POST /wp-json/wc/v3/orders',
  'PUT /wp-json/wc/v3/orders',
  '/notes',
];
const STORAGES = ['hpos', 'hpos-old', 'hpos-fulltext', 'posts'] as const;
const ORDERS = 6;

/** A row of numbers below `below` that is the same for a seed. */
function dice(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('a storm over a WooCommerce shop', () => {
  it.each([1, 2, 3])(
    'leaves exactly one order for each purchase and the stock right, whatever broke and whoever restarted (seed %i)',
    async (seed) => {
      const roll = dice(seed);
      const [stage, test] = await Promise.all([openStage(), sqliteDatabase()]);
      const clock = handClock();
      try {
        stage.shop.switches.storage = STORAGES[roll(STORAGES.length)] ?? 'hpos';
        const lines = [line('1', { unitPrice: { minor: 1_000, currency: 'USD' } })];
        const ids = Array.from({ length: ORDERS }, (_, at) => `113-${seed}-${at}`);
        await take(
          test.database,
          ids.map((id) => order(id, { lines, marks: ['gift'] })),
        );
        const open = () =>
          test.database.get<{ n: number }>("SELECT COUNT(*) AS n FROM order_link WHERE state <> 'placed'");
        for (let round = 0; round < 40 && Number((await open())?.n) > 0; round++) {
          const calm = round > 12;
          if (!calm) {
            const kind = KINDS[roll(KINDS.length)] ?? 'fail';
            stage.running.faults.add({
              kind,
              match: CALLS[roll(CALLS.length)] ?? '',
              times: 1 + roll(2),
              ms: 10,
            });
          }
          stage.shop.switches.lateCommits = !calm && roll(3) === 0;
          // A process that just started: nothing is remembered but the links.
          await placeOrders({ ...deskWith(test.database, stage.sink()), clock });
          clock.advance(300_000);
          stage.shop.advance(300_000);
        }
        const paid = stage.book.orders.filter(({ status }) => status === 'processing');
        expect(paid.map(({ transactionId }) => transactionId).sort()).toEqual(
          ids.map((id) => `${CHANNEL}:${id}`),
        );
        expect(stage.shirt.quantity).toBe(10 - ORDERS);
        const links = await test.database.all<{ store_id: string }>('SELECT store_id FROM order_link');
        expect(links.map(({ store_id: id }) => id).sort()).toEqual(paid.map(({ id }) => String(id)).sort());
        expect(await test.database.all('SELECT code FROM order_exception WHERE closed_at IS NULL')).toEqual(
          [],
        );
        expect(stage.shop.outbox.filter((mail) => mail !== 'new_order merchant')).toEqual([]);
      } finally {
        await stage.stop();
        await test.dispose();
      }
    },
  );
});
