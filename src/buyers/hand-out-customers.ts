import { randomUUID } from 'node:crypto';
import { type Actor, writeDown } from '../access/audit-log.js';
import type { HttpClient } from '../channel/http.js';
import type { Database } from '../db/database.js';
import { ChannelError } from '../domain/errors.js';
import { hookHeaders } from '../domain/hook-signature.js';
import type { Clock } from '../domain/instant.js';
import {
  type Customer,
  type CustomerCounts,
  type CustomerSource,
  consentedCustomers,
} from './consented-customers.js';
import { CUSTOMER_COLUMNS, type CustomerColumnSet } from './customer-columns.js';

/** Where customers go: written by the caller, or posted page by page to an address that checks our signature. */
export type CustomerTarget =
  | {
      readonly way: 'file';
      readonly name: string;
      write(headings: readonly string[], rows: readonly (readonly string[])[]): Promise<void>;
    }
  | { readonly way: 'webhook'; readonly url: string; readonly secret: string; readonly http: HttpClient };

/** One handing out. */
export interface CustomerExport {
  readonly source: CustomerSource;
  readonly columns: CustomerColumnSet;
  readonly target: CustomerTarget;
  /** Who hands them out, for the audit log. */
  readonly actor: Actor;
  readonly clock: Clock;
}

/** What was handed out. */
export interface HandedOut {
  readonly id: string;
  readonly customers: number;
  readonly counts: CustomerCounts;
}

const PER_POST = 500;

/**
 * Hands customers who agreed to a CRM or marketing tool. That it happens is written down before anything leaves, without anybody in it, and what
 * became of it afterwards. Throws ChannelError when an address did not take a page: the same customers are handed out again then, as a new export.
 */
export async function handOutCustomers(job: CustomerExport): Promise<HandedOut> {
  const { database } = job.source;
  const id = randomUUID();
  const { customers, counts } = await consentedCustomers(job.source);
  await begun(database, job, { id, customers: customers.length, counts });
  try {
    await deliver(job, id, customers);
  } catch (error) {
    await ended(database, job, { id, state: 'failed' });
    throw error;
  }
  await ended(database, job, { id, state: 'done' });
  return { id, customers: customers.length, counts };
}

async function deliver(job: CustomerExport, id: string, customers: readonly Customer[]): Promise<void> {
  const columns = CUSTOMER_COLUMNS[job.columns];
  const headings = columns.map(({ name }) => name);
  const rows = customers.map((customer) => columns.map(({ value }) => value(customer)));
  const { target } = job;
  if (target.way === 'file') return target.write(headings, rows);
  const pages = Math.max(1, Math.ceil(rows.length / PER_POST));
  for (let page = 1; page <= pages; page++) {
    const part = rows.slice((page - 1) * PER_POST, page * PER_POST);
    const named = part.map((row) =>
      Object.fromEntries(headings.map((heading, at) => [heading, row[at] ?? ''])),
    );
    const body = JSON.stringify({ export: id, columns: job.columns, page, pages, customers: named });
    await post(target, { id: `${id}-${page}`, at: job.clock.now(), body });
  }
}

async function post(
  target: Extract<CustomerTarget, { way: 'webhook' }>,
  message: Parameters<typeof hookHeaders>[0],
): Promise<void> {
  const { status } = await target.http.send({
    method: 'POST',
    url: target.url,
    headers: { 'content-type': 'application/json', ...hookHeaders(message, target.secret) },
    body: message.body,
    maxBytes: 64 * 1024,
  });
  if (status >= 200 && status < 300) return;
  throw new ChannelError(`The address for customers answered ${status}`, {
    code: 'customers_not_taken',
    kind: status >= 500 || status === 429 ? 'ambiguous' : 'refused',
    owner: 'operator',
    advice: 'Check `customerExport` and the tool behind the address, then run the export again.',
  });
}

/** In one transaction with its entry in the audit log: nothing is handed out unrecorded. */
function begun(database: Database, job: CustomerExport, made: HandedOut): Promise<void> {
  const { target, columns, actor, clock } = job;
  const name = target.way === 'file' ? target.name : new URL(target.url).host;
  const at = clock.now();
  const after = { way: target.way, target: name, columns, customers: made.customers };
  return database.transaction(async (tx) => {
    await tx.run(
      `INSERT INTO customer_export (id, at, by_whom, way, target, columns, state, customers, counts) VALUES (?, ?, ?, ?, ?, ?, 'begun', ?, ?)`,
      [made.id, at, actor.name, target.way, name, columns, made.customers, JSON.stringify(made.counts)],
    );
    await writeDown(tx, actor, { ...DEED, object: `export ${made.id}`, outcome: 'begun', after, at });
  });
}

function ended(
  database: Database,
  { actor, clock }: CustomerExport,
  { id, state }: { readonly id: string; readonly state: 'done' | 'failed' },
): Promise<void> {
  return database.transaction(async (tx) => {
    await tx.run('UPDATE customer_export SET state = ? WHERE id = ?', [state, id]);
    const at = clock.now();
    await writeDown(tx, actor, { ...DEED, object: `export ${id}`, outcome: state, after: null, at });
  });
}

const DEED = { action: 'buyers export --consented', before: null } as const;

/** An export as it was written down. */
export interface PastExport {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly way: string;
  readonly target: string;
  readonly columns: string;
  /** `begun`: it was interrupted, or runs now. */
  readonly state: 'begun' | 'done' | 'failed';
  readonly customers: number;
}

/** Past exports, latest first. */
export function pastExports(database: Database, limit: number): Promise<PastExport[]> {
  return database.all<PastExport>(
    'SELECT id, at, by_whom AS "by", way, target, columns, state, customers FROM customer_export ORDER BY at DESC, id LIMIT ?',
    [limit],
  );
}
