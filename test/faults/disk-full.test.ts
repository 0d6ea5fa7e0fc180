import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceProduct } from '../../src/domain/product.js';
import { CHANNEL, line, order, take } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { handClock } from '../support/channel-bench.js';
import { sqliteDatabase, type TestDatabase } from '../support/databases.js';

describe('a disk that is full', () => {
  let test: TestDatabase;
  const clock = handClock();
  beforeEach(async () => {
    test = await sqliteDatabase();
    await fillCatalog(test.database, smallCatalog(), clock);
  });
  afterEach(() => test.dispose());

  const pragma = async (text: string): Promise<number> =>
    Object.values((await test.database.staging.all<Record<string, number>>(`PRAGMA ${text}`))[0] ?? {})[0] ??
    0;
  const numbers = async (): Promise<unknown> => ({
    variants: await test.database.get('SELECT COUNT(*) AS n FROM variant'),
    staged: await test.database.staging.get('SELECT COUNT(*) AS n FROM staged_variant'),
    orders: await test.database.all('SELECT * FROM channel_order'),
    lines: await test.database.all('SELECT * FROM order_line'),
    products: await test.database.get('SELECT COUNT(*) AS n FROM product'),
    history: await test.database.get('SELECT COUNT(*) AS n FROM catalog_change'),
    cursor: await test.database.all('SELECT order_cursor FROM channel_state'),
  });
  /** Leaves room for a few pages more, as a disk on its last bytes does. */
  const fill = async (): Promise<number> => pragma(`max_page_count = ${(await pragma('page_count')) + 3}`);
  const roomAgain = (): Promise<number> => pragma('max_page_count = 1000000');

  it('takes nothing in half: an import is as if it had not been, and goes through once there is room', async () => {
    const before = await numbers();
    await fill();
    await expect(fillCatalog(test.database, many(400), clock)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(await numbers()).toEqual(before);
    await roomAgain();
    await fillCatalog(test.database, many(400), clock);
    expect(await test.database.get("SELECT COUNT(*) AS n FROM variant WHERE sku LIKE 'L-%'")).toEqual({
      n: 400,
    });
    expect(await test.database.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  });

  it('takes no half page of orders, and every one of them once there is room', async () => {
    const lines = [line('1', { title: 'x'.repeat(20_000) })];
    const orders = ['A', 'B', 'C', 'D'].map((id) => order(id, { lines }));
    const before = await numbers();
    await fill();
    await expect(take(test.database, orders)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(await numbers()).toEqual(before);
    await roomAgain();
    await take(test.database, orders);
    expect(
      await test.database.all('SELECT external_id FROM channel_order WHERE channel = ? ORDER BY 1', [
        CHANNEL,
      ]),
    ).toHaveLength(4);
  });
});

/** One small product whose variants are many: what comes first has room, what belongs to it has not. */
function many(count: number): SourceProduct[] {
  const variants = Array.from({ length: count }, (_, n) => ({
    sku: `L-${n}`,
    content: { options: { shade: `glass ${n} ${'of the lake '.repeat(20)}` } },
    offer: { price: { minor: 1_000, currency: 'USD' } },
  }));
  return [{ product: { id: 'lamp', title: 'Lamp', status: 'active' as const }, variants }];
}
