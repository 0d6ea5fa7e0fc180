import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importSource } from '../../src/catalog/import.js';
import { readStockFile } from '../../src/catalog/read-stock-file.js';
import { type CountsOrigin, recordCounts } from '../../src/catalog/record-counts.js';
import { stateOwners } from '../../src/catalog/stock-owners.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { primary, shop } from './support.js';

const NOON = '2026-11-25T12:00:00.000Z';
const ORIGIN: CountsOrigin = { owner: 'erp', actor: 'operator', reason: 'stock-taking', at: NOON };

onEachDatabase('counts that are handed in', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
    await importSource(test.database, primary(shop(2)));
  });
  afterEach(() => test.dispose());

  const record = (counts: Parameters<typeof recordCounts>[1], origin: Partial<CountsOrigin> = {}) =>
    recordCounts(test.database, counts, { ...ORIGIN, ...origin });
  const level = (sku: string, location: string) =>
    test.database.get('SELECT on_hand, source FROM stock_level WHERE sku = ? AND location = ?', [
      sku,
      location,
    ]);
  const movements = () =>
    test.database.all(
      "SELECT sku, location, before, after, cause FROM stock_movement WHERE cause LIKE 'operator%'",
    );

  it('are answered one by one, and add up', async () => {
    const recorded = await record([
      { sku: 'p0-s', location: 'store', onHand: 3 },
      { sku: 'p0-s', location: 'default', onHand: 9 },
      { sku: 'nobody', location: 'store', onHand: 1 },
      { sku: 'p0-s', location: 'store', onHand: 4 },
      { sku: 'p1-s', location: 'store', onHand: 1.5 },
      { sku: 'p1-s', location: '', onHand: 1 },
    ]);
    expect(recorded.answers.map(({ result }) => result)).toEqual([
      'changed',
      'owned_elsewhere',
      'unknown_sku',
      'invalid',
      'invalid',
      'invalid',
    ]);
    expect(recorded).toMatchObject({ total: 6, counts: { changed: 1, owned_elsewhere: 1, invalid: 3 } });
    expect(recorded.answers[1]?.message).toContain('belongs to "shop"');
    expect(await level('p0-s', 'default')).toEqual({ on_hand: 5, source: 'shop' });
    expect(await movements()).toEqual([
      { sku: 'p0-s', location: 'store', before: null, after: 3, cause: 'operator: stock-taking' },
    ]);
  });

  it('change nothing twice, and nothing when a newer count is known', async () => {
    const count = { sku: 'p0-s', location: 'store', onHand: 3 };
    await record([count]);
    expect((await record([count])).answers[0]?.result).toBe('unchanged');
    const old = { ...count, onHand: 8 };
    const [answer] = (await record([old], { countedAt: '2026-11-25T11:00:00.000Z' })).answers;
    expect(answer?.result).toBe('older');
    expect(await level('p0-s', 'store')).toEqual({ on_hand: 3, source: 'erp' });
    expect(await movements()).toHaveLength(1);
  });

  it('are only taken from the owner the configuration states, who takes over what others counted there', async () => {
    await stateOwners(test.database, [{ location: 'default', owner: 'erp' }]);
    const [mine] = (await record([{ sku: 'p0-s', location: 'default', onHand: 7 }])).answers;
    expect(mine).toMatchObject({ result: 'changed', before: 5 });
    expect(await level('p0-s', 'default')).toEqual({ on_hand: 7, source: 'erp' });
    const imported = await importSource(test.database, primary(shop(3)));
    expect(await level('p0-s', 'default')).toEqual({ on_hand: 7, source: 'erp' });
    expect(await level('p2-s', 'default')).toBeUndefined();
    expect(imported.complaintsByCode).toEqual({ stock_owned_elsewhere: 6 });
    await stateOwners(test.database, []);
    const [other] = (await record([{ sku: 'p0-s', location: 'default', onHand: 1 }], { owner: 'wms' }))
      .answers;
    expect(other?.result).toBe('owned_elsewhere');
  });

  it('may say that nobody counts any more', async () => {
    await record([{ sku: 'p0-s', location: 'store', onHand: 3 }]);
    expect((await record([{ sku: 'p0-s', location: 'store', onHand: null }])).answers[0]).toMatchObject({
      result: 'changed',
      before: 3,
    });
    expect(await level('p0-s', 'store')).toBeUndefined();
  });
});

describe('a stock file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-stock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const read = async (text: string) => {
    const file = path.join(folder, 'stock.csv');
    await writeFile(file, text);
    await utimes(file, new Date(NOON), new Date(NOON));
    return readStockFile(file, 'main');
  };

  it('is read with the names and separators of warehouses, identifiers as they are, as old as the file', async () => {
    expect(await read('\uFEFFItem;On Hand;Warehouse\n00012;5;berlin\n1e5;7.0;\n"a;b";-2;store\n')).toEqual({
      countedAt: NOON,
      counts: [
        { sku: '00012', location: 'berlin', onHand: 5 },
        { sku: '1e5', location: 'main', onHand: 7 },
        { sku: 'a;b', location: 'store', onHand: -2 },
      ],
    });
  });

  it('guesses no units', async () => {
    const { counts } = await read('sku,qty\nA,\nB,many\nC,2.5\nD,1.000\n');
    expect(counts.map(({ onHand }) => onHand)).toEqual([Number.NaN, Number.NaN, Number.NaN, 1]);
  });

  it('that is cut, has no such columns or is not there changes nothing', async () => {
    await expect(read('sku,qty\n"A')).rejects.toMatchObject({ code: 'stock_file_unusable' });
    await expect(read('name,qty\nA,1\n')).rejects.toThrow('has no column for the SKU (found: name, qty)');
    await expect(read('')).rejects.toThrow('is empty');
    await expect(readStockFile(path.join(folder, 'none.csv'), 'main')).rejects.toThrow('ENOENT');
  });
});
