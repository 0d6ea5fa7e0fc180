import { answerOrStop } from '../channel/answer-or-stop.js';
import { backoffMs } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import { plusMs } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import type { ShipmentNotice, ShipmentReceipt } from '../domain/shipment.js';
import { lineUnits, shippable } from './line-units.js';
import { mayCall } from './may-call.js';
import type { OrderDesk } from './order-desk.js';

/** What a round of announcing parcels did. `due` = `accepted` + `rejected` + `postponed`. */
export interface Pushed {
  readonly due: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly postponed: number;
}

interface DueParcel {
  readonly external_id: string;
  readonly reference: string;
  readonly carrier: string;
  readonly tracking_number: string;
  readonly tracking_url: string | null;
  readonly shipped_at: string;
  readonly lines: string;
  readonly attempts: number;
  /** The channel's status of the order. */
  readonly status: string;
}

const PER_ROUND = 500;

/**
 * Announces recorded parcels to the channel: delivered at least once, effective once, because the reference of a parcel never changes. What was
 * cancelled after it was packed is never announced as shipped: such a parcel is for a person. One order's parcels travel one after another.
 */
export async function pushShipments(desk: OrderDesk, signal?: AbortSignal): Promise<Pushed> {
  const pushed = { due: 0, accepted: 0, rejected: 0, postponed: 0 };
  if (!desk.port.ship) return pushed;
  for (const parcel of await dueParcels(desk)) {
    signal?.throwIfAborted();
    if (!(await mayCall(desk, 'channel'))) break;
    pushed.due += 1;
    pushed[await push(desk, parcel, signal)] += 1;
  }
  return pushed;
}

function dueParcels(desk: OrderDesk): Promise<DueParcel[]> {
  return desk.database.all<DueParcel>(
    `SELECT s.external_id, s.reference, s.carrier, s.tracking_number, s.tracking_url, s.shipped_at, s.lines, s.attempts, o.status FROM shipment s
     JOIN channel_order o ON o.channel = s.channel AND o.external_id = s.external_id
     WHERE s.channel = ? AND s.state = 'pending' AND (s.retry_at IS NULL OR s.retry_at <= ?)
     ORDER BY s.shipped_at, s.external_id, s.reference LIMIT ?`,
    [desk.channel, desk.clock.now(), PER_ROUND],
  );
}

async function push(
  desk: OrderDesk,
  parcel: DueParcel,
  signal?: AbortSignal,
): Promise<'accepted' | 'rejected' | 'postponed'> {
  const cancelled = await cancelledIn(desk, parcel);
  const receipt: ShipmentReceipt = cancelled
    ? { reference: parcel.reference, outcome: 'rejected', issues: [cancelled] }
    : await announce(desk, parcel, signal);
  const now = desk.clock.now();
  const attempts = parcel.attempts + 1;
  const state = receipt.outcome === 'retry' ? 'pending' : receipt.outcome;
  const retryAt =
    receipt.outcome === 'retry'
      ? plusMs(now, Math.ceil(receipt.againInMs ?? backoffMs(attempts, desk.random())))
      : null;
  const issues = receipt.outcome === 'rejected' ? JSON.stringify(receipt.issues) : null;
  await desk.database.run(
    'UPDATE shipment SET state = ?, sent_at = ?, retry_at = ?, attempts = ?, issues = ? WHERE channel = ? AND external_id = ? AND reference = ?',
    [state, now, retryAt, attempts, issues, desk.channel, parcel.external_id, parcel.reference],
  );
  return receipt.outcome === 'retry' ? 'postponed' : receipt.outcome;
}

/** What is wrong when a parcel holds units that were cancelled since it was packed. */
async function cancelledIn(desk: OrderDesk, parcel: DueParcel): Promise<Issue | null> {
  const own = new Map(linesOf(parcel).map(({ lineId, quantity }) => [lineId, quantity]));
  const lines = await lineUnits(desk.database, { channel: desk.channel, externalId: parcel.external_id });
  const over = lines.filter((line) => {
    const held = own.get(line.lineId) ?? 0;
    return held > 0 && (parcel.status === 'cancelled' || line.packed > shippable(line));
  });
  if (over.length === 0) return null;
  return {
    severity: 'error',
    code: 'parcel_holds_cancelled_units',
    origin: 'ours',
    message: `Parcel ${parcel.reference} holds units that are cancelled: ${over.map(({ sku }) => sku).join(', ')}. It is not announced`,
    advice:
      'Call the parcel back. If it is only part of it, announce what was really sent with `omnifeed ship`, under a reference of its own.',
  };
}

async function announce(desk: OrderDesk, parcel: DueParcel, signal?: AbortSignal): Promise<ShipmentReceipt> {
  try {
    const call = desk.port.ship?.([noticeOf(parcel)]) ?? Promise.resolve([]);
    const receipts = await answerOrStop(call, signal);
    const own = receipts.find((receipt) => receipt.reference === parcel.reference);
    return own ?? { reference: parcel.reference, outcome: 'retry', code: 'no_receipt' };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.callFailed(error, 'channel');
    return {
      reference: parcel.reference,
      outcome: 'retry',
      code: error.code,
      ...(error.againInMs === null ? {} : { againInMs: error.againInMs }),
    };
  }
}

function linesOf(parcel: DueParcel): readonly { readonly lineId: string; readonly quantity: number }[] {
  return JSON.parse(parcel.lines) as { lineId: string; quantity: number }[];
}

function noticeOf(parcel: DueParcel): ShipmentNotice {
  return {
    orderExternalId: parcel.external_id,
    reference: parcel.reference,
    carrier: parcel.carrier,
    trackingNumber: parcel.tracking_number,
    ...(parcel.tracking_url === null ? {} : { trackingUrl: parcel.tracking_url }),
    shippedAt: parcel.shipped_at,
    lines: linesOf(parcel).map((line) => ({ lineExternalId: line.lineId, quantity: line.quantity })),
  };
}
