import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buyerMarker } from '../../src/buyers/buyer-marks.js';
import { type BuyerVault, buyerVault } from '../../src/buyers/buyer-vault.js';
import { keyRing } from '../../src/buyers/key-ring.js';
import { eraseBuyer, exportBuyer } from '../../src/buyers/privacy.js';
import { sealer } from '../../src/channel/credentials.js';
import { BUYER_DAYS } from '../../src/channel/retention.js';
import { keyRingPlace } from '../../src/config/key-ring-place.js';
import { connectDatabase, openDatabase } from '../../src/db/connect.js';
import type { Database } from '../../src/db/database.js';
import type { Buyer, ChannelOrder } from '../../src/domain/order.js';
import { purgeBuyers } from '../../src/orders/purge-buyers.js';
import { storeOrders } from '../../src/orders/store-orders.js';
import { CHANNEL, order } from '../orders/order-bench.js';
import { type HandClock, handClock } from '../support/channel-bench.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

const ADA: Buyer = { name: 'Ada Lovelace', email: 'Ada@Example.com', phone: '+1 (555) 010-9999' };
const DAY = 86_400_000;

onEachDatabase('buyers', (open) => {
  let test: TestDatabase;
  let folder: string;
  let ringDatabase: Database;
  let vault: BuyerVault;
  let clock: HandClock;
  const houseKey = randomBytes(32);

  beforeEach(async () => {
    test = await open();
    clock = handClock();
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-ring-'));
    ringDatabase = await openDatabase(path.join(folder, 'keys.db'));
    vault = buyerVault(
      await keyRing(ringDatabase, sealer(houseKey), clock),
      sealer(houseKey),
      buyerMarker(houseKey),
    );
  });
  afterEach(async () => {
    await ringDatabase.close();
    await rm(folder, { recursive: true, force: true });
    await test.dispose();
  });

  const store = (orders: readonly ChannelOrder[], into: Database = test.database): Promise<unknown> =>
    into.transaction((tx) => storeOrders(tx, orders, { channel: CHANNEL, buyers: vault, now: clock.now() }));
  const shipped = (id: string, changes: Partial<ChannelOrder> = {}): ChannelOrder =>
    order(id, { status: 'shipped', updatedAt: clock.now(), buyer: ADA, ...changes });
  const byEmail = { by: 'email', value: ' ada@example.COM' } as const;
  const purge = (): Promise<number> =>
    purgeBuyers(test.database, vault, { now: clock.now(), buyerDays: () => BUYER_DAYS });

  it('are readable until their time is over and then gone, whatever is pulled afterwards', async () => {
    await store([shipped('A'), order('B', { buyer: ADA })]);
    clock.advance((BUYER_DAYS - 1) * DAY);
    expect(await purge()).toBe(0);
    expect(await exportBuyer(test.database, byEmail, vault)).toMatchObject([
      { order: 'A', buyer: ADA },
      { order: 'B' },
    ]);
    clock.advance(DAY + 1);
    expect(await purge()).toBe(1);
    await store([shipped('A')]);
    expect(await exportBuyer(test.database, byEmail, vault)).toMatchObject([{ order: 'B' }]);
    expect(await test.database.all('SELECT external_id FROM order_buyer_mark GROUP BY external_id')).toEqual([
      { external_id: 'B' },
    ]);
  });

  it('are found by e-mail however it is spelled, by phone with or without country code, and by order', async () => {
    await store([shipped('A'), shipped('C', { buyer: { name: 'Grace', email: 'grace@example.com' } })]);
    for (const question of [
      byEmail,
      { by: 'phone', value: '555 010 9999' },
      { by: 'order', channel: CHANNEL, order: 'A' },
    ] as const)
      expect(await exportBuyer(test.database, question, vault)).toMatchObject([
        { order: 'A', buyer: ADA, lines: [{ sku: 'SHIRT-S', quantity: 1 }] },
      ]);
    expect(await exportBuyer(test.database, { by: 'email', value: 'nobody@example.com' }, vault)).toEqual([]);
  });

  it('are erased on request; that it was done is written down, and nobody is in it', async () => {
    await store([shipped('A')]);
    const by = { vault, actor: 'ops', at: clock.now() };
    expect(await test.database.transaction((tx) => eraseBuyer(tx, byEmail, by))).toEqual([
      { channel: CHANNEL, externalId: 'A' },
    ]);
    expect(await exportBuyer(test.database, { by: 'order', channel: CHANNEL, order: 'A' }, vault)).toEqual(
      [],
    );
    const events = await test.database.all("SELECT facts FROM order_event WHERE kind = 'buyer-erased'");
    expect(events).toEqual([{ facts: JSON.stringify({ by: 'ops', found: 'email' }) }]);
  });

  it('do not open in the row of another order', async () => {
    await store([shipped('A'), shipped('B', { buyer: { name: 'Grace' } })]);
    await test.database.run(
      "UPDATE order_buyer SET sealed = (SELECT sealed FROM order_buyer WHERE external_id = 'A') WHERE external_id = 'B'",
    );
    expect(await exportBuyer(test.database, { by: 'order', channel: CHANNEL, order: 'B' }, vault)).toEqual(
      [],
    );
  });
});

describe('a backup made before the purge', () => {
  it('shows nobody: neither names nor addresses stand in it, and the key that opened them is destroyed', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-backup-'));
    const main = path.join(folder, 'omnifeed.db');
    const key = randomBytes(32);
    const clock = handClock();
    let database = await connectDatabase(main);
    const ringDatabase = await openDatabase(keyRingPlace(main) ?? '');
    const vault = buyerVault(await keyRing(ringDatabase, sealer(key), clock), sealer(key), buyerMarker(key));
    const kept = order('A', { status: 'shipped', updatedAt: clock.now(), buyer: ADA });
    await database.transaction((tx) =>
      storeOrders(tx, [kept], { channel: CHANNEL, buyers: vault, now: clock.now() }),
    );
    await database.close();
    await copyFile(main, path.join(folder, 'backup.db'));
    database = await connectDatabase(main);
    clock.advance((BUYER_DAYS + 1) * DAY);
    await purgeBuyers(database, vault, { now: clock.now(), buyerDays: () => BUYER_DAYS });
    const backup = await connectDatabase(path.join(folder, 'backup.db'));
    expect(await backup.all('SELECT external_id FROM order_buyer')).toEqual([{ external_id: 'A' }]);
    expect(await exportBuyer(backup, { by: 'order', channel: CHANNEL, order: 'A' }, vault)).toEqual([]);
    await Promise.all([backup.close(), database.close(), ringDatabase.close()]);
    for (const file of ['backup.db', 'omnifeed-keys.db']) {
      const bytes = (await readFile(path.join(folder, file))).toString('latin1').toLowerCase();
      for (const word of ['lovelace', 'ada@example.com', '0109999', '010-9999'])
        expect(bytes).not.toContain(word);
    }
    await rm(folder, { recursive: true, force: true });
  });
});
