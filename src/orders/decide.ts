import { BROKEN_BUNDLE, type ChannelOrderStatus, TO_BE_PLACED, UNKNOWN_SKU } from '../domain/order.js';

/**
 * Where an order stands with us. `waiting`: something must happen first, `reason` says what · `linked`: taken in full: its lines are
 * known and, where a storefront is set, it is placed there · `refused`: there is nothing to do for us.
 */
export type OrderState = 'waiting' | 'linked' | 'refused';

/** How far an order is with the shop. `asking`: the shop was asked, and what became of it is not known yet · `by-hand`: a person has it. */
export type PlacingProgress = 'none' | 'asking' | 'placed' | 'by-hand';

/** What a decision about an order looks at. */
export interface OrderFacts {
  readonly status: ChannelOrderStatus;
  readonly fulfilledBy: 'merchant' | 'channel';
  /** Lines we could read; none: the order as a whole could not be read. */
  readonly lineCount: number;
  /** SKUs of lines that no variant of the catalog has. */
  readonly unknownSkus: readonly string[];
  /** Bundles of lines that cannot be put together, each with why. */
  readonly brokenBundles: readonly string[];
  /** Which orders of this channel are placed in a storefront; null: there is none, orders are kept and reserve stock. */
  readonly placing: 'all' | 'matched' | null;
  readonly progress: PlacingProgress;
}

/** The decision, with a stable reason word for tables and a sentence for a person. */
export interface OrderDecision {
  readonly state: OrderState;
  readonly reason: string | null;
  /** True when the order is ready to be placed in the storefront. */
  readonly place: boolean;
}

/** What is to be done for an order. `take`: it is ready; the conditions of taking decide the rest. */
type Step = 'await-payment' | 'take' | 'ask-shop' | 'keep' | 'missed' | 'cancel-in-shop' | 'refuse' | 'leave';

/** What the channel says × how far the order is with the shop. Every pair has an answer, so no order of events leads nowhere. */
export const ORDER_STEPS: Readonly<Record<ChannelOrderStatus, Readonly<Record<PlacingProgress, Step>>>> = {
  pending: { none: 'await-payment', asking: 'ask-shop', placed: 'keep', 'by-hand': 'leave' },
  open: { none: 'take', asking: 'ask-shop', placed: 'keep', 'by-hand': 'leave' },
  'partially-shipped': { none: 'take', asking: 'ask-shop', placed: 'keep', 'by-hand': 'leave' },
  shipped: { none: 'missed', asking: 'ask-shop', placed: 'keep', 'by-hand': 'leave' },
  // Whether it was placed is not known while the shop is asked: placing stops, and a placed one is cancelled after it was found.
  cancelled: { none: 'refuse', asking: 'refuse', placed: 'cancel-in-shop', 'by-hand': 'refuse' },
};

const linked = (reason: string | null): OrderDecision => ({ state: 'linked', reason, place: false });
const waiting = (reason: string, place = false): OrderDecision => ({ state: 'waiting', reason, place });

const ANSWERS: Readonly<Record<Exclude<Step, 'take' | 'await-payment' | 'missed'>, OrderDecision>> = {
  'ask-shop': waiting(TO_BE_PLACED, true),
  keep: linked(null),
  'cancel-in-shop': linked('cancelled at the channel after it was placed'),
  refuse: { state: 'refused', reason: 'cancelled at the channel', place: false },
  leave: linked('handled by hand'),
};

/** Where an order stands. Pure, whatever the order of events was; a paid order is always taken, short stock or not. */
export function decideOrder(facts: OrderFacts): OrderDecision {
  const step = ORDER_STEPS[facts.status][facts.progress];
  if (step !== 'take' && step !== 'await-payment' && step !== 'missed') return ANSWERS[step];
  return obstacle(facts) ?? taken(step, facts);
}

/** What must be put right first, whoever ships and whether or not there is a shop. */
function obstacle({ lineCount, unknownSkus, brokenBundles, placing }: OrderFacts): OrderDecision | null {
  if (lineCount === 0) return waiting('the order could not be read: see its raw answer');
  if (unknownSkus.length > 0 && placing !== 'all') return waiting(`${UNKNOWN_SKU} ${unknownSkus.join(', ')}`);
  if (brokenBundles.length > 0 && placing !== 'all')
    return waiting(`${BROKEN_BUNDLE}: ${brokenBundles.join(', ')}`);
  return null;
}

function taken(step: Step, facts: OrderFacts): OrderDecision {
  if (step === 'await-payment') return waiting('not paid yet');
  if (facts.fulfilledBy === 'channel') return linked('the channel ships it itself');
  if (facts.placing === null) return linked(null);
  if (step === 'missed') return linked('shipped before it could be placed');
  return ANSWERS['ask-shop'];
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
