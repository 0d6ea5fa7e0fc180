import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { knownConnectors } from '../../src/app.js';
import { retentionOf } from '../../src/channel/retention.js';
import { plusMs } from '../../src/domain/instant.js';
import type { ChannelOrder } from '../../src/domain/order.js';
import { purgeBuyers } from '../../src/orders/purge-buyers.js';
import { monthsBefore, ORDER_TABLES, purgeOrders } from '../../src/orders/purge-orders.js';
import { storeOrders } from '../../src/orders/store-orders.js';
import { onEachDatabase, sqliteDatabase, type TestDatabase } from '../support/databases.js';
import { testVault } from '../support/test-vault.js';
import { EARLY, order, take } from './order-bench.js';

const DAY = 86_400_000;
const ADA = { name: 'Ada Lovelace', email: 'ada@example.com' };

onEachDatabase('buyers and orders whose time is over', (open) => {
  let test: TestDatabase;
  const vault = testVault();
  beforeEach(async () => {
    test = await open();
  });
  afterEach(() => test.dispose());

  const store = (channel: string, ...orders: ChannelOrder[]): Promise<unknown> =>
    test.database.transaction((tx) => storeOrders(tx, orders, { channel, buyers: vault, now: EARLY }));
  const ended = (id: string, changes: Partial<ChannelOrder> = {}): ChannelOrder =>
    order(id, { status: 'shipped', buyer: ADA, ...changes });
  const after = (days: number) => plusMs(EARLY, days * DAY);
  const left = async (): Promise<string[]> =>
    (
      await test.database.all<{ place: string }>(
        "SELECT channel || ' ' || external_id AS place FROM order_buyer ORDER BY 1",
      )
    ).map(({ place }) => place);
  const purge = (days: number, kept: Record<string, number> = {}): Promise<number> =>
    purgeBuyers(test.database, vault, { now: after(days), buyerDays: (channel) => kept[channel] ?? 23 });

  it('count from the first time the order was shown as finished: a refund later keeps nobody longer', async () => {
    await store('m', ended('A'));
    await store('m', ended('A', { updatedAt: after(20) }));
    expect(await purge(22)).toBe(0);
    expect(await purge(24)).toBe(1);
  });

  it('have the time of their own channel, and end for orders that never do', async () => {
    await store('short', ended('A'));
    await store('long', ended('A'), order('B', { buyer: ADA }));
    expect(await purge(30, { short: 5, long: 90 })).toBe(1);
    expect(await left()).toEqual(['long A', 'long B']);
    await purge(100, { short: 5, long: 90 });
    expect(await left()).toEqual(['long B']);
    await purge(549, { long: 90 });
    expect(await left()).toEqual([]);
  });

  it('are deleted with everything that hangs on them, and nothing of other orders is', async () => {
    await take(test.database, [ended('OLD'), order('OPEN'), ended('NEW', { updatedAt: after(400) })]);
    for (const { table, by } of ORDER_TABLES) await plant(test.database, table, by);
    const before = await counts(test.database);
    expect(await purgeOrders(test.database, vault, { channel: 'market', before: after(100) })).toBe(1);
    const rows = await counts(test.database);
    expect(Object.entries(rows).filter(([, { old }]) => old > 0)).toEqual([]);
    for (const [table, { others }] of Object.entries(before)) expect(rows[table]?.others).toBe(others);
    expect(Object.values(before).every(({ old }) => old > 0)).toBe(true);
  });
});

/** A row of the old order in tables that have none. */
async function plant(database: TestDatabase['database'], table: string, by: string): Promise<void> {
  const rows = await database.all(`SELECT 1 AS found FROM ${table} WHERE external_id = 'OLD'`);
  if (rows.length > 0) return;
  const more: Record<string, Record<string, string | number>> = {
    parcel_signal: { channel: 'google', reference: 'P', state: 'accepted' },
    sale_fee: { line_id: '1', unit_minor: 1, currency: 'USD', source: 'estimate', booked_at: EARLY },
    order_message: { reference: 'R', kind: 'cancel', message: '{}', state: 'accepted', made_at: EARLY },
    order_exception: { code: 'x', message: 'm', advice: 'a', at: EARLY },
    shipment: {
      reference: 'P',
      carrier: 'UPS',
      tracking_number: '1Z',
      shipped_at: EARLY,
      lines: '[]',
      state: 'accepted',
    },
    order_line_part: { line_id: '1', bundle: 'B', sku: 'S', quantity: 1 },
    shop_handover: { reference: 'h', lines: '[]', state: 'open', seen_at: EARLY },
    reservation: { line_id: '1', sku: 'S', quantity: 1, at: EARLY },
    staff_notice: {
      revision: 1,
      location: 'l',
      way: 'email',
      address: 'a',
      kind: 'new',
      state: 'told',
      made_at: EARLY,
    },
    shop_refund: { reference: 'R', refund: '{}', state: 'booked', made_at: EARLY },
    order_return: {
      reference: 'R',
      location: 'l',
      lines: '[]',
      goods: 'owner',
      returned_by: 'p',
      at: EARLY,
    },
    fulfilment_line: { line_id: '1', location: 'l', quantity: 1 },
    order_fulfilment: {
      method: 'ship',
      state: 'open',
      reason: 'r',
      chosen_by: 'itself',
      chosen_at: EARLY,
      revision: 1,
    },
    order_link: { storefront: 's', place_key: 'market:OLD', state: 'placed' },
  };
  const row = { [by]: 'market', external_id: 'OLD', ...more[table] };
  const names = Object.keys(row);
  await database.run(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    Object.values(row),
  );
}

async function counts(
  database: TestDatabase['database'],
): Promise<Record<string, { old: number; others: number }>> {
  const found: Record<string, { old: number; others: number }> = {};
  for (const { table } of ORDER_TABLES) {
    const rows = await database.all<{ external_id: string }>(`SELECT external_id FROM ${table}`);
    const old = rows.filter(({ external_id }) => external_id === 'OLD').length;
    found[table] = { old, others: rows.length - old };
  }
  return found;
}

describe('the list of tables with rows of an order', () => {
  it('names every table that has any, so that nothing of an old order is left behind', async () => {
    const { database, dispose } = await sqliteDatabase();
    const tables = await database.all<{ name: string }>(
      `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'external_id' WHERE m.type = 'table' ORDER BY m.name`,
    );
    await dispose();
    const listings = ['listing', 'family', 'unmanaged'];
    const ofTheVault = ['order_buyer', 'order_buyer_mark'];
    const others = new Set([...listings, ...ofTheVault]);
    expect(tables.map(({ name }) => name).filter((name) => !others.has(name))).toEqual(
      ORDER_TABLES.map(({ table }) => table).sort(),
    );
  });
});

describe('how long buyers are kept', () => {
  it('is never longer than the channel allows, and as short as the strictest where it says nothing', () => {
    const amazon = knownConnectors().get('amazon').buyerRules;
    expect(retentionOf({}, amazon)).toEqual({ buyerDays: 23, orderMonths: 18 });
    expect(retentionOf({ keepBuyersDays: 10, keepMonths: 6 }, amazon)).toEqual({
      buyerDays: 10,
      orderMonths: 6,
    });
    expect(retentionOf({ keepBuyersDays: 365, keepMonths: 24 }, amazon)).toEqual({
      buyerDays: 23,
      orderMonths: 18,
    });
    expect(retentionOf({ keepBuyersDays: 365 }, undefined)).toEqual({ buyerDays: 23, orderMonths: null });
    expect(retentionOf({ keepBuyersDays: 365 }, knownConnectors().get('memory').buyerRules)).toMatchObject({
      buyerDays: 365,
    });
  });

  it('ends after whole calendar months, whatever their length', () => {
    expect(monthsBefore('2026-08-31T10:00:00.000Z', 18)).toBe('2025-02-28T10:00:00.000Z');
    expect(monthsBefore('2026-11-25T10:00:00.000Z', 1)).toBe('2026-10-25T10:00:00.000Z');
  });
});
