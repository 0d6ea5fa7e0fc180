import { afterAll, beforeAll, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { writeDown } from '../../src/access/audit-log.js';
import { keepChannelFacts } from '../../src/activity/channel-facts.js';
import { ROUTES } from '../../src/api/routes/index.js';
import { keepSearchWords } from '../../src/catalog/keep-search-words.js';
import { setOverride } from '../../src/catalog/overrides.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { ListingPort } from '../../src/channel/connector.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import { settleOrders } from '../../src/orders/settle-orders.js';
import { storeOrders } from '../../src/orders/store-orders.js';
import { raiseProblem } from '../../src/problems/problems.js';
import { desireChannel } from '../../src/sync/desire.js';
import { syncRound } from '../../src/sync/run.js';
import { line, order } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ServedHouse, serveHouse, type Visitor } from '../support/served-house.js';

let house: ServedHouse;
let simulator: RunningSimulator;
let viewer: Visitor;

beforeAll(async () => {
  const module = await memory.simulator?.();
  if (!module) throw new Error('the memory channel has a simulator');
  simulator = await module.start({ port: 0, processingMs: 0 });
  const channel = { connector: 'memory', ...simulator.market, settings: simulator.settings };
  house = await serveHouse(
    `channels: { market: ${JSON.stringify(channel)} }\nsources: { shop: { path: products.csv } }\n`,
  );
  viewer = await house.visitor('viewer');
  await fill();
}, 60_000);
afterAll(async () => {
  await house.close();
  await simulator.stop();
});

/** Takes everything at once: the clock of this house stands still. */
const port: ListingPort = {
  submit: async (changes) => ({ id: null, receipts: changes.map(({ sku }) => ({ sku, outcome: 'live' })) }),
};
const usd = (minor: number) => ({ minor, currency: 'USD' });

/** A house in which something of everything happened: live, blocked, held by a person, sold, written down. */
async function fill(): Promise<void> {
  const { app, clock } = house;
  const { database } = app;
  await fillCatalog(database, smallCatalog(), clock);
  await keepSearchWords(database);
  const by = { actor: 'operator:test', at: clock.now() };
  await setOverride(
    database,
    { channel: 'market', scope: 'variant', key: 'SHIRT-M', exclude: 'sold out for good' },
    by,
  );
  const desk = await app.desk('market');
  await syncRound(desk, port, { atOnce: true });
  clock.move(60_000);
  await setPrices(database, [{ sku: '00012345', price: usd(4_000) }], {
    actor: 'operator:test',
    at: clock.now(),
  });
  const orders = [
    order('A/1', {
      shipBy: '2026-11-25T11:00:00.000Z',
      total: usd(1_999),
      lines: [line('1', { sku: 'SHIRT-S', unitPrice: usd(1_999) })],
    }),
    order('A-2', { status: 'shipped' }),
    order('A-3', { lines: [line('1', { sku: 'NOBODY-KNOWS' })] }),
  ];
  const buyers = await app.buyers();
  await database.transaction(async (tx) => {
    const { touched } = await storeOrders(tx, orders, { channel: 'market', buyers, now: clock.now() });
    await settleOrders(tx, touched, { channel: 'market', now: clock.now(), placing: 'all' });
  });
  await desireChannel(desk);
  await keepChannelFacts(database, ['market'], clock.now());
  const problem = { key: 'channel:market:calls', channel: 'market', severity: 'warning' } as const;
  await raiseProblem(
    database,
    { ...problem, code: 'throttled', message: 'Slow down.', advice: 'Wait.' },
    clock.now(),
  );
  await database.run(
    `INSERT INTO run (job, run_key, outcome, started_at, ended_at, facts, lines) VALUES ('reconcile', 'market', 'done', ?, ?, '{"submitted":3}', '[]')`,
    [clock.now(), clock.now()],
  );
}

const get = async (at: string) => {
  const answer = await viewer.call('GET', at);
  expect([at, answer.status, answer.body?.code]).toEqual([at, 200, undefined]);
  return answer.body;
};

const PLACES: Readonly<Record<string, string>> = {
  '/listings/:channel/:sku': '/listings/market/SHIRT-S',
  '/products/:id': '/products/shirt',
  '/products/:id/variants': '/products/shirt/variants',
  '/variants/:sku/history': '/variants/00012345/history',
  '/plans/:channel': '/plans/market',
  '/plans/:channel/changes': '/plans/market/changes',
  '/orders/:channel/:order': '/orders/market/A%2F1',
  '/listings/:channel/:sku/raw': '/listings/market/SHIRT-S/raw',
  '/listings/:channel/:sku/events': '/listings/market/00012345/events',
  '/stock/:sku': '/stock/SHIRT-S',
  '/runs/:id': '/runs/1',
  '/channels/:channel': '/channels/market',
  '/sources/:source/imports': '/sources/shop/imports',
  '/search': '/search?q=shirt',
};
const OWN =
  /^\/(overview|problems|products|variants|listings|plans|orders|stock|runs|schedules|channels|connectors|sources|search|start|reports)(\/|$)/;

it('every list, count and page answers in the shape it declares', async () => {
  const [imported] = (await get('/sources/shop/imports')).items;
  const places = {
    ...PLACES,
    '/sources/:source/imports/:import': `/sources/shop/imports/${imported.id}`,
    '/sources/:source/imports/:import/rows': `/sources/shop/imports/${imported.id}/rows`,
  };
  const paths = ROUTES.filter(({ method, path }) => method === 'GET' && OWN.test(path)).map(
    ({ path }) => path,
  );
  for (const path of paths)
    if (!path.includes(':') || path in places) await get((places as Record<string, string>)[path] ?? path);
  expect(paths.length).toBeGreaterThan(25);
});

it('the overview and the counts say the same, and every part is its list', async () => {
  const { channels } = await get('/overview');
  const { ledger } = channels[0];
  expect(ledger).toMatchObject({ catalog: 4, excluded: 1, unaccounted: 0 });
  expect((await get('/listings/counts')).channels).toEqual([{ channel: 'market', together: true, ledger }]);
  for (const state of ['live', 'waiting', 'excluded'])
    expect((await get(`/listings?state=${state}`)).total).toEqual({ rows: ledger[state], exact: true });
});

it('a channel on a simulator is one to practise on, whose secrets nobody is shown', async () => {
  const channel = await get('/channels/market');
  expect(channel).toMatchObject({ practice: true, standing: { practice: true } });
  expect(channel.capabilities).toEqual(expect.arrayContaining(['listings', 'orders']));
  const text = JSON.stringify(channel);
  for (const secret of house.app.config.secrets) expect(text).not.toContain(secret);
});

it('one listing says what is wanted, sent and shown, and why', async () => {
  const lamp = await get('/listings/market/00012345');
  expect(lamp).toMatchObject({
    sku: '00012345',
    see: 'older',
    state: { word: 'due' },
    sentKnown: true,
    showsKnown: true,
  });
  const price = lamp.attributes.find(({ name }: { name: string }) => name === 'price');
  expect(price).toMatchObject({ differs: true, want: '40.00 USD', sent: '49.50 USD', shows: '49.50 USD' });
  expect(price.steps[0]).toMatchObject({ sources: { 'variant.price': usd(4_000) } });
  expect(lamp.attributes[0].name).toBe('price');
  expect(await get('/listings/market/SHIRT-M')).toMatchObject({
    outcome: 'excluded',
    excluded: 'sold out for good',
  });
});

it('one listing shows how it travels, and what happened to it, the newest first', async () => {
  const raw = await get('/listings/market/00012345/raw');
  expect([raw.wanted.price, raw.sent.price, raw.answer.verdict]).toEqual(['40.00 USD', '49.50 USD', 'live']);
  expect((await get('/listings/market/SHIRT-M/raw')).wanted).toBeNull();
  const { items } = await get('/listings/market/00012345/events');
  expect(items[0]).toMatchObject({
    what: 'changed',
    who: 'operator:test',
    subject: 'price',
    new: usd(4_000),
  });
  expect(items.map(({ what }: { what: string }) => what)).toEqual(
    expect.arrayContaining(['sent', 'answered']),
  );
  const fixed = (await get('/listings/market/SHIRT-M/events')).items;
  expect(fixed.map(({ what }: { what: string }) => what)).toContain('fixed');
});

it('a product shows all channels side by side, and what was fixed by hand', async () => {
  expect(await get('/products/shirt')).toMatchObject({
    variantCount: 3,
    overrides: [{ key: 'SHIRT-M', exclude: 'sold out for good' }],
  });
  const { items } = await get('/products/shirt/variants');
  expect(items.map(({ sku }: { sku: string }) => sku)).toEqual(['SHIRT-S', 'SHIRT-M', 'SHIRT-L']);
  expect(items[0]).toMatchObject({
    onHand: 5,
    reserved: 2,
    listings: [{ channel: 'market', price: usd(1_999), available: 3 }],
  });
});

it('orders are in one tab each, and the tabs add up', async () => {
  const counts = await get('/orders/counts');
  expect(counts).toMatchObject({ 'to-ship': 2, shipped: 1, all: 3 });
  const { items } = await get('/orders?tab=to-ship');
  expect(items[0]).toMatchObject({ order: 'A/1', late: true, units: 1, total: usd(1_999) });
  const found = await get('/orders/market/A%2F1');
  expect(found).toMatchObject({
    lines: [{ sku: 'SHIRT-S', known: true, reserved: 1 }],
    money: { items: usd(1_999) },
  });
  expect(found.timeline[0]).toMatchObject({ who: 'channel' });
  expect((await get('/orders?late=true')).items).toHaveLength(1);
  expect((await get('/orders?number=A-')).items).toHaveLength(2);
});

it('a plan adds up and says what each change changes', async () => {
  const plan = await get('/plans/market');
  expect(plan.planned).toBe(plan.sends + plan.held);
  const { items } = await get('/plans/market/changes?change=offer');
  const lamp = items.find(({ sku }: { sku: string }) => sku === '00012345');
  expect(lamp.differences).toContainEqual({ attribute: 'price', before: '49.50 USD', after: '40.00 USD' });
});

it('the search box finds a SKU, a word of a title and an order', async () => {
  expect((await get('/search?q=00012345')).found[0]).toMatchObject({ kind: 'variant', id: '00012345' });
  expect((await get('/search?q=lin')).found).toContainEqual(
    expect.objectContaining({ kind: 'product', id: 'shirt' }),
  );
  expect((await get('/search?q=A%2F1')).found).toContainEqual(
    expect.objectContaining({ kind: 'order', id: 'A/1' }),
  );
});

it('sales add up by any key, and what somebody did is told to those who may know', async () => {
  const { rows } = await get('/reports/sales?by=channel');
  expect(rows).toContainEqual(
    expect.objectContaining({ channel: 'market', currency: 'USD', units: 1, revenue: 1_999 }),
  );
  expect((await viewer.call('GET', '/reports/sales?by=colour')).body.code).toBe('unknown_report_key');
  expect((await viewer.call('GET', '/audit')).status).toBe(403);
  const operator = await house.visitor('operator');
  const actor = { kind: 'user', id: 'u1', name: 'Ada', address: '127.0.0.1', requestId: 'r1' } as const;
  const deed = {
    action: 'POST /x',
    object: 'channel market',
    outcome: 'done',
    before: null,
    after: { on: true },
  };
  await writeDown(house.app.database, actor, { ...deed, at: house.clock.now() });
  const { items } = (await operator.call('GET', '/audit?object=channel%20market')).body;
  expect(items).toMatchObject([{ actorName: 'Ada', action: 'POST /x', after: { on: true } }]);
});

it('what is not there is said to be not there', async () => {
  for (const at of [
    '/products/none',
    '/orders/market/none',
    '/stock/none',
    '/runs/999',
    '/channels/none',
    '/listings/market/none',
  ])
    expect([at, (await viewer.call('GET', at)).status]).toEqual([at, 404]);
  expect((await viewer.call('GET', '/products?state=live')).body).toMatchObject({ code: 'channel_missing' });
  expect((await viewer.call('GET', '/listings?cursor=zzz')).status).toBe(422);
});
