import { open, stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type Sqlite from 'better-sqlite3';
import { SQLITE_PATH } from './sqlite-library.js';

/** Rows a transaction must have changed, and bytes its log must have, to be handled with care. */
const LARGE_ROWS = 20_000;
const LARGE_BYTES = 8 * 1024 ** 2;
/** Pages after which SQLite checkpoints by itself: its own default. */
const CHECKPOINT_PAGES = 1_000;

/**
 * Keeps large transactions from holding up the event loop at their end. SQLite syncs the write-ahead log when it commits and
 * then copies it into the database, in one call: for the import of a large catalog that takes seconds. Here the
 * log is synced beforehand and copied afterwards, both off the thread that serves.
 */
export interface LargeCommits {
  /** Number to hand to `prepare`, from before the work of a transaction. */
  mark(): number;
  /** To be awaited between the work of a transaction and its COMMIT. */
  prepare(mark: number): Promise<void>;
  /** To be called after the COMMIT. */
  committed(): void;
  /** Copying that is under way has ended. */
  idle(): Promise<void>;
}

/** For a database without a file there is nothing to sync or copy. */
export const NO_FILE: LargeCommits = {
  mark: () => 0,
  prepare: () => Promise.resolve(),
  committed: () => undefined,
  idle: () => Promise.resolve(),
};

/** For a writing connection to a file. */
export function largeCommits(connection: Sqlite.Database, file: string): LargeCommits {
  const changes = connection.prepare<[], number>('SELECT total_changes()').pluck();
  let large = false;
  let copying: Promise<void> = Promise.resolve();
  return {
    mark: () => changes.get() ?? 0,
    async prepare(mark) {
      if ((changes.get() ?? 0) - mark < LARGE_ROWS) return;
      const log = await stat(`${file}-wal`).catch(() => null);
      if (log === null || log.size < LARGE_BYTES) return;
      large = true;
      connection.pragma('wal_autocheckpoint = 0');
      await syncLog(file);
    },
    committed() {
      if (!large) return;
      large = false;
      copying = copying
        .then(() => checkpoint(file))
        .finally(() => {
          if (connection.open) connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
        });
    },
    idle: () => copying,
  };
}

async function syncLog(file: string): Promise<void> {
  const log = await open(`${file}-wal`, 'r+');
  try {
    await log.datasync();
  } finally {
    await log.close();
  }
}

const CHECKPOINT = `
const { workerData } = require('node:worker_threads');
const Sqlite = require(workerData.sqlite);
const connection = new Sqlite(workerData.file);
connection.pragma('synchronous = FULL');
connection.pragma('wal_checkpoint(PASSIVE)');
connection.close();
`;

/** Copies the log into the database. What fails here is done by a later checkpoint: the log keeps everything until then. */
function checkpoint(file: string): Promise<void> {
  const worker = new Worker(CHECKPOINT, { eval: true, workerData: { file, sqlite: SQLITE_PATH } });
  return new Promise((resolve) => {
    worker.once('error', () => resolve());
    worker.once('exit', () => resolve());
  });
}
