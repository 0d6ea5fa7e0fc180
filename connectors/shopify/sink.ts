import type { SinkPort } from '../../src/channel/store-ports.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Instant } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { OrderToPlace, StoreOrder } from '../../src/domain/store-order.js';
import { cancelOrder } from './cancel-order.js';
import { findOrders } from './find-orders.js';
import { objectIn, objectOrNull, textIn } from './json-path.js';
import { orderAmounts } from './order-amounts.js';
import { storeOrder } from './order-decode.js';
import { PLACE_ORDER } from './order-documents.js';
import { orderInput } from './order-input.js';
import { ensureOrderKey } from './order-key.js';
import { orderReader } from './read-orders.js';
import { refundOrder } from './refund-order.js';
import { PROBE } from './shop-documents.js';
import { askedOnce, type ShopifyWork } from './shopify-work.js';
import { saidBy, type UserError, userErrors } from './user-errors.js';
import { variantsBySku } from './variants.js';

/** Lists in the answer of a new order: only its amounts are looked at, and long lists make the call dear. */
const NEW_ORDER = { many: 1, lines: 1 };

/**
 * The shop as the place where channel orders land. `orderCreate` is not idempotent: the order bears its key as a unique metafield, as source
 * identifier and in its attributes, and is looked for by all three before anything is placed again.
 */
export function shopifySink(work: ShopifyWork): SinkPort {
  const { client, host } = work;
  const orderKey = askedOnce(() => ensureOrderKey(work));
  const currency = askedOnce(async () => textIn(objectIn(await client.call(PROBE), 'shop'), 'currencyCode'));
  const read = orderReader(work);

  async function storeOrders(ids: readonly string[]): Promise<readonly StoreOrder[]> {
    if (ids.length === 0) return [];
    const nodes = await read(ids);
    return ids.map((storeId) => {
      const node = nodes.get(storeId) ?? null;
      return node === null
        ? { storeId, gone: true, cancelled: false, shipments: [] }
        : readOrAsk(storeId, node, host.clock.now());
    });
  }

  return {
    // A call is answered within a minute or never; the index is seconds behind, sometimes more.
    uncertainty: { quietMs: 60_000, searchAgainMs: 30_000 },
    async place(toPlace) {
      const { order, options } = await inputOf(work, toPlace, await currency());
      const data = await client.call(PLACE_ORDER, { order, options, ...NEW_ORDER });
      const payload = objectIn(data, 'orderCreate');
      const made = objectOrNull(payload, 'order');
      // Errors beside an order are complaints about it: it was made.
      if (made !== null) return storeOrder(made, host.clock.now());
      throw notPlaced(userErrors(payload));
    },
    async find(key, since) {
      await orderKey();
      return storeOrders(await findOrders(work, key, since));
    },
    read: storeOrders,
    cancel: (cancellation) => cancelOrder(work, read, cancellation),
    refund: (refund) => refundOrder(work, read, refund),
  };
}

/** An order that cannot be read is there all the same: a person looks at it, and it holds up no other. */
function readOrAsk(storeId: string, node: JsonObject | ChannelError, now: Instant): StoreOrder {
  try {
    if (node instanceof ChannelError) throw node;
    return storeOrder(node, now);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { storeId, cancelled: false, shipments: [], needsPerson: `${error.message}.` };
  }
}

async function inputOf(
  work: ShopifyWork,
  toPlace: OrderToPlace,
  currency: string,
): Promise<{ readonly order: JsonObject; readonly options: JsonObject }> {
  const amounts = orderAmounts(toPlace.order);
  if ('missing' in amounts)
    throw refused('amounts_missing', `The order cannot be placed: ${amounts.missing}`, BY_HAND);
  if (amounts.currency !== currency)
    throw refused(
      'currency_differs',
      `The order is in ${amounts.currency}, the shop in ${currency}`,
      'Place it in a shop of that currency, or by hand: amounts are never converted.',
    );
  const variants = await variantsBySku(
    work,
    amounts.units.map(({ line }) => line.sku),
  );
  return orderInput({ toPlace, amounts, variants, settings: work.settings });
}

const BY_HAND = 'Place the order by hand, or correct it at the channel.';

/** What the codes of `orderCreate` ask of a person (Admin API 2026-10, `OrderCreateUserErrorCode`). */
const ADVICE: Readonly<Record<string, string>> = {
  SHOP_DORMANT: 'The shop is dormant. Open it in the Shopify admin.',
  INVENTORY_CLAIM_FAILED: 'Report it with the log: stock is asked for without looking at the policy.',
  TAX_LINE_RATE_MISSING: 'Report it with the log: every tax line is sent with a rate.',
};

/** No order and errors: certainly nothing was made. A key that is taken means that an earlier attempt made it: it is searched. */
function notPlaced(errors: readonly UserError[]): ChannelError {
  const said = saidBy(errors);
  const taken = errors.some(
    ({ field, message }) => /metafield/i.test(field) && /taken|unique/i.test(message),
  );
  if (errors.length === 0 || taken)
    return new ChannelError(
      taken ? `The order key is taken: ${said}` : 'orderCreate made no order and said nothing',
      {
        code: taken ? 'order_key_taken' : 'unreadable_answer',
        kind: 'ambiguous',
        owner: 'channel',
        advice: 'The order is searched before it is placed again; nothing to do.',
      },
    );
  if (errors.some(({ message }) => /too many orders|orders per minute|rate limit/i.test(message)))
    return new ChannelError(`Shopify takes no more orders for now: ${said}`, {
      code: 'orders_limited',
      kind: 'throttled',
      owner: 'channel',
      advice: 'Trial and development stores take five orders a minute. Nothing to do.',
      againInMs: 60_000,
    });
  const code = errors.find((error) => error.code !== null)?.code ?? 'INVALID';
  return refused(code.toLowerCase(), `Shopify refused the order: ${said}`, ADVICE[code] ?? BY_HAND);
}

function refused(code: string, message: string, advice: string): ChannelError {
  return new ChannelError(message, { code, kind: 'refused', owner: 'operator', advice });
}
