import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.js';
import type { ChannelOrder, ChannelOrderStatus } from '../../src/domain/order.js';
import { EARLY, line, order, take } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { handClock } from '../support/channel-bench.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

const LIFE = [
  { status: 'pending', shipped: 0, cancelled: 0 },
  { status: 'open', shipped: 0, cancelled: 0 },
  { status: 'partially-shipped', shipped: 1, cancelled: 0 },
  { status: 'partially-shipped', shipped: 1, cancelled: 1 },
  { status: 'shipped', shipped: 2, cancelled: 1 },
] as const satisfies readonly { status: ChannelOrderStatus; shipped: number; cancelled: number }[];

/** The readings of one order's life, oldest first; two of one instant differ in how far the order has come. */
function readings(id: string): ChannelOrder[] {
  return LIFE.map(({ status, shipped, cancelled }, hour) =>
    order(id, {
      status,
      updatedAt: EARLY.replace('T08', `T${String(8 + Math.ceil(hour / 2)).padStart(2, '0')}`),
      lines: [line('1', { quantity: 3, quantityShipped: shipped, quantityCancelled: cancelled })],
    }),
  );
}

async function stateOf(database: Database, id: string): Promise<unknown> {
  return {
    order: await database.get('SELECT status, updated_at, state FROM channel_order WHERE external_id = ?', [
      id,
    ]),
    lines: await database.all(
      'SELECT line_id, quantity, shipped, cancelled FROM order_line WHERE external_id = ?',
      [id],
    ),
    reserved: await database.all('SELECT sku, quantity FROM reservation WHERE external_id = ?', [id]),
  };
}

onEachDatabase('orders that arrive in any order', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
    await fillCatalog(test.database, smallCatalog(), handClock());
  });
  afterAll(() => test.dispose());

  it('end the same, however often and in whatever order their readings come', async () => {
    const { database } = test;
    for (const reading of readings('IN-ORDER')) await take(database, [reading]);
    const {
      order: expected,
      lines,
      reserved,
    } = (await stateOf(database, 'IN-ORDER')) as Record<string, unknown>;
    let run = 0;
    const arrivals = fc
      .array(fc.nat(LIFE.length - 1), { maxLength: 4 })
      .chain((again) =>
        fc.shuffledSubarray([...LIFE.keys(), ...again], { minLength: LIFE.length + again.length }),
      );
    await fc.assert(
      fc.asyncProperty(arrivals, async (places) => {
        const id = `SHUFFLED-${run++}`;
        const life = readings(id);
        for (const place of places) await take(database, [life[place]!]);
        expect(await stateOf(database, id)).toEqual({ order: expected, lines, reserved });
      }),
      { numRuns: database.engine === 'sqlite' ? 40 : 10 },
    );
  });

  it('are one each when three readers store the same pages at once, a third of them twice', async () => {
    const { database } = test;
    const ids = Array.from({ length: 30 }, (_, n) => `TOGETHER-${String(n).padStart(2, '0')}`);
    const page = (from: number): ChannelOrder[] => {
      const turned = [...ids.slice(from), ...ids.slice(0, from)];
      return [...turned, ...turned.slice(0, 10)].map((id) => order(id));
    };
    await Promise.all([0, 10, 20].map((from) => take(database, page(from))));
    const rows = await database.all(
      "SELECT external_id FROM channel_order WHERE external_id LIKE 'TOGETHER-%' ORDER BY external_id",
    );
    expect(rows).toEqual(ids.map((external_id) => ({ external_id })));
    const reserved = await database.get<{ units: number }>(
      "SELECT CAST(SUM(quantity) AS integer) AS units FROM reservation WHERE external_id LIKE 'TOGETHER-%'",
    );
    expect(reserved).toEqual({ units: ids.length });
  });
});
