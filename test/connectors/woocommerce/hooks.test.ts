import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { HOOK_PING, type HookCall, hookCall } from '../../../connectors/woocommerce/simulator/hook-routes.js';
import { hooksDoor } from '../../../src/api/hooks/hooks-door.js';
import { type HttpServer, serveHttp } from '../../../src/api/server.js';
import { type App, openApp } from '../../../src/app.js';
import { silentLog } from '../../support/silent-log.js';
import { openStage, type Stage } from './support.js';

const SECRET = 'a-secret-of-twenty-four-letters';
const SIGNS = 'signs-the-calls-of-the-shop';

describe('calls of a WooCommerce shop', () => {
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
          shop: { connector: 'woocommerce', ...market, settings: { ...settings, hookSecret: SIGNS } },
          market: { connector: 'memory', ...market, orders: { placeIn: 'shop', policy: 'all' } },
        },
      }),
    );
    app = await openApp(file, { environment: {}, log: silentLog });
    server = await serveHttp([hooksDoor(app, SECRET)], { host: '127.0.0.1', port: 0, log: silentLog });
    await app.database.run(
      "INSERT INTO order_link (channel, external_id, storefront, place_key, store_id, state, read_at) VALUES ('market', 'A', 'shop', 'market:A', '727', 'placed', '2026-11-24T08:00:00.000Z')",
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

  it.each(['order.updated', 'order.deleted'])(
    'put our order first in line, told twice: %s',
    async (topic) => {
      const call = hookCall(topic, { id: 727, status: 'completed' }, SIGNS);
      expect([await tell(call), await tell(call)]).toEqual([204, 204]);
      expect(await readAt()).toBeNull();
      expect(await waiting()).toBe(1);
    },
  );

  it.each(['product.updated', 'product.deleted'])(
    'wake the import of the source that is this shop: %s',
    async (topic) => {
      expect(await tell(hookCall(topic, { id: 1 }, SIGNS))).toBe(204);
      expect(await waiting()).toBe(1);
      expect(await readAt()).not.toBeNull();
    },
  );

  it('begin with a ping that is not signed, which is let in and about nothing', async () => {
    expect(await tell(HOOK_PING)).toBe(204);
    expect(await waiting()).toBe(0);
  });

  it('wake nothing for orders that are not ours, and for things we do not know', async () => {
    expect(await tell(hookCall('order.updated', { id: 9 }, SIGNS))).toBe(204);
    expect(await tell(hookCall('customer.updated', { id: 727 }, SIGNS))).toBe(204);
    expect(await waiting()).toBe(0);
  });

  it('are refused when they are forged: wrong secret, changed body, no signature', async () => {
    const right = hookCall('order.updated', { id: 727 }, SIGNS);
    const { 'x-wc-webhook-signature': _signature, ...unsigned } = right.headers;
    const forged: readonly HookCall[] = [
      hookCall('order.updated', { id: 727 }, 'guessed'),
      { ...right, body: right.body.replace('727', '728') },
      { ...right, headers: unsigned },
    ];
    for (const call of forged) expect(await tell(call)).toBe(401);
    expect(await readAt()).not.toBeNull();
    expect(await waiting()).toBe(0);
  });
});
