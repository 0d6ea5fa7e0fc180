import type { Order } from '../../../../api/shapes/orders.js';

type Line = Order['lines'][number];

/** Units of a line that stand in parcels of ours that the channel did not refuse. */
function packed(order: Order, { line }: Line): number {
  return order.parcels
    .filter(({ state }) => state !== 'rejected')
    .flatMap(({ lines }) => lines)
    .filter((each) => each.line === line)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Units that can still be put into a parcel or be cancelled: a unit the channel counts as shipped is mostly in a parcel of ours as well. The server decides again. */
export function openUnits(order: Order, line: Line): number {
  return Math.max(0, line.ordered - line.cancelled - Math.max(line.shipped, packed(order, line)));
}

/** Units that have left and did not come back. */
export function outUnits(order: Order, line: Line): number {
  const collected = order.fulfilled?.state === 'collected' ? line.ordered - line.cancelled : 0;
  return Math.max(0, Math.max(line.shipped, packed(order, line), collected) - line.returned);
}
