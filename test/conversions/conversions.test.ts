import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { cameFromMeta, purchaseEvent } from '../../connectors/meta/conversions.js';
import { type RunningGraph, startGraph } from '../../connectors/meta/simulator/index.js';
import { conversionsDoor } from '../../src/api/conversions-door.js';
import { type HttpServer, serveHttp } from '../../src/api/server.js';
import { type App, openApp } from '../../src/app.js';
import { hashBuyer } from '../../src/conversions/hash-buyer.js';
import { readPurchase } from '../../src/conversions/read-purchase.js';
import { reportPurchases } from '../../src/conversions/report-purchases.js';
import { purgePurchases } from '../../src/conversions/store-purchases.js';
import { instantOf } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { WebPurchase } from '../../src/domain/web-purchase.js';
import { silentLog } from '../support/silent-log.js';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const SECRET = 'a-secret-of-the-shop';

/** A purchase as a shop tells it. */
const TOLD: JsonObject = {
  orderId: '1001',
  placedAt: '2026-11-24T05:00:00Z',
  currency: 'EUR',
  total: '47.80',
  consent: true,
  landing: 'https://shop.example/p/tee?fbclid=AbC&utm_source=ig',
  page: 'https://shop.example/thanks?email=jane@example.com',
  buyer: { email: ' Jane.Doe@Example.com ', phone: '+49 (0)30 1234567', country: 'DE' },
  lines: [{ sku: 'TEE-001', quantity: 2, unitPrice: '23.90' }],
};
function purchaseOf(difference: JsonObject = {}): WebPurchase {
  const read = readPurchase({ ...TOLD, ...difference });
  if (read.outcome !== 'purchase') throw new Error(JSON.stringify(read));
  return read.purchase;
}

describe('a purchase told by the shop', () => {
  it('is hashed at once: nothing plain of the buyer is left, not even in the page', () => {
    const purchase = purchaseOf();
    expect(purchase.buyer).toEqual({
      email: sha('jane.doe@example.com'),
      phone: sha('490301234567'),
      country: sha('de'),
    });
    expect(JSON.stringify(purchase).toLowerCase()).not.toMatch(/jane|1234567/);
    expect(purchase).toMatchObject({
      eventId: 'order-1001',
      page: 'https://shop.example/thanks',
      total: { minor: 4_780, currency: 'EUR' },
    });
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      'names in small letters without signs',
      { firstName: ' Jürgen-Peter ', lastName: "O'Neil" },
      { firstName: sha('jürgenpeter'), lastName: sha('oneil') },
    ],
    ['post codes without blanks', { postalCode: 'SW1A 1AA' }, { postalCode: sha('sw1a1aa') }],
    [
      'nothing for what is no e-mail, no phone and no country',
      { email: 'none', phone: '12', country: 'Germany' },
      {},
    ],
    ['nothing for what is no text', { email: 7, city: '' }, {}],
  ])('gives %s', (_, buyer, hashed) => {
    expect(hashBuyer(buyer)).toEqual(hashed);
  });

  it.each<[string, JsonObject, RegExp]>([
    ['no order number', { orderId: '' }, /orderId/],
    ['a time without a zone', { placedAt: '2026-11-24T05:00:00' }, /placedAt/],
    ['no currency', { currency: 'euro' }, /currency/],
    ['a total as a number', { total: 47.8 }, /total/],
    ['a total below zero', { total: '-1.00' }, /total/],
    ['more decimals than the currency has', { currency: 'JPY', total: '47.80' }, /total/],
    ['no lines', { lines: [] }, /lines/],
    ['half a thing', { lines: [{ sku: 'A', quantity: 0.5, unitPrice: '1.00' }] }, /lines/],
  ])('is refused with %s', (_, difference, message) => {
    expect(readPurchase({ ...TOLD, ...difference })).toMatchObject({
      outcome: 'refused',
      message: expect.stringMatching(message) as string,
    });
  });

  it.each([[false], ['true'], [1], [undefined]])('is not looked at when consent is %s', (consent) => {
    const { consent: _, ...rest } = TOLD;
    expect(readPurchase({ ...rest, ...(consent === undefined ? {} : { consent }) })).toEqual({
      outcome: 'no_consent',
      orderId: '1001',
    });
  });

  it.each<[JsonObject, boolean]>([
    [{ fbclid: 'x' }, true],
    [{ fbc: 'fb.1.1.x' }, true],
    [{ cart_origin: 'instagram' }, true],
    [{ utm_source: 'IGShopping' }, true],
    [{ utm_source: 'newsletter' }, false],
    [{ cart_origin: 'elsewhere' }, false],
    [{ gclid: 'x' }, false],
    [{}, false],
  ])('with the marks %j came from Meta: %s', (marks, came) => {
    expect(cameFromMeta(purchaseOf({ landing: 'https://shop.example/', marks }))).toBe(came);
  });

  it('becomes an event with the ids of the catalog and the id the shop’s page uses', () => {
    expect(
      purchaseEvent(purchaseOf({ eventId: 'ev-7', marks: { fbp: 'fb.1.2.3' }, userAgent: 'Browser' })),
    ).toEqual({
      event_name: 'Purchase',
      event_id: 'ev-7',
      event_time: 1_795_496_400,
      action_source: 'website',
      event_source_url: 'https://shop.example/thanks',
      user_data: {
        em: [sha('jane.doe@example.com')],
        ph: [sha('490301234567')],
        country: [sha('de')],
        fbc: 'fb.1.1795496400000.AbC',
        fbp: 'fb.1.2.3',
        client_user_agent: 'Browser',
      },
      custom_data: {
        currency: 'EUR',
        value: 47.8,
        order_id: '1001',
        content_type: 'product',
        content_ids: ['TEE-001'],
        contents: [{ id: 'TEE-001', quantity: 2, item_price: 23.9 }],
      },
    });
  });
});

describe('purchases reported to Meta', () => {
  let graph: RunningGraph;
  let folder: string;
  let app: App;
  let server: HttpServer;
  let nowMs: number;
  const logged: string[] = [];

  beforeEach(async () => {
    nowMs = Date.parse('2026-11-24T06:00:00Z');
    graph = await startGraph({ port: 0, processingMs: 0 }, () => nowMs);
    folder = await mkdtemp(path.join(tmpdir(), 'conversions-'));
    app = await open({ datasetId: '777' });
    server = await serveHttp([conversionsDoor(app, SECRET)], { host: '127.0.0.1', port: 0, log: silentLog });
  });
  afterEach(async () => {
    await server.close();
    await app.close();
    await graph.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(conversions: JsonObject | null): Promise<App> {
    const file = path.join(folder, 'omnifeed.yaml');
    const settings = { ...graph.settings, ...(conversions === null ? {} : { conversions }) };
    const channels = {
      'meta-us': { connector: 'meta', ...graph.market, settings },
      plain: { connector: 'memory', ...graph.market },
    };
    await writeFile(
      file,
      stringify({ database: path.join(folder, 'o.db'), conversions: { secret: SECRET }, channels }),
    );
    const clock = { now: () => instantOf(nowMs), monotonicMs: () => nowMs };
    const keep = (facts: object, message: string): void =>
      void logged.push(`${message} ${JSON.stringify(facts)}`);
    const log = { info: keep, warn: keep, error: keep };
    return openApp(file, {
      environment: {
        OMNIFEED_KEY: Buffer.from(Array.from({ length: 32 }, (_, n) => n * 7)).toString('base64'),
      },
      clock,
      log,
    });
  }
  async function tell(
    body: unknown,
    secret = SECRET,
    channel = 'meta-us',
  ): Promise<{ status: number; body: JsonObject }> {
    const reply = await fetch(`${server.url}/conversions/${channel}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify(body),
    });
    return { status: reply.status, body: (await reply.json()) as JsonObject };
  }
  async function report() {
    const port = app.open('meta-us').conversions;
    if (!port) throw new Error('no conversions');
    const { database, clock } = app;
    const desk = { channel: 'meta-us', port, database, clock, sealer: await app.sealer(), random: () => 0.5 };
    return reportPurchases(desk, app.signal);
  }
  const stored = (): Promise<
    { order_id: string; state: string; sealed: string | null; reason: string | null }[]
  > => app.database.all('SELECT order_id, state, sealed, reason FROM web_purchase ORDER BY order_id');
  const orders = (): unknown[] =>
    graph.state.events.map((event) => (event.custom_data as JsonObject).order_id);
  const many = (count: number): JsonObject[] =>
    Array.from({ length: count }, (_, n) => ({ ...TOLD, orderId: `O${n}` }));

  it('are off unless the channel’s settings name a dataset', async () => {
    await app.close();
    app = await open(null);
    expect(app.open('meta-us').conversions).toBeUndefined();
  });

  it('travel from the shop to the dataset once, however often they are told', async () => {
    expect(await tell(TOLD)).toEqual({
      status: 202,
      body: { taken: 1, known: 0, withoutConsent: 0, fromElsewhere: 0, refused: [] },
    });
    expect((await tell(TOLD)).body).toMatchObject({ taken: 0, known: 1 });
    expect(await report()).toMatchObject({ due: 1, sent: 1, refused: 0, expired: 0, postponed: 0 });
    expect((await tell(TOLD)).body).toMatchObject({ known: 1 });
    expect(await report()).toMatchObject({ due: 0 });
    expect(orders()).toEqual(['1001']);
    expect(graph.state.events[0]).toMatchObject({ dataset: '777', event_id: 'order-1001' });
  });

  it('without consent or from elsewhere are counted and forgotten; a bad one does not stain its neighbours', async () => {
    const told = [
      TOLD,
      { ...TOLD, orderId: '2', consent: false },
      { ...TOLD, orderId: '3', landing: 'https://shop.example/' },
      { ...TOLD, orderId: '4', total: 1 },
    ];
    expect(await tell(told)).toMatchObject({
      status: 202,
      body: { taken: 1, withoutConsent: 1, fromElsewhere: 1, refused: [{ place: 3 }] },
    });
    expect((await stored()).map((row) => row.order_id)).toEqual(['1001']);
    expect((await tell({ ...TOLD, total: 1 })).status).toBe(400);
  });

  it('are sealed while they wait, and nothing of the buyer is left when they are done or in the log', async () => {
    await tell(TOLD);
    const [waiting] = await stored();
    expect(waiting?.sealed).toMatch(/^v1\./);
    expect(waiting?.sealed).not.toContain(sha('jane.doe@example.com'));
    await report();
    expect(await stored()).toEqual([{ order_id: '1001', state: 'sent', sealed: null, reason: null }]);
    expect(logged.join('\n')).not.toMatch(/jane|AbC|1001/);
  });

  it('need the secret, a channel that takes them, and no more than 100 a call', async () => {
    expect((await tell(TOLD, 'a-wrong-secret-given')).status).toBe(401);
    expect((await tell(TOLD, SECRET, 'plain')).status).toBe(404);
    expect((await tell(TOLD, SECRET, 'nowhere')).status).toBe(404);
    expect((await tell(many(101))).status).toBe(413);
    expect(await stored()).toEqual([]);
  });

  it('wait out a throttled call for as long as Meta says', async () => {
    await tell(TOLD);
    graph.faults.add({ kind: 'throttle', ms: 180_000 });
    expect(await report()).toMatchObject({ sent: 0, postponed: 1, failure: { kind: 'throttled' } });
    nowMs += 179_000;
    expect(await report()).toMatchObject({ due: 0 });
    nowMs += 3_000;
    expect(await report()).toMatchObject({ sent: 1 });
  });

  it('are sent again under the same event id when the answer was lost', async () => {
    await tell(TOLD);
    graph.faults.add({ kind: 'drop-after' });
    expect(await report()).toMatchObject({ postponed: 1, failure: { kind: 'ambiguous' } });
    nowMs += 60_000;
    expect(await report()).toMatchObject({ sent: 1 });
    expect(new Set(graph.state.events.map((event) => event.event_id))).toEqual(new Set(['order-1001']));
  });

  it('do not hold each other up: the one Meta refuses is found by halving', async () => {
    await tell(many(9));
    // Meta counts the age by its own clock, which is a minute ahead: one order is too old there.
    await tell({ ...TOLD, orderId: 'BAD', placedAt: '2026-11-17T06:00:30Z' });
    nowMs += 20_000;
    graph.state.nowMs = () => nowMs + 60_000;
    const told = await report();
    expect(told).toMatchObject({ due: 10, sent: 9, refused: 1, failure: null });
    expect((await stored()).filter((row) => row.state === 'refused').map((row) => row.order_id)).toEqual([
      'BAD',
    ]);
    expect(graph.calls.filter((call) => call.path.endsWith('/events')).length).toBeLessThanOrEqual(9);
  });

  it('that are older than seven days are let go, and settled ones are forgotten after thirty', async () => {
    await tell([TOLD, { ...TOLD, orderId: 'OLD', placedAt: '2026-11-16T05:00:00Z' }]);
    expect(await report()).toMatchObject({ due: 2, sent: 1, expired: 1 });
    expect(orders()).toEqual(['1001']);
    expect(await purgePurchases(app.database, instantOf(nowMs + 29 * 86_400_000))).toBe(1);
    expect(await purgePurchases(app.database, instantOf(nowMs + 31 * 86_400_000))).toBe(1);
  });
});
