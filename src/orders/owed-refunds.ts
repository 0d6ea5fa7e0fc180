import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Money } from '../domain/money.js';
import type { RefundedLine, RefundReason } from '../domain/order-message.js';
import type { LineToBook } from '../domain/store-order.js';
import type { OrderPlace } from './exceptions.js';

/** A refund that the channel gave and the shop is to know of. */
export interface OwedRefund {
  readonly reason: RefundReason;
  readonly lines: readonly LineToBook[];
  readonly shipping?: Money;
}

/** `pending`: to be booked · `booked` · `left` to a person, `why` says the reason · `dropped`: the shop has it, or a person was asked before. */
export type OwedState = 'pending' | 'booked' | 'left' | 'dropped';

/** A refund owed to the shop, as it is stored. */
export interface OwedRow {
  readonly reference: string;
  readonly refund: OwedRefund;
  readonly state: OwedState;
  readonly attempts: number;
  readonly madeAt: Instant;
  readonly why: string | null;
}

/** References of refunds the channel gave by itself begin with this; others are those of the message the channel was told with. */
export const BY_CHANNEL = 'channel:';
/** References of messages about a refund that the shop gave begin with this. */
export const FROM_SHOP = 'refund:';
/** References of messages about goods that came back to a store of ours begin with this. */
export const OF_RETURN = 'return:';

/** Writes down that a refund is owed to the shop, in the transaction that decided it; once per reference. Answers whether it is new. */
export async function oweRefund(
  tx: Queries,
  { channel, externalId }: OrderPlace,
  owed: {
    readonly reference: string;
    readonly refund: OwedRefund;
    readonly now: Instant;
    /** Why a person has to book it; absent: we do. */
    readonly why?: string;
  },
): Promise<boolean> {
  const added = await tx.run(
    `INSERT INTO shop_refund (channel, external_id, reference, refund, state, why, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (channel, external_id, reference) DO NOTHING`,
    [
      channel,
      externalId,
      owed.reference,
      JSON.stringify(owed.refund),
      owed.why === undefined ? 'pending' : 'left',
      owed.why ?? null,
      owed.now,
    ],
  );
  return added > 0;
}

/** Refunds of an order owed to the shop, whatever became of them, oldest first. */
export async function owedRefunds(
  tx: Queries,
  { channel, externalId }: OrderPlace,
): Promise<readonly OwedRow[]> {
  const rows = await tx.all<Omit<OwedRow, 'refund' | 'madeAt'> & { refund: string; made_at: string }>(
    `SELECT reference, refund, state, attempts, made_at, why FROM shop_refund WHERE channel = ? AND external_id = ?
     ORDER BY made_at, reference`,
    [channel, externalId],
  );
  return rows.map(({ refund, made_at: madeAt, ...row }) => ({
    ...row,
    madeAt,
    refund: JSON.parse(refund) as OwedRefund,
  }));
}

/** Moves a refund on. */
export async function markOwed(
  tx: Queries,
  { channel, externalId }: OrderPlace,
  mark: {
    readonly reference: string;
    readonly state: OwedState;
    readonly storeReference?: string;
    readonly why?: string;
    readonly now: Instant;
  },
): Promise<void> {
  await tx.run(
    `UPDATE shop_refund SET state = ?, store_reference = ?, why = ?, booked_at = ?, retry_at = NULL
     WHERE channel = ? AND external_id = ? AND reference = ?`,
    [
      mark.state,
      mark.storeReference ?? null,
      mark.why ?? null,
      mark.state === 'booked' ? mark.now : null,
      channel,
      externalId,
      mark.reference,
    ],
  );
}

/** The key a refund bears in the shop: the same for the same refund, whatever happens in between. */
export function refundKey({ channel, externalId }: OrderPlace, reference: string): string {
  return `${channel}:${externalId}:${reference}`;
}

/** Everything a refund comes to; null: it names no amount, or two currencies. Pure. */
export function owedAmount({ lines, shipping }: OwedRefund): Money | null {
  const amounts = [...lines.map(({ amount }) => amount), ...(shipping === undefined ? [] : [shipping])];
  const [first] = amounts;
  if (first === undefined || amounts.some(({ currency }) => currency !== first.currency)) return null;
  return { minor: amounts.reduce((sum, { minor }) => sum + minor, 0), currency: first.currency };
}

/** What a line of a message gave back in all; null: it states no amount of the goods. Pure. */
export function givenBy(line: RefundedLine): { readonly goods: Money; readonly shipping: number } | null {
  const { item, itemTax, shipping, shippingTax } = line;
  const currency = (item ?? itemTax ?? shipping ?? shippingTax)?.currency;
  if (currency === undefined || (item === undefined && line.quantity > 0)) return null;
  return {
    goods: { minor: (item?.minor ?? 0) + (itemTax?.minor ?? 0), currency },
    shipping: (shipping?.minor ?? 0) + (shippingTax?.minor ?? 0),
  };
}
