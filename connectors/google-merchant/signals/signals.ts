import type { SignalPort } from '../../../src/channel/side-ports.js';
import type { ParcelSignal, SignalReceipt } from '../../../src/domain/parcel-signal.js';
import type { NestedCall } from '../multipart.js';
import { type Sender, sendBatch } from '../send-batch.js';
import type { MarketKey } from '../settings.js';
import { outcomeOf } from '../side-outcome.js';
import { encodeSignal, type SignalProductId } from './signal-form.js';

interface Tools extends Sender {
  readonly market: MarketKey;
  readonly productId: SignalProductId;
}

/**
 * Order-tracking signals: they improve what Google says about delivery speed and change no order. Write-only; there is no
 * update, so a delivered parcel is reported once more. Nothing of a parcel is logged or quoted, Google's sentences included.
 */
export function signalPort(tools: Tools): SignalPort {
  return { report: (parcels) => report(parcels, tools) };
}

async function report(parcels: readonly ParcelSignal[], tools: Tools): Promise<readonly SignalReceipt[]> {
  const { client, host, market, productId } = tools;
  const path = client.nestedPath('ordertracking', `${client.account}/orderTrackingSignals`);
  const calls = new Map<string, NestedCall>();
  const receipts: SignalReceipt[] = [];
  for (const parcel of parcels) {
    const encoded = encodeSignal(parcel, market, productId);
    if (encoded.fits) calls.set(parcel.reference, { method: 'POST', path, body: encoded.body });
    else receipts.push({ reference: parcel.reference, outcome: 'rejected', issues: encoded.issues });
  }
  if (calls.size === 0) return receipts;
  const facts = { api: 'ordertracking', method: 'orderTrackingSignals.create', lane: 'ordinary' } as const;
  const { replies } = await sendBatch(calls, facts, tools);
  const view = { now: host.clock.now(), quote: false };
  return [
    ...receipts,
    ...[...calls.keys()].map((reference) => ({ reference, ...outcomeOf(replies.get(reference), view) })),
  ];
}
