import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packageRoot } from '../src/config/package-root.js';
import { SqliteDriver } from '../src/db/sqlite-library.js';

/** What the numbers were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  readonly sqlite: string;
  readonly omnifeed: string;
  /** Processes waiting for a core during the last minute: above the number of cores the machine was busy with other work. */
  readonly load: number;
}

/** Describes this machine. */
export function thisMachine(): Machine {
  const database = new SqliteDriver(':memory:');
  const { version } = database.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  database.close();
  const manifest = JSON.parse(readFileSync(path.join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGigabytes: Math.round(os.totalmem() / 1024 ** 3),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    sqlite: version,
    omnifeed: manifest.version,
    load: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
  };
}
