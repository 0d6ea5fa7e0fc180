import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amazon } from '../../../connectors/amazon/index.js';
import { newsIn } from '../../../connectors/amazon/order-news/order-news.js';
import type { AmazonSettings } from '../../../connectors/amazon/settings.js';
import {
  QUEUE_ACCOUNT,
  type SimulatedQueue,
  serveMessageQueue,
} from '../../../connectors/amazon/simulator/message-queue.js';
import type { Host } from '../../../src/channel/connector.js';
import { httpClient } from '../../../src/channel/http.js';
import type { OrderNewsPort } from '../../../src/channel/order-news-port.js';
import { tokenBucket } from '../../../src/channel/throttle.js';
import { systemClock } from '../../../src/clock.js';
import type { OrderDesk } from '../../../src/orders/order-desk.js';
import { takeNews } from '../../../src/orders/order-news.js';
import { openProblems } from '../../../src/problems/problems.js';
import { fillCatalog, smallCatalog } from '../../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../../support/channel-bench.js';
import { sqliteDatabase } from '../../support/databases.js';
import { silentLog } from '../../support/silent-log.js';
import { testVault } from '../../support/test-vault.js';

const { path: _path, ...KEY } = QUEUE_ACCOUNT;

function host(): Host {
  const { signal } = new AbortController();
  return {
    channel: {
      id: 'other',
      connector: 'amazon',
      country: 'US',
      language: 'en',
      currency: 'USD',
      zone: 'UTC',
    },
    http: httpClient(signal),
    clock: systemClock,
    log: silentLog,
    signal,
    bucket: (_name, spec) => tokenBucket(spec, systemClock),
  };
}

describe('order notifications of Amazon', () => {
  let queue: SimulatedQueue;
  let bench: ChannelBench;
  let desk: OrderDesk;
  let port: OrderNewsPort;
  const clock = handClock();

  beforeEach(async () => {
    queue = await serveMessageQueue();
    await connect();
  });
  afterEach(async () => {
    await bench.stop();
    await queue.stop();
  });

  async function connect(key: object = {}): Promise<void> {
    bench = await channelBench(amazon, await sqliteDatabase(), {
      settings: { orderQueue: { url: queue.url, ...KEY, ...key } },
    });
    await fillCatalog(bench.test.database, smallCatalog(), systemClock);
    const { orders, orderNews } = bench.desk.open;
    if (!orders || !orderNews) throw new Error('a channel with a queue has news of orders');
    port = orderNews;
    desk = {
      database: bench.test.database,
      channel: 'amazon-test',
      port: orders,
      storefront: null,
      buyers: testVault(),
      clock,
      random: () => 0,
      callSucceeded: async () => undefined,
      callFailed: async () => undefined,
    };
  }

  const notification = (orderId: string, more: object = {}, summary: object = {}): string =>
    JSON.stringify({
      NotificationVersion: '1.0',
      NotificationType: 'ORDER_CHANGE',
      PayloadVersion: '1.0',
      EventTime: '2026-11-25T10:00:00Z',
      Payload: {
        OrderChangeNotification: {
          NotificationLevel: 'OrderLevel',
          SellerId: bench.simulator.settings.sellerId,
          AmazonOrderId: orderId,
          OrderChangeType: 'OrderStatusChange',
          OrderChangeTrigger: { TimeOfOrderChange: '2026-11-25T10:00:00Z', ChangeReason: 'New order' },
          Summary: { MarketplaceId: 'ATVPDKIKX0DER', OrderStatus: 'Unshipped', ...summary },
          ...more,
        },
      },
      NotificationMetadata: {
        ApplicationId: 'a',
        SubscriptionId: 's',
        PublishTime: '2026-11-25T10:00:01Z',
        NotificationId: 'n',
      },
    });
  const buy = (): string =>
    bench.simulator.placeOrder?.({ lines: [{ sku: 'SHIRT-S', quantity: 2, unitPrice: '19.99' }] }) ?? '';
  const look = () => takeNews(desk, port, { waitMs: 0 });
  const known = () => desk.database.all('SELECT external_id, state FROM channel_order');
  const problems = async (): Promise<string[]> => (await openProblems(desk.database)).map(({ code }) => code);

  it('bring an order in without a poll, reserve its units, and leave the queue once it is written', async () => {
    const id = buy();
    queue.send(notification(id));
    queue.send(notification(id));
    expect(await look()).toMatchObject({ received: 2, written: 2, changed: 1 });
    expect(await known()).toEqual([{ external_id: id, state: 'linked' }]);
    expect(await desk.database.all('SELECT sku, quantity FROM reservation')).toEqual([
      { sku: 'SHIRT-S', quantity: 2 },
    ]);
    expect(queue.held()).toEqual([]);
    expect(bench.simulator.calls.filter(({ path }) => path === '/orders/2026-01-01/orders')).toEqual([]);
    queue.send(notification(id));
    expect(await look()).toMatchObject({ written: 1, changed: 0 });
  });

  it('waits for a message that comes while it looks', async () => {
    const id = buy();
    const waiting = takeNews(desk, port, { waitMs: 5_000 });
    queue.send(notification(id));
    expect(await waiting).toMatchObject({ written: 1 });
  });

  it('stay in the queue when the order could not be read or written, and come again', async () => {
    const id = buy();
    queue.send(notification(id));
    bench.simulator.faults.add({ kind: 'fail', match: id });
    expect(await look()).toMatchObject({ received: 0, againInMs: expect.any(Number) });
    expect(queue.held()).toHaveLength(1);
    queue.showAll();
    const broken = {
      ...desk,
      database: { ...desk.database, transaction: () => Promise.reject(new Error('killed')) },
    };
    await expect(takeNews(broken, port, { waitMs: 0 })).rejects.toThrow('killed');
    expect(queue.held()).toHaveLength(1);
    queue.showAll();
    expect(await look()).toMatchObject({ written: 1 });
    expect(await known()).toHaveLength(1);
  });

  it('of orders Amazon does not show are told when they come too often, and the problem clears itself', async () => {
    queue.send(notification('111-0000000-0000000'));
    for (let time = 1; time <= 4; time++) {
      expect(await look()).toMatchObject({ left: 1, written: 0 });
      queue.showAll();
    }
    expect(await problems()).toEqual([]);
    await look();
    expect(await problems()).toEqual(['order_news_dead']);
    expect(queue.held()).toHaveLength(1);
    queue.send(notification(buy()));
    await look();
    expect(await problems()).toEqual(['order_news_dead']);
    clock.advance(16 * 60_000);
    await look();
    expect(await problems()).toEqual([]);
  });

  it('that are none of ours are told and left; one of another store of the seller is passed on', async () => {
    queue.send('hello');
    queue.send(JSON.stringify({ NotificationType: 'ANY_OFFER_CHANGED', Payload: {} }));
    queue.send(notification('111-1', { SellerId: 'SOMEBODY' }));
    queue.send(notification('111-2222222-2222222', {}, { MarketplaceId: 'A1F83G8C2ARO7P' }));
    expect(await look()).toMatchObject({ received: 4, unknown: 3, elsewhere: 1, written: 0 });
    expect(queue.held()).toHaveLength(3);
    expect(await problems()).toEqual(['order_news_unknown']);
    expect(await known()).toEqual([]);
  });

  it('are looked for by the check, which hides none and says what the key may not', async () => {
    queue.send(notification(buy()));
    expect(await bench.desk.open.check()).toEqual([]);
    expect(await port.receive(0)).toHaveLength(1);
    await bench.stop();
    await connect({ secretAccessKey: 'another' });
    expect(await bench.desk.open.check()).toMatchObject([
      { severity: 'warning', code: 'order_queue_refused', attribute: 'orderQueue' },
    ]);
  });

  it('are sent to the queue once the operator says so: one destination, one subscription, however often', async () => {
    const action = bench.desk.open.actions?.['order-queue'];
    const arn = 'arn:aws:sqs:eu-west-1:123456789012:orders';
    const first = await action?.run({});
    expect(first).toMatchObject({ queue: arn, made: true });
    expect(await action?.run({})).toEqual({ ...first, made: false });
    const asked = bench.simulator.calls.filter(({ path }) => path.startsWith('/notifications/'));
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  it('are left with whoever has them, when the seller is subscribed to another queue', async () => {
    const { desk: mine } = bench;
    await mine.open.actions?.['order-queue']?.run({});
    const other = amazon.open(
      {
        ...(bench.simulator.settings as unknown as AmazonSettings),
        orderQueue: { url: queue.url.replace('/orders', '/others'), ...KEY },
      },
      host(),
    );
    await expect(other.actions?.['order-queue']?.run({})).rejects.toMatchObject({
      code: 'subscribed_elsewhere',
    });
  });

  it.each([
    ['a wrong secret', { secretAccessKey: 'wrong' }],
    ['an unknown key', { accessKeyId: 'AKIANOBODY' }],
    ['another region', { region: 'us-east-1' }],
  ])('tells of %s, and does not stop the channel', async (_title, key) => {
    await bench.stop();
    await connect(key);
    queue.send(notification(buy()));
    expect(await look()).toMatchObject({ received: 0, againInMs: expect.any(Number) });
    expect(await problems()).toEqual(['order_queue_refused']);
    expect(queue.held()).toHaveLength(1);
  });
});

it('a notification is read whatever the case of its names', () => {
  const body = JSON.stringify({
    notificationType: 'ORDER_CHANGE',
    payload: {
      orderChangeNotification: { sellerId: 'S', amazonOrderId: '111-1', summary: { marketplaceId: 'M' } },
    },
  });
  expect(newsIn({ receipt: 'r', body, received: 1 }, { sellerId: 'S', marketplaceId: 'M' })).toEqual({
    handle: 'r',
    received: 1,
    about: 'order',
    externalId: '111-1',
  });
});
