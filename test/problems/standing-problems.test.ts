import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { openProblems } from '../../src/problems/problems.js';
import { refreshProblems } from '../../src/problems/standing-problems.js';
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
});
