import { writeSync } from 'node:fs';
import { openDatabase } from '../db/connect.js';

/** Environment variable with the scratch database: an argument would show a password to everybody on the machine. */
const ADDRESS = 'OMNIFEED_SELFTEST_DATABASE';

// A process of its own that does nothing but write until it is killed. Each number is told after its commit, and never before.
const database = await openDatabase(process.env[ADDRESS] ?? '');
const last = await database.get<{ n: number | null }>('SELECT MAX(n) AS n FROM selftest_first');
for (let n = (last?.n ?? 0) + 1; ; n += 1) {
  const number = n;
  await database.transaction(async (tx) => {
    await tx.run('INSERT INTO selftest_first (n) VALUES (?)', [number]);
    await tx.run('INSERT INTO selftest_second (n) VALUES (?)', [number]);
  });
  writeSync(1, `${number}\n`);
}
