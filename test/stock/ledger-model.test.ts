import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importSource } from '../../src/catalog/import.js';
import { setStock } from '../../src/catalog/set-stock.js';
import { variantsBySku } from '../../src/catalog/store.js';
import type { Database } from '../../src/db/database.js';
import { nextSequence } from '../../src/db/sequence.js';
import { instantOf } from '../../src/domain/instant.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { channelStock, openShare } from '../../src/stock/available.js';
import { release, reserve } from '../../src/stock/reserve.js';
import { primary, product, shop, variant } from '../catalog/support.js';
import { postgresAddress, postgresDatabase, sqliteDatabase } from '../support/databases.js';

const SKUS = ['p0-s', 'p0-m'] as const;
const PLACES = ['default', 'store'] as const;
/** A bundle of both, and one of it and more: what one of each takes in the end. */
const TAKES = {
  'p0-s': { 'p0-s': 1 },
  'p0-m': { 'p0-m': 1 },
  pair: { 'p0-s': 2, 'p0-m': 1 },
  chest: { 'p0-s': 4, 'p0-m': 3 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>;
const SOLD = Object.keys(TAKES) as readonly (keyof typeof TAKES)[];
const BUNDLES: readonly SourceProduct[] = [
  product('pair', [
    variant('pair', 2_000, {
      content: {
        components: [
          { sku: 'p0-s', quantity: 2 },
          { sku: 'p0-m', quantity: 1 },
        ],
      },
    }),
  ]),
  product('chest', [
    variant('chest', 5_000, {
      content: {
        components: [
          { sku: 'pair', quantity: 2 },
          { sku: 'p0-m', quantity: 1 },
        ],
      },
    }),
  ]),
];

/** The reference: counts by place with their owner and age, open units by order line. */
interface Ledger {
  readonly counts: Map<string, { readonly units: number; readonly owner: string; readonly at: number }>;
  readonly open: Map<string, { readonly sku: keyof typeof TAKES; readonly units: number }>;
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
    const reserved = reservedUnits(ledger, row.sku);
    expect(row.stock).toMatchObject({ levels, reserved });
    const onHand = levels.reduce((sum, level) => sum + level.onHand, 0);
    const available = levels.length === 0 ? undefined : Math.max(0, onHand - reserved);
    expect(channelStock(row.stock, openShare('any')).available).toBe(available);
  }
  for (const row of await variantsBySku(database, ['pair', 'chest']))
    expect(channelStock(row.stock, openShare('any')).available, row.sku).toBe(
      setsIn(ledger, TAKES[row.sku as 'pair' | 'chest']),
    );
  const moved = await database.get<{ n: number | string }>(
    "SELECT COUNT(*) AS n FROM stock_movement WHERE cause = 'counted'",
  );
  expect(Number(moved?.n)).toBe(ledger.movements);
}

function reservedUnits(ledger: Ledger, sku: string): number {
  return [...ledger.open.values()].reduce(
    (sum, line) => sum + line.units * ((TAKES[line.sku] as Readonly<Record<string, number>>)[sku] ?? 0),
    0,
  );
}

/** How often a bundle can be put together: out of one place, and never out of units that are promised. */
function setsIn(ledger: Ledger, takes: Readonly<Record<string, number>>): number | undefined {
  const parts = Object.entries(takes);
  const units = (sku: string, place: string) => ledger.counts.get(`${sku} ${place}`)?.units;
  const counted = (sku: string) => PLACES.some((place) => units(sku, place) !== undefined);
  if (!parts.every(([sku]) => counted(sku))) return undefined;
  const most = (of: (sku: string) => number) =>
    Math.max(0, Math.min(...parts.map(([sku, each]) => Math.floor(of(sku) / each))));
  const here = PLACES.map((place) => most((sku) => units(sku, place) ?? 0));
  const onHand = (sku: string) => PLACES.reduce((sum, place) => sum + (units(sku, place) ?? 0), 0);
  return Math.min(
    here.reduce((sum, sets) => sum + sets, 0),
    most((sku) => onHand(sku) - reservedUnits(ledger, sku)),
  );
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
const reserved = fc
  .tuple(lines, fc.constantFrom(...SOLD), fc.nat({ max: 4 }))
  .map(([{ order, line }, sku, units]) =>
    command(`order ${order} line ${line} has ${units} open of ${sku}`, async (ledger, database) => {
      const key = `${order} ${line}`;
      if (units === 0) ledger.open.delete(key);
      else ledger.open.set(key, { sku, units });
      const place = { channel: 'm', externalId: String(order), lineId: String(line) };
      const wanted = Object.entries(TAKES[sku]).map(([part, each]) => ({
        ...place,
        sku: part,
        quantity: units * each,
      }));
      await database.transaction(async (tx) =>
        reserve(tx, wanted, { at: at(0), seq: await nextSequence(tx) }),
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
    const [pieces] = shop(1);
    if (!pieces) throw new Error('the shop is empty');
    const uncounted = pieces.variants.map(({ stock: _, ...rest }) => rest);
    await importSource(test.database, primary([{ ...pieces, variants: uncounted }, ...BUNDLES]));
    const model: Ledger = { counts: new Map(), open: new Map(), movements: 0 };
    await fc.asyncModelRun(() => ({ model, real: test.database }), cmds);
  } finally {
    await test.dispose();
  }
}

const RUNS = Number(process.env.OMNIFEED_MODEL_RUNS ?? 15);

describe('the stock ledger', () => {
  it('is what a map of counts and open lines is, bundles among them, with a movement for every change', async () => {
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
