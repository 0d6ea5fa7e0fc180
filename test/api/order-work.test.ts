import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleOrders } from '../../src/orders/settle-orders.js';
import { storeOrders } from '../../src/orders/store-orders.js';
import { desireChannel } from '../../src/sync/desire.js';
import { BUYERS, line, order } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ServedHouse, serveHouse, type Visitor } from '../support/served-house.js';

const YAML = `channels:
  market:
    connector: memory
    country: US
    language: en
    currency: USD
    zone: UTC
    settings: { endpoint: "http://127.0.0.1:9", token: secret-of-the-channel }
`;
const LOCATIONS = `locations:
  berlin: { code: BER-1, zone: Europe/Berlin, uses: [ship, pickup, return] }
`;
const usd = (minor: number) => ({ minor, currency: 'USD' });

let house: ServedHouse;
let packer: Visitor;
afterEach(() => house.close());

async function open(yaml: string, orders: Parameters<typeof storeOrders>[1]): Promise<void> {
  house = await serveHouse(yaml);
  packer = await house.visitor('operator', true);
  const { app } = house;
  await fillCatalog(app.database, smallCatalog(), app.clock);
  await take(orders);
}

async function take(orders: Parameters<typeof storeOrders>[1]): Promise<void> {
  const { database, clock } = house.app;
  await database.transaction(async (tx) => {
    const now = clock.now();
    const { touched } = await storeOrders(tx, orders, { channel: 'market', buyers: BUYERS, now });
    await settleOrders(tx, touched, { channel: 'market', now, placing: 'matched' });
  });
}

const rows = (sql: string) => house.app.database.all<Record<string, unknown>>(sql);
const at = (what: string): string => `/orders/market/A%2F1/${what}`;

describe('an order with a SKU the catalog does not have', () => {
  const stranger = (id: string) =>
    order(id, { shipBy: '2026-11-26T11:00:00.000Z', lines: [line('1', { sku: 'OLD-NAME' })] });

  beforeEach(() => open(YAML, [stranger('A/1'), stranger('A/2')]));

  it('stands in the queue and in the tab of what needs a person, with the SKU to be decided', async () => {
    const { groups } = (await packer.call('GET', '/orders/exceptions')).body;
    expect(groups).toMatchObject([
      { code: 'unknown_sku', count: 2, items: [{ unknownSkus: ['OLD-NAME'] }, {}] },
    ]);
    const counts = (await packer.call('GET', '/orders/counts')).body;
    const listed = (await packer.call('GET', '/orders?tab=needs-you')).body;
    expect([counts['needs-you'], listed.items.length, listed.items[0].exceptions]).toEqual([2, 2, 1]);
  });

  it('goes on once somebody said which product it is, and so does every later one', async () => {
    const match = { channelSku: 'OLD-NAME', sku: 'SHIRT-S' };
    expect((await packer.call('POST', '/orders/market/match', { ...match, sku: 'NOBODY' })).body.code).toBe(
      'unknown_sku',
    );
    expect((await packer.call('POST', '/orders/market/match', match)).status).toBe(204);
    expect((await packer.call('GET', '/orders/exceptions')).body.groups).toEqual([]);
    expect(await rows('SELECT sku, quantity FROM reservation ORDER BY external_id')).toEqual([
      { sku: 'SHIRT-S', quantity: 1 },
      { sku: 'SHIRT-S', quantity: 1 },
    ]);
    await take([stranger('A/3')]);
    expect(await rows("SELECT sku FROM order_line WHERE external_id = 'A/3'")).toEqual([{ sku: 'SHIRT-S' }]);
    const { timeline } = (await packer.call('GET', '/orders/market/A%2F1')).body;
    expect(timeline).toContainEqual(
      expect.objectContaining({ who: 'person', what: 'OLD-NAME is SHIRT-S, says A operator' }),
    );
    const own = { channelSku: 'SHIRT-M', sku: 'SHIRT-S' };
    expect((await packer.call('POST', '/orders/market/match', own)).body.code).toBe('sku_is_known');
  });
});

describe('money given back by hand', () => {
  const sold = order('A/1', {
    lines: [line('1', { quantity: 2, unitPrice: usd(1_000), discount: usd(-100) }), line('2')],
  });
  beforeEach(() => open(YAML, [sold]));
  const refund = (minor: number, quantity = 0, lineId = '1') =>
    packer.call('POST', at('refund'), {
      reason: 'goodwill',
      lines: [{ lineId, quantity, amount: usd(minor) }],
    });

  it('is never more than was paid, whatever was given back before', async () => {
    expect((await refund(1_901)).body.code).toBe('too_much_back');
    expect((await refund(900, 1)).status).toBe(204);
    expect((await refund(1_001)).body.code).toBe('too_much_back');
    expect((await refund(100, 2)).body.code).toBe('too_much_back');
    expect((await refund(1_000, 1)).status).toBe(204);
    expect((await refund(1)).body.code).toBe('too_much_back');
    expect(await rows('SELECT state, reference FROM order_message ORDER BY made_at, reference')).toEqual([
      { state: 'pending', reference: 'refund-by-hand:1=1/900' },
      { state: 'pending', reference: 'refund-by-hand:1=2/1900' },
    ]);
  });

  it('is refused where the channel told no price, or gave something back itself', async () => {
    expect((await refund(1, 0, '2')).body.code).toBe('price_not_told');
    expect((await refund(1, 0, '9')).status).toBe(404);
    await house.app.database.run('UPDATE order_line SET refunded = 1');
    expect((await refund(100)).body.code).toBe('refunded_elsewhere');
  });
});

describe('a file of parcels', () => {
  it('is answered row by row, and the good ones are announced', async () => {
    await open(YAML, [order('A/1'), order('A/2')]);
    const csv = 'order,carrier,tracking_number\nA/1,DHL,0034\nA/2,,1\nNONE,DHL,0035\n';
    const reply = await fetch(`${house.url}/api/v1/orders/parcels?channel=market`, {
      method: 'POST',
      headers: { ...packer.headers, 'content-type': 'text/csv' },
      body: csv,
    });
    expect(await reply.json()).toMatchObject({
      parcels: [
        { rows: [2], order: 'A/1', outcome: 'recorded', message: null },
        { rows: [4], order: 'NONE', outcome: 'refused', message: 'Channel "market" has no order "NONE"' },
      ],
      mistakes: [{ row: 3, message: 'carrier is empty' }],
    });
    expect(await rows('SELECT external_id AS id, state FROM shipment')).toEqual([
      { id: 'A/1', state: 'pending' },
    ]);
  });
});

describe('work at locations', () => {
  const buyer = { name: 'Ada Byron' };

  it('is listed without locations too, with the names of buyers only for who may see them', async () => {
    await open(YAML, [order('A/1', { lines: [line('1', { quantity: 3, quantityCancelled: 1 })] })]);
    const vault = await house.app.buyers();
    const place = { channel: 'market', externalId: 'A/1' };
    await house.app.database.transaction((tx) => vault.keep(tx, [{ ...place, buyer }]));
    const plain = (await packer.call('GET', '/orders/pick-list')).body;
    expect(plain.lists).toMatchObject([
      {
        items: [{ sku: 'SHIRT-S', quantity: 2, for: [{ number: 1, quantity: 2 }] }],
        orders: [{ name: null }],
      },
    ]);
    const named = (await packer.call('POST', '/orders/pick-list/names', {})).body;
    expect(named.lists[0].orders[0].name).toBe('Ada Byron');
    const viewer = await house.visitor('viewer');
    expect((await viewer.call('POST', '/orders/pick-list/names', {})).status).toBe(403);
    expect(
      await rows("SELECT object FROM audit_entry WHERE action LIKE '%names' AND outcome = 'done'"),
    ).toEqual([{ object: 'buyers of the pick list' }]);
    await packer.call('POST', at('shipments'), { carrier: 'DHL', trackingNumber: '1' });
    expect((await packer.call('GET', '/orders/pick-list')).body.lists).toEqual([]);
  });

  it('an order to be fetched is given to a store, made ready, fetched and brought back', async () => {
    const fetched = order('A/1', {
      delivery: { method: 'pickup' },
      total: usd(2_000),
      lines: [line('1', { quantity: 2, unitPrice: usd(1_000) })],
    });
    await open(`${YAML}${LOCATIONS}`, [fetched]);
    expect((await packer.call('GET', '/locations')).body.items).toMatchObject([
      { id: 'berlin', code: 'BER-1' },
    ]);
    expect((await packer.call('POST', at('pickup'), { news: 'ready' })).body.code).toBe('no_location');
    expect((await packer.call('POST', at('assign'), { location: 'BER-1' })).status).toBe(204);
    expect((await packer.call('GET', '/orders/pick-list?location=berlin')).body.lists[0].items).toMatchObject(
      [{ sku: 'SHIRT-S', quantity: 2 }],
    );
    for (const news of ['ready', 'picked-up'])
      expect((await packer.call('POST', at('pickup'), { news })).status).toBe(204);
    const back = {
      location: 'berlin',
      lines: [{ sku: 'SHIRT-S', quantity: 1 }],
      restock: true,
      refund: true,
    };
    const taken = (await packer.call('POST', at('return'), { ...back, reference: 'R1' })).body;
    expect(taken).toEqual({ reference: 'R1', known: false, units: 1, money: 'told' });
    expect((await packer.call('POST', at('return'), { ...back, reference: 'R1' })).body.known).toBe(true);
    const shown = (await packer.call('GET', '/orders/market/A%2F1')).body;
    expect(shown.fulfilled.state).toBe('collected');
    expect(shown.lines[0].returned).toBe(1);
    expect(shown.tells).toContain('refund');
  });
});

describe('reports', () => {
  it('are downloaded without anything a spreadsheet would run', async () => {
    await open(YAML, [order('A/1', { lines: [line('1', { sku: '=1+1', unitPrice: usd(1_000) })] })]);
    const reply = await packer.call('GET', '/reports/sales/file?by=sku');
    expect(reply.headers.get('content-type')).toContain('text/csv');
    expect(reply.headers.get('content-disposition')).toContain('sales-by-sku.csv');
    expect(String(reply.body).split('\n')[1]).toMatch(/^'=1\+1,USD,1,1,/);
    const parquet = await packer.call('GET', '/reports/sales/file?format=parquet');
    expect([parquet.status, String(parquet.body).slice(0, 4)]).toEqual([200, 'PAR1']);
  });

  it('of profits count every listing once, by its margin or by what is missing', async () => {
    await open(YAML, []);
    expect((await packer.call('GET', '/reports/profit/market')).body.code).toBe('no_profit_settings');
    await house.close();
    await open(`${YAML}    profit: { prices: net, shipping: 0 }\n`, []);
    await desireChannel(await house.app.desk('market'));
    const { totals, margins, rows } = (await packer.call('GET', '/reports/profit/market')).body;
    expect(totals.listings).toBeGreaterThan(0);
    expect(totals.known + totals.unknown).toBe(totals.listings);
    const counted = margins.reduce((sum: number, span: { listings: number }) => sum + span.listings, 0);
    expect(counted).toBe(totals.known);
    expect(rows[0].profit).toBeNull(); // nobody told the fees: not 0
    expect(rows[0].gaps).toContainEqual(expect.objectContaining({ part: 'fees' }));
  });
});
