// Stands in for a database that forgets: OMNIFEED_TEST_LIE says how. `early`: told before it is written; `half`: one half of each transaction is missing.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');
const { openDatabase } = await import(pathToFileURL(path.join(root, 'dist/src/db/connect.js')).href);
const database = await openDatabase(process.env.OMNIFEED_SELFTEST_DATABASE);
for (let n = 1; ; n += 1) {
  if (process.env.OMNIFEED_TEST_LIE === 'half')
    await database.run('INSERT INTO selftest_first (n) VALUES (?)', [n]);
  process.stdout.write(`${n}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
