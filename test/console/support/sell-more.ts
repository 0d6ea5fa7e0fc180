import type { App } from '../../../src/app.js';
import { MARKETPLACE } from '../../../src/demo/demo-house.js';
import type { ChannelOrder } from '../../../src/domain/order.js';
import { raiseException } from '../../../src/orders/exceptions.js';
import { settleOrders } from '../../../src/orders/settle-orders.js';
import { storeOrders } from '../../../src/orders/store-orders.js';

const HOUR_MS = 3_600_000;
const usd = (minor: number) => ({ minor, currency: 'USD' });

/** An order with a SKU of long ago. */
export const STRANGE = '902-STRANGE';
/** An order of two lines that must leave soon. */
export const SOON = '901-SOON';

/** Orders in every state the console shows: to be sent, late, with a SKU nobody knows, refused by the shop, sent by the channel, cancelled. */
export async function sellMore(app: App): Promise<void> {
  const now = app.clock.now();
  const from = (hours: number): string => new Date(Date.parse(now) + hours * HOUR_MS).toISOString();
  const [first, second] = await app.database.all<{ sku: string }>(
    'SELECT sku FROM variant ORDER BY id LIMIT 2',
  );
  const line = (externalId: string, sku: string, quantity = 1) => ({
    externalId,
    sku,
    title: `What the buyer saw of ${sku}`,
    quantity,
    quantityShipped: 0,
    quantityCancelled: 0,
    unitPrice: usd(2_990),
  });
  const order = (externalId: string, changes: Partial<ChannelOrder>): ChannelOrder => ({
    externalId,
    status: 'open',
    fulfilledBy: 'merchant',
    placedAt: from(-5),
    updatedAt: from(-5),
    shipBy: from(9),
    total: usd(2_990),
    lines: [line('1', first?.sku ?? '')],
    raw: {},
    ...changes,
  });
  const orders = [
    order(SOON, {
      total: usd(9_570),
      shippingPrice: usd(600),
      lines: [line('1', first?.sku ?? '', 2), line('2', second?.sku ?? '')],
      buyer: { name: 'Ada Byron', address: { lines: ['12 Long Walk'], city: 'London', country: 'GB' } },
    }),
    order(STRANGE, { shipBy: from(-2), lines: [line('1', 'OLD-NAME-OF-LONG-AGO')] }),
    order('903-REFUSED', { shipBy: from(30) }),
    order('904-PENDING', { status: 'pending' }),
    order('905-BY-CHANNEL', { fulfilledBy: 'channel', status: 'shipped' }),
    order('906-CANCELLED', { status: 'cancelled' }),
  ];
  const buyers = await app.buyers();
  await app.database.transaction(async (tx) => {
    const { touched } = await storeOrders(tx, orders, { channel: MARKETPLACE, buyers, now });
    await settleOrders(tx, touched, { channel: MARKETPLACE, now, placing: 'matched' });
    await raiseException(
      tx,
      { channel: MARKETPLACE, externalId: '903-REFUSED' },
      {
        code: 'placing_refused',
        message: 'The shop answered: variant archived. Nothing was created there',
        advice: 'Correct the product in the shop, then place the order again.',
      },
      now,
    );
  });
}
