import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importFrom } from '../../src/catalog/import-from.js';
import type { OpenChannel } from '../../src/channel/connector.js';
import type { StockReading } from '../../src/channel/store-ports.js';
import { nextSequence } from '../../src/db/sequence.js';
import { ChannelError } from '../../src/domain/errors.js';
import { type Instant, instantOf, plusMs } from '../../src/domain/instant.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { releaseSettled } from '../../src/orders/release-reservations.js';
import { reserve } from '../../src/stock/reserve.js';
import { sqliteDatabase, type TestDatabase } from '../support/databases.js';
import { product, variant } from './support.js';

const NOON = '2026-11-24T12:00:00.000Z';
const HOUR_MS = 3_600_000;
const SOURCE = { id: 'shop', role: 'primary', guard: {}, channel: 'my-shop' } as const;

/** A shop that hands out one product and one count a page, and says when each product changed. */
class Shop {
  readonly products = new Map<string, { readonly item: SourceProduct; readonly changedAt: Instant }>();
  counts: StockReading[] = [];
  /** Pages of products handed out before one fails; null: none does. */
  failsAfter: number | null = null;
  asked: (Instant | undefined)[] = [];

  put(id: string, skus: readonly string[], changedAt: Instant, minor = 1_000): void {
    const item = product(
      id,
      skus.map((sku) => variant(sku, minor)),
    );
    this.products.set(id, { item, changedAt });
  }

  open(): OpenChannel {
    return {
      check: () => Promise.resolve([]),
      source: {
        products: async (cursor, since) => {
          if (cursor === null) this.asked.push(since);
          const from = Number(cursor ?? 0);
          if (this.failsAfter !== null && from >= this.failsAfter) throw broken();
          const changed = [...this.products.values()].filter(({ changedAt }) => changedAt > (since ?? ''));
          return page(
            changed.map(({ item }) => item),
            from,
          );
        },
        stock: async (cursor) => page(this.counts, Number(cursor ?? 0)),
      },
    };
  }
}

function page<Item>(all: readonly Item[], from: number) {
  return { items: all.slice(from, from + 1), next: from + 1 < all.length ? String(from + 1) : null };
}

function broken(): ChannelError {
  return new ChannelError('the shop broke', {
    code: 'no_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: '',
  });
}

describe('a shop as a source', () => {
  let test: TestDatabase;
  let shop: Shop;
  let now: Instant;
  beforeEach(async () => {
    test = await sqliteDatabase();
    shop = new Shop();
    now = NOON;
    for (const id of ['hat', 'cap', 'scarf']) shop.put(id, [`${id}-s`, `${id}-m`], plusMs(NOON, -HOUR_MS));
    shop.counts = [
      { sku: 'hat-s', location: 'main', onHand: 5 },
      { sku: 'hat-s', location: 'store', onHand: 2, asOf: plusMs(NOON, -2 * HOUR_MS) },
      { sku: 'cap-m', location: 'main', onHand: -1 },
    ];
  });
  afterEach(() => test.dispose());

  const load = (more: { whole?: boolean; force?: string } = {}) =>
    importFrom(
      {
        database: test.database,
        clock: { now: () => now, monotonicMs: () => Date.parse(now) },
        signal: new AbortController().signal,
        open: () => shop.open(),
      },
      { source: SOURCE, actor: 'test', ...more },
    );
  const later = (ms: number): void => {
    now = instantOf(Date.parse(now) + ms);
  };
  const levels = () =>
    test.database.all('SELECT sku, location, on_hand, read_at FROM stock_level ORDER BY sku, location');
  const statuses = async () =>
    Object.fromEntries(
      (
        await test.database.all<{ sku: string; status: string }>(
          'SELECT sku, status FROM variant ORDER BY sku',
        )
      ).map(({ sku, status }) => [sku, status]),
    );

  it('is read whole, with counts as old as the shop says and otherwise as the request', async () => {
    expect(await load()).toMatchObject({
      state: 'merged',
      format: 'shop',
      products: 3,
      created: 6,
      ended: 0,
    });
    expect(await levels()).toEqual([
      { sku: 'cap-m', location: 'main', on_hand: -1, read_at: NOON },
      { sku: 'hat-s', location: 'main', on_hand: 5, read_at: NOON },
      { sku: 'hat-s', location: 'store', on_hand: 2, read_at: plusMs(NOON, -2 * HOUR_MS) },
    ]);
  });

  it('changes nothing when a page fails in the middle, and the next reading starts over', async () => {
    await load();
    shop.products.delete('hat');
    shop.put('cap', ['cap-s', 'cap-m'], NOON, 2_000);
    shop.failsAfter = 1;
    later(25 * HOUR_MS);
    const before = [await levels(), await statuses()];
    await expect(load()).rejects.toMatchObject({ code: 'no_answer' });
    expect([await levels(), await statuses()]).toEqual(before);
    expect(await test.database.get('SELECT state FROM import_run ORDER BY number DESC LIMIT 1')).toEqual({
      state: 'failed',
    });
  });

  it('is asked for changes in between: those come in, nothing ends, and every count is renewed', async () => {
    await load();
    later(HOUR_MS);
    shop.products.delete('scarf');
    shop.put('cap', ['cap-s', 'cap-m'], now, 2_000);
    shop.counts = [
      { sku: 'hat-s', location: 'main', onHand: 1 },
      { sku: 'cap-m', location: 'main', onHand: 9 },
    ];
    expect(await load()).toMatchObject({
      products: 1,
      changed: 2,
      ended: 0,
      changedSince: plusMs(NOON, -600_000),
    });
    expect(await levels()).toEqual([
      { sku: 'cap-m', location: 'main', on_hand: 9, read_at: now },
      { sku: 'hat-s', location: 'main', on_hand: 1, read_at: now },
      { sku: 'hat-s', location: 'store', on_hand: 2, read_at: plusMs(NOON, -2 * HOUR_MS) },
    ]);
    expect(await statuses()).toMatchObject({ 'scarf-s': 'active' });
  });

  it('lets go of a placed order’s units once it told all changes since, though it never named one location again', async () => {
    await load();
    later(HOUR_MS);
    await test.database.transaction(async (tx) => {
      const at = { at: now, seq: await nextSequence(tx) };
      const line = { channel: 'market', externalId: 'A', lineId: '1', sku: 'hat-s', quantity: 1 };
      await reserve(tx, [line], at);
    });
    await test.database.run(
      `INSERT INTO channel_order (channel, external_id, status, state, fulfilled_by, placed_at, updated_at, raw, first_seen_at)
       VALUES ('market', 'A', 'open', 'linked', 'merchant', ?, ?, '{}', ?)`,
      [now, now, now],
    );
    await test.database.run(
      `INSERT INTO order_link (channel, external_id, storefront, place_key, state, placed_at) VALUES ('market', 'A', 's', 'k', 'placed', ?)`,
      [now],
    );
    shop.counts = [{ sku: 'hat-s', location: 'main', onHand: 4 }];
    later(5 * 60_000);
    await load();
    expect(await releaseSettled(test.database, now)).toBe(0); // the shop's index may lag behind the placing
    later(6 * 60_000);
    await load();
    expect(await releaseSettled(test.database, now)).toBe(1);
  });

  it('is read whole again after a day, or when an operator asks, and then what is gone ends', async () => {
    await load();
    shop.products.delete('scarf');
    later(HOUR_MS);
    await load();
    later(HOUR_MS);
    await load({ whole: true });
    expect(await statuses()).toMatchObject({ 'scarf-s': 'ended', 'hat-s': 'active' });
    later(23 * HOUR_MS);
    await load();
    later(HOUR_MS);
    await load();
    expect(shop.asked.map((since) => since === undefined)).toEqual([true, false, true, false, true]);
  });

  it('is held when half of it is gone, measured by the last whole reading, and its counts stay true', async () => {
    for (let index = 0; index < 10; index++) shop.put(`p${index}`, [`p${index}`], plusMs(NOON, -HOUR_MS));
    await load();
    later(HOUR_MS);
    await load(); // nothing changed: says nothing of how much there is
    for (let index = 0; index < 10; index++) shop.products.delete(`p${index}`);
    shop.counts = [{ sku: 'hat-s', location: 'main', onHand: 0 }];
    const held = await load({ whole: true });
    expect(held.heldBecause?.map(({ code }) => code)).toEqual(['fewer_rows', 'many_vanished']);
    expect(await levels()).toContainEqual({ sku: 'hat-s', location: 'main', on_hand: 0, read_at: now });
    expect(await load({ whole: true, force: held.checksum ?? '' })).toMatchObject({
      state: 'merged',
      ended: 10,
    });
  });

  it('gives up on a shop that names the same page again', async () => {
    const source = { products: async () => ({ items: [], next: '1' }) };
    shop.open = () => ({ check: () => Promise.resolve([]), source });
    await expect(load()).rejects.toMatchObject({ code: 'pages_in_circles' });
  });

  it('must be a channel that has products', async () => {
    shop.open = () => ({ check: () => Promise.resolve([]) });
    await expect(load()).rejects.toMatchObject({ code: 'no_products_there', owner: 'operator' });
  });
});
