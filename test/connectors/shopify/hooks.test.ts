import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type HookCall, hookCall } from '../../../connectors/shopify/simulator/hook-calls.js';
import { hooksDoor } from '../../../src/api/hooks/hooks-door.js';
import { type HttpServer, serveHttp } from '../../../src/api/server.js';
import { type App, openApp } from '../../../src/app.js';
import { silentLog } from '../../support/silent-log.js';
import { openStage, type Stage } from './support.js';

const SECRET = 'a-secret-of-twenty-four-letters';
const ORDER = 'gid://shopify/Order/5001';
const ADDRESS = `https://feeds.example.com/hooks/shop/${SECRET}`;

describe('calls of a Shopify shop', () => {
  let stage: Stage;
  let folder: string;
  let app: App;
  let server: HttpServer;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    stage = await openStage();
    const { market, settings } = stage.running;
    const file = path.join(folder, 'omnifeed.yaml');
    await writeFile(
      file,
      stringify({
        database: ':memory:',
        hooks: { secret: SECRET },
        sources: { goods: { channel: 'shop' } },
        channels: {
          shop: {
            connector: 'shopify',
            ...market,
            settings: { ...settings, nextClientSecret: 'shpss_next' },
          },
          market: { connector: 'memory', ...market, orders: { placeIn: 'shop', policy: 'all' } },
        },
      }),
    );
    app = await openApp(file, { environment: {}, log: silentLog });
    server = await serveHttp([hooksDoor(app, SECRET)], { host: '127.0.0.1', port: 0, log: silentLog });
    await app.database.run(
      "INSERT INTO order_link (channel, external_id, storefront, place_key, store_id, state, read_at) VALUES ('market', 'A', 'shop', 'market:A', ?, 'placed', '2026-11-24T08:00:00.000Z')",
      [ORDER],
    );
  });
  afterEach(async () => {
    await server.close();
    await app.close();
    await stage.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const tell = async ({ body, headers }: HookCall): Promise<number> =>
    (await fetch(`${server.url}/hooks/shop/${SECRET}`, { method: 'POST', headers, body })).status;
  const readAt = async () =>
    (await app.database.get<{ read_at: string | null }>('SELECT read_at FROM order_link'))?.read_at;
  const waiting = async () => (await app.queue.depth()).waiting;

  it.each<[string, string, object]>([
    ['an order by its global id', 'orders/updated', { id: 5001, admin_graphql_api_id: ORDER }],
    ['an order by its number', 'orders/cancelled', { id: 5001 }],
    ['a refund', 'refunds/create', { id: 7, order_id: 5001 }],
    ['a parcel', 'fulfillments/update', { id: 8, order_id: 5001 }],
  ])('put our order first in line and wake its channel: %s, told twice', async (_what, topic, body) => {
    const call = hookCall(topic, body as Record<string, string>);
    expect([await tell(call), await tell(call)]).toEqual([204, 204]);
    expect(await readAt()).toBeNull();
    expect(await waiting()).toBe(1);
  });

  it.each(['products/update', 'products/delete', 'inventory_levels/update'])(
    'wake the import of the source that is this shop: %s',
    async (topic) => {
      expect(await tell(hookCall(topic, { id: 1 }))).toBe(204);
      expect(await waiting()).toBe(1);
      expect(await readAt()).not.toBeNull();
    },
  );

  it('wake nothing for orders that are not ours, and for topics we do not know', async () => {
    expect(await tell(hookCall('orders/updated', { id: 9 }))).toBe(204);
    expect(await tell(hookCall('customers/update', { id: 5001 }))).toBe(204);
    expect(await waiting()).toBe(0);
  });

  it('are taken with either secret while one is rotated', async () => {
    expect(await tell(hookCall('orders/updated', { id: 5001 }, 'shpss_next'))).toBe(204);
    expect(await readAt()).toBeNull();
  });

  it('are refused when they are forged: wrong secret, changed body, no signature, another shop', async () => {
    const right = hookCall('orders/updated', { id: 5001 });
    const { 'x-shopify-hmac-sha256': _signature, ...unsigned } = right.headers;
    const forged: readonly HookCall[] = [
      hookCall('orders/updated', { id: 5001 }, 'guessed'),
      { ...right, body: right.body.replace('5001', '5002') },
      { ...right, headers: unsigned },
      { ...right, headers: { ...right.headers, 'x-shopify-shop-domain': 'other.myshopify.com' } },
    ];
    for (const call of forged) expect(await tell(call)).toBe(401);
    expect(await readAt()).not.toBeNull();
    expect(await waiting()).toBe(0);
  });

  it('are asked for by the check, once per topic, and again when Shopify has dropped them', async () => {
    const open = stage.open({ hookAddress: ADDRESS });
    expect(await open.check()).toEqual([]);
    const topics = stage.shop.hooks.map(({ topic }) => topic);
    expect(new Set(topics).size).toBe(topics.length);
    expect(topics).toContain('ORDERS_UPDATED');
    expect(topics).not.toContain('FULFILLMENTS_UPDATE');
    await open.check();
    expect(stage.shop.hooks).toHaveLength(topics.length);
    stage.shop.hooks.splice(0, 2);
    await open.check();
    expect(stage.shop.hooks).toHaveLength(topics.length);
  });
});
