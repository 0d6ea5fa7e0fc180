import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memory } from '../../../connectors/memory/index.js';
import type { MemorySettings } from '../../../connectors/memory/settings.js';
import { memoryStore } from '../../../connectors/memory/store/memory-store.js';
import { buy } from '../../../connectors/memory/store/store-orders.js';
import { shipFromShop } from '../../../connectors/memory/store/store-shop.js';
import type { OpenChannel, PendingSubmission } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { change, testHost } from './support.js';

function pending(id: string | null, skus: readonly string[]): PendingSubmission {
  const items = skus.map((sku) => ({ sku, externalId: null, action: 'upsert' as const, kind: null }));
  return { id, key: 'k', sentAt: '2026-11-24T00:00:00.000Z', items };
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

describe('the memory channel over HTTP', () => {
  let simulator: RunningSimulator;
  let channel: OpenChannel;

  beforeEach(async () => {
    const module = await memory.simulator?.();
    if (!module) throw new Error('no simulator');
    simulator = await module.start({ port: 0, processingMs: 0 });
    channel = memory.open(simulator.settings as MemorySettings, testHost());
  });
  afterEach(() => simulator.stop());

  it('is ready with the right token and refused with another one', async () => {
    expect(await channel.check()).toEqual([]);
    const stranger = memory.open({ endpoint: simulator.url, token: 'x' }, testHost());
    expect(await failure(stranger.check())).toMatchObject({ kind: 'auth-lost' });
  });

  it('shows a listing as computed once it is processed, and a verdict per SKU', async () => {
    const listing = { title: 'Lamp', price: '34.00 USD', nested: [{ a: 1 }] };
    const sent = await channel.listings?.submit([change('00012345', listing), change('1e5', {})], 'k1');
    expect(sent?.receipts.map((receipt) => receipt.outcome)).toEqual(['accepted', 'accepted']);
    const settled = await channel.listings?.settle?.(pending(sent?.id ?? null, ['00012345', '1e5']));
    expect(settled?.verdicts).toMatchObject([
      { sku: '00012345', outcome: 'live' },
      { sku: '1e5', outcome: 'rejected', issues: [{ code: 'missing_title' }] },
    ]);
    expect(simulator.held()).toEqual(new Map([['00012345', listing]]));
  });

  it('sends only the offer of an offer change and keeps the content', async () => {
    await channel.listings?.submit([change('A', { title: 'Lamp', price: '1.00 USD', quantity: 3 })], 'k1');
    await channel.listings?.submit([change('A', { title: 'Other', price: '2.00 USD' }, 'offer', 2)], 'k2');
    expect(simulator.held().get('A')).toEqual({ title: 'Lamp', price: '2.00 USD' });
  });

  it('takes the same batch again without a change, and never lets an older version win', async () => {
    await channel.listings?.submit([change('A', { title: 'New', price: '1.00 USD' }, 'upsert', 2)], 'k1');
    await channel.listings?.submit([change('A', { title: 'New', price: '1.00 USD' }, 'upsert', 2)], 'k1');
    await channel.listings?.submit([change('A', { title: 'Old', price: '1.00 USD' }, 'upsert', 1)], 'k2');
    expect(simulator.held().get('A')).toEqual({ title: 'New', price: '1.00 USD' });
  });

  it('says throttled with the delay, and ambiguous when the connection breaks after applying', async () => {
    simulator.faults.add({ kind: 'throttle', ms: 7_000 });
    const batch = [change('A', { title: 'Lamp', price: '1.00 USD' })];
    expect(await failure(Promise.resolve(channel.listings?.submit(batch, 'k1')))).toMatchObject({
      kind: 'throttled',
      againInMs: 7_000,
    });
    simulator.faults.add({ kind: 'drop-after' });
    expect(await failure(Promise.resolve(channel.listings?.submit(batch, 'k1')))).toMatchObject({
      kind: 'ambiguous',
    });
    expect(simulator.held().get('A')).toEqual({ title: 'Lamp', price: '1.00 USD' });
  });

  it('asks for a batch again when the store has forgotten it', async () => {
    const settled = await channel.listings?.settle?.(pending('gone', ['A']));
    expect(settled?.verdicts).toEqual([{ sku: 'A', outcome: 'retry', code: 'submission_unknown' }]);
  });

  it('tells what was changed behind our back and what is not ours', async () => {
    await channel.listings?.submit([change('A', { title: 'Lamp', price: '1.00 USD' })], 'k1');
    simulator.tamper('A', { title: 'Tampered' });
    simulator.tamper('B', { title: 'By hand' });
    simulator.refuse('C', 'policy');
    await channel.listings?.submit([change('C', { title: 'Knife', price: '1.00 USD' })], 'k2');
    const page = await channel.listings?.observe?.(null);
    expect(page?.next).toBeNull();
    expect(page?.items).toMatchObject([
      { sku: 'A', state: 'live', attributes: { title: 'Tampered' }, foreign: false },
      { sku: 'B', state: 'live', foreign: true },
      { sku: 'C', state: 'rejected', issues: [{ code: 'policy' }] },
    ]);
  });

  it('hands orders over oldest change first and once per cursor', async () => {
    const line = { sku: 'A', quantity: 2, unitPrice: '34.00' };
    const first = simulator.placeOrder?.({ lines: [line] });
    const second = simulator.placeOrder?.({ lines: [line], status: 'pending' });
    simulator.cancelOrder?.(first ?? '');
    const page = await channel.orders?.pull(null);
    expect(page?.orders.map((order) => [order.externalId, order.status])).toEqual([
      [second, 'pending'],
      [first, 'cancelled'],
    ]);
    expect(page?.orders[0]?.total).toEqual({ minor: 6_800, currency: 'USD' });
    expect(page?.orders[0]?.raw.buyer).toBeUndefined();
    expect((await channel.orders?.pull(page?.cursor ?? null))?.orders).toEqual([]);
  });

  it('takes parcels by reference and refuses more than was ordered', async () => {
    const id = simulator.placeOrder?.({ lines: [{ sku: 'A', quantity: 2, unitPrice: '1.00' }] }) ?? '';
    const parcel = (reference: string, quantity: number) => ({
      orderExternalId: id,
      reference,
      carrier: 'DHL',
      trackingNumber: 'T1',
      shippedAt: '2026-11-24T00:00:00.000Z',
      lines: [{ lineExternalId: `${id}-1`, quantity }],
    });
    expect(await channel.orders?.ship?.([parcel('p1', 1), parcel('p1', 1), parcel('p2', 2)])).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'accepted' },
      { reference: 'p2', outcome: 'rejected', issues: [{ code: 'more_than_ordered' }] },
    ]);
    expect(simulator.shipments?.()).toHaveLength(1);
    expect((await channel.orders?.pull(null))?.orders[0]?.status).toBe('partially-shipped');
  });
});

describe('the memory channel inside the process', () => {
  let name = '';
  beforeEach(() => {
    name = randomUUID(); // a store of this process ends with it: every test has its own
  });
  const open = (): OpenChannel => memory.open({ store: name }, testHost());

  it('places an order under its key, finds it again and reads its parcels', async () => {
    const store = memoryStore(name);
    buy(store, { currency: 'EUR', lines: [{ sku: 'A', quantity: 1, unitMinor: 100 }] });
    const order = (await open().orders?.pull(null))?.orders[0];
    if (!order) throw new Error('no order');
    const { sink } = open();
    expect(await sink?.find('k', order.placedAt)).toEqual([]);
    const placed = await sink?.place({ key: 'k', channel: 'memory-us', order, draft: null });
    expect(await sink?.find('k', order.placedAt)).toEqual([placed]);
    shipFromShop(store, placed?.storeId ?? '', {
      reference: 'r1',
      carrier: 'UPS',
      trackingNumber: '1Z',
      shippedAt: '2026-11-24T00:00:00.000Z',
      lines: [{ sku: 'A', quantity: 1 }],
    });
    const read = await sink?.read([placed?.storeId ?? '']);
    expect(read?.[0]?.shipments).toMatchObject([{ reference: 'r1', trackingNumber: '1Z' }]);
  });

  it('gives products and stock as they were put in, page by page', async () => {
    const store = memoryStore(name);
    for (let n = 0; n < 130; n++) {
      store.products.set(`p${n}`, {
        product: { id: `p${n}`, status: 'active' },
        variants: [{ sku: `s${n}`, content: {}, offer: {}, stock: [{ location: 'main', onHand: n }] }],
      });
    }
    const first = await open().source?.products(null);
    const second = await open().source?.products(first?.next ?? null);
    expect([first?.items.length, second?.items.length, second?.next]).toEqual([100, 30, null]);
    expect((await open().source?.stock?.('100'))?.items.at(-1)).toEqual({
      sku: 's129',
      location: 'main',
      onHand: 129,
    });
  });

  it('shares nothing with the caller', async () => {
    const attributes = { title: 'Lamp', price: '1.00 USD' };
    await open().listings?.submit([change('A', attributes)], 'k1');
    attributes.title = 'changed later';
    expect((await open().listings?.observe?.(null))?.items[0]?.attributes).toEqual({
      title: 'Lamp',
      price: '1.00 USD',
    });
  });
});
