import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../db/connect.js';
import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';

/** What is tried, and how often. */
export interface KillTrial {
  /** A scratch database, made and thrown away by the caller. */
  readonly address: string;
  readonly kills: number;
  readonly signal: AbortSignal;
  /** Chance, 0 to 1. */
  random(): number;
  /** After each kill. */
  progress?(done: number): void;
  /** Another writer than ours, for a trial of the trial. */
  readonly writer?: string;
}

/** What came of it. */
export interface KillResult {
  readonly kills: number;
  /** Commits a writer had been told of before it died. */
  readonly acknowledged: number;
  /** Of those, how many are not there any more. Anything but 0: the disk or the database forgets. */
  readonly lost: number;
  /** Transactions of which one half is there. */
  readonly torn: number;
  /** Whether the database finds itself in order after every kill. */
  readonly sound: boolean;
  /** The longest time to open it again, milliseconds. */
  readonly slowestOpenMs: number;
}

const WRITER = fileURLToPath(new URL('./write-until-killed.js', import.meta.url));
const LATEST_KILL_MS = 60;
const FIRST_COMMIT_MS = 30_000;

/**
 * Lets a process write and kills it at some moment, again and again; each time everything it was told had been kept must be there. It proves what
 * happens when a process dies; what a power cut does, only a power cut proves. Throws OperatorError when a writer cannot write at all.
 */
export async function killWriters(trial: KillTrial): Promise<KillResult> {
  await prepare(trial.address);
  let [acknowledged, lost, torn, slowestOpenMs] = [0, 0, 0, 0];
  let sound = true;
  let done = 0;
  for (; done < trial.kills && !trial.signal.aborted; done += 1) {
    const told = await writeAndKill(trial);
    const begun = performance.now();
    const database = await openDatabase(trial.address);
    slowestOpenMs = Math.max(slowestOpenMs, performance.now() - begun);
    try {
      lost += await missing(database, told);
      torn += await halves(database);
      sound &&= await isSound(database);
    } finally {
      await database.close();
    }
    acknowledged += told.length;
    trial.progress?.(done + 1);
  }
  return { kills: done, acknowledged, lost, torn, sound, slowestOpenMs };
}

async function prepare(address: string): Promise<void> {
  const database = await openDatabase(address);
  try {
    for (const table of ['selftest_first', 'selftest_second'])
      await database.run(`CREATE TABLE IF NOT EXISTS ${table} (n BIGINT PRIMARY KEY)`);
  } finally {
    await database.close();
  }
}

/** The numbers a writer told before it was killed. */
async function writeAndKill({
  address,
  random,
  writer = WRITER,
  signal,
}: KillTrial): Promise<readonly number[]> {
  const child = spawn(process.execPath, [writer], {
    env: { ...process.env, OMNIFEED_SELFTEST_DATABASE: address },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [told, complaint] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${String(chunk)}`.slice(-2_000);
  });
  const over = once(child, 'close');
  const began = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  child.stdout.on('data', (chunk: Buffer) => {
    told += String(chunk);
  });
  const patience = AbortSignal.any([signal, AbortSignal.timeout(FIRST_COMMIT_MS)]);
  const tired = new Promise<void>((resolve) =>
    patience.addEventListener('abort', () => resolve(), { once: true }),
  );
  await Promise.race([began, over, tired]);
  if (told !== '') await new Promise((resolve) => setTimeout(resolve, random() * LATEST_KILL_MS));
  child.kill('SIGKILL');
  await over;
  if (told === '' && !signal.aborted) throw cannotWrite(complaint);
  // The last line may be cut off: that number was not told.
  return told.split('\n').slice(0, -1).map(Number);
}

function cannotWrite(complaint: string): OperatorError {
  const reason =
    complaint
      .split('\n')
      .find((line) => /error/i.test(line))
      ?.trim() ?? 'no commit within 30 s';
  return new OperatorError(
    'selftest_cannot_write',
    `The scratch database cannot be written: ${reason.slice(0, 200)}`,
    'Run `omnifeed doctor`.',
  );
}

async function missing(database: Database, told: readonly number[]): Promise<number> {
  if (told.length === 0) return 0;
  const [first = 0, last = 0] = [told[0], told.at(-1)];
  const rows = await database.all<{ n: number }>('SELECT n FROM selftest_first WHERE n BETWEEN ? AND ?', [
    first,
    last,
  ]);
  const kept = new Set(rows.map(({ n }) => Number(n)));
  return told.filter((n) => !kept.has(n)).length;
}

async function halves(database: Database): Promise<number> {
  const row = await database.get<{ n: number }>(
    `SELECT (SELECT COUNT(*) FROM selftest_first a WHERE NOT EXISTS (SELECT 1 FROM selftest_second b WHERE b.n = a.n))
       + (SELECT COUNT(*) FROM selftest_second b WHERE NOT EXISTS (SELECT 1 FROM selftest_first a WHERE a.n = b.n)) AS n`,
  );
  return Number(row?.n ?? 0);
}

async function isSound(database: Database): Promise<boolean> {
  if (database.engine !== 'sqlite') return true; // Postgres looks after itself while it recovers
  const row = await database.get<{ integrity_check: string }>('PRAGMA integrity_check');
  return row?.integrity_check === 'ok';
}
