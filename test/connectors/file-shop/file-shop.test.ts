import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileNameOf } from '../../../connectors/file-shop/file-name.js';
import { fileShop } from '../../../connectors/file-shop/index.js';
import type { FileShopSettings } from '../../../connectors/file-shop/settings.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import type { SinkPort } from '../../../src/channel/store-ports.js';
import { systemClock } from '../../../src/clock.js';
import type { ChannelOrder } from '../../../src/domain/order.js';
import { collectShipments } from '../../../src/orders/collect-shipments.js';
import { placeOrders } from '../../../src/orders/place.js';
import { deskWith, line, order, take } from '../../orders/order-bench.js';
import { type HandClock, handClock } from '../../support/channel-bench.js';
import { sqliteDatabase, type TestDatabase } from '../../support/databases.js';
import { silentLog } from '../../support/silent-log.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const BOUGHT: Partial<ChannelOrder> = {
  lines: [
    line('1', { sku: '00012345', title: 'Shirt, "blue"', quantity: 2, unitPrice: usd(1_165), tax: usd(192) }),
    line('2', { sku: 'MUG', unitPrice: usd(720) }),
  ],
  shippingPrice: usd(399),
  total: usd(3_641),
  buyer: {
    name: 'Ann Büyer',
    email: 'ann@example.com',
    address: { lines: ['1 Main St', 'Floor 2'], city: 'Austin', postalCode: '01234', country: 'US' },
  },
};
const NAME = fileNameOf('market:113-1');

describe('a shop by files', () => {
  let root: string;
  let test: TestDatabase;
  let clock: HandClock;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    test = await sqliteDatabase();
    clock = handClock();
    await open().actions?.['prepare-folder']?.run({});
    await take(test.database, [order('113-1', BOUGHT)]);
  });
  afterEach(async () => {
    await test.dispose();
    await rm(root, { recursive: true, force: true });
  });

  const open = (settings: Partial<FileShopSettings> = {}): OpenChannel =>
    fileShop.open(
      { folder: root, ...settings },
      {
        channel: {
          id: 'shop',
          connector: 'file-shop',
          country: 'US',
          language: 'en',
          currency: 'USD',
          zone: 'UTC',
        },
        http: { send: () => Promise.reject(new Error('nothing is called')) },
        clock: systemClock,
        log: silentLog,
        signal: new AbortController().signal,
        bucket: () => {
          throw new Error('nothing is paced');
        },
      },
    );
  const sink = (settings: Partial<FileShopSettings> = {}): SinkPort => {
    const found = open(settings).sink;
    if (!found) throw new Error('no sink');
    return found;
  };
  const desk = (to: SinkPort = sink()) => ({ ...deskWith(test.database, to), clock });
  const files = async (sub: string) => (await readdir(path.join(root, sub))).sort();
  const answer = (content: string, ending = 'json') =>
    writeFile(path.join(root, 'answers', `${NAME}.${ending}`), content);

  it('is given an order as one whole file named by its key, without the contact of the buyer', async () => {
    expect(await placeOrders(desk())).toMatchObject({ placed: 1 });
    expect(await files('orders')).toEqual([`${NAME}.json`]);
    const text = await readFile(path.join(root, 'orders', `${NAME}.json`), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      key: 'market:113-1',
      total: '36.41',
      lines: [{ sku: '00012345' }, { sku: 'MUG' }],
    });
    expect(text).not.toContain('ann@example.com');
  });

  it('is given the same as CSV, a row per line, nothing lost', async () => {
    await placeOrders(desk(sink({ format: 'csv', buyerContact: true })));
    const rows: Record<string, string>[] = parse(await readFile(path.join(root, 'orders', `${NAME}.csv`)), {
      columns: true,
    });
    expect(rows).toMatchObject([
      {
        key: 'market:113-1',
        sku: '00012345',
        title: 'Shirt, "blue"',
        quantity: '2',
        unit_price: '11.65',
        line_tax: '1.92',
        shipping_price: '3.99',
        buyer_name: 'Ann Büyer',
        buyer_email: 'ann@example.com',
        address_lines: '1 Main St\nFloor 2',
        postal_code: '01234',
      },
      { key: 'market:113-1', sku: 'MUG', unit_price: '7.20', line_tax: '' },
    ]);
  });

  it('is given no second file after it has taken the first one away, although we forgot that we wrote it', async () => {
    await placeOrders(desk());
    await rm(path.join(root, 'orders', `${NAME}.json`));
    await test.database.run("UPDATE order_link SET state = 'placing', store_id = NULL");
    expect(await placeOrders(desk())).toMatchObject({ found: 1 });
    expect(await files('orders')).toEqual([]);
  });

  it('has a file under one name however often it is written', async () => {
    const toPlace = { key: 'market:113-1', channel: 'market', draft: null, order: order('113-1', BOUGHT) };
    await sink().place(toPlace);
    await sink().place({ ...toPlace, order: order('113-1', { ...BOUGHT, total: usd(1) }) });
    expect(await files('orders')).toEqual([`${NAME}.json`]);
    expect(await readFile(path.join(root, 'orders', `${NAME}.json`), 'utf8')).toContain('"total": "0.01"');
    expect(fileNameOf('market:A/1')).not.toBe(fileNameOf('market:A:1'));
    expect(fileNameOf('../../etc/passwd')).toMatch(/^etc_passwd\.[0-9a-f]{12}$/);
  });

  it.each(['orders', 'answers', 'sent'])(
    'concludes nothing while the folder %s is not there, as on a share that is not mounted',
    async (sub) => {
      await rm(path.join(root, sub), { recursive: true });
      expect(await placeOrders(desk())).toMatchObject({ placed: 0, failed: 1 });
      await expect(sink().read([NAME])).rejects.toMatchObject({ code: 'folder_missing' });
      expect(await open().check()).toMatchObject([{ severity: 'error', code: 'folder_missing' }]);
      expect(await readdir(root)).not.toContain(sub);
    },
  );

  it.each<[string, string, string]>([
    [
      'json',
      'JSON',
      JSON.stringify({
        key: 'market:113-1',
        id: '4711',
        shipments: [
          {
            id: 'p1',
            carrier: 'UPS',
            trackingNumber: '1Z1',
            shippedAt: '2026-11-25T10:00:00+01:00',
            lines: [{ line: '1', sku: '00012345', quantity: 2 }],
          },
          {
            id: 'p2',
            carrier: 'DHL',
            trackingNumber: 'J2',
            shippedAt: '2026-11-25T11:00:00+01:00',
            lines: [{ sku: 'MUG', quantity: 1 }],
          },
        ],
      }),
    ],
    [
      'csv',
      'CSV with semicolons and the mark of a spreadsheet',
      '\uFEFFKey;Id;Parcel;Carrier;Tracking_Number;Shipped_At;Line;Sku;Quantity\r\n' +
        'market:113-1;4711;p1;UPS;1Z1;2026-11-25T10:00:00+01:00;1;00012345;2\r\n' +
        'market:113-1;4711;p2;DHL;J2;2026-11-25T11:00:00+01:00;;MUG;1\r\n',
    ],
  ])('tells its own number and its parcels as %s (%s)', async (ending, _what, content) => {
    await placeOrders(desk());
    await collectShipments(desk());
    await answer(content, ending);
    await collectShipments(desk());
    expect(
      await test.database.all(
        'SELECT reference, carrier, tracking_number, lines FROM shipment ORDER BY reference',
      ),
    ).toEqual([
      { reference: 'p1', carrier: 'UPS', tracking_number: '1Z1', lines: '[{"lineId":"1","quantity":2}]' },
      { reference: 'p2', carrier: 'DHL', tracking_number: 'J2', lines: '[{"lineId":"2","quantity":1}]' },
    ]);
    expect(await sink().read([NAME])).toMatchObject([{ storeId: NAME, name: '4711', cancelled: false }]);
  });

  it.each<[string, string, string]>([
    ['a half-written file', 'json', '{"key":"market:113-1","id":"47'],
    ['another order', 'json', '{"key":"market:113-2","id":"4711"}'],
    ['no object', 'json', 'null'],
    ['rows that differ in the order', 'csv', 'key,id\nmarket:113-1,1\nmarket:113-1,2\n'],
    ['a status nobody knows', 'csv', 'key,id,status\nmarket:113-1,1,perhaps\n'],
    ['a row that is too short', 'csv', 'key,id,status\nmarket:113-1\n'],
    [
      'half a unit',
      'csv',
      'key,id,parcel,shipped_at,sku,quantity\nmarket:113-1,1,p1,2026-11-25T10:00:00Z,MUG,0.5\n',
    ],
  ])(
    'is not believed what cannot be read, which a person sees and no other order suffers from: %s',
    async (_what, ending, content) => {
      await placeOrders(desk());
      await answer(content, ending);
      await take(test.database, [order('113-2', BOUGHT)]);
      await placeOrders(desk());
      const [bad, good] = await sink().read([NAME, fileNameOf('market:113-2')]);
      expect(bad).toMatchObject({
        cancelled: false,
        shipments: [],
        needsPerson: expect.stringMatching(/answer|order/),
      });
      expect(good).toEqual({ storeId: fileNameOf('market:113-2'), cancelled: false, shipments: [] });
    },
  );

  it('tells that an order was cancelled, and that a person must look', async () => {
    await placeOrders(desk());
    await answer('key,id,status,attention\nmarket:113-1,4711,cancelled,out of stock\n', 'csv');
    expect(await sink().read([NAME])).toMatchObject([{ cancelled: true, needsPerson: 'out of stock' }]);
  });

  it('says of what it was never given that it does not have it, and lets no name become a path', async () => {
    await mkdir(path.join(root, 'answers', 'x'));
    expect(await sink().read(['market_9.000000000000', '../answers/x'])).toMatchObject([
      { gone: true },
      { gone: true },
    ]);
    expect(await sink().find('market:9', clock.now())).toEqual([]);
  });

  it('cannot cancel: a person is asked', () => {
    expect(sink().cancel).toBeUndefined();
  });

  it('is given refunds of the channel as files, once though the shop took them away, where it reads them', async () => {
    const refund = {
      storeId: NAME,
      orderKey: 'market:113-1',
      key: 'market:113-1:return:R1',
      channel: 'market',
      at: '2026-11-03T08:00:00.000Z',
      reason: 'returned',
      amount: usd(1_265),
      shipping: usd(100),
      lines: [{ lineExternalId: '1', sku: '00012345', quantity: 1, amount: usd(1_165), restockAt: 'berlin' }],
    } as const;
    const reading: Partial<FileShopSettings> = { refunds: true, format: 'csv' };
    expect(await open(reading).check()).toMatchObject([{ code: 'folder_missing' }]);
    await open(reading).actions?.['prepare-folder']?.run({});
    expect(await open(reading).check()).toEqual([]);
    expect(await sink(reading).refund?.(refund)).toMatchObject({ booked: true });
    const [file = ''] = await files('refunds');
    const rows = parse(await readFile(path.join(root, 'refunds', file), 'utf8'), { columns: true });
    expect(rows).toMatchObject([
      {
        order_key: 'market:113-1',
        amount: '12.65',
        sku: '00012345',
        line_amount: '11.65',
        restock_at: 'berlin',
      },
    ]);
    await rm(path.join(root, 'refunds', file));
    expect(await sink(reading).refund?.(refund)).toMatchObject({ booked: true });
    expect(await files('refunds')).toEqual([]);
    expect(sink().refund).toBeUndefined();
  });
});
