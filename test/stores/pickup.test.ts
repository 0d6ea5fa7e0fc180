import { expect, it } from 'vitest';
import { hoursOf } from '../../src/config/hours-config.js';
import type { Database } from '../../src/db/database.js';
import type { PickupNews } from '../../src/domain/order-message.js';
import type { StoreShipment } from '../../src/domain/store-order.js';
import { cancelInShop } from '../../src/orders/cancel-in-shop.js';
import { collectShipments } from '../../src/orders/collect-shipments.js';
import { listExceptions } from '../../src/orders/exceptions.js';
import { messagesOf } from '../../src/orders/order-messages.js';
import { shipOpenUnits } from '../../src/orders/ship-open-units.js';
import { orderLife } from '../../src/orders/timeline.js';
import type { FulfilDesk } from '../../src/stores/fulfil-desk.js';
import { fulfilOrders } from '../../src/stores/fulfil-orders.js';
import { cancelUncollected, recordPickup } from '../../src/stores/record-pickup.js';
import { CHANNEL, deskWith, line, order, take, takeUnplaced } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { fulfilDesk, location } from './support.js';

const PLACE = { channel: CHANNEL, externalId: 'A' };
const LATER = '2026-11-02T08:00:00.000Z';
const delivery = { method: 'pickup' } as const;
const BERLIN = location('berlin', { uses: ['pickup', 'ship'] });

onEachDatabase('orders that buyers fetch', (open) => {
  async function house(changes: Partial<FulfilDesk> = {}): Promise<FulfilDesk> {
    const { database } = await open();
    await fillCatalog(database, smallCatalog(), handClock());
    await takeUnplaced(database, [
      order('A', { delivery, lines: [line('1', { quantity: 2 })] }),
      order('PARCEL'),
    ]);
    const desk = fulfilDesk(database, changes.locations ?? [BERLIN], changes);
    await fulfilOrders(desk);
    return desk;
  }
  const say = (desk: FulfilDesk, news: PickupNews, externalId = 'A') =>
    desk.database.transaction((tx) => recordPickup(tx, desk, { externalId, news, by: 'ops' }));
  const told = async (database: Database): Promise<unknown> =>
    (await messagesOf(database, PLACE)).map(({ kind, state }) => `${kind} ${state}`).sort();
  const open_ = async (database: Database): Promise<unknown> =>
    (await listExceptions(database, null, 50)).map(({ code }) => code).sort();

  it('are told to the channel once, and only how they stand now', async () => {
    const desk = await house();
    expect(await say(desk, 'ready')).toBe('taken');
    expect(await say(desk, 'ready')).toBe('same');
    expect(await told(desk.database)).toEqual(['ready pending']);
    expect(await say(desk, 'picked-up')).toBe('taken');
    expect(await told(desk.database)).toEqual(['picked-up pending', 'ready replaced']);
    await expect(say(desk, 'not-collected')).rejects.toMatchObject({ code: 'already_collected' });
    const life = await orderLife(desk.database, PLACE);
    const what = life?.timeline.map((entry) => entry.what) ?? [];
    expect(what).toContain('ready for its buyer, says ops');
    expect(what).toContain('fetched by its buyer, says ops');
  });

  it('are fetched in part: the rest waits, is told line by line, and may be fetched or not', async () => {
    const desk = await house();
    const take2 = (units: number, externalId = 'A') =>
      desk.database.transaction((tx) =>
        recordPickup(tx, desk, {
          externalId,
          news: 'picked-up',
          units: [{ sku: 'SHIRT-S', quantity: units }],
          by: 'ops',
        }),
      );
    const stands = () =>
      desk.database.get(
        "SELECT f.state, p.quantity, p.handed_over FROM order_fulfilment f JOIN fulfilment_line p ON p.external_id = f.external_id WHERE f.external_id = 'A'",
      );
    await say(desk, 'ready');
    await expect(take2(3)).rejects.toMatchObject({ code: 'more_than_there' });
    expect(await take2(1)).toBe('taken');
    expect(await stands()).toEqual({ state: 'ready', quantity: 2, handed_over: 1 });
    const parcel = { reference: 'p', carrier: 'UPS', trackingNumber: '1Z', shippedAt: LATER };
    const two = { ...parcel, lines: [{ sku: 'SHIRT-S', quantity: 2 }] };
    expect(await shipOpenUnits(desk.database, { ...PLACE, now: LATER }, two)).toBe('surplus');
    await desk.database.run('DELETE FROM shipment');
    await say(desk, 'picked-up');
    expect(await stands()).toEqual({ state: 'collected', quantity: 2, handed_over: 2 });
    await expect(take2(1)).rejects.toMatchObject({ code: 'already_collected' });
    const lines = (await messagesOf(desk.database, PLACE)).flatMap((message) =>
      message.kind === 'picked-up' ? [message.lines] : [],
    );
    expect(lines).toEqual([[{ lineExternalId: '1', quantity: 1 }], [{ lineExternalId: '1', quantity: 2 }]]);
    expect(await told(desk.database)).toEqual(['picked-up pending', 'picked-up replaced', 'ready replaced']);
    const what = (await orderLife(desk.database, PLACE))?.timeline.map((entry) => entry.what) ?? [];
    expect(what).toContain('in part fetched by its buyer, says ops');
    expect(what).toContain('the rest fetched by its buyer, says ops');
  });

  it('keep what was fetched when the rest is not, is cancelled, and the channel has it so', async () => {
    const desk = await house();
    await say(desk, 'ready');
    await desk.database.transaction((tx) =>
      recordPickup(tx, desk, {
        externalId: 'A',
        news: 'picked-up',
        units: [{ sku: 'SHIRT-S', quantity: 1 }],
        by: 'ops',
      }),
    );
    await say(desk, 'not-collected');
    expect(await told(desk.database)).toEqual([
      'not-collected pending',
      'picked-up pending',
      'ready replaced',
    ]);
    await expect(
      desk.database.transaction((tx) =>
        recordPickup(tx, desk, {
          externalId: 'A',
          news: 'picked-up',
          units: [{ sku: 'SHIRT-S', quantity: 0 }],
          by: 'ops',
        }),
      ),
    ).rejects.toMatchObject({ code: 'nothing_named' });
    expect(
      await desk.database.transaction((tx) => cancelUncollected(tx, desk, { externalId: 'A', by: 'ops' })),
    ).toBe(1);
    const lines = [line('1', { quantity: 2, quantityCancelled: 1, quantityShipped: 1 })];
    await takeUnplaced(desk.database, [order('A', { delivery, updatedAt: LATER, status: 'shipped', lines })]);
    await fulfilOrders(desk);
    expect(await desk.database.get("SELECT state FROM order_fulfilment WHERE external_id = 'A'")).toEqual({
      state: 'collected',
    });
    expect(
      await desk.database.get("SELECT quantity, handed_over FROM fulfilment_line WHERE external_id = 'A'"),
    ).toEqual({ quantity: 1, handed_over: 1 });
    expect(await open_(desk.database)).toEqual([]);
  });

  it('stay with their location and their buyer when more is cancelled than was left', async () => {
    const desk = await house();
    await desk.database.transaction((tx) =>
      recordPickup(tx, desk, {
        externalId: 'A',
        news: 'picked-up',
        units: [{ sku: 'SHIRT-S', quantity: 1 }],
        by: 'ops',
      }),
    );
    await takeUnplaced(desk.database, [order('A', { delivery, updatedAt: LATER, status: 'cancelled' })]);
    await fulfilOrders(desk);
    expect(await fulfilOrders(desk)).toMatchObject({ cancelled: 0 });
    expect(await open_(desk.database)).toEqual(['cancelled_after_shipping']);
    expect(await desk.database.get("SELECT state FROM order_fulfilment WHERE external_id = 'A'")).toEqual({
      state: 'collected',
    });
  });

  it('are fetched when the shop says so, in part or whole, up to what the staff has said already', async () => {
    const desk = await house();
    await desk.database.run(
      `INSERT INTO order_link (channel, external_id, storefront, place_key, store_id, state, placed_at) VALUES (?, 'A', 'shop', 'k', 'S-1', 'placed', ?)`,
      [CHANNEL, LATER],
    );
    const never = (): Promise<never> => Promise.reject(new Error('the shop is only read'));
    const given = (reference: string, quantity: number, withdrawn = false): StoreShipment => ({
      reference,
      shippedAt: LATER,
      lines: [{ sku: 'SHIRT-S', quantity }],
      ...(withdrawn ? { withdrawn } : {}),
    });
    const shopSays = async (...shipments: readonly StoreShipment[]) => {
      const read = async () => [{ storeId: 'S-1', cancelled: false, shipments }];
      await desk.database.run('UPDATE order_link SET read_at = NULL');
      const { handedOver } = await collectShipments(
        deskWith(desk.database, { find: never, place: never, read }),
      );
      await fulfilOrders(desk);
      return handedOver;
    };
    const stands = async () => {
      const row = await desk.database.get<{ state: string; handed_over: number }>(
        "SELECT f.state, p.handed_over FROM order_fulfilment f JOIN fulfilment_line p ON p.external_id = f.external_id WHERE f.external_id = 'A'",
      );
      return `${row?.handed_over} ${row?.state}`;
    };
    await desk.database.transaction((tx) =>
      recordPickup(tx, desk, {
        externalId: 'A',
        news: 'picked-up',
        units: [{ sku: 'SHIRT-S', quantity: 1 }],
        by: 'ops',
      }),
    );
    expect(await shopSays(given('F1', 1))).toBe(1);
    expect(await stands()).toBe('1 open');
    expect(await shopSays(given('F1', 1), given('F2', 1))).toBe(1);
    expect(await shopSays(given('F1', 1), given('F2', 1))).toBe(0);
    expect(await stands()).toBe('2 collected');
    expect(await told(desk.database)).toEqual(['picked-up pending', 'picked-up replaced']);
    expect(await desk.database.all('SELECT reference FROM shipment')).toEqual([]);
    expect(await open_(desk.database)).toEqual([]);
    await shopSays(given('F1', 1), given('F2', 1, true));
    expect(await open_(desk.database)).toEqual(['pickup_in_shop']);
    const what = (await orderLife(desk.database, PLACE))?.timeline.map((entry) => entry.what) ?? [];
    expect(what).toContain('the rest fetched by its buyer, says the shop');
  });

  it('wait with what the shop says until they have a location, and ask a person when it makes no sense', async () => {
    const desk = await house();
    await say(desk, 'ready');
    await say(desk, 'not-collected');
    const said = (externalId: string) =>
      desk.database.run(
        `INSERT INTO shop_handover (channel, external_id, reference, lines, state, seen_at) VALUES (?, ?, 'F1', '[{"lineId":"1","quantity":1}]', 'open', ?)`,
        [CHANNEL, externalId, LATER],
      );
    await takeUnplaced(desk.database, [order('NEW', { delivery })]);
    await said('A');
    await said('NEW');
    await fulfilOrders(desk);
    await fulfilOrders(desk);
    const states = await desk.database.all(
      'SELECT external_id, state FROM shop_handover ORDER BY external_id',
    );
    expect(states).toEqual([
      { external_id: 'A', state: 'asked' },
      { external_id: 'NEW', state: 'done' },
    ]);
    expect(await open_(desk.database)).toEqual(['not_collected', 'pickup_in_shop']);
  });

  it('go by no parcel once they are fetched', async () => {
    const desk = await house();
    await say(desk, 'picked-up');
    const parcel = { reference: 'p', carrier: 'UPS', trackingNumber: '1Z', shippedAt: LATER };
    await expect(shipOpenUnits(desk.database, { ...PLACE, now: LATER }, parcel)).rejects.toMatchObject({
      code: 'nothing_to_ship',
    });
  });

  it('are not those that go by parcel, nor those nobody has, nor unknown ones', async () => {
    const desk = await house();
    await expect(say(desk, 'ready', 'PARCEL')).rejects.toMatchObject({ code: 'not_to_be_fetched' });
    await takeUnplaced(desk.database, [order('NEW', { delivery })]);
    await expect(say(desk, 'ready', 'NEW')).rejects.toMatchObject({ code: 'no_location' });
    await expect(say(desk, 'ready', 'X')).rejects.toMatchObject({ code: 'unknown_order' });
  });

  it('leave to a person what the channel cannot be told', async () => {
    const desk = await house({ tells: [] });
    await say(desk, 'ready');
    expect(await told(desk.database)).toEqual([]);
    expect(await open_(desk.database)).toEqual(['pickup_at_channel']);
  });

  it('are kept for a buyer who did not come until a person decides, and then cancelled at the channel once', async () => {
    const desk = await house();
    const give = () =>
      desk.database.transaction((tx) => cancelUncollected(tx, desk, { externalId: 'A', by: 'ops' }));
    await expect(give()).rejects.toMatchObject({ code: 'not_uncollected' });
    await say(desk, 'ready');
    await say(desk, 'not-collected');
    expect(await open_(desk.database)).toEqual(['not_collected']);
    expect(await give()).toBe(2);
    expect(await give()).toBe(0);
    expect(await open_(desk.database)).toEqual([]);
    expect(await told(desk.database)).toEqual(['cancel pending', 'not-collected pending', 'ready replaced']);
    const reserved = () =>
      desk.database.get('SELECT SUM(quantity) AS units FROM reservation WHERE external_id = ?', ['A']);
    expect(Number(((await reserved()) as { units: number }).units)).toBe(2);
    await takeUnplaced(desk.database, [order('A', { delivery, updatedAt: LATER, status: 'cancelled' })]);
    await fulfilOrders(desk);
    expect(((await reserved()) as { units: number | null }).units).toBeNull();
    await expect(say(desk, 'picked-up')).rejects.toMatchObject({ code: 'order_cancelled' });
  });

  it('are handed over late, which takes the question back', async () => {
    const desk = await house();
    await say(desk, 'ready');
    await say(desk, 'not-collected');
    expect(await say(desk, 'picked-up')).toBe('taken');
    expect(await open_(desk.database)).toEqual([]);
  });

  it('stay in the shop, and with a person, when the channel cancels what the buyer has fetched', async () => {
    const desk = await house();
    await say(desk, 'picked-up');
    const lines = [line('1', { quantity: 2, quantityCancelled: 2 })];
    await take(desk.database, [order('A', { delivery, updatedAt: LATER, status: 'cancelled', lines })]);
    for (let n = 0; n < 2; n++)
      expect(await fulfilOrders(desk)).toMatchObject({ cancelled: n === 0 ? 1 : 0 });
    expect(await open_(desk.database)).toEqual(['cancelled_after_shipping']);
    await desk.database.run("UPDATE order_exception SET closed_at = '2026', closed_by = 'itself'");
    await desk.database.run(
      `INSERT INTO order_link (channel, external_id, storefront, place_key, store_id, state, placed_at) VALUES (?, 'A', 'shop', 'k', 'S-1', 'placed', ?)`,
      [CHANNEL, LATER],
    );
    const never = (): Promise<never> => Promise.reject(new Error('the shop is not asked'));
    const sink = { find: never, place: never, read: never, cancel: never };
    expect(await cancelInShop(deskWith(desk.database, sink))).toMatchObject({ refused: 1, cancelled: 0 });
  });

  it('are told to a person when the shop cancels what the buyer has fetched, and not cancelled at the channel', async () => {
    const desk = await house();
    await say(desk, 'picked-up');
    await desk.database.run(
      `INSERT INTO order_link (channel, external_id, storefront, place_key, store_id, state, placed_at) VALUES (?, 'A', 'shop', 'k', 'S-1', 'placed', ?)`,
      [CHANNEL, LATER],
    );
    const never = (): Promise<never> => Promise.reject(new Error('the shop is only read'));
    const read = async () => [{ storeId: 'S-1', cancelled: true, shipments: [] }];
    const shop = deskWith(desk.database, { find: never, place: never, read });
    await collectShipments({ ...shop, port: { ...shop.port, tells: desk.tells } });
    expect(await open_(desk.database)).toEqual(['cancelled_after_pickup']);
    expect(await told(desk.database)).toEqual(['picked-up pending']);
  });

  it('should be ready, and are kept, by the clock of their store', async () => {
    const hours = hoursOf({ 'mon-sat': '10:00-19:00' }, undefined);
    const store = location('berlin', { uses: ['pickup'], hours, readyWithinMinutes: 120, keepDays: 3 });
    const desk = await house({
      locations: [store],
      clock: { now: () => '2026-11-27T17:00:00.000Z', monotonicMs: () => 0 },
    });
    await say(desk, 'ready');
    expect(
      await desk.database.get('SELECT ready_by, keep_until FROM order_fulfilment WHERE external_id = ?', [
        'A',
      ]),
    ).toEqual({
      ready_by: '2026-11-28T10:00:00.000Z',
      keep_until: '2026-11-30T18:00:00.000Z',
    });
  });
});
