import type { BuyerVault } from '../buyers/buyer-vault.js';
import { variantsBySku } from '../catalog/store.js';
import { answerOrStop } from '../channel/answer-or-stop.js';
import type { SignalPort } from '../channel/side-ports.js';
import type { Database, Queries } from '../db/database.js';
import { backoffMs } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import { type Clock, plusMs } from '../domain/instant.js';
import type { Money } from '../domain/money.js';
import type { Buyer } from '../domain/order.js';
import type { ParcelSignal, SignalReceipt } from '../domain/parcel-signal.js';
import { revisionOf } from '../domain/revision.js';

/** Everything needed to report parcels to one channel that learns delivery speed from them. */
export interface SignalDesk {
  readonly database: Database;
  /** The channel that is told. */
  readonly channel: string;
  readonly port: SignalPort;
  /** Channels whose parcels are reported. */
  readonly from: readonly string[];
  readonly origin: { readonly country: string | null; readonly postalCode: string | null };
  readonly buyers: BuyerVault;
  readonly clock: Clock;
  random(): number;
  callFailed(error: ChannelError): Promise<void>;
}

/** What a round of reporting did. `due` = `accepted` + `rejected` + `postponed`. */
export interface Signalled {
  readonly due: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly postponed: number;
  readonly failure: ChannelError | null;
}

interface ParcelRow {
  readonly sold_on: string;
  readonly external_id: string;
  readonly reference: string;
  readonly carrier: string;
  readonly tracking_number: string;
  readonly shipped_at: string;
  readonly lines: string;
  readonly placed_at: string;
  readonly totals: string;
  readonly sealed: string | null;
  readonly attempts: number | null;
}

const PER_CALL = 50;
/** Parcels of before this are history, not a signal: switching signals on does not report old ones. */
const OLDEST_DAYS = 30;

/**
 * Reports parcels that were not reported yet, oldest first; each at least once, because it counts as reported only when the channel said so.
 * Of the buyer only country and postal code are read, and only where they are still known. Nothing here is logged but counts.
 */
export async function reportParcels(desk: SignalDesk, signal?: AbortSignal): Promise<Signalled> {
  const done = { due: 0, accepted: 0, rejected: 0, postponed: 0 };
  for (;;) {
    signal?.throwIfAborted();
    const rows = await dueParcels(desk);
    if (rows.length === 0) return { ...done, failure: null };
    const { counts, failure } = await reportBatch(desk, rows, signal);
    done.due += rows.length;
    for (const outcome of ['accepted', 'rejected', 'postponed'] as const) done[outcome] += counts[outcome];
    if (failure !== null) return { ...done, failure };
  }
}

function dueParcels(desk: SignalDesk): Promise<ParcelRow[]> {
  const now = desk.clock.now();
  const from = JSON.stringify(desk.from.map((id) => ({ id })));
  return desk.database.all<ParcelRow>(
    `SELECT s.channel AS sold_on, s.external_id, s.reference, s.carrier, s.tracking_number, s.shipped_at, s.lines, o.placed_at, o.totals, b.sealed, p.attempts
     FROM shipment s JOIN channel_order o ON o.channel = s.channel AND o.external_id = s.external_id
     LEFT JOIN order_buyer b ON b.channel = s.channel AND b.external_id = s.external_id
     LEFT JOIN parcel_signal p ON p.channel = ? AND p.sold_on = s.channel AND p.external_id = s.external_id AND p.reference = s.reference
     WHERE s.channel IN (SELECT id FROM ${desk.database.unfold('f', { id: 'text' })}) AND o.status <> 'cancelled' AND s.shipped_at >= ?
       AND (p.state IS NULL OR (p.state = 'pending' AND p.retry_at <= ?))
     ORDER BY s.shipped_at, s.channel, s.external_id, s.reference LIMIT ?`,
    [desk.channel, from, plusMs(now, -OLDEST_DAYS * 86_400_000), now, PER_CALL],
  );
}

async function reportBatch(
  desk: SignalDesk,
  rows: readonly ParcelRow[],
  signal?: AbortSignal,
): Promise<{ counts: Record<'accepted' | 'rejected' | 'postponed', number>; failure: ChannelError | null }> {
  const parcels: ParcelSignal[] = [];
  for (const row of rows) parcels.push(await signalOf(desk, row));
  let receipts: readonly SignalReceipt[] = [];
  let failure: ChannelError | null = null;
  try {
    const key = revisionOf(parcels.map((parcel) => parcel.reference));
    receipts = await answerOrStop(desk.port.report(parcels, key), signal);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    failure = error;
    await desk.callFailed(error);
  }
  const byReference = new Map(receipts.map((receipt) => [receipt.reference, receipt]));
  const counts = { accepted: 0, rejected: 0, postponed: 0 };
  for (const row of rows)
    counts[await record(desk, row, { receipt: byReference.get(referenceOf(row)), failure })] += 1;
  return { counts, failure };
}

/** Unique over everything that is sold: two channels may number their parcels alike. */
function referenceOf(row: Pick<ParcelRow, 'sold_on' | 'external_id' | 'reference'>): string {
  return `${row.sold_on}/${row.external_id}/${row.reference}`;
}

async function signalOf(desk: SignalDesk, row: ParcelRow): Promise<ParcelSignal> {
  const { shippingPrice } = JSON.parse(row.totals) as { shippingPrice?: Money };
  const address = await addressOf(desk, row);
  return {
    reference: referenceOf(row),
    soldOn: row.sold_on,
    orderId: row.external_id,
    orderedAt: row.placed_at,
    shippedAt: row.shipped_at,
    deliveredAt: null,
    carrier: row.carrier,
    trackingNumber: row.tracking_number,
    originCountry: desk.origin.country,
    originPostalCode: desk.origin.postalCode,
    destinationCountry: address?.country ?? null,
    destinationPostalCode: address?.postalCode ?? null,
    shippingFee: shippingPrice ?? null,
    lines: await linesOf(desk.database, row),
  };
}

/** A buyer that was purged, or sealed with a key that is gone, is not known: the parcel is reported without a destination. */
async function addressOf(desk: SignalDesk, row: ParcelRow): Promise<Buyer['address'] | undefined> {
  if (row.sealed === null) return undefined;
  const place = { channel: row.sold_on, externalId: row.external_id };
  return (await desk.buyers.open(place, row.sealed))?.address;
}

async function linesOf(queries: Queries, row: ParcelRow): Promise<ParcelSignal['lines']> {
  const parcel = JSON.parse(row.lines) as { lineId: string; quantity: number }[];
  const ordered = await queries.all<{ line_id: string; sku: string; title: string | null }>(
    'SELECT line_id, sku, title FROM order_line WHERE channel = ? AND external_id = ?',
    [row.sold_on, row.external_id],
  );
  const byLine = new Map(ordered.map((line) => [line.line_id, line]));
  const variants = new Map(
    (
      await variantsBySku(
        queries,
        ordered.map(({ sku }) => sku),
      )
    ).map((variant) => [variant.sku, variant]),
  );
  return parcel.flatMap(({ lineId, quantity }) => {
    const line = byLine.get(lineId);
    if (line === undefined) return [];
    const known = variants.get(line.sku);
    return [
      {
        lineId,
        sku: line.sku,
        quantity,
        title: known?.product.title ?? line.title,
        brand: known?.product.brand ?? null,
        gtin: known?.variant.gtin ?? null,
        mpn: known?.variant.mpn ?? null,
      },
    ];
  });
}

async function record(
  desk: SignalDesk,
  row: ParcelRow,
  answer: { readonly receipt: SignalReceipt | undefined; readonly failure: ChannelError | null },
): Promise<'accepted' | 'rejected' | 'postponed'> {
  const { receipt } = answer;
  const now = desk.clock.now();
  const attempts = (row.attempts ?? 0) + 1;
  const told = receipt?.outcome === 'accepted' || receipt?.outcome === 'rejected' ? receipt : null;
  const hint = receipt?.outcome === 'retry' ? receipt.againInMs : undefined;
  const delay = hint ?? answer.failure?.againInMs ?? backoffMs(attempts, desk.random());
  await desk.database.run(
    `INSERT INTO parcel_signal (channel, sold_on, external_id, reference, state, sent_at, retry_at, attempts, issues) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (channel, sold_on, external_id, reference) DO UPDATE SET state = excluded.state, sent_at = excluded.sent_at,
       retry_at = excluded.retry_at, attempts = excluded.attempts, issues = excluded.issues`,
    [
      desk.channel,
      row.sold_on,
      row.external_id,
      row.reference,
      told?.outcome ?? 'pending',
      now,
      told === null ? plusMs(now, Math.max(1, Math.ceil(delay))) : null,
      attempts,
      told?.outcome === 'rejected' ? JSON.stringify(told.issues) : null,
    ],
  );
  return told?.outcome ?? 'postponed';
}
