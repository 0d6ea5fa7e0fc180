import { statfs } from 'node:fs/promises';
import type { App } from '../app.js';
import { schemaState } from '../db/migrate.js';
import { databaseFolder } from '../metrics/read-stored.js';
import { reasonOf } from '../queue/job-queue.js';

/** One thing a process needs in order to work. `degraded`: it works on, more slowly. */
export interface ReadyCheck {
  readonly name: 'shutdown' | 'database' | 'schema' | 'disk' | 'queue';
  readonly state: 'ok' | 'degraded' | 'failed';
  /** Why it is not ok; empty when it is. Names no address and no secret. */
  readonly because: string;
}

/** Whether a process may be given work. */
export interface Readiness {
  readonly ready: boolean;
  readonly degraded: boolean;
  readonly checks: readonly ReadyCheck[];
}

/** A writer that is busy for longer is told, not waited for: an import of a million variants holds the lock for a minute. */
const PATIENCE_MS = 1_000;
/** Under this SQLite may not be able to write its log. */
const DISK_RESERVE_BYTES = 100 * 1024 ** 2;

type House = Pick<App, 'database' | 'queue' | 'config'>;

/** Looks at everything the process needs. Never throws. */
export async function readiness(app: House, stopping: AbortSignal): Promise<Readiness> {
  const checks = await Promise.all([
    check('shutdown', async () => (stopping.aborted ? ['failed', 'the process is stopping'] : OK)),
    check('schema', () => schema(app)),
    check('database', () => writable(app)),
    check('disk', () => room(app)),
    check('queue', () => queue(app)),
  ]);
  return {
    ready: checks.every(({ state }) => state !== 'failed'),
    degraded: checks.some(({ state }) => state === 'degraded'),
    checks,
  };
}

type Found = readonly [state: ReadyCheck['state'], because: string];
const OK: Found = ['ok', ''];

async function check(name: ReadyCheck['name'], look: () => Promise<Found>): Promise<ReadyCheck> {
  const [state, because] = await look().catch((error): Found => ['failed', codeOf(error)]);
  return { name, state, because };
}

/** The code alone: a message may quote an address with a password. */
function codeOf(error: unknown): string {
  return reasonOf(error).split(':')[0]?.slice(0, 60) ?? 'unknown';
}

async function schema({ database }: House): Promise<Found> {
  const { missing, unknown } = await schemaState(database);
  if (unknown.length > 0) return ['failed', `written by a newer version (${unknown.join(', ')})`];
  return missing.length > 0 ? ['failed', `lacks ${missing.join(', ')}`] : OK;
}

/** Writes what is there already: it costs a sync and changes nothing. */
async function writable({ database }: House): Promise<Found> {
  const write = database
    .transaction((tx) => tx.run('UPDATE catalog_clock SET value = value'))
    .then((): Found => OK);
  return within(write, ['degraded', 'another writer is busy']);
}

async function room({ config }: House): Promise<Found> {
  const space = await statfs(databaseFolder(config));
  const free = space.bavail * space.bsize;
  return free >= DISK_RESERVE_BYTES ? OK : ['failed', `${Math.round(free / 1024 ** 2)} MiB free`];
}

/** Redis holds hints only: without it the house works on, from the tables. */
async function queue({ config, queue }: House): Promise<Found> {
  const depth = queue.depth().then((): Found => OK);
  if (config.queue === 'embedded') return within(depth, ['degraded', 'slow to answer']);
  return within(depth, ['degraded', 'Redis does not answer']).catch(
    (): Found => ['degraded', 'Redis does not answer'],
  );
}

async function within(work: Promise<Found>, otherwise: Found): Promise<Found> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Found>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined); // told already, or too late to matter
  }
}
