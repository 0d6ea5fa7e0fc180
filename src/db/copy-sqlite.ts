import { Worker } from 'node:worker_threads';
import { OperatorError } from '../domain/errors.js';
import { SQLITE_PATH } from './sqlite-library.js';

/** What a look at a copied database showed. */
export interface CopyFacts {
  /** Names of the schema steps it has. */
  readonly steps: readonly string[];
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
}

/**
 * Both run on a thread of their own: copying and checking a gigabyte takes seconds in which this process goes on serving. The copy is of one
 * instant: a reading transaction is open while its pages are taken, so that writers neither change nor restart it.
 */
const COPY = `
const { workerData, parentPort } = require('node:worker_threads');
const Sqlite = require(workerData.sqlite);
(async () => {
  const source = new Sqlite(workerData.from, { readonly: true, fileMustExist: true, timeout: 60000 });
  source.exec('BEGIN');
  source.prepare('SELECT COUNT(*) FROM sqlite_master').get();
  await source.backup(workerData.to);
  source.exec('COMMIT');
  source.close();
  const copy = new Sqlite(workerData.to, { timeout: 5000 });
  copy.pragma('journal_mode = DELETE');
  copy.close();
})().then(() => parentPort.postMessage({ done: true }), (error) => parentPort.postMessage({ failed: error.message }));
`;

const INSPECT = `
const { workerData, parentPort } = require('node:worker_threads');
const Sqlite = require(workerData.sqlite);
try {
  const copy = new Sqlite(workerData.from, { readonly: true, fileMustExist: true, timeout: 5000 });
  const damage = copy.pragma('integrity_check').map((row) => row.integrity_check).filter((text) => text !== 'ok');
  if (damage.length > 0) throw new Error(damage.slice(0, 3).join('; '));
  const tables = copy.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all();
  const rows = {};
  for (const table of tables) rows[table] = copy.prepare('SELECT COUNT(*) FROM "' + table + '"').pluck().get();
  const steps = workerData.stepsTable !== null && tables.includes(workerData.stepsTable)
    ? copy.prepare('SELECT name FROM "' + workerData.stepsTable + '" ORDER BY name').pluck().all() : [];
  copy.close();
  parentPort.postMessage({ done: { steps, rows } });
} catch (error) {
  parentPort.postMessage({ failed: error.message });
}
`;

/** Copies a SQLite file of one instant to a new file, while others read and write it. Throws `backup_not_copied`. */
export async function copySqlite(from: string, to: string): Promise<void> {
  const answer = await onThread<true>(COPY, { from, to });
  if ('failed' in answer)
    throw new OperatorError(
      'backup_not_copied',
      `The database ${from} could not be copied to ${to}: ${answer.failed}`,
      'Check that the database is there, and that the folder of backups may be written to and has room for all of it.',
    );
}

/** Reads a copied file whole and counts its rows. Throws `backup_damaged` when SQLite finds fault with it. */
export async function inspectSqlite(file: string, stepsTable: string): Promise<CopyFacts> {
  const answer = await onThread<CopyFacts>(INSPECT, { from: file, stepsTable });
  if ('failed' in answer)
    throw new OperatorError(
      'backup_damaged',
      `${file} is not a sound database: ${answer.failed}`,
      'Use another backup; check the disk this one lies on.',
    );
  return answer.done;
}

type Answer<Done> = { readonly done: Done } | { readonly failed: string };

function onThread<Done>(code: string, given: object): Promise<Answer<Done>> {
  const worker = new Worker(code, { eval: true, workerData: { ...given, sqlite: SQLITE_PATH } });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread that copies databases ended without an answer')));
  });
}
