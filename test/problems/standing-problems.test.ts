import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { TO_BE_PLACED } from '../../src/domain/order.js';
import { openProblems } from '../../src/problems/problems.js';
import { currentProblems, refreshProblems } from '../../src/problems/standing-problems.js';
import { newRecord } from '../../src/sync/listing-record.js';
import { writeRecords } from '../../src/sync/records.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

onEachDatabase('standing problems', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
    await fillCatalog(test.database, smallCatalog(), systemClock);
  });
  afterEach(() => test.dispose());

  const codes = async (now: string): Promise<string[]> => {
    await refreshProblems(test.database, now);
    return (await openProblems(test.database)).map((problem) => problem.code).sort();
  };
  const order = (id: string, status: string, state: string, reason: string | null): Promise<number> =>
    test.database.run(
      `INSERT INTO channel_order (channel, external_id, status, state, reason, fulfilled_by, placed_at, updated_at, raw, first_seen_at)
       VALUES ('amazon-us', ?, ?, ?, ?, 'merchant', '2026', '2026', '{}', '2026')`,
      [id, status, state, reason],
    );

  it('are none in a house in order', async () => {
    expect(await codes('2026-11-24T12:00:00.000Z')).toEqual([]);
  });

  it('are raised from what the database shows, and go away when it no longer does', async () => {
    const { database } = test;
    await order('A', 'open', 'waiting', 'no product has the SKU X');
    await order('B', 'cancelled', 'linked', 'cancelled');
    await database.run(
      "INSERT INTO order_exception (channel, external_id, code, message, advice, at) VALUES ('amazon-us', 'B', 'totals_differ', 'm', 'a', '2026')",
    );
    await order('C', 'open', 'linked', null);
    await database.run(
      "UPDATE channel_order SET ship_by = '2026-11-24T11:00:00.000Z' WHERE external_id = 'C'",
    );
    await database.run(
      "INSERT INTO reservation (channel, external_id, line_id, sku, quantity, at) VALUES ('amazon-us', 'A', '1', 'SHIRT-S', 9, '2026')",
    );
    await writeRecords(database, [
      { ...newRecord('google-us', 1, 'SHIRT-S'), held: 'the price moved by -99 %' },
    ]);
    await database.run("UPDATE import_run SET state = 'held'");
    expect(await codes('2026-11-24T12:00:00.000Z')).toEqual([
      'changes_held',
      'import_waits',
      'late_shipment',
      'order_needs_person',
      'stock_short',
      'unknown_sku',
    ]);
    await database.run('DELETE FROM reservation');
    await database.run("UPDATE import_run SET state = 'merged'");
    expect(await codes('2026-11-24T12:01:00.000Z')).toEqual([
      'changes_held',
      'late_shipment',
      'order_needs_person',
      'unknown_sku',
    ]);
  });

  it('are told as they are now, before the next sweep: an exception, an order that nobody could place, and what was mended', async () => {
    const { database } = test;
    const now = '2026-11-24T12:00:00.000Z';
    await order('A', 'open', 'waiting', TO_BE_PLACED);
    await database.run("UPDATE channel_order SET first_seen_at = '2026-11-24T10:59:00.000Z'");
    await database.run(
      "INSERT INTO order_exception (channel, external_id, code, message, advice, at) VALUES ('amazon-us', 'A', 'placing_refused', 'm', 'a', '2026')",
    );
    const told = async (at: string) => (await currentProblems(database, at)).map(({ code }) => code);
    expect(await told('2026-11-24T11:58:00.000Z')).toEqual(['order_needs_person']);
    expect(await told(now)).toEqual(['order_needs_person', 'orders_not_placed']);
    expect(await openProblems(database)).toEqual([]);
    await refreshProblems(database, now);
    const [first] = await currentProblems(database, '2026-11-24T13:00:00.000Z');
    expect(first?.since).toBe(now);
    await database.run("UPDATE order_exception SET closed_at = '2026'");
    await database.run("UPDATE channel_order SET state = 'linked', reason = NULL");
    expect(await told(now)).toEqual([]);
    expect(await openProblems(database)).toHaveLength(2);
  });
});
