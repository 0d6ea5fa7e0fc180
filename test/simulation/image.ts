import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectDatabase } from '../../src/db/connect.js';
import { copySqlite } from '../../src/db/copy-sqlite.js';

/** The bytes of a database with all tables and nothing in them: made once, every run begins with a copy. */
export async function emptyImage(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-simulation-'));
  try {
    const file = path.join(folder, 'omnifeed.db');
    await (await connectDatabase(file)).close();
    await copySqlite(file, `${file}.copy`);
    return await readFile(`${file}.copy`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
