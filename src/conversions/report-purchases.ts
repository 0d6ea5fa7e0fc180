import type { ConversionPort } from '../channel/conversion-port.js';
import type { Sealer } from '../channel/credentials.js';
import type { Database } from '../db/database.js';
import { backoffMs } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import { type Clock, epochMs, plusMs } from '../domain/instant.js';
import { duePurchases, postponePurchases, settlePurchases, type WaitingPurchase } from './store-purchases.js';

/** What reporting works with. */
export interface ConversionDesk {
  readonly channel: string;
  readonly port: ConversionPort;
  readonly database: Database;
  readonly sealer: Sealer;
  readonly clock: Clock;
  random(): number;
}

/** What a round did. `due` is the sum of the others. */
export interface ConversionReport {
  readonly due: number;
  readonly sent: number;
  readonly refused: number;
  /** Older than the channel takes. */
  readonly expired: number;
  readonly postponed: number;
  /** Why purchases were postponed; null: none were. */
  readonly failure: ChannelError | null;
}

/** Reports what is due. Repeating a call is safe: the channel counts an event id once. One bad purchase does not hold up its neighbours. */
export async function reportPurchases(desk: ConversionDesk, signal: AbortSignal): Promise<ConversionReport> {
  const tally = { due: 0, sent: 0, refused: 0, expired: 0, postponed: 0 };
  const { channel, port, database, sealer, clock } = desk;
  for (;;) {
    signal.throwIfAborted();
    const now = clock.now();
    const waiting = await duePurchases(database, { channel, sealer, now, most: port.limits.purchases });
    if (waiting.length === 0) return { ...tally, failure: null };
    tally.due += waiting.length;
    const tooOld = waiting.filter(
      ({ purchase }) => epochMs(now) - epochMs(purchase.placedAt) >= port.limits.oldestMs,
    );
    const fresh = waiting.filter((item) => !tooOld.includes(item));
    await settlePurchases(database, idsOf(tooOld), { channel, state: 'expired', reason: 'too old', now });
    tally.expired += tooOld.length;
    const failure = await deliver(desk, fresh, tally);
    if (failure !== null) return { ...tally, failure };
  }
}

type Tally = { sent: number; refused: number; postponed: number };

async function deliver(
  desk: ConversionDesk,
  items: readonly WaitingPurchase[],
  tally: Tally,
): Promise<ChannelError | null> {
  if (items.length === 0) return null;
  const { channel, port, database, clock } = desk;
  try {
    await port.report(items.map((item) => item.purchase));
    await settlePurchases(database, idsOf(items), { channel, state: 'sent', reason: null, now: clock.now() });
    tally.sent += items.length;
    return null;
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    if (error.kind !== 'refused') return postpone(desk, items, { tally, error });
    return items.length === 1 ? refuse(desk, items, { tally, error }) : halves(desk, items, tally);
  }
}

/** The channel refuses a call for one bad purchase; halving finds it in few calls. */
async function halves(
  desk: ConversionDesk,
  items: readonly WaitingPurchase[],
  tally: Tally,
): Promise<ChannelError | null> {
  const middle = Math.ceil(items.length / 2);
  const [first, second] = [items.slice(0, middle), items.slice(middle)];
  const failure = await deliver(desk, first, tally);
  if (failure !== null) return postpone(desk, second, { tally, error: failure });
  return deliver(desk, second, tally);
}

interface Failed {
  readonly tally: Tally;
  readonly error: ChannelError;
}

async function refuse(
  desk: ConversionDesk,
  items: readonly WaitingPurchase[],
  { tally, error }: Failed,
): Promise<null> {
  const { channel, database, clock } = desk;
  await settlePurchases(database, idsOf(items), {
    channel,
    state: 'refused',
    reason: error.code,
    now: clock.now(),
  });
  tally.refused += items.length;
  return null;
}

async function postpone(
  desk: ConversionDesk,
  items: readonly WaitingPurchase[],
  { tally, error }: Failed,
): Promise<ChannelError> {
  const { channel, database, clock, random } = desk;
  const attempts = Math.max(0, ...items.map((item) => item.attempts));
  const waitMs = error.againInMs ?? backoffMs(attempts + 1, random());
  await postponePurchases(database, idsOf(items), {
    channel,
    dueAt: plusMs(clock.now(), Math.max(1_000, Math.round(waitMs))),
    reason: error.code,
  });
  tally.postponed += items.length;
  return error;
}

function idsOf(items: readonly WaitingPurchase[]): readonly string[] {
  return items.map(({ purchase }) => purchase.orderId);
}
