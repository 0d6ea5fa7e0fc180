import { expect, it } from 'vitest';
import { refundInShop as refundByHand } from '../../connectors/memory/store/store-shop.js';
import { setStock } from '../../src/catalog/set-stock.js';
import type { SinkPort } from '../../src/channel/store-ports.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { RefundToBook } from '../../src/domain/store-order.js';
import { resolveExceptions } from '../../src/orders/by-hand.js';
import { channelRefunds } from '../../src/orders/channel-refunds.js';
import { listExceptions } from '../../src/orders/exceptions.js';
import { refundInShop } from '../../src/orders/refund-in-shop.js';
import { orderLife } from '../../src/orders/timeline.js';
import { returnInStore } from '../../src/stores/return-in-store.js';
import { fulfilDesk, location } from '../stores/support.js';
import { onEachDatabase } from '../support/databases.js';
import { CHANNEL, type House, Killed, round, rounds, shippedHouse } from './ordered-house.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const BERLIN = location('berlin', { uses: ['return'] });

onEachDatabase('money given back at the channel', (open) => {
  const house = async (change?: (sink: SinkPort) => SinkPort): Promise<House> =>
    shippedHouse((await open()).database, change);
  /** The channel gives money back by itself. */
  const given = async ({ desk, id, line }: House, reference: string, quantity: number, minor?: number) => {
    const lines = [{ lineExternalId: line, quantity, ...(minor === undefined ? {} : { item: usd(minor) }) }];
    const message = { kind: 'refund', reference, orderExternalId: id, reason: 'other', lines } as const;
    await desk.port.tell?.([message], reference);
  };
  const inShop = ({ shop, storeId }: House) =>
    (shop.shopOrders.get(storeId)?.refunds ?? []).map(({ key, amount, lines }) => ({
      key,
      minor: amount.minor,
      units: lines.map(({ quantity }) => quantity),
    }));
  const asked = async ({ desk }: House): Promise<string[]> =>
    (await listExceptions(desk.database, null, 50)).map(({ code }) => code).sort();
  const toldToChannel = ({ market, id }: House): string[] =>
    [...(market.orders.get(id)?.messages.keys() ?? [])].filter((key) => key !== 'acknowledge');

  it('is booked in the shop with the channel’s amount, once, and not told to the channel again', async () => {
    const made = await house();
    await given(made, 'seller', 1, 1_500);
    await rounds(made, 4);
    expect(inShop(made)).toEqual([
      { key: `${CHANNEL}:${made.id}:channel:${made.line}=1/1500`, minor: 1_500, units: [1] },
    ]);
    expect(toldToChannel(made)).toEqual(['seller']);
    expect(await asked(made)).toEqual([]);
    const life = await orderLife(made.desk.database, { channel: CHANNEL, externalId: made.id });
    expect(life?.timeline.map(({ what }) => what)).toContain(
      `refund channel:${made.line}=1/1500 booked in the shop as SR-1`,
    );
    await given(made, 'seller-2', 2, 3_998);
    await rounds(made, 4);
    expect(inShop(made).map(({ minor, units }) => [minor, units])).toEqual([
      [1_500, [1]],
      [3_998, [2]],
    ]);
  });

  it('for nothing that came back is booked as money only', async () => {
    const made = await house();
    await given(made, 'goodwill', 0, 300);
    await rounds(made);
    await given(made, 'more', 0, 200);
    await rounds(made);
    expect(inShop(made).map(({ minor, units }) => [minor, units])).toEqual([
      [300, [0]],
      [200, [0]],
    ]);
  });

  it('without an amount is left to a person', async () => {
    const made = await house();
    await given(made, 'seller', 1);
    await rounds(made);
    expect(inShop(made)).toEqual([]);
    expect(await asked(made)).toEqual(['refunded_at_channel']);
    const [exception] = await listExceptions(made.desk.database, null, 1);
    expect(exception?.message).toContain('the channel does not say how much');
  });

  it('is left to a person by a shop that takes no refunds', async () => {
    const made = await house(({ refund: _none, ...sink }) => sink);
    await given(made, 'seller', 1, 1_999);
    await rounds(made);
    expect(await asked(made)).toEqual(['refunded_at_channel']);
    expect(await made.desk.database.all('SELECT reference FROM shop_refund')).toEqual([]);
  });

  it('that a person booked in the shop meanwhile is not booked again', async () => {
    const made = await house();
    await given(made, 'seller', 1, 1_999);
    await round(made); // decided, not booked yet
    refundByHand(made.shop, made.storeId, {
      reference: 'HAND',
      at: made.clock.now(),
      amount: usd(1_999),
      lines: [{ lineExternalId: made.line, sku: 'SHIRT-S', quantity: 1, amount: usd(1_999) }],
    });
    await rounds(made);
    expect(inShop(made)).toMatchObject([{ minor: 1_999 }]);
    expect(toldToChannel(made)).toEqual(['seller']);
    expect(await asked(made)).toEqual([]);
  });

  it.each([
    ['before the call', (): boolean => true],
    ['after the call', (): boolean => false],
  ])('is booked once although we died %s', async (_when, early) => {
    let deaths = 1;
    const made = await house((sink) => ({
      ...sink,
      async refund(refund: RefundToBook) {
        if (deaths > 0 && early()) {
          deaths -= 1;
          throw new Killed();
        }
        const answer = await sink.refund?.(refund);
        if (deaths > 0) {
          deaths -= 1;
          throw new Killed();
        }
        if (answer === undefined) throw new Error('no answer');
        return answer;
      },
    }));
    await given(made, 'seller', 1, 1_999);
    await rounds(made, 5);
    expect(deaths).toBe(0);
    expect(inShop(made)).toHaveLength(1);
    expect(await made.desk.database.all('SELECT state FROM shop_refund')).toEqual([{ state: 'booked' }]);
  });

  it('is not told again while the shop may still work on it', async () => {
    let calls = 0;
    const lost = new ChannelError('lost', {
      code: 'lost',
      kind: 'ambiguous',
      owner: 'channel',
      advice: 'Wait.',
    });
    const made = await house((sink) => ({
      ...sink,
      uncertainty: { quietMs: 600_000, searchAgainMs: 0 },
      refund: async () => {
        calls += 1;
        throw lost;
      },
    }));
    await given(made, 'seller', 1, 1_999);
    await rounds(made, 2);
    expect(calls).toBe(1);
    made.clock.advance(590_000);
    await refundInShop(made.desk);
    expect(calls).toBe(1);
    made.clock.advance(20_000);
    await refundInShop(made.desk);
    expect(calls).toBe(2);
  });

  it('that the shop refuses is a person’s, and is tried again when the person says so', async () => {
    let refuses = true;
    const made = await house((sink) => ({
      ...sink,
      refund: async (refund) =>
        refuses
          ? {
              booked: false,
              left: [
                { severity: 'error', code: 'closed', origin: 'channel', message: 'the books are closed' },
              ],
            }
          : ((await sink.refund?.(refund)) ?? { booked: false, left: [] }),
    }));
    await given(made, 'seller', 1, 1_999);
    await rounds(made);
    expect(await asked(made)).toEqual(['refunded_at_channel']);
    refuses = false;
    const place = { channel: CHANNEL, externalId: made.id };
    const closing = { code: null, retry: true, by: 'ops', now: made.clock.now() };
    await made.desk.database.transaction((tx) => resolveExceptions(tx, place, closing));
    await rounds(made);
    expect(inShop(made)).toHaveLength(1);
    expect(await asked(made)).toEqual([]);
  });

  it('for goods that came back to a store is booked once the channel took it, counted up only where the shop counts', async () => {
    const sent: RefundToBook[] = [];
    const made = await house((sink) => ({
      ...sink,
      refund: async (refund) => {
        sent.push(refund);
        return (await sink.refund?.(refund)) ?? { booked: false, left: [] };
      },
    }));
    const { database } = made.desk;
    const origin = { owner: 'shop-source', cause: 'counted', at: made.clock.now() };
    await setStock(database, [{ sku: 'SHIRT-S', location: 'berlin', onHand: 4 }], origin);
    const stores = fulfilDesk(database, [BERLIN], {
      channel: CHANNEL,
      sources: ['shop-source'],
      booksRefunds: true,
      clock: made.clock,
    });
    const bring = (reference: string, restock: boolean) =>
      database.transaction((tx) =>
        returnInStore(tx, stores, {
          externalId: made.id,
          location: BERLIN,
          reference,
          units: [{ sku: 'SHIRT-S', quantity: 1 }],
          restock,
          money: 'paid',
          shipping: null,
          by: 'ops',
        }),
      );
    await bring('R1', true);
    expect(await asked(made)).toEqual([]);
    await bring('R2', false);
    await rounds(made, 4);
    expect(inShop(made).map(({ key, minor }) => [key, minor])).toEqual([
      [`${CHANNEL}:${made.id}:return:R1`, 1_999],
      [`${CHANNEL}:${made.id}:return:R2`, 1_999],
    ]);
    expect(sent.map(({ lines }) => lines[0]?.restockAt)).toEqual(['berlin', null]);
    expect(toldToChannel(made)).toEqual(['return:R1', 'return:R2']);
    expect(await asked(made)).toEqual([]);
    const booked = await database.all('SELECT booked_as FROM order_return ORDER BY reference');
    expect(booked).toEqual([{ booked_as: 'SR-1' }, { booked_as: 'SR-2' }]);
  });
});

it('tells apart what cannot be booked by itself: units that are still here, and amounts that do not fit', () => {
  const line = {
    lineId: '1',
    sku: 'A',
    ordered: 2,
    cancelled: 0,
    shopCancelled: 0,
    shipped: 0,
    packed: 0,
    refunded: 1,
  };
  const sides = { lines: [line], messages: [], refunds: [], owed: [] };
  const found = (minor: number, shipped: number): (string | null | undefined)[] =>
    channelRefunds({
      ...sides,
      lines: [{ ...line, shipped }],
      amounts: new Map([['1', usd(minor)]]),
    }).map(({ unclear }) => unclear);
  expect(found(500, 0)).toEqual(['the units have not left']);
  expect(found(0, 2)).toEqual(['the amounts of both sides do not fit']);
  expect(found(500, 2)).toEqual([null]);
});
