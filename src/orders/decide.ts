import type { ChannelOrderStatus } from '../domain/order.js';

/**
 * Where an order stands with us. `waiting`: something must happen first, `reason` says what · `linked`: taken in full: its lines are
 * known and, where a storefront is set, it is placed there · `refused`: there is nothing to do for us.
 */
export type OrderState = 'waiting' | 'linked' | 'refused';

/** What a decision about an order looks at. */
export interface OrderFacts {
  readonly status: ChannelOrderStatus;
  readonly fulfilledBy: 'merchant' | 'channel';
  /** Lines we could read; none: the order as a whole could not be read. */
  readonly lineCount: number;
  /** SKUs of lines that no variant of the catalog has. */
  readonly unknownSkus: readonly string[];
  /** Which orders of this channel are placed in a storefront; null: there is none, orders are kept and reserve stock. */
  readonly placing: 'all' | 'matched' | null;
  /** Placed there already. */
  readonly placed: boolean;
}

/** The decision, with a stable reason word for tables and a sentence for a person. */
export interface OrderDecision {
  readonly state: OrderState;
  readonly reason: string | null;
  /** True when the order is ready to be placed in the storefront. */
  readonly place: boolean;
}

/** Where an order stands. Pure, whatever the order of events was; a paid order is always taken, short stock or not. */
export function decideOrder(facts: OrderFacts): OrderDecision {
  if (facts.status === 'cancelled') {
    return facts.placed
      ? {
          state: 'linked',
          reason: 'cancelled at the channel after it was placed: cancel it in the shop',
          place: false,
        }
      : { state: 'refused', reason: 'cancelled at the channel', place: false };
  }
  if (facts.placed) return { state: 'linked', reason: null, place: false };
  if (facts.lineCount === 0) {
    return { state: 'waiting', reason: 'the order could not be read: see its raw answer', place: false };
  }
  if (facts.unknownSkus.length > 0 && facts.placing !== 'all') {
    return {
      state: 'waiting',
      reason: `no product has the SKU ${facts.unknownSkus.join(', ')}`,
      place: false,
    };
  }
  if (facts.status === 'pending') return { state: 'waiting', reason: 'not paid yet', place: false };
  if (facts.fulfilledBy === 'channel')
    return { state: 'linked', reason: 'the channel ships it itself', place: false };
  if (facts.placing === null) return { state: 'linked', reason: null, place: false };
  if (facts.status === 'shipped')
    return { state: 'linked', reason: 'shipped before it could be placed', place: false };
  return { state: 'waiting', reason: 'to be placed in the shop', place: true };
}

const RANK: Readonly<Record<ChannelOrderStatus, number>> = {
  pending: 0,
  open: 1,
  'partially-shipped': 2,
  shipped: 3,
  cancelled: 4,
};

/** Whether a reading of an order is newer than the one we have: by the channel's instant, then by how far the order has come. */
export function supersedes(
  next: { readonly updatedAt: string; readonly status: ChannelOrderStatus },
  known: { readonly updatedAt: string; readonly status: ChannelOrderStatus },
): boolean {
  if (next.updatedAt !== known.updatedAt) return next.updatedAt > known.updatedAt;
  return RANK[next.status] > RANK[known.status];
}

/** Units of a line that still take stock from us. */
export function openUnits(
  order: { readonly status: ChannelOrderStatus; readonly fulfilledBy: 'merchant' | 'channel' },
  line: { readonly quantity: number; readonly quantityCancelled: number },
): number {
  if (order.status === 'cancelled' || order.fulfilledBy === 'channel') return 0;
  return Math.max(0, line.quantity - line.quantityCancelled);
}
