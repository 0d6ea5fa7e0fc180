import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '../db/connect.js';

/** A database beside the real one, on the same disk or server, that nothing else uses. */
export interface Scratch {
  readonly address: string;
  /** Where it is, without a password. */
  readonly place: string;
  dispose(): Promise<void>;
}

/** Names a scratch database beside the one of this address; it comes to be when it is first opened. */
export function scratchBeside(address: string, folder: string): Scratch {
  const name = `omnifeed_selftest_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  return /^postgres(ql)?:\/\//.test(address) ? inSchema(address, name) : inFile(address, folder, name);
}

function inSchema(address: string, name: string): Scratch {
  const url = new URL(address);
  url.searchParams.set('schema', name);
  return {
    address: url.href,
    place: `schema ${name} on ${url.host}`,
    async dispose() {
      const database = await openDatabase(url.href);
      try {
        await database.run(`DROP SCHEMA ${name} CASCADE`);
      } finally {
        await database.close();
      }
    },
  };
}

function inFile(address: string, folder: string, name: string): Scratch {
  const file = path.join(address === ':memory:' ? folder : path.dirname(address), `.${name}.db`);
  return {
    address: file,
    place: file,
    dispose: async () => {
      for (const end of ['', '-wal', '-shm']) await rm(`${file}${end}`, { force: true });
    },
  };
}
