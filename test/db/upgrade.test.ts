import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { connectDatabase, openDatabase } from '../../src/db/connect.js';
import type { Database } from '../../src/db/database.js';
import { migrate, schemaState } from '../../src/db/migrate.js';
import { MIGRATIONS } from '../../src/db/migrations/index.js';

/** People run what is on main: each step is a schema somebody may have. An upgrade is killed from an early one, some between and the last but one. */
const KILLED_FROM = [2, 12, 24, 36, MIGRATIONS.length - 1];
/** How far an upgrade gets before it is killed, as a share of its statements. */
const KILLED_AT = [0.1, 0.5, 1];

/** Tables and indexes as they are written down, white space aside. */
async function schemaOf(database: Database): Promise<readonly string[]> {
  const rows = await database.all<{ sql: string }>(
    "SELECT type || ' ' || name || ' ' || sql AS sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1",
  );
  return rows.map(({ sql }) => sql.replaceAll(/\s+/g, ' '));
}

describe('an upgrade', () => {
  let folder: string;
  let newest: readonly string[];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'upgrade-'));
    const database = await connectDatabase(':memory:');
    newest = await schemaOf(database);
    await database.close();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has steps in the order of their numbers, each once: one that is added goes to the end', () => {
    const names = MIGRATIONS.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort());
  });

  it.each(KILLED_FROM)(
    'from step %i that is killed leaves the old tables with what they hold, and ends when it is started again',
    { timeout: 120_000 },
    async (steps) => {
      const file = path.join(folder, `from-${steps}.db`);
      const before = await openDatabase(file);
      await migrate(before, { migrations: MIGRATIONS.slice(0, steps), table: 'schema_migration' });
      await before.run(
        "INSERT INTO problem (problem_key, severity, code, message, advice, since, seen_at) VALUES ('kept', 'error', 'c', 'ü', 'a', 's', 't')",
      );
      const old = await schemaOf(before);
      await before.close();
      const statements = MIGRATIONS.slice(steps).flatMap((step) => step.statements('sqlite')).length;
      for (const share of KILLED_AT) {
        expect(await killedUpgrade(file, Math.max(1, Math.round(share * statements)))).toBe('SIGKILL');
        const database = await openDatabase(file);
        expect(await schemaOf(database)).toEqual(old);
        expect((await schemaState(database)).missing).toHaveLength(MIGRATIONS.length - steps);
        expect(await database.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
        await database.close();
      }
      const done = await connectDatabase(file);
      expect(await schemaOf(done)).toEqual(newest);
      expect(await done.get('SELECT message FROM problem')).toEqual({ message: 'ü' });
      await done.close();
    },
  );
});

/** Upgrades in a process of its own that ends itself with SIGKILL after so many statements; answers the signal it died of. */
async function killedUpgrade(file: string, after: number): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', UPGRADE, file, String(after)], {
    stdio: 'inherit',
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

// Statements of a step are counted wherever they run: within a transaction, as they must, or without.
const UPGRADE = `
const at = (name) => import('file://${packageRoot()}/dist/src/db/' + name + '.js');
const [{ openDatabase }, { migrate }] = [await at('connect'), await at('migrate')];
const [file, after] = process.argv.slice(1);
let run = 0;
const counted = (queries) => ({
  ...queries,
  async run(sql, parameters) {
    const changed = await queries.run(sql, parameters);
    if (!/schema_migration/.test(sql) && ++run === Number(after)) process.kill(process.pid, 'SIGKILL');
    return changed;
  },
});
const database = await openDatabase(file);
await migrate({ ...counted(database), transaction: (work) => database.transaction((tx) => work(counted(tx))) });
`;
