import type { StoredAllotment } from '../catalog/allotment-rows.js';
import type { CatalogRow } from '../catalog/store.js';
import { variantsById, variantsBySku } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { type AllotmentState, unitsLeft } from '../stock/allotment.js';
import { type ChannelShare, channelStock, onHandOf } from '../stock/available.js';
import { type BundleTold, bundleTold } from '../stock/bundle-told.js';
import { cursorOf, placeOf, type ViewPage } from './page-cursor.js';
import { titleOf } from './variant-face.js';

/** The stock of one variant. Per channel: on hand − reserved − safety stock, after the channel's share, never below zero. */
export interface StockLine {
  readonly sku: string;
  readonly title: string;
  /** Null: nobody counts, which is not zero. */
  readonly onHand: number | null;
  readonly reserved: number;
  /** The merchant does not count this one: it is always on sale. */
  readonly untracked: boolean;
  /** What it is made of, for a bundle: its own counts are nobody's. */
  readonly bundle: BundleTold | null;
  readonly levels: readonly { readonly location: string; readonly onHand: number }[];
  readonly channels: readonly ChannelUnits[];
}

/** What one channel may offer. */
export interface ChannelUnits {
  readonly channel: string;
  readonly safetyStock: number;
  /** How it shares in the stock: `shared`, `percent`, `reserve`, … */
  readonly mode: string;
  readonly available: number | null;
}

/** Stock in the order of the catalog; ids of a search, or null for everything that is not ended. */
export async function listStock(
  queries: Queries,
  question: { readonly variantIds: readonly number[] | null; readonly location: string | null },
  page: { readonly cursor: string | null; readonly limit: number },
  shares: ReadonlyMap<string, ChannelShare>,
): Promise<ViewPage<StockLine>> {
  const after = Number(placeOf(page.cursor, ['number'])?.[0] ?? 0);
  const conditions = ["v.status <> 'ended'", 'v.id > ?'];
  const parameters: (string | number)[] = [after];
  if (question.variantIds !== null) {
    conditions.push(`v.id IN (SELECT id FROM ${queries.unfold('wanted', { id: 'integer' })})`);
    parameters.push(JSON.stringify(question.variantIds.map((id) => ({ id }))));
  }
  if (question.location !== null) {
    conditions.push('EXISTS (SELECT 1 FROM stock_level s WHERE s.sku = v.sku AND s.location = ?)');
    parameters.push(question.location);
  }
  const ids = await queries.all<{ id: number }>(
    `SELECT v.id FROM variant v WHERE ${conditions.join(' AND ')} ORDER BY v.id LIMIT ?`,
    [...parameters, page.limit + 1],
  );
  const shown = ids.slice(0, page.limit).map(({ id }) => id);
  const rows = new Map((await variantsById(queries, shown)).map((row) => [row.variantId, row]));
  const last = shown[shown.length - 1];
  return {
    items: shown.flatMap((id) => {
      const row = rows.get(id);
      return row === undefined ? [] : [stockLine(row, shares)];
    }),
    next: ids.length > page.limit && last !== undefined ? cursorOf([last]) : null,
  };
}

function stockLine(row: CatalogRow, shares: ReadonlyMap<string, ChannelShare>): StockLine {
  const { stock } = row;
  return {
    sku: row.sku,
    title: titleOf(row),
    onHand: onHandOf(stock.levels),
    reserved: stock.reserved,
    untracked: stock.tracked === false,
    bundle: bundleTold(stock),
    levels: stock.levels.map(({ location, onHand }) => ({ location, onHand })),
    channels: [...shares].map(([channel, share]) => ({
      channel,
      safetyStock: share.safetyStock,
      mode: share.allocation.mode,
      available: channelStock(stock, share).available ?? null,
    })),
  };
}

/** One variant's stock with the orders that hold it and its latest movements. */
export interface StockFacts extends StockLine {
  /** Who counted how many where, and when. */
  readonly counts: readonly {
    readonly location: string;
    readonly onHand: number;
    readonly owner: string;
    readonly readAt: Instant;
  }[];
  /** Units in the hands of strict channels. */
  readonly allotments: readonly {
    readonly channel: string;
    readonly state: AllotmentState;
    readonly left: number;
    readonly since: Instant;
  }[];
  readonly reservations: readonly {
    readonly channel: string;
    readonly order: string;
    readonly quantity: number;
    readonly at: Instant;
  }[];
  /** Newest first. */
  readonly movements: readonly {
    readonly location: string;
    readonly before: number | null;
    readonly after: number | null;
    readonly cause: string;
    readonly at: Instant;
  }[];
}

const MOST_ROWS = 100;

function allotmentsOf({ stock }: CatalogRow): StockFacts['allotments'] {
  return ((stock.allotments ?? []) as readonly StoredAllotment[]).map((allotment) => ({
    channel: allotment.channel,
    state: allotment.state,
    left: unitsLeft(allotment),
    since: allotment.openedAt,
  }));
}

/** The stock of one SKU; null: the catalog has none. */
export async function showStock(
  queries: Queries,
  sku: string,
  shares: ReadonlyMap<string, ChannelShare>,
): Promise<StockFacts | null> {
  const [row] = await variantsBySku(queries, [sku]);
  if (row === undefined) return null;
  const counts = await queries.all<StockFacts['counts'][number]>(
    'SELECT location, on_hand AS "onHand", source AS owner, read_at AS "readAt" FROM stock_level WHERE sku = ? ORDER BY location',
    [sku],
  );
  const reservations = await queries.all<StockFacts['reservations'][number]>(
    'SELECT channel, external_id AS "order", quantity, at FROM reservation WHERE sku = ? ORDER BY at, channel, external_id LIMIT ?',
    [sku, MOST_ROWS],
  );
  const movements = await queries.all<StockFacts['movements'][number]>(
    'SELECT location, before, after, cause, at FROM stock_movement WHERE sku = ? ORDER BY id DESC LIMIT ?',
    [sku, MOST_ROWS],
  );
  return { ...stockLine(row, shares), counts, allotments: allotmentsOf(row), reservations, movements };
}
