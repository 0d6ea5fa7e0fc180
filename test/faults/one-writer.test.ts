import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { sqliteDatabase, type TestDatabase } from '../support/databases.js';

const PROCESSES = 4;
const CHANGES = Number(process.env.OMNIFEED_PROOF_CHANGES ?? 60);

/** Reads a number and writes the next one, in one transaction, again and again; says what went wrong. */
const SCRIPT = `
const [, place, address, changes] = process.argv;
const { connectDatabase } = await import(place);
const database = await connectDatabase(address);
for (let change = 0; change < Number(changes); change++)
  await database.transaction(async (tx) => {
    const { n } = await tx.get('SELECT n FROM tally');
    await new Promise(setImmediate);
    await tx.run('UPDATE tally SET n = ?', [n + 1]);
  });
await database.close();
`;

let test: TestDatabase | undefined;
afterEach(() => test?.dispose());

describe('several processes on one database file', () => {
  it('lose no update, and none of them is told that the file is busy', async () => {
    test = await sqliteDatabase();
    await test.database.run('CREATE TABLE tally (n INTEGER NOT NULL)');
    await test.database.run('INSERT INTO tally VALUES (0)');
    const address = test.address;
    const told = await Promise.all(Array.from({ length: PROCESSES }, () => counting(address)));
    expect(told).toEqual(Array(PROCESSES).fill({ code: 0, error: '' }));
    expect(await test.database.get('SELECT n FROM tally')).toEqual({ n: PROCESSES * CHANGES });
  });
});

/** The same from a process of its own, on the built program. */
function counting(address: string): Promise<{ code: number | null; error: string }> {
  const connect = path.join(packageRoot(), 'dist/src/db/connect.js');
  const args = ['--input-type=module', '-e', SCRIPT, connect, address, String(CHANGES)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let error = '';
  child.stderr.on('data', (chunk: Buffer) => {
    error += chunk.toString('utf8');
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, error })));
}
