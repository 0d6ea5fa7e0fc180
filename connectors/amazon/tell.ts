import type { OrderMessage, OrderMessageAnswer } from '../../src/domain/order-message.js';
import type { ListingWork } from './listing-work.js';
import type { FedMessage } from './order-feeds/order-feed-bodies.js';
import { tellOrders } from './order-feeds/tell-orders.js';
import { type PickupMessage, tellPickups } from './pickup.js';

/** Tells Amazon about orders: pickup by calls, the rest by feeds. One way at a time, so that a failure of one leaves no doubt about the other. */
export async function tellAmazon(
  work: ListingWork,
  messages: readonly OrderMessage[],
): Promise<OrderMessageAnswer> {
  const pickups = messages.filter(isPickup);
  const fed = messages.filter(isFed);
  if (pickups.length === 0) return tellOrders(work, fed);
  const verdicts = await tellPickups(work, pickups);
  const others = fed.map(({ reference, orderExternalId }) => ({
    reference,
    orderExternalId,
    outcome: 'retry' as const,
    code: 'other_call',
    againInMs: 1_000,
  }));
  return { handle: null, verdicts: [...verdicts, ...others] };
}

function isPickup(message: OrderMessage): message is PickupMessage {
  return message.kind === 'ready' || message.kind === 'picked-up' || message.kind === 'not-collected';
}

function isFed(message: OrderMessage): message is FedMessage {
  return !isPickup(message);
}
