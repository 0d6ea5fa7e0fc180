import type { ImportResult } from '../catalog/import-result.js';
import { orderCounts } from '../orders/order-counts.js';
import { channelCounts } from '../sync/records.js';
import { type DemoHouse, LISTING_CHANNELS, MARKETPLACE } from './demo-house.js';

/** `ok` when every number adds up and the simulated channels hold what we believe; otherwise what does not. */
export async function conservation(house: DemoHouse, imported: ImportResult): Promise<string> {
  const wrong: string[] = [];
  for (const id of LISTING_CHANNELS) {
    const { listed, blocked, excluded, live } = await channelCounts(house.app.database, id);
    if (listed + blocked + excluded !== imported.variants)
      wrong.push(`${id}: ${listed} + ${blocked} + ${excluded} is not ${imported.variants} variants`);
    const held = house.simulators.get(id)?.held().size ?? 0;
    if (held !== live) wrong.push(`${id}: we believe ${live} listings are live, the channel has ${held}`);
  }
  const orders = await orderCounts(house.app.database, MARKETPLACE);
  if (orders.seen !== orders.linked + orders.waiting + orders.refused) wrong.push('orders do not add up');
  const parcels = house.simulators.get(MARKETPLACE)?.shipments?.().length ?? 0;
  if (parcels !== orders.trackingPushed)
    wrong.push(`${orders.trackingPushed} parcels announced, the channel has ${parcels}`);
  const reserved = await house.app.database.get<{ units: number }>(
    'SELECT CAST(COALESCE(SUM(quantity), 0) AS bigint) AS units FROM reservation',
  );
  const open = await house.app.database.get<{ units: number }>(
    `SELECT CAST(COALESCE(SUM(l.quantity - l.cancelled), 0) AS bigint) AS units FROM order_line l
     JOIN channel_order o ON o.channel = l.channel AND o.external_id = l.external_id
     WHERE o.status <> 'cancelled' AND o.fulfilled_by = 'merchant' AND l.counted_at IS NULL`,
  );
  if (reserved?.units !== open?.units)
    wrong.push(`${reserved?.units} units reserved, ${open?.units} in open orders`);
  return wrong.length === 0 ? 'ok' : wrong.join('; ');
}
