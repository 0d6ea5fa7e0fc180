import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { memory } from '../../connectors/memory/index.js';
import { jobHandlers } from '../../jobs/index.js';
import { makeKey } from '../../src/access/api-keys.js';
import { newEntryToken } from '../../src/access/entry-tokens.js';
import { beginSession } from '../../src/access/sessions.js';
import { addUser } from '../../src/access/users.js';
import { doorsOf } from '../../src/api/doors.js';
import { serveHttp } from '../../src/api/server.js';
import { type App, openApp } from '../../src/app.js';
import { backUpHouse } from '../../src/backup/back-up-house.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import { newKeyText } from '../../src/config/key.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { ChannelOrder } from '../../src/domain/order.js';
import { houseLog } from '../../src/log/log.js';
import type { OrderDesk } from '../../src/orders/order-desk.js';
import { placeOrders } from '../../src/orders/place.js';
import { pullOrders } from '../../src/orders/pull.js';
import { type OwnRedis, ownRedis } from '../faults/redis-server.js';
import { line, order } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type EchoShop, echoShop } from './echo-shop.js';
import {
  DIGITS,
  FACTS_PER_BUYER,
  findings,
  plainForms,
  plantedBuyer,
  plantedSecret,
  STEM,
} from './planted.js';

/** 120 with `npm run canaries`: 1,320 facts of buyers and 1,080 tokens. */
const COUNT = Number(process.env.OMNIFEED_CANARIES ?? 18);
const TOKENS_PER_PERSON = 3;

describe('secrets and buyers that were planted', () => {
  let folder: string;
  let app: App;
  let shop: EchoShop;
  let market: RunningSimulator;
  let redis: OwnRedis;
  let clockMs = Date.parse('2026-11-25T12:00:00.000Z');
  const clock = { now: () => new Date(clockMs).toISOString(), monotonicMs: () => performance.now() };
  const places = new Map<string, Buffer>();
  /** Secrets the house made itself: each is random, so each is looked for by itself. */
  const made: string[] = [];
  let lines = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-canaries-'));
    shop = await echoShop();
    redis = await ownRedis();
    const module = await memory.simulator?.();
    if (!module) throw new Error('the memory connector has a simulator');
    market = await module.start({ port: 0, processingMs: 10 });
    await writeFile(path.join(folder, 'omnifeed.key'), newKeyText(), { mode: 0o600 });
    const file = path.join(folder, 'omnifeed.yaml');
    await writeFile(file, stringify(configuration()));
    const to = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines += chunk.toString('utf8');
        done();
      },
    });
    const log = houseLog({ level: 'info', to });
    app = await openApp(file, { clock, log, environment: {}, random: () => 0.5 });
    for (const secret of app.config.secrets) log.hide(secret);
    await live();
    await gather();
  }, 600_000);
  afterAll(async () => {
    await market.stop();
    await shop.close();
    await redis.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** A market, a shop that repeats everything, and a channel whose token is refused. */
  function configuration(): object {
    const settings = market.settings as Record<string, string>;
    return {
      database: 'omnifeed.db',
      keyFile: 'omnifeed.key',
      queue: `redis://127.0.0.1:${redis.port}`,
      http: { port: 0 },
      channels: {
        market: {
          connector: 'memory',
          ...market.market,
          settings,
          orders: { placeIn: 'shop', policy: 'all' },
        },
        refused: {
          connector: 'memory',
          ...market.market,
          settings: { ...settings, token: plantedSecret('token') },
        },
        shop: {
          connector: 'webhook-shop',
          ...market.market,
          settings: { address: shop.address, secret: plantedSecret('shop-signing'), buyerContact: true },
        },
      },
    };
  }

  /** What a house does in a day, and what goes wrong in it. */
  async function live(): Promise<void> {
    await fillCatalog(app.database, smallCatalog(), clock);
    const desk = await app.orderDesk('market');
    if (!desk) throw new Error('the market sells');
    const told: OrderDesk = { ...desk, port: { ...desk.port, pull: pages() } };
    for (let round = 0; round < 3; round++) {
      await pullOrders(told);
      await placeOrders(told);
      clockMs += 3_600_000;
    }
    const handlers = jobHandlers(app);
    const { signal } = new AbortController();
    for (const job of ['sweep', 'facts', 'purge']) await handlers[job]?.('*', signal);
    for (const job of ['reconcile', 'observe', 'check', 'pull-orders'])
      for (const channel of ['market', 'refused'])
        await handlers[job]?.(channel, signal).catch((error: unknown) =>
          note(`error of ${job}`, String(error)),
        );
    await signIn();
    await backUpHouse(app.config, await app.key(), clock.now());
  }

  /** Pages of the market: half of the orders at first, then a failure that quotes one, then the rest. */
  function pages(): OrderDesk['port']['pull'] {
    let call = 0;
    const orders = Array.from(
      { length: COUNT },
      (_, n): ChannelOrder =>
        order(`A-${n}`, { lines: [line('1')], buyer: plantedBuyer(n), raw: { id: `A-${n}` } }),
    );
    return async () => {
      call += 1;
      if (call === 2)
        throw new ChannelError('getOrders answered 500', {
          code: 'channel_failed',
          kind: 'ambiguous',
          owner: 'channel',
          advice: 'It is asked again by itself.',
          cause: new Error(JSON.stringify(plantedBuyer(0))),
        });
      const half = Math.ceil(COUNT / 2);
      return {
        orders: call === 1 ? orders.slice(0, half) : orders.slice(half),
        cursor: String(call),
        more: call === 1,
      };
    };
  }

  async function signIn(): Promise<void> {
    for (let n = 0; n < COUNT * TOKENS_PER_PERSON; n++) {
      const user = await addUser(
        app.database,
        { email: `p${n}@shop.example`, name: `P ${n}`, role: 'viewer' },
        clock.now(),
      );
      const place = { address: '127.0.0.1', browser: 'test', now: clock.now() };
      const wish = { name: `key ${n}`, scopes: ['listings:read' as const], endsAt: null, by: 'test' };
      made.push(
        await beginSession(app.database, { ...user, secondFactor: false }, place),
        (await makeKey(app.database, wish, clock.now())).secret,
        (await newEntryToken(app.database, user.id, clock.now())).token,
      );
    }
  }

  /** Everything somebody may come by: files of the house and of Redis, the log, and what the API answers to those without the right. */
  async function gather(): Promise<void> {
    note('log', lines);
    await askAround();
    await app.queue.depth();
    await app.database.run('UPDATE catalog_clock SET value = value'); // so that there is a log of the database too
    for (const file of filesIn(folder))
      if (!/omnifeed\.(yaml|key)$/.test(file)) places.set(file, readFileSync(file));
    await app.close();
    for (const file of [...filesIn(folder), ...filesIn(redis.folder)])
      if (!/omnifeed\.(yaml|key)$/.test(file)) places.set(`${file} at the end`, readFileSync(file));
  }

  async function askAround(): Promise<void> {
    const server = await serveHttp(doorsOf(app, '1.2.3'), { host: '127.0.0.1', port: 0, log: app.log });
    const cookie = `omnifeed=${made[0]}`;
    for (const at of ROUTES) {
      for (const headers of [{}, { cookie, 'x-omnifeed-console': '1' }]) {
        const reply = await fetch(`${server.url}${at}`, { headers: headers as Record<string, string> });
        note(`${at} ${'cookie' in headers ? 'of a viewer' : 'of nobody'}`, await reply.text());
      }
    }
    await server.close();
  }

  const note = (place: string, text: string): unknown => places.set(place, Buffer.from(text));

  it('were many, and really went through the house', async () => {
    expect(shop.posted()).toBeGreaterThanOrEqual(COUNT);
    expect(made).toHaveLength(COUNT * TOKENS_PER_PERSON * 3);
    if (COUNT >= 120) {
      expect(COUNT * FACTS_PER_BUYER).toBeGreaterThan(1_000);
      expect(made.length).toBeGreaterThan(1_000);
    }
    expect(lines).not.toBe('');
    expect([...places.keys()].filter((place) => place.includes('.db'))).not.toEqual([]);
    expect([...places.keys()].filter((place) => place.includes('backups'))).not.toEqual([]);
    expect([...places.keys()].filter((place) => place.includes('aof'))).not.toEqual([]);
    expect(places.get('/api/v1/orders of a viewer')?.toString()).toContain('"order":"A-');
  });

  it('would be found if they were somewhere', () => {
    const hidden = `x${Buffer.from(`..${STEM}123`).toString('base64')}y`;
    for (const text of [`a ${STEM} b`, hidden, encodeURIComponent(`ä ${STEM}`), `{"p":"+1 ${DIGITS}"}`])
      expect(findings(new Map([['here', Buffer.from(text)]]), [STEM, DIGITS])).not.toEqual([]);
  });

  it('are nowhere: not in the database, its log, the backups, Redis, the log, errors or answers to those without the right', () => {
    expect(findings(places, [STEM, DIGITS])).toEqual([]);
  });

  it('of the house itself are nowhere either', { timeout: 300_000 }, () => {
    expect(findings(places, made, plainForms)).toEqual([]);
  });
});

const ROUTES = [
  '/api/v1/orders',
  '/api/v1/orders/market/A-0',
  '/api/v1/orders/market/A-1',
  '/api/v1/overview',
  '/api/v1/channels',
  '/api/v1/channels/shop',
  '/api/v1/channels/refused',
  '/api/v1/search?q=Ada',
  '/api/v1/runs',
  '/api/v1/listings',
  '/api/v1/products',
  '/api/v1/keys',
  '/api/v1/users',
  '/api/v1/openapi.json',
  '/metrics',
  '/statusz',
  '/readyz',
  '/nowhere',
];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
