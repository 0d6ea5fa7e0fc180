import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { listBackups } from '../backup/backup-files.js';
import { BUYER_DAYS } from '../channel/retention.js';
import type { Config } from '../config/config.js';
import type { Database, ReadQueries } from '../db/database.js';
import { type Clock, epochMs, type Instant, plusMs } from '../domain/instant.js';
import type { JobQueue } from '../queue/job-queue.js';
import { healthFacts } from '../views/channel-health.js';
import { ledgerFor } from '../views/ledger.js';
import { LEDGER_PARTS } from '../views/listing-words.js';
import type { StoredName } from './metric-table.js';

/** What the stored metrics are read from. */
export interface ReadHouse {
  readonly config: Pick<Config, 'channels' | 'database' | 'folder' | 'backups'>;
  readonly database: Database;
  readonly queue: Pick<JobQueue, 'depth'>;
  readonly clock: Clock;
}

/** One value of a metric; labels in the order of the metric table. */
export interface Sample {
  readonly name: StoredName;
  readonly labels: readonly string[];
  readonly value: number;
}

type Reading = (house: ReadHouse, now: Instant) => Promise<readonly Sample[]>;

const READINGS: readonly Reading[] = [ofChannels, ofOrders, ofWork, ofBuyers, ofBackups, ofDisk];

/** Reads every stored metric; a channel is asked nothing. Throws when the database cannot be read. */
export async function readStored(house: ReadHouse): Promise<readonly Sample[]> {
  const now = house.clock.now();
  const read: Sample[] = [];
  for (const reading of READINGS) read.push(...(await reading(house, now)));
  return read;
}

async function ofChannels({ config, database }: ReadHouse, now: Instant): Promise<readonly Sample[]> {
  const read: Sample[] = [];
  for (const { id } of config.channels) {
    const ledger = await ledgerFor(database, id);
    const { ages, pausedCode, oldestDue } = await healthFacts(database, id, now);
    const of = (name: StoredName, value: number): Sample => ({ name, labels: [id], value });
    read.push(
      ...LEDGER_PARTS.map((part) => ({ name: 'listings', labels: [id, part], value: ledger[part] }) as const),
      of('listings_unaccounted', ledger.unaccounted),
      of('outbox_depth', ledger.toSend),
      of('outbox_oldest_age_seconds', oldestDue === null ? 0 : secondsBetween(oldestDue, now)),
      of('guard_holds', ledger.held),
      of('channel_paused', pausedCode === null ? 0 : 1),
      ...instant('read_back_timestamp_seconds', id, ages.readBackAt),
    );
  }
  return read;
}

/** Nothing is told of what never happened: an alert on an age must not fire for a house that was set up a minute ago. */
function instant(name: StoredName, label: string, at: Instant | null): readonly Sample[] {
  return at === null ? [] : [{ name, labels: [label], value: epochMs(at) / 1_000 }];
}

function secondsBetween(from: Instant, to: Instant): number {
  return Math.max(0, (epochMs(to) - epochMs(from)) / 1_000);
}

async function ofOrders({ database }: ReadHouse, now: Instant): Promise<readonly Sample[]> {
  const pulled = await at(
    database,
    'SELECT channel AS of, orders_pulled_at AS at FROM channel_state WHERE orders_pulled_at IS NOT NULL',
  );
  const waiting = await counts(
    database,
    "SELECT channel AS a, '' AS b, COUNT(*) AS n FROM channel_order WHERE state = 'waiting' GROUP BY channel",
  );
  const held = await counts(
    database,
    'SELECT channel AS a, code AS b, COUNT(*) AS n FROM order_exception WHERE closed_at IS NULL GROUP BY channel, code',
  );
  const parcels = await at(
    database,
    "SELECT channel AS of, MIN(shipped_at) AS at FROM shipment WHERE state = 'pending' GROUP BY channel",
  );
  return [
    ...pulled.map(
      (row) =>
        ({ name: 'order_cursor_age_seconds', labels: [row.of], value: secondsBetween(row.at, now) }) as const,
    ),
    ...waiting.map(({ a, n }) => ({ name: 'orders_waiting', labels: [a], value: n }) as const),
    ...held.map(({ a, b, n }) => ({ name: 'order_held', labels: [a, b], value: n }) as const),
    ...parcels.map(
      (row) =>
        ({
          name: 'tracking_pending_age_seconds',
          labels: [row.of],
          value: secondsBetween(row.at, now),
        }) as const,
    ),
  ];
}

async function ofWork({ database, queue }: ReadHouse, now: Instant): Promise<readonly Sample[]> {
  const { waiting, running, dead } = await queue.depth();
  const reconciled = await at(
    database,
    "SELECT run_key AS of, at FROM run_look WHERE job = 'reconcile' AND failed = 0",
  );
  const imported = await at(
    database,
    "SELECT source AS of, MAX(finished_at) AS at FROM import_run WHERE state = 'merged' GROUP BY source",
  );
  const problems = await counts(
    database,
    'SELECT severity AS a, code AS b, COUNT(*) AS n FROM problem GROUP BY severity, code',
  );
  const alive = await one(
    database,
    'SELECT COUNT(*) AS n FROM house_process WHERE seen_at >= ?',
    plusMs(now, -60_000),
  );
  const failures = await one(
    database,
    'SELECT COUNT(*) AS n FROM sign_in_failure WHERE at > ?',
    plusMs(now, -900_000),
  );
  return [
    ...Object.entries({ waiting, running, dead }).map(
      ([state, value]) => ({ name: 'jobs', labels: [state], value }) as const,
    ),
    ...reconciled.flatMap((row) => instant('reconcile_last_success_timestamp_seconds', row.of, row.at)),
    ...imported.flatMap((row) => instant('import_last_success_timestamp_seconds', row.of, row.at)),
    ...problems.map(({ a, b, n }) => ({ name: 'problems', labels: [a, b], value: n }) as const),
    { name: 'house_processes', labels: [], value: alive },
    { name: 'login_failures', labels: [], value: failures },
  ];
}

const DAY_MS = 86_400_000;

/** The purge runs once a day: whoever is a day late was missed. */
async function ofBuyers({ config, database }: ReadHouse, now: Instant): Promise<readonly Sample[]> {
  const days = new Map(config.channels.map(({ id, orders }) => [id, orders.retention.buyerDays]));
  const kept = await database.all<{ channel: string }>('SELECT channel FROM order_buyer GROUP BY channel');
  const read: Sample[] = [];
  for (const channel of new Set([...days.keys(), ...kept.map((row) => row.channel)])) {
    const cut = plusMs(now, -((days.get(channel) ?? BUYER_DAYS) + 1) * DAY_MS);
    const value = await one(
      database,
      `SELECT COUNT(*) AS n FROM order_buyer b JOIN channel_order o ON o.channel = b.channel AND o.external_id = b.external_id
       WHERE b.channel = ? AND o.finished_at < ?`,
      channel,
      cut,
    );
    read.push({ name: 'buyers_past_retention', labels: [channel], value });
  }
  return read;
}

async function ofBackups({ config }: ReadHouse): Promise<readonly Sample[]> {
  const backups = await listBackups(config.backups.folder);
  return (['main', 'keys'] as const).flatMap((kind) =>
    instant(
      'backup_last_success_timestamp_seconds',
      kind,
      backups.find((backup) => backup.kind === kind)?.at ?? null,
    ),
  );
}

async function ofDisk({ config }: ReadHouse): Promise<readonly Sample[]> {
  const space = await statfs(databaseFolder(config));
  return [
    { name: 'disk_free_bytes', labels: [], value: space.bavail * space.bsize },
    { name: 'disk_free_ratio', labels: [], value: space.blocks === 0 ? 0 : space.bavail / space.blocks },
  ];
}

/** Where the files of the house lie; a remote database watches its own disk. */
export function databaseFolder({ database, folder }: Pick<Config, 'database' | 'folder'>): string {
  const local = !/^postgres/.test(database) && database !== ':memory:';
  return local ? path.dirname(database) : folder;
}

async function at(queries: ReadQueries, sql: string): Promise<readonly { of: string; at: Instant }[]> {
  return queries.all<{ of: string; at: Instant }>(sql);
}

async function counts(
  queries: ReadQueries,
  sql: string,
): Promise<readonly { a: string; b: string; n: number }[]> {
  return queries.all<{ a: string; b: string; n: number }>(
    sql.replace('COUNT(*)', 'CAST(COUNT(*) AS bigint)'),
  );
}

async function one(queries: ReadQueries, sql: string, ...parameters: readonly string[]): Promise<number> {
  const row = await queries.get<{ n: number }>(
    sql.replace('COUNT(*)', 'CAST(COUNT(*) AS bigint)'),
    parameters,
  );
  return row?.n ?? 0;
}
