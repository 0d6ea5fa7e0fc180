import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '../../src/db/migrate.js';
import { currentSequence, nextSequence } from '../../src/db/sequence.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

onEachDatabase('the database', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
    await test.database.run('CREATE TABLE t (k TEXT PRIMARY KEY, n BIGINT)');
  });
  afterEach(() => test.dispose());

  it('unfolds a JSON array into rows, keeping text that looks like a number as text', async () => {
    const { database } = test;
    const rows = JSON.stringify([
      { k: '00012345', n: 9_007_199_254_740_991 },
      { k: '1e5', n: null },
    ]);
    await database.run(
      `INSERT INTO t (k, n) SELECT r.k, r.n FROM ${database.unfold('r', { k: 'text', n: 'integer' })}`,
      [rows],
    );
    expect(await database.all('SELECT k, n FROM t ORDER BY k')).toEqual([
      { k: '00012345', n: 9_007_199_254_740_991 },
      { k: '1e5', n: null },
    ]);
  });

  it('keeps a row whose text has a NUL or half a letter, and every other letter of it as it is', async () => {
    const { database } = test;
    const escaped = String.raw`C:\u0000 \ud83d`;
    const rows = [
      { k: 'cut \ud83d', n: 1 },
      { k: 'nul \u0000', n: 2 },
      { k: 'whole \u{1f600}', n: 3 },
      { k: escaped, n: 4 },
    ];
    await database.insert({ table: 't', columns: { k: 'text', n: 'integer' } }, rows);
    await database.run('INSERT INTO t (k, n) VALUES (?, 5)', ['bound \u0000 \ud83d']);
    await database.run('INSERT INTO t (k, n) VALUES (?, 6)', [escaped.concat('!')]);
    const kept = await database.all<{ k: string }>('SELECT k FROM t ORDER BY n');
    expect(kept).toHaveLength(6);
    expect(kept[2]?.k).toBe('whole \u{1f600}');
    expect(kept[3]?.k).toBe(escaped);
    expect(kept[5]?.k).toBe(`${escaped}!`);
  });

  it('writes whole rows: absent members empty, known keys as the conflict says, and says how many', async () => {
    const { database } = test;
    const columns = { k: 'text', n: 'integer' } as const;
    const conflict = 'ON CONFLICT (k) DO UPDATE SET n = excluded.n WHERE t.n IS NOT NULL';
    expect(
      await database.insert({ table: 't', columns }, [
        { k: '00012345', n: 9_007_199_254_740_991 },
        { k: '1e5' },
      ]),
    ).toBe(2);
    expect(
      await database.insert({ table: 't', columns, conflict }, [
        { k: '00012345', n: 1 },
        { k: '1e5', n: 2 },
        { k: '{"a":"ü"}', n: null },
      ]),
    ).toBe(2);
    expect(await database.all('SELECT k, n FROM t ORDER BY k')).toEqual([
      { k: '00012345', n: 1 },
      { k: '1e5', n: null },
      { k: '{"a":"ü"}', n: null },
    ]);
    expect(await database.insert({ table: 't', columns }, [])).toBe(0);
  });

  it('writes all rows or none', async () => {
    const { database } = test;
    const rows = [{ k: 'a' }, { k: 'b' }, { k: 'a' }];
    await expect(database.insert({ table: 't', columns: { k: 'text' } }, rows)).rejects.toThrow();
    expect(await database.all('SELECT k FROM t')).toEqual([]);
  });

  it('takes a failed transaction back whole', async () => {
    const { database } = test;
    const failed = database.transaction(async (tx) => {
      await tx.run('INSERT INTO t (k, n) VALUES (?, ?)', ['a', 1]);
      throw new Error('half way');
    });
    await expect(failed).rejects.toThrow('half way');
    expect(await database.all('SELECT * FROM t')).toEqual([]);
  });

  it('gives every writer its own number of the sequence, in the order of commits', async () => {
    const { database } = test;
    const before = await currentSequence(database);
    const numbers = await Promise.all(Array.from({ length: 20 }, () => database.transaction(nextSequence)));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => before + i + 1));
    expect(await currentSequence(database)).toBe(before + 20);
  });

  it('does not lose an update when twenty transactions read and then write the same row', async () => {
    const { database } = test;
    await database.run('INSERT INTO t (k, n) VALUES (?, 0)', ['count']);
    await Promise.all(
      Array.from({ length: 20 }, () =>
        database.transaction(async (tx) => {
          await nextSequence(tx);
          const row = await tx.get<{ n: number }>('SELECT n FROM t WHERE k = ?', ['count']);
          await tx.run('UPDATE t SET n = ? WHERE k = ?', [(row?.n ?? 0) + 1, 'count']);
        }),
      ),
    );
    expect(await database.get('SELECT n FROM t')).toEqual({ n: 20 });
  });

  it('does not show what is not committed to readers outside the transaction', async () => {
    const { database } = test;
    let seen: unknown[] = [];
    await database.transaction(async (tx) => {
      await tx.run('INSERT INTO t (k, n) VALUES (?, ?)', ['a', 1]);
      seen = await database.all('SELECT * FROM t');
    });
    expect(seen).toEqual([]);
    expect(await database.all('SELECT k FROM t')).toEqual([{ k: 'a' }]);
  });

  it('refuses a database that a newer version has written', async () => {
    await test.database.run("INSERT INTO schema_migration (name) VALUES ('9999-from-the-future')");
    await expect(migrate(test.database)).rejects.toMatchObject({ code: 'database_newer', owner: 'operator' });
  });

  it('reads back settings under which a commit is on disk before it is acknowledged', async () => {
    expect((await test.database.durability()).filter((fact) => !fact.ok)).toEqual([]);
  });
});
