import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import type { OrderMessage, OrderMessageVerdict, PickupNews } from '../../src/domain/order-message.js';
import type { ListingWork } from './listing-work.js';
import type { OrdersV0UpdateShipmentStatusRequest } from './models/operations.generated.js';

/** Something about an order its buyer fetches in a store. */
export type PickupMessage = Extract<OrderMessage, { readonly kind: PickupNews }>;

/** Source: model ordersV0, `ShipmentStatus`; verified 2026-11. */
const STATUSES: Readonly<Record<PickupNews, OrdersV0UpdateShipmentStatusRequest['shipmentStatus']>> = {
  ready: 'ReadyForPickup',
  'picked-up': 'PickedUp',
  'not-collected': 'RefusedPickup',
};

/**
 * Tells how far orders are that their buyers fetch, one call each by `updateShipmentStatus`, which takes in-store pickup only. A status says where an
 * order stands, so one whose answer was lost is told again. Throws only when nothing could be told.
 */
export async function tellPickups(
  work: ListingWork,
  messages: readonly PickupMessage[],
): Promise<readonly OrderMessageVerdict[]> {
  const verdicts: OrderMessageVerdict[] = [];
  let stopped: ChannelError | null = null;
  for (const message of messages) {
    if (stopped) {
      verdicts.push(later(message, stopped));
      continue;
    }
    try {
      verdicts.push(await tellPickup(work, message));
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      if (verdicts.length === 0 && error.kind !== 'ambiguous') throw error;
      verdicts.push(later(message, error));
      if (error.kind !== 'ambiguous') stopped = error;
    }
  }
  return verdicts;
}

async function tellPickup(work: ListingWork, message: PickupMessage): Promise<OrderMessageVerdict> {
  const { reference, orderExternalId } = message;
  try {
    await work.client.call('updateShipmentStatus', {
      path: { orderId: orderExternalId },
      body: pickupBody(message, work.settings),
    });
    return { reference, orderExternalId, outcome: 'accepted' };
  } catch (error) {
    if (!(error instanceof ChannelError) || error.kind !== 'refused') throw error;
    return { reference, orderExternalId, outcome: 'rejected', issues: [refusal(error)] };
  }
}

/**
 * Body of `updateShipmentStatus`. Items are named for a part of an order only. Whether their quantities add up over several calls the model does not say
 * (ordersV0, verified 2026-11); ours are all units so far, so that telling them twice is telling them once. Pure.
 */
export function pickupBody(
  { kind, lines }: Pick<PickupMessage, 'kind' | 'lines'>,
  { marketplaceId }: { readonly marketplaceId: string },
): OrdersV0UpdateShipmentStatusRequest {
  const items = lines?.map(({ lineExternalId, quantity }) => ({ orderItemId: lineExternalId, quantity }));
  return {
    marketplaceId,
    shipmentStatus: STATUSES[kind],
    ...(items === undefined ? {} : { orderItems: items }),
  };
}

function later(message: PickupMessage, error: ChannelError): OrderMessageVerdict {
  const { reference, orderExternalId } = message;
  const wait = error.againInMs === null ? {} : { againInMs: error.againInMs };
  return { reference, orderExternalId, outcome: 'retry', code: error.code, ...wait };
}

function refusal(error: ChannelError): Issue {
  return {
    severity: 'error',
    code: error.code,
    origin: 'channel',
    message: error.message,
    advice: 'Look at the order in Seller Central: only in-store pickup orders that are still open take this.',
  };
}
