import { randomUUID } from 'node:crypto';
import { answerOrStop } from '../channel/answer-or-stop.js';
import type { StockKeeperPort } from '../channel/store-ports.js';
import type { Database, Queries } from '../db/database.js';
import { backoffMs, LONGEST_BACKOFF_MS } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import type { Clock } from '../domain/instant.js';
import { plusMs } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import type { ShopLevel, ShopLevelReceipt } from '../domain/shop-stock.js';
import { clearProblem, raiseProblem } from '../problems/problems.js';
import { pauseChannel } from './channel-state.js';
import { desireShopStock, type ToldStock } from './desire-shop-stock.js';
import { sendsNothingTo } from './outlet.js';

/** Everything the telling of one shop works with. */
export interface ShopStockDesk {
  readonly database: Database;
  readonly clock: Clock;
  readonly channel: string;
  readonly port: StockKeeperPort;
  readonly signal?: AbortSignal;
  random(): number;
}

/** A figure somebody else set in the shop. */
export interface ChangedInShop {
  readonly sku: string;
  /** The shop's own id. */
  readonly location: string;
  readonly found: number;
}

/** What a round did, in levels. */
export interface ShopStockTold {
  readonly accepted: number;
  readonly rejected: number;
  readonly postponed: number;
  readonly changed: readonly ChangedInShop[];
  /** Why the shop takes no calls now; null: it does. */
  readonly failure: ChannelError | null;
  /** When to look again; null: with the next change. */
  readonly againInMs: number | null;
}

interface DueRow {
  readonly sku: string;
  readonly location: string;
  readonly wanted: number;
  readonly told: number | null;
  /** JSON array. */
  readonly trying: string | null;
  readonly attempts: number;
}

/**
 * Fewer units in the shop than we told it were most likely sold there: they are not put on sale again until we have another figure, or this long.
 */
const SOLD_THERE_MS = 24 * 60 * 60_000;
/** What a person must mend in the shop is looked at again after this long. */
const REFUSED_MS = 60 * 60_000;
/** The next figure over one that was read just now. */
const READ_AGAIN_MS = 1_000;

/**
 * One round of stock into a shop: what should be there, then what differs is written. Before each call its figures are kept, so that a lost answer is
 * followed by reading them back, and what stands there is known as ours. Null: nothing is sent to the shop now.
 */
export async function syncShopStock(desk: ShopStockDesk, told: ToldStock): Promise<ShopStockTold | null> {
  const { database, channel } = desk;
  if (told.locations.length === 0 || (await sendsNothingTo(database, channel)) !== null) return null;
  await desireShopStock(database, channel, told, desk.signal);
  let sum: Omit<ShopStockTold, 'againInMs'> = {
    accepted: 0,
    rejected: 0,
    postponed: 0,
    changed: [],
    failure: null,
  };
  const places = told.locations.map(({ inShop }) => inShop);
  for (;;) {
    desk.signal?.throwIfAborted();
    const rows = await dueRows(desk, places);
    if (rows.length === 0) break;
    const done = await tellBatch(desk, rows);
    sum = {
      accepted: sum.accepted + done.accepted,
      rejected: sum.rejected + done.rejected,
      postponed: sum.postponed + done.postponed,
      changed: [...sum.changed, ...done.changed],
      failure: done.failure,
    };
    if (done.failure !== null) break;
  }
  await tellRefused(desk);
  return { ...sum, againInMs: await againInMs(desk, sum.failure) };
}

/** Lost credentials stop the shop at once; other failures are shown until a call succeeds. */
async function callFailed({ database, channel, clock }: ShopStockDesk, error: ChannelError): Promise<void> {
  const { code, message, advice } = error;
  if (error.kind === 'auth-lost') await pauseChannel(database, channel, { code, at: clock.now() });
  const severity = error.kind === 'auth-lost' ? 'error' : 'warning';
  const problem = { key: `channel:${channel}:stock`, channel, severity, code, message, advice } as const;
  await raiseProblem(database, problem, clock.now());
}

/** Levels the shop does not take stand among the problems, together, until all are taken. */
async function tellRefused({ database, channel, clock }: ShopStockDesk): Promise<void> {
  const key = `channel:${channel}:stock-refused`;
  const where = 'FROM shop_stock WHERE channel = ? AND due = 1 AND issues IS NOT NULL';
  const first = await database.get<{ issues: string }>(
    `SELECT issues ${where} ORDER BY sku, location LIMIT 1`,
    [channel],
  );
  const [issue] = first === undefined ? [] : (JSON.parse(first.issues) as readonly Issue[]);
  if (issue === undefined) return clearProblem(database, key);
  const counted = await database.get<{ n: number | string }>(`SELECT COUNT(*) AS n ${where}`, [channel]);
  const many = Number(counted?.n ?? 1);
  const message =
    many === 1 ? issue.message : `${many} counts are not taken by the shop; the first: ${issue.message}`;
  const { code, advice } = issue;
  await raiseProblem(
    database,
    { key, channel, severity: 'warning', code, message, advice: advice ?? '' },
    clock.now(),
  );
}

/** Only at locations that are told now: what was told of others before stays as it is. */
function dueRows(desk: ShopStockDesk, places: readonly string[]): Promise<DueRow[]> {
  return desk.database.all<DueRow>(
    `SELECT sku, location, wanted, told, trying, attempts FROM shop_stock
     WHERE channel = ? AND due = 1 AND wanted IS NOT NULL AND (retry_at IS NULL OR retry_at <= ?)
       AND location IN (SELECT k FROM ${desk.database.unfold('p', { k: 'text' })})
     ORDER BY sku, location LIMIT ?`,
    [desk.channel, desk.clock.now(), JSON.stringify(places.map((k) => ({ k }))), desk.port.most],
  );
}

async function tellBatch(
  desk: ShopStockDesk,
  rows: readonly DueRow[],
): Promise<Omit<ShopStockTold, 'againInMs'>> {
  await keepTried(desk, rows);
  let receipts: readonly ShopLevelReceipt[] = [];
  let failure: ChannelError | null = null;
  try {
    receipts = await answerOrStop(desk.port.set(rows.map(levelOf), randomUUID()), desk.signal);
    await clearProblem(desk.database, `channel:${desk.channel}:stock`);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    failure = error;
    await callFailed(desk, error);
  }
  const byKey = new Map(receipts.map((receipt) => [keyOf(receipt), receipt]));
  return desk.database.transaction(async (tx) => {
    const counts = { accepted: 0, rejected: 0, postponed: 0 };
    const changed: ChangedInShop[] = [];
    for (const row of rows) {
      const receipt = byKey.get(keyOf(row));
      if (receipt?.outcome === 'changed')
        changed.push({ sku: row.sku, location: row.location, found: receipt.found });
      counts[await record(tx, desk, { row, receipt, failure })] += 1;
    }
    return { ...counts, changed, failure };
  });
}

async function keepTried(desk: ShopStockDesk, rows: readonly DueRow[]): Promise<void> {
  const tried = rows.map((row) => ({
    sku: row.sku,
    location: row.location,
    trying: JSON.stringify([...new Set([...triedOf(row), row.wanted])]),
  }));
  await desk.database.run(
    `UPDATE shop_stock SET trying = r.trying FROM ${desk.database.unfold('r', { sku: 'text', location: 'text', trying: 'text' })}
     WHERE shop_stock.channel = ? AND shop_stock.sku = r.sku AND shop_stock.location = r.location`,
    [JSON.stringify(tried), desk.channel],
  );
}

/** The first figure is written over whatever the shop has: from then on the counts are ours. */
function levelOf(row: DueRow): ShopLevel {
  const ours = row.told === null ? [] : [row.told, ...triedOf(row)];
  return { sku: row.sku, location: row.location, units: row.wanted, ours };
}

function triedOf({ trying }: DueRow): readonly number[] {
  return trying === null ? [] : (JSON.parse(trying) as readonly number[]);
}

/** A row that was changed meanwhile stays due: what is kept is what was sent, and due is worked out from what is wanted now. */
async function record(
  tx: Queries,
  desk: ShopStockDesk,
  answer: {
    readonly row: DueRow;
    readonly receipt: ShopLevelReceipt | undefined;
    readonly failure: ChannelError | null;
  },
): Promise<'accepted' | 'rejected' | 'postponed'> {
  const { row, receipt, failure } = answer;
  const where = 'WHERE channel = ? AND sku = ? AND location = ?';
  const key = [desk.channel, row.sku, row.location] as const;
  const at = (ms: number): string => plusMs(desk.clock.now(), Math.ceil(ms));
  if (receipt?.outcome === 'accepted') {
    await tx.run(
      `UPDATE shop_stock SET told = ?, trying = NULL, issues = NULL, retry_at = NULL, attempts = 0,
         due = CASE WHEN wanted IS NULL OR wanted = ? THEN 0 ELSE 1 END ${where}`,
      [row.wanted, row.wanted, ...key],
    );
    return 'accepted';
  }
  if (receipt?.outcome === 'changed') {
    const wait = receipt.found < row.wanted ? SOLD_THERE_MS : READ_AGAIN_MS;
    await tx.run(
      `UPDATE shop_stock SET told = ?, trying = NULL, issues = NULL, attempts = 0,
         due = CASE WHEN wanted IS NULL OR wanted = ? THEN 0 ELSE 1 END,
         retry_at = CASE WHEN wanted = ? THEN ? END ${where}`,
      [receipt.found, receipt.found, row.wanted, at(wait), ...key],
    );
    return 'postponed';
  }
  const attempts = row.attempts + 1;
  const refused = receipt?.outcome === 'rejected';
  const wait = refused ? REFUSED_MS : (failure?.againInMs ?? backoffMs(attempts, desk.random()));
  await tx.run(`UPDATE shop_stock SET retry_at = ?, attempts = ?, issues = ? ${where}`, [
    at(wait),
    attempts,
    refused ? JSON.stringify(receipt.issues) : null,
    ...key,
  ]);
  return refused ? 'rejected' : 'postponed';
}

/** Rows that wait only a while are looked at then; the others with the sweep. */
async function againInMs(desk: ShopStockDesk, failure: ChannelError | null): Promise<number | null> {
  const next = await desk.database.get<{ at: string | null }>(
    'SELECT MIN(retry_at) AS at FROM shop_stock WHERE channel = ? AND due = 1 AND retry_at IS NOT NULL',
    [desk.channel],
  );
  if (!next?.at) return null;
  const ms = Math.max(failure?.againInMs ?? 0, Date.parse(next.at) - Date.parse(desk.clock.now()), 0);
  return ms > LONGEST_BACKOFF_MS ? null : ms;
}

function keyOf({ sku, location }: { readonly sku: string; readonly location: string }): string {
  return JSON.stringify([sku, location]);
}
