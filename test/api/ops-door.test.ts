import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeKey } from '../../src/access/api-keys.js';
import type { Permission } from '../../src/access/permissions.js';
import { opsDoor } from '../../src/api/ops-door.js';
import { type HttpServer, serveHttp } from '../../src/api/server.js';
import { STORED } from '../../src/metrics/metric-table.js';
import { openMetrics } from '../../src/metrics/prometheus.js';
import { raiseProblem } from '../../src/problems/problems.js';
import { type ServedHouse, serveHouse } from '../support/served-house.js';
import { silentLog } from '../support/silent-log.js';

const CHANNEL = `channels:
  shelf: { connector: memory, country: US, language: en, currency: USD, zone: UTC, settings: {} }
`;

describe('the door of operations', () => {
  let house: ServedHouse;
  let server: HttpServer;
  let stopping: AbortController;
  let metrics: ReturnType<typeof openMetrics>;

  beforeEach(async () => {
    house = await serveHouse(CHANNEL);
    stopping = new AbortController();
    metrics = openMetrics('1.2.3');
    const door = opsDoor({ app: house.app, version: '1.2.3', metrics, stopping: stopping.signal });
    server = await serveHttp([door], { host: '127.0.0.1', port: 0, log: silentLog });
  });
  afterEach(async () => {
    await server.close();
    await house.close();
  });

  const get = (at: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}${at}`, { headers });
  async function keyed(...scopes: Permission[]): Promise<Record<string, string>> {
    const wish = { name: 'prometheus', scopes, endsAt: null, by: 'test' };
    const { secret } = await makeKey(house.app.database, wish, house.app.clock.now());
    return { authorization: `Bearer ${secret}` };
  }
  async function scrape(): Promise<string> {
    const reply = await get('/metrics', await keyed('runs:read'));
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toMatch(/^text\/plain/);
    return reply.text();
  }

  it('says that the process lives whatever became of the database, and that it is ready only with it', async () => {
    const ready = await get('/readyz');
    expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true, degraded: false }]);
    await house.app.database.run("INSERT INTO schema_migration (name) VALUES ('9999-of-tomorrow')");
    const newer = await get('/readyz');
    expect([newer.status, await newer.json()]).toMatchObject([503, { ready: false }]);
    expect((await get('/livez')).status).toBe(200);
  });

  it('is not ready from the order to stop on, while it still answers', async () => {
    stopping.abort();
    const reply = await get('/readyz');
    expect(reply.status).toBe(503);
    const { checks } = (await reply.json()) as { checks: { name: string; state: string }[] };
    expect(checks.filter(({ state }) => state !== 'ok')).toMatchObject([{ name: 'shutdown' }]);
    expect((await get('/livez')).status).toBe(200);
  });

  it('is ready, if slower, while a long write is under way', async () => {
    let release = (): void => undefined;
    const write = house.app.database.transaction(
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    const reply = await get('/readyz');
    release();
    await write;
    expect([reply.status, await reply.json()]).toMatchObject([200, { ready: true, degraded: true }]);
  });

  it.each(['/metrics', '/statusz'])('shows %s to nobody without the right to see runs', async (at) => {
    expect((await get(at)).status).toBe(401);
    expect((await get(at, { authorization: 'Bearer guessed' })).status).toBe(401);
    expect((await get(at, await keyed('catalog:read'))).status).toBe(403);
    expect((await get(at, await keyed('runs:read'))).status).toBe(200);
  });

  it('tells what is stored, and no more of a problem once it is cleared', async () => {
    const { database, clock } = house.app;
    await raiseProblem(
      database,
      { key: 'house:x', channel: null, severity: 'error', code: 'disk_odd', message: 'm', advice: 'a' },
      clock.now(),
    );
    const before = await scrape();
    expect(before).toContain('omnifeed_problems{severity="error",code="disk_odd"} 1');
    expect(before).toContain('omnifeed_listings{channel="shelf",state="live"} 0');
    expect(before).toContain('omnifeed_scrape_failed 0');
    expect(before).toMatch(/^omnifeed_disk_free_bytes [1-9]/m);
    await database.run("DELETE FROM problem WHERE problem_key = 'house:x'");
    expect(await scrape()).not.toContain('disk_odd');
  });

  it('tells the age of what happened, and nothing of what never did', async () => {
    const { database } = house.app;
    expect(await scrape()).not.toMatch(/^omnifeed_order_cursor_age_seconds\{/m);
    await database.run(
      'INSERT INTO channel_state (channel, orders_pulled_at, computed_seq) VALUES (?, ?, 0)',
      ['shelf', house.clock.now()],
    );
    house.clock.move(90_000);
    expect(await scrape()).toContain('omnifeed_order_cursor_age_seconds{channel="shelf"} 90');
  });

  it('counts calls and jobs of the process', async () => {
    const { meters } = metrics;
    meters.channelCall({ channel: 'shelf', outcome: 'throttled', seconds: 0.2, skewMs: -40_000 });
    meters.jobRun({ job: 'sweep', failed: true, seconds: 2 });
    const text = await scrape();
    expect(text).toContain('omnifeed_channel_requests_total{channel="shelf",outcome="throttled"} 1');
    expect(text).toContain('omnifeed_clock_skew_seconds{channel="shelf"} -40');
    expect(text).toContain('omnifeed_job_runs_total{job="sweep",outcome="failed"} 1');
    expect(text).toContain('omnifeed_build_info{version="1.2.3"} 1');
  });

  it('tells what the process counted when the database cannot be read', async () => {
    const text = await metrics.text(() => Promise.reject(new Error('gone')));
    expect(text).toContain('omnifeed_scrape_failed 1');
    expect(text).toContain('omnifeed_build_info');
    expect(text).not.toMatch(/^omnifeed_listings\{/m);
  });

  it('has labels for channels, sources, jobs and machine words only: never a SKU, an order or a person', () => {
    const allowed = ['channel', 'code', 'kind', 'reason', 'severity', 'source', 'state'];
    for (const { labels } of Object.values(STORED))
      for (const label of labels) expect(allowed).toContain(label);
  });

  it('shows how every channel stands to whoever asks with curl', async () => {
    const reply = await get('/statusz', await keyed('runs:read'));
    expect(await reply.json()).toMatchObject({
      version: '1.2.3',
      readiness: { ready: true },
      channels: [{ channel: 'shelf', health: { word: 'not-started' } }],
      jobs: { waiting: 0, dead: [] },
    });
  });
});
