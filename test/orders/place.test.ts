import { expect, it } from 'vitest';
import type { SinkPort } from '../../src/channel/store-ports.js';
import type { Database } from '../../src/db/database.js';
import { ChannelError, type FailureKind } from '../../src/domain/errors.js';
import { type PlacedOrders, placeOrders } from '../../src/orders/place.js';
import { pauseChannel, writeChannelState } from '../../src/sync/channel-state.js';
import { handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';
import { CHANNEL, deskWith, EARLY, order, take } from './order-bench.js';

onEachDatabase('placing orders', (open) => {
  /** A shop in the test's hand: what it holds, and what happens around a call. */
  function handShop(): SinkPort & { readonly held: string[]; around: (apply: () => void) => Promise<void> } {
    const shop = {
      held: [] as string[],
      around: async (apply: () => void) => apply(),
      find: async (key: string) =>
        shop.held.includes(key) ? [{ storeId: key, cancelled: false, shipments: [] }] : [],
      place: async ({ key }: { key: string }) => {
        await shop.around(() => void shop.held.push(key));
        return { storeId: key, cancelled: false, shipments: [] };
      },
      read: async () => [],
    };
    return shop;
  }

  const failure = (kind: FailureKind): ChannelError =>
    new ChannelError('the shop failed', { code: 'failed', kind, owner: 'channel', advice: 'Wait.' });
  const link = (database: Database): Promise<unknown> =>
    database.get('SELECT state, store_id FROM order_link');
  const exceptions = (database: Database): Promise<unknown> =>
    database.all('SELECT code, message FROM order_exception WHERE closed_at IS NULL');
  const NOTHING = { placed: 0, found: 0, failed: 0, waiting: 0 };
  const KEY = `${CHANNEL}:A`;

  it('stops asking the shop at the first order that meets lost credentials, until somebody resumes it', async () => {
    const { database } = await open();
    await take(database, [order('A'), order('B'), order('C')]);
    const shop = handShop();
    let asked = 0;
    const desk = {
      ...deskWith(database, {
        ...shop,
        find: () => {
          asked += 1;
          return Promise.reject(failure('auth-lost'));
        },
      }),
      callFailed: async () => {
        await pauseChannel(database, 'shop', { code: 'failed', at: EARLY });
      },
    };
    expect(await placeOrders(desk)).toEqual({ ...NOTHING, failed: 1 });
    expect(await placeOrders(desk)).toEqual(NOTHING);
    expect(asked).toBe(1);
    await writeChannelState(database, 'shop', { paused_code: null });
    expect(await placeOrders({ ...desk, ...deskWith(database, shop) })).toMatchObject({ placed: 3 });
  });

  it('leaves a link alone while another worker is asking the shop about it', async () => {
    const { database } = await open();
    await take(database, [order('A')]);
    const shop = handShop();
    const others: PlacedOrders[] = [];
    shop.around = async (apply) => {
      others.push(await placeOrders(deskWith(database, shop)));
      apply();
    };
    expect(await placeOrders(deskWith(database, shop))).toEqual({ ...NOTHING, placed: 1 });
    expect(others).toEqual([NOTHING]);
    expect(shop.held).toEqual([KEY]);
    expect(await link(database)).toEqual({ state: 'placed', store_id: KEY });
  });

  it('places once though a worker died while the shop was still working on its call', async () => {
    const { database } = await open();
    await take(database, [order('A')]);
    const clock = handClock();
    const shop = handShop();
    let applyLater = (): void => undefined;
    shop.around = (apply) => {
      applyLater = apply;
      return Promise.reject(new Error('killed'));
    };
    const desk = { ...deskWith(database, shop), clock };
    await expect(placeOrders(desk)).rejects.toThrow('killed');
    shop.around = async (apply) => apply();
    clock.advance(60_000);
    expect(await placeOrders(desk)).toEqual(NOTHING);
    applyLater();
    clock.advance(300_000);
    expect(await placeOrders(desk)).toEqual({ ...NOTHING, found: 1 });
    expect(shop.held).toEqual([KEY]);
  });

  it('waits after an unknown outcome, searches twice, and only then places again', async () => {
    const { database } = await open();
    await take(database, [order('A')]);
    const clock = handClock();
    const shop = handShop();
    shop.around = () => Promise.reject(failure('ambiguous'));
    const desk = { ...deskWith(database, shop), clock };
    expect(await placeOrders(desk)).toEqual({ ...NOTHING, failed: 1 });
    shop.around = async (apply) => apply();
    clock.advance(179_000);
    expect(await placeOrders(desk)).toEqual(NOTHING);
    clock.advance(2_000);
    expect(await placeOrders(desk)).toEqual({ ...NOTHING, waiting: 1 });
    clock.advance(59_000);
    expect(await placeOrders(desk)).toEqual(NOTHING);
    expect(shop.held).toEqual([]);
    clock.advance(2_000);
    expect(await placeOrders(desk)).toEqual({ ...NOTHING, placed: 1 });
    expect(shop.held).toEqual([KEY]);
  });

  it('finds in the second search what the shop’s index did not show in the first', async () => {
    const { database } = await open();
    await take(database, [order('A')]);
    const clock = handClock();
    const shop = handShop();
    let shows = false;
    const { find } = shop;
    const lagging = { ...shop, find: async (key: string) => (shows ? find(key, EARLY) : []) };
    shop.around = (apply) => {
      apply();
      return Promise.reject(failure('ambiguous'));
    };
    const desk = { ...deskWith(database, lagging), clock };
    await placeOrders(desk);
    clock.advance(181_000);
    expect(await placeOrders(desk)).toEqual({ ...NOTHING, waiting: 1 });
    shows = true;
    clock.advance(61_000);
    expect(await placeOrders(desk)).toEqual({ ...NOTHING, found: 1 });
    expect(shop.held).toEqual([KEY]);
  });

  it('goes on from the draft an earlier attempt left, without a second search and without a second draft', async () => {
    const { database } = await open();
    await take(database, [order('A')]);
    const clock = handClock();
    const shop = handShop();
    shop.around = () => Promise.reject(failure('ambiguous'));
    const drafts: (string | null)[] = [];
    const inTwoSteps = {
      ...shop,
      find: async () => [{ storeId: 'D1', draft: true, cancelled: false, shipments: [] }],
      place: async ({ key, draft }: { key: string; draft: string | null }) => {
        drafts.push(draft);
        return { storeId: draft ?? key, cancelled: false, shipments: [] };
      },
    };
    await placeOrders({ ...deskWith(database, shop), clock });
    clock.advance(181_000);
    expect(await placeOrders({ ...deskWith(database, inTwoSteps), clock })).toEqual({
      ...NOTHING,
      placed: 1,
    });
    expect(drafts).toEqual(['D1']);
    expect(await link(database)).toEqual({ state: 'placed', store_id: 'D1' });
  });

  it('adopts the oldest of two orders it finds, cancels none, and tells a person of both', async () => {
    const { database } = await open();
    await take(database, [order('A')]);
    const shop = handShop();
    const twice = {
      ...shop,
      find: async () => ['#1', '#2'].map((storeId) => ({ storeId, cancelled: false, shipments: [] })),
    };
    expect(await placeOrders(deskWith(database, twice))).toEqual({ ...NOTHING, found: 1 });
    expect(await link(database)).toEqual({ state: 'placed', store_id: '#1' });
    expect(await exceptions(database)).toEqual([
      { code: 'placed_twice', message: expect.stringContaining('#1, #2') },
    ]);
  });

  it.each([
    ['total', { total: { minor: 1_133, currency: 'EUR' } }, ['total 11.33 EUR instead of 11.65 EUR']],
    [
      'shipping',
      { total: { minor: 1_165, currency: 'EUR' }, shipping: { minor: 0, currency: 'EUR' } },
      ['shipping 0.00'],
    ],
    [
      'outstanding',
      { total: { minor: 1_165, currency: 'EUR' }, outstanding: { minor: 1, currency: 'EUR' } },
      ['to be paid 0.01'],
    ],
    ['nothing', { total: { minor: 1_165, currency: 'EUR' }, shipping: { minor: 499, currency: 'EUR' } }, []],
  ])(
    'keeps an order whose %s in the shop differs from what was paid, and shows both numbers',
    async (_what, totals, told) => {
      const { database } = await open();
      const total = { minor: 1_165, currency: 'EUR' };
      await take(database, [order('A', { total, shippingPrice: { minor: 499, currency: 'EUR' } })]);
      const shop = handShop();
      const place = async ({ key }: { key: string }) => ({
        storeId: key,
        cancelled: false,
        shipments: [],
        totals,
      });
      expect(await placeOrders(deskWith(database, { ...shop, place }))).toEqual({ ...NOTHING, placed: 1 });
      expect(await exceptions(database)).toEqual(
        told.map((text) => ({ code: 'totals_differ', message: expect.stringContaining(text) })),
      );
    },
  );

  it('tries a call that certainly was not applied again without a quiet period', async () => {
    const { database } = await open();
    await take(database, [order('A')]);
    const shop = handShop();
    const clock = handClock();
    shop.around = () => Promise.reject(failure('not-sent'));
    const desk = { ...deskWith(database, shop), clock };
    expect(await placeOrders(desk)).toEqual({ ...NOTHING, failed: 1 });
    shop.around = async (apply) => apply();
    clock.advance(1_000);
    expect(await placeOrders(desk)).toEqual({ ...NOTHING, placed: 1 });
  });

  it('does not place, and does not write over another worker, once its hold ran out', async () => {
    const { database } = await open();
    await take(database, [order('A')]);
    const clock = handClock();
    const shop = handShop();
    const desk = { ...deskWith(database, shop), clock };
    const { find } = shop;
    let paused = true;
    const slow = {
      ...desk,
      storefront: {
        id: 'shop',
        policy: 'all' as const,
        sink: {
          ...shop,
          find: async (key: string) => {
            const found = await find(key, EARLY);
            if (paused) {
              paused = false;
              clock.advance(600_000);
              expect(await placeOrders(desk)).toEqual({ ...NOTHING, placed: 1 });
            }
            return found;
          },
        },
      },
    };
    expect(await placeOrders(slow)).toEqual(NOTHING);
    expect(shop.held).toEqual([KEY]);
  });

  it('never places an order that could not be read', async () => {
    const { database } = await open();
    await take(database, [order('A', { lines: [] })]);
    const refuse = (): Promise<never> => Promise.reject(new Error('the shop is not asked'));
    const desk = deskWith(database, { find: refuse, place: refuse, read: refuse });
    expect(await placeOrders(desk)).toEqual(NOTHING);
    expect(await database.get('SELECT state, reason FROM channel_order')).toEqual({
      state: 'waiting',
      reason: 'the order could not be read: see its raw answer',
    });
  });
});
