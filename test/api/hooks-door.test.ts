import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { googleSimulator } from '../../connectors/google-merchant/simulator/index.js';
import { jobHandlers } from '../../jobs/index.js';
import { hooksDoor } from '../../src/api/hooks/hooks-door.js';
import { type HttpServer, serveHttp } from '../../src/api/server.js';
import { type App, openApp } from '../../src/app.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import { change, command, removal, simulatorState } from '../connectors/google-merchant/support.js';
import { silentLog } from '../support/silent-log.js';

const SECRET = 'a-secret-of-twenty-four-letters';
const ACCOUNT = 'accounts/5551234567';

describe('the address where channels tell that a listing changed', () => {
  let folder: string;
  let app: App;
  let server: HttpServer;
  let simulator: RunningSimulator;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
    const google = { connector: 'google-merchant', ...simulator.market, settings: simulator.settings };
    const files = {
      connector: 'feed-file',
      ...simulator.market,
      settings: { path: 'o.xml', format: 'google-rss' },
    };
    const file = path.join(folder, 'omnifeed.yaml');
    await writeFile(
      file,
      stringify({
        database: ':memory:',
        hooks: { secret: SECRET },
        channels: { 'google-us': google, files },
      }),
    );
    app = await openApp(file, { environment: {}, log: silentLog });
    server = await serveHttp([hooksDoor(app, SECRET)], { host: '127.0.0.1', port: 0, log: silentLog });
  });
  afterEach(async () => {
    await server.close();
    await app.close();
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const message = (more: object = {}): object => ({
    ...{ account: ACCOUNT, managingAccount: ACCOUNT, resourceType: 'PRODUCT', attribute: 'STATUS' },
    changes: [{ oldValue: 'approved', newValue: 'disapproved', regionCode: 'US' }],
    ...{ resourceId: 'online:en:US:SKU-1', eventTime: '2026-11-24T10:00:00Z' },
    ...more,
  });
  const post = async (address: string, body: object | string): Promise<number> =>
    (
      await fetch(`${server.url}${address}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
    ).status;
  const tell = (body: object | string): Promise<number> => post(`/hooks/google-us/${SECRET}`, body);
  const hints = async (): Promise<readonly string[]> =>
    (
      await app.database.all<{ channel: string; sku: string }>(
        'SELECT channel, sku FROM listing_hint ORDER BY sku',
      )
    ).map(({ channel, sku }) => `${channel} ${sku}`);

  it.each<[string, object]>([
    ['the name of the Content API', {}],
    ['the name of today', { resourceId: undefined, resource: `${ACCOUNT}/products/en~US~SKU-1` }],
    ['three parts', { resourceId: 'en~US~SKU-1' }],
    ['a packed name', { resourceId: Buffer.from('en~US~SKU-1').toString('base64url') }],
  ])('keeps where to look for %s, once, and wakes the look', async (_what, more) => {
    expect(await tell(message(more))).toBe(204);
    const packed = { message: { data: Buffer.from(JSON.stringify(message(more))).toString('base64') } };
    expect(await tell(packed)).toBe(204);
    expect(await hints()).toEqual(['google-us SKU-1']);
    expect((await app.queue.depth()).waiting).toBe(1);
  });

  it.each<[string, object | string]>([
    ['another account', message({ account: 'accounts/1' })],
    ['another market', message({ resourceId: 'online:de:DE:SKU-1' })],
    ['another resource', message({ resourceType: 'ACCOUNT_SERVICE' })],
    ['no name', message({ resourceId: '' })],
    ['a list', '[1,2]'],
    ['something packed that is nothing', { message: { data: '%%%' } }],
  ])('takes a call about %s without keeping anything', async (_what, body) => {
    expect(await tell(body)).toBe(204);
    expect(await hints()).toEqual([]);
  });

  it('says nothing to whoever does not know the address', async () => {
    expect(await post('/hooks/google-us/another-secret-of-24-letters', message())).toBe(404);
    expect(await post(`/hooks/elsewhere/${SECRET}`, message())).toBe(404);
    expect(await post(`/hooks/files/${SECRET}`, message())).toBe(204);
    expect(await hints()).toEqual([]);
  });

  it('takes no large bodies and not any number of calls', async () => {
    expect(await tell({ padding: 'x'.repeat(70_000) })).toBe(413);
    const statuses = await Promise.all(Array.from({ length: 320 }, () => tell({})));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(10);
  });

  it.each([
    ['plain', false],
    ['packed', true],
  ])(
    'is called by Google itself once subscribed, when a product was made and when it is gone: %s',
    async (_what, wrapped) => {
      const google = app.open('google-us');
      await google.actions?.subscribe?.run({
        callBackUri: `https://feeds.example.com/hooks/google-us/${SECRET}`,
      });
      await command(simulator, 'callbacks', { from: 'https://feeds.example.com', to: server.url, wrapped });
      await google.listings?.submit([change('SKU-1')], 'k');
      await command(simulator, 'advance', { ms: 1_000 });
      expect(await answers(1)).toEqual([204]);
      expect(await hints()).toEqual(['google-us SKU-1']);
      await google.listings?.submit([removal('SKU-1')], 'k2');
      await command(simulator, 'advance', { ms: 1_000 });
      expect(await answers(2)).toEqual([204, 204]);
    },
  );

  /** What the simulator was answered, once it was so often. */
  async function answers(count: number): Promise<unknown> {
    for (let looks = 0; ; looks++) {
      const { callbacks } = await simulatorState(simulator);
      if ((callbacks as readonly unknown[]).length >= count || looks === 500) return callbacks;
    }
  }

  it('reads the listings back and forgets where to look; a failed read keeps it', async () => {
    const look = jobHandlers(app).look;
    if (look === undefined) throw new Error('no look');
    const signal = new AbortController().signal;
    await tell(message());
    simulator.faults.add({ kind: 'fail', match: '/batch/' });
    expect(await look('google-us', signal)).toEqual({ againInMs: 300_000 });
    expect(await hints()).toEqual(['google-us SKU-1']);
    simulator.tamper('SKU-1', { title: 'Brought by somebody else' });
    expect(await look('google-us', signal)).toBeUndefined();
    expect(await hints()).toEqual([]);
    const unmanaged = await app.database.all<{ sku: string }>('SELECT sku FROM unmanaged');
    expect(unmanaged).toEqual([{ sku: 'SKU-1' }]);
  });
});
