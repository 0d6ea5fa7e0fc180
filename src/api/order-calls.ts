import type { App } from '../app.js';
import { OperatorError } from '../domain/errors.js';
import type { StoreUnits } from '../domain/store-order.js';
import type { Hand } from '../orders/by-hand.js';
import type { OrderPlace } from '../orders/exceptions.js';
import type { FulfilDesk } from '../stores/fulfil-desk.js';
import type { Call } from './route.js';

/** A call about one order. */
export type OrderCall = Pick<
  Call<{ readonly channel: string; readonly order: string }>,
  'app' | 'params' | 'caller' | 'now'
>;

/** The order a call is about. Throws `unknown_channel`. */
export function placeOf({ app, params }: OrderCall): OrderPlace {
  return { channel: app.channel(params.channel).id, externalId: params.order };
}

/** The order in the audit log. */
export function nameOf({ channel, externalId }: OrderPlace): string {
  return `order ${channel} ${externalId}`;
}

/** Who calls, as orders remember it. */
export function nameOfCaller({ caller }: Pick<OrderCall, 'caller'>): string {
  return caller?.name ?? 'operator';
}

/** Who does something by hand, and where orders of the channel are placed. */
export async function handOf(
  call: Pick<OrderCall, 'app' | 'caller' | 'now'>,
  channel: string,
): Promise<Hand> {
  const desk = await (call.app as App).orderDesk(channel);
  return { by: nameOfCaller(call), now: call.now, placing: desk?.storefront?.policy ?? null };
}

/** The desk of locations that fulfil a channel's orders. Throws `sells_nothing`. */
export function fulfilDeskOf(app: App, channel: string): FulfilDesk {
  const desk = app.fulfilDesk(channel);
  if (desk !== null) return desk;
  throw new OperatorError(
    'sells_nothing',
    `Channel "${channel}" sells nothing`,
    'Name a channel that has orders.',
  );
}

/** Units as the body of a call names them. */
export function unitsOf({
  lineId,
  ...units
}: {
  readonly lineId?: string | undefined;
  readonly sku: string;
  readonly quantity: number;
}): StoreUnits {
  return lineId === undefined ? units : { ...units, lineExternalId: lineId };
}
