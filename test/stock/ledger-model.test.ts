import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importSource } from '../../src/catalog/import.js';
import { setStock } from '../../src/catalog/set-stock.js';
import { variantsBySku } from '../../src/catalog/store.js';
import type { Database } from '../../src/db/database.js';
import { nextSequence } from '../../src/db/sequence.js';
import { instantOf } from '../../src/domain/instant.js';
import { channelStock, openShare } from '../../src/stock/available.js';
import { release, reserve } from '../../src/stock/reserve.js';
import { primary, shop } from '../catalog/support.js';
import { postgresAddress, postgresDatabase, sqliteDatabase } from '../support/databases.js';

const SKUS = ['p0-s', 'p0-m'] as const;
const PLACES = ['default', 'store'] as const;

/** The reference: counts by place with their owner and age, open units by order line. */
interface Ledger {
  readonly counts: Map<string, { readonly units: number; readonly owner: string; readonly at: number }>;
  readonly open: Map<string, { readonly sku: string; readonly units: number }>;
  movements: number;
}

type Command = fc.AsyncCommand<Ledger, Database>;

function command(name: string, run: (ledger: Ledger, database: Database) => Promise<void>): Command {
  return {
    check: () => true,
    async run(ledger, database) {
      await run(ledger, database);
      await same(ledger, database);
    },
    toString: () => name,
  };
}

async function same(ledger: Ledger, database: Database): Promise<void> {
  for (const row of await variantsBySku(database, SKUS)) {
    const levels = PLACES.flatMap((location) => {
      const count = ledger.counts.get(`${row.sku} ${location}`);
      return count === undefined ? [] : [{ location, onHand: count.units }];
    });
    const reserved = [...ledger.open.values()]
      .filter(({ sku }) => sku === row.sku)
      .reduce((sum, { units }) => sum + units, 0);
    expect(row.stock).toMatchObject({ levels, reserved });
    const onHand = levels.reduce((sum, level) => sum + level.onHand, 0);
    const available = levels.length === 0 ? undefined : Math.max(0, onHand - reserved);
    expect(channelStock(row.stock, openShare('any')).available).toBe(available);
  }
  const moved = await database.get<{ n: number | string }>(
    "SELECT COUNT(*) AS n FROM stock_movement WHERE cause = 'counted'",
  );
  expect(Number(moved?.n)).toBe(ledger.movements);
}

const at = (second: number): string => instantOf(Date.parse('2026-11-25T12:00:00Z') + second * 1_000);
const skus = fc.constantFrom(...SKUS);
const lines = fc.record({ order: fc.nat({ max: 2 }), line: fc.nat({ max: 1 }) });

const counted = fc
  .tuple(
    skus,
    fc.constantFrom(...PLACES),
    fc.option(fc.integer({ min: -3, max: 9 })),
    fc.constantFrom('shop', 'wms'),
    fc.nat({ max: 9 }),
  )
  .map(([sku, location, units, owner, second]) =>
    command(
      `${owner} counts ${units} of ${sku} at ${location}, second ${second}`,
      async (ledger, database) => {
        const place = `${sku} ${location}`;
        const known = ledger.counts.get(place);
        const mine = known === undefined || known.owner === owner;
        const newer = known === undefined || second >= known.at;
        if (mine && newer && units !== known?.units && !(units === null && known === undefined))
          ledger.movements++;
        if (mine && newer) {
          if (units === null) ledger.counts.delete(place);
          else ledger.counts.set(place, { units, owner, at: second });
        }
        await setStock(database, [{ sku, location, onHand: units }], {
          owner,
          cause: 'counted',
          at: at(second),
        });
      },
    ),
  );
const reserved = fc.tuple(lines, skus, fc.nat({ max: 4 })).map(([{ order, line }, sku, units]) =>
  command(`order ${order} line ${line} has ${units} open of ${sku}`, async (ledger, database) => {
    const key = `${order} ${line}`;
    if (units === 0) ledger.open.delete(key);
    else ledger.open.set(key, { sku, units });
    const wanted = { channel: 'm', externalId: String(order), lineId: String(line), sku, quantity: units };
    await database.transaction(async (tx) =>
      reserve(tx, [wanted], { at: at(0), seq: await nextSequence(tx) }),
    );
  }),
);
const released = fc.nat({ max: 2 }).map((order) =>
  command(`order ${order} is released`, async (ledger, database) => {
    for (const key of [...ledger.open.keys()]) if (key.startsWith(`${order} `)) ledger.open.delete(key);
    const whole = { channel: 'm', externalId: String(order) };
    await database.transaction(async (tx) => release(tx, [whole], { seq: await nextSequence(tx) }));
  }),
);
const commands = fc.commands([counted, counted, reserved, released], { maxCommands: 25 });

async function run(open: typeof sqliteDatabase, cmds: Iterable<Command>): Promise<void> {
  const test = await open();
  try {
    const [product] = shop(1);
    if (!product) throw new Error('the shop is empty');
    const uncounted = product.variants.map(({ stock: _, ...rest }) => rest);
    await importSource(test.database, primary([{ ...product, variants: uncounted }]));
    const model: Ledger = { counts: new Map(), open: new Map(), movements: 0 };
    await fc.asyncModelRun(() => ({ model, real: test.database }), cmds);
  } finally {
    await test.dispose();
  }
}

const RUNS = Number(process.env.OMNIFEED_MODEL_RUNS ?? 15);

describe('the stock ledger', () => {
  it('is what a map of counts and open lines is, with a movement for every change', async () => {
    await fc.assert(
      fc.asyncProperty(commands, (cmds) => run(sqliteDatabase, cmds)),
      { numRuns: RUNS },
    );
  }, 120_000);

  it.skipIf(postgresAddress === undefined)(
    'is so on Postgres',
    async () => {
      await fc.assert(
        fc.asyncProperty(commands, (cmds) => run(postgresDatabase, cmds)),
        { numRuns: Math.ceil(RUNS / 8) },
      );
    },
    120_000,
  );
});
