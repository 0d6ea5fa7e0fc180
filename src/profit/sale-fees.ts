import { variantsBySku } from '../catalog/store.js';
import type { Database } from '../db/database.js';
import { type Clock, plusMs } from '../domain/instant.js';
import type { OrderLine } from '../domain/order.js';
import type { Product } from '../domain/product.js';
import { calendarDay } from './channel-profits.js';
import { chooseFees, type KnownFees } from './choose-fees.js';
import type { KeptEstimate } from './fee-estimate.js';
import type { FeeSchedule } from './fee-schedule.js';
import { keptEstimates } from './kept-estimates.js';

/** Whose sales, and what the merchant wrote down about fees (null: nothing). */
export interface SaleFeeDesk {
  readonly database: Database;
  readonly clock: Clock;
  readonly channel: string;
  /** The channel's zone: fee rules are dated by its calendar. */
  readonly zone: string;
  readonly schedule: FeeSchedule | null;
}

/** What a round did: looked = booked + unknown. */
export interface SaleFeesBooked {
  readonly looked: number;
  readonly booked: number;
  /** Nobody says what the channel takes for these lines at their price; they are looked at again. */
  readonly unknown: number;
}

interface SoldLine {
  readonly external_id: string;
  readonly line_id: string;
  readonly sku: string;
  readonly amounts: string;
  readonly placed_at: string;
  readonly fulfilled_by: string;
}

const PAGE = 500;
/** What is not known this long after the sale stays unknown: an estimate made later is of other fees. */
const LOOK_BACK_MS = 30 * 86_400_000;

/**
 * Writes down what the channel takes for a unit of each line sold lately, once: later estimates, for another price or by other rules, do not change
 * what a sale is thought to have left. An estimate counts for exactly the price and the shipper it was made for.
 */
export async function bookSaleFees(desk: SaleFeeDesk, signal?: AbortSignal): Promise<SaleFeesBooked> {
  const done = { looked: 0, booked: 0, unknown: 0 };
  const since = plusMs(desk.clock.now(), -LOOK_BACK_MS);
  for (let last = { external_id: '', line_id: '' }; ; ) {
    signal?.throwIfAborted();
    const lines = await desk.database.all<SoldLine>(
      `SELECT o.external_id, l.line_id, l.sku, l.amounts, o.placed_at, o.fulfilled_by FROM channel_order o
       JOIN order_line l ON l.channel = o.channel AND l.external_id = o.external_id
       WHERE o.channel = ? AND o.placed_at > ? AND (l.external_id, l.line_id) > (?, ?) AND NOT EXISTS
         (SELECT 1 FROM sale_fee f WHERE f.channel = l.channel AND f.external_id = l.external_id AND f.line_id = l.line_id)
       ORDER BY o.external_id, l.line_id LIMIT ?`,
      [desk.channel, since, last.external_id, last.line_id, PAGE],
    );
    const booked = await bookPage(desk, lines);
    done.looked += lines.length;
    done.booked += booked;
    done.unknown += lines.length - booked;
    const end = lines.at(-1);
    if (end === undefined || lines.length < PAGE) return done;
    last = end;
  }
}

async function bookPage(desk: SaleFeeDesk, lines: readonly SoldLine[]): Promise<number> {
  const { database, channel } = desk;
  const skus = [...new Set(lines.map(({ sku }) => sku))];
  const estimates = await keptEstimates(database, channel, skus);
  const products = new Map((await variantsBySku(database, skus)).map((row) => [row.sku, row.product]));
  const booked_at = desk.clock.now();
  const rows = lines.flatMap((line) => {
    const known = { product: products.get(line.sku), estimate: estimates.get(line.sku) ?? null };
    const fees = saleFees(line, known, desk);
    if (fees === null) return [];
    const { external_id, line_id } = line;
    const { total, source, at: asked_at } = fees;
    const { minor: unit_minor, currency } = total;
    return [{ channel, external_id, line_id, unit_minor, currency, source, asked_at, booked_at }];
  });
  if (rows.length > 0)
    await database.insert({ table: 'sale_fee', columns: COLUMNS, conflict: 'ON CONFLICT DO NOTHING' }, rows);
  return rows.length;
}

/** What the channel takes for a unit of a line; null: nobody says. Pure. */
function saleFees(
  line: SoldLine,
  known: {
    readonly product: Pick<Product, 'type' | 'categories'> | undefined;
    readonly estimate: KeptEstimate | null;
  },
  { schedule, zone }: Pick<SaleFeeDesk, 'schedule' | 'zone'>,
): KnownFees | null {
  const { unitPrice: price } = JSON.parse(line.amounts) as Pick<OrderLine, 'unitPrice'>;
  if (price === undefined) return null;
  const channelShips = line.fulfilled_by === 'channel';
  const { product, estimate } = known;
  const fits = estimate?.outcome === 'estimated' && estimate.channelShips === channelShips;
  return chooseFees({
    question: {
      price,
      types: typeof product?.type === 'string' ? [product.type] : [],
      categories: product?.categories ?? [],
      day: calendarDay(line.placed_at, zone),
    },
    fulfilledBy: fits ? estimate.fulfilledBy : null,
    // A fee file does not know what the channel takes for shipping.
    schedule: channelShips ? null : schedule,
    estimate: fits ? estimate : null,
    canEstimate: false,
  }).fees;
}

const COLUMNS = {
  channel: 'text',
  external_id: 'text',
  line_id: 'text',
  unit_minor: 'integer',
  currency: 'text',
  source: 'text',
  asked_at: 'text',
  booked_at: 'text',
} as const;
