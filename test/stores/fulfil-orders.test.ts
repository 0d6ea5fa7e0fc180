import { expect, it } from 'vitest';
import type { Database } from '../../src/db/database.js';
import type { ChannelOrder } from '../../src/domain/order.js';
import { listExceptions } from '../../src/orders/exceptions.js';
import { orderLife } from '../../src/orders/timeline.js';
import { assignByHand } from '../../src/stores/assign-order.js';
import { fulfilOrders } from '../../src/stores/fulfil-orders.js';
import { readFulfilment } from '../../src/stores/fulfilment-rows.js';
import { CHANNEL, line, order, takeUnplaced } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { count, fulfilDesk, location } from './support.js';

const NONE = { chosen: 0, nowhere: 0, adjusted: 0, cancelled: 0 };
const LATER = '2026-11-02T08:00:00.000Z';
const pickup = (id: string, changes: Partial<ChannelOrder> = {}): ChannelOrder =>
  order(id, { delivery: { method: 'pickup', location: 'BER-1' }, ...changes });

onEachDatabase('giving orders to locations', (open) => {
  async function house(): Promise<Database> {
    const { database } = await open();
    await fillCatalog(database, smallCatalog(), handClock());
    return database;
  }
  const partsOf = async (database: Database, externalId: string): Promise<unknown> => {
    const parts = (await readFulfilment(database, { channel: CHANNEL, externalId }))?.parts ?? [];
    return parts.map(({ location: at, quantity }) => `${quantity} at ${at}`);
  };
  const open_ = async (database: Database): Promise<unknown> =>
    (await listExceptions(database, null, 50)).map(
      ({ order: id, code, message }) => `${id} ${code}: ${message}`,
    );

  it('leaves each less for the next: what one order is to take is not free for another', async () => {
    const database = await house();
    await count(database, { 'SHIRT-S': { berlin: 3, hamburg: 9 } });
    const desk = fulfilDesk(database, [location('berlin'), location('hamburg', { priority: 2 })]);
    await takeUnplaced(
      database,
      ['A', 'B'].map((id) => order(id, { lines: [line('1', { quantity: 2 })] })),
    );
    expect(await fulfilOrders(desk)).toEqual({ ...NONE, chosen: 2 });
    expect(await partsOf(database, 'A')).toEqual(['2 at berlin']);
    expect(await partsOf(database, 'B')).toEqual(['2 at hamburg']);
    expect(await fulfilOrders(desk)).toEqual(NONE);
    const life = await orderLife(database, { channel: CHANNEL, externalId: 'B' });
    expect(life?.timeline.map(({ what }) => what)).toContain(
      'to be fulfilled at hamburg: first by priority that has everything',
    );
  });

  it('gives no order that waits, is not paid, is the channel’s own, or came where no locations are set up', async () => {
    const database = await house();
    await takeUnplaced(database, [
      order('UNPAID', { status: 'pending' }),
      order('FBA', { fulfilledBy: 'channel' }),
      order('UNKNOWN', { lines: [line('1', { sku: 'NEVER-SEEN' })] }),
    ]);
    expect(await fulfilOrders(fulfilDesk(database, [location('berlin')]))).toEqual(NONE);
    await takeUnplaced(database, [order('A')]);
    expect(await fulfilOrders(fulfilDesk(database, []))).toEqual(NONE);
  });

  it('sells only from the locations of the channel', async () => {
    const database = await house();
    await count(database, { 'SHIRT-S': { berlin: 3, hamburg: 9 } });
    const both = [location('berlin'), location('hamburg', { priority: 2 })];
    await takeUnplaced(database, [order('A')]);
    await fulfilOrders(fulfilDesk(database, both, { sellsFrom: ['hamburg'] }));
    expect(await partsOf(database, 'A')).toEqual(['1 at hamburg']);
  });

  it('takes the code the channel uses for a store, asks a person where it knows none, and goes on by itself when it is set up', async () => {
    const database = await house();
    const berlin = location('berlin', { uses: ['pickup'] });
    await takeUnplaced(database, [pickup('A')]);
    const lost = fulfilDesk(database, [berlin]);
    expect(await fulfilOrders(lost)).toEqual({ ...NONE, nowhere: 1 });
    expect(await fulfilOrders(lost)).toEqual({ ...NONE, nowhere: 1 });
    expect(await open_(database)).toEqual([
      'A no_location: Nobody fulfils it: the buyer fetches it at "BER-1", which is no location of ours',
    ]);
    const places = [{ kind: 'store' as const, place: 'BER-1', locations: ['berlin'], pickup: null }];
    expect(await fulfilOrders(fulfilDesk(database, [berlin], { places }))).toEqual({ ...NONE, chosen: 1 });
    expect(await partsOf(database, 'A')).toEqual(['1 at berlin']);
    expect(await open_(database)).toEqual([]);
  });

  it('tells a person of a shortage, and keeps the order', async () => {
    const database = await house();
    await count(database, { 'SHIRT-S': { berlin: 1 } });
    await takeUnplaced(database, [order('A', { lines: [line('1', { quantity: 3 })] })]);
    await fulfilOrders(fulfilDesk(database, [location('berlin')]));
    expect(await partsOf(database, 'A')).toEqual(['3 at berlin']);
    expect(await open_(database)).toEqual(['A location_short: Too little is there: 2 of SHIRT-S at berlin']);
  });

  it('is done by hand where a person says so, and stays so', async () => {
    const database = await house();
    await count(database, { 'SHIRT-S': { berlin: 3, hamburg: 9 } });
    const hamburg = location('hamburg', { priority: 2 });
    const desk = fulfilDesk(database, [location('berlin'), hamburg]);
    await takeUnplaced(database, [order('A'), pickup('P')]);
    await fulfilOrders(desk);
    const by = (externalId: string) => ({ externalId, location: hamburg, by: 'ops' });
    await database.transaction((tx) => assignByHand(tx, desk, by('A')));
    await fulfilOrders(desk);
    expect(await partsOf(database, 'A')).toEqual(['1 at hamburg']);
    const wrong = database.transaction((tx) => assignByHand(tx, desk, by('P')));
    await expect(wrong).rejects.toMatchObject({ code: 'not_done_there' });
    const none = database.transaction((tx) => assignByHand(tx, desk, by('X')));
    await expect(none).rejects.toMatchObject({ code: 'unknown_order' });
  });

  it('follows units that are taken out, and a cancellation', async () => {
    const database = await house();
    const desk = fulfilDesk(database, [location('berlin')]);
    await takeUnplaced(database, [order('A', { lines: [line('1', { quantity: 3 })] })]);
    await fulfilOrders(desk);
    const fewer = [line('1', { quantity: 3, quantityCancelled: 1 })];
    await takeUnplaced(database, [order('A', { updatedAt: LATER, lines: fewer })]);
    expect(await fulfilOrders(desk)).toEqual({ ...NONE, adjusted: 1 });
    expect(await partsOf(database, 'A')).toEqual(['2 at berlin']);
    await takeUnplaced(database, [order('A', { updatedAt: LATER, status: 'cancelled', lines: fewer })]);
    expect(await fulfilOrders(desk)).toEqual({ ...NONE, cancelled: 1 });
    expect(await fulfilOrders(desk)).toEqual(NONE);
    expect(await readFulfilment(database, { channel: CHANNEL, externalId: 'A' })).toMatchObject({
      state: 'cancelled',
    });
  });
});
