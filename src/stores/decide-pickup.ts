import type { ChannelOrderStatus } from '../domain/order.js';
import type { PickupNews } from '../domain/order-message.js';

/**
 * How far an order is at its location. `nowhere`: a person must say where · `open`: the staff has it to do · `ready`: it lies ready for its buyer ·
 * `collected`: the buyer has it · `not-collected`: the buyer did not come, a person decides · `cancelled`. What goes by parcel stays `open`.
 */
export type FulfilmentState = 'nowhere' | 'open' | 'ready' | 'collected' | 'not-collected' | 'cancelled';

/** Why news of an order cannot be taken. */
export type PickupRefusal =
  | 'not_paid'
  | 'order_cancelled'
  | 'no_location'
  | 'already_collected'
  | 'not_ready'
  | 'given_back';

/** What news of an order leads to. `same`: it was said before, and changes nothing. */
export type PickupStep = FulfilmentState | 'same' | { readonly refused: PickupRefusal };

const refused = (why: PickupRefusal): PickupStep => ({ refused: why });

/** How far it is × what the store says. A buyer may come late, or before anybody said that the order is ready. */
export const PICKUP_STEPS: Readonly<Record<FulfilmentState, Readonly<Record<PickupNews, PickupStep>>>> = {
  nowhere: {
    ready: refused('no_location'),
    'picked-up': refused('no_location'),
    'not-collected': refused('no_location'),
  },
  open: { ready: 'ready', 'picked-up': 'collected', 'not-collected': refused('not_ready') },
  ready: { ready: 'same', 'picked-up': 'collected', 'not-collected': 'not-collected' },
  collected: {
    ready: refused('already_collected'),
    'picked-up': 'same',
    'not-collected': refused('already_collected'),
  },
  // The channel was told that the buyer did not come: it takes no more news of readiness.
  'not-collected': { ready: refused('given_back'), 'picked-up': 'collected', 'not-collected': 'same' },
  cancelled: {
    ready: refused('order_cancelled'),
    'picked-up': refused('order_cancelled'),
    'not-collected': refused('order_cancelled'),
  },
};

/** What news of an order leads to, by what the channel says of it and how far it is. Goods of an order that is not paid or was cancelled stay in the store. Pure. */
export function decidePickup(
  status: ChannelOrderStatus,
  state: FulfilmentState,
  news: PickupNews,
): PickupStep {
  const step = PICKUP_STEPS[state][news];
  if (step === 'same') return step;
  if (status === 'pending') return refused('not_paid');
  if (status === 'cancelled') return refused('order_cancelled');
  // The channel has it as handed over already, by another hand: only that can still be said.
  if (status === 'shipped' && news !== 'picked-up') return refused('already_collected');
  return step;
}
