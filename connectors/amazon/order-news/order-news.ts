import type { OrderNews, OrderNewsPort } from '../../../src/channel/order-news-port.js';
import { ChannelError } from '../../../src/domain/errors.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { ChannelOrder } from '../../../src/domain/order.js';
import type { ListingWork } from '../listing-work.js';
import { readableOrder, wantedData } from '../orders.js';
import type { AmazonSettings, OrderQueueSettings } from '../settings.js';
import { type QueueMessage, queueClient } from './queue-client.js';

/** `ORDER_CHANGE` notifications in the operator's SQS queue, and the orders they are about by `getOrder`. */
export function orderNewsPort(work: ListingWork, queue: OrderQueueSettings): OrderNewsPort {
  const client = queueClient(queue, work.host);
  return {
    async receive(waitMs) {
      const messages = await client.receive(Math.min(20, Math.ceil(waitMs / 1_000)));
      return messages.map((message) => newsIn(message, work.settings));
    },
    async read(externalIds) {
      const orders: ChannelOrder[] = [];
      for (const orderId of externalIds) orders.push(...(await readOne(work, orderId)));
      return orders;
    },
    done: (handles) => client.remove(handles),
  };
}

/**
 * What a message is about. Names are read whatever their case, for some notifications are in camel case. Source: schema OrderChangeNotification and
 * developer-docs.amazon/sp-api, "Notification structure"; verified 2026-11. Pure.
 */
export function newsIn(
  { receipt, body, received }: QueueMessage,
  settings: Pick<AmazonSettings, 'sellerId' | 'marketplaceId'>,
): OrderNews {
  const base = { handle: receipt, received };
  const unknown = (why: string): OrderNews => ({ ...base, about: 'unknown', why });
  const envelope = parsed(body);
  if (envelope === null) return unknown('it is no JSON');
  const type = member(envelope, 'NotificationType');
  if (type !== 'ORDER_CHANGE')
    return unknown(`it is ${typeof type === 'string' ? type.slice(0, 60) : 'no notification'}`);
  const change = inside(inside(envelope, 'Payload'), 'OrderChangeNotification');
  const orderId = member(change, 'AmazonOrderId');
  if (typeof orderId !== 'string' || !/^[A-Z0-9-]{5,50}$/.test(orderId)) return unknown('it names no order');
  if (member(change, 'SellerId') !== settings.sellerId) return unknown('it is of another seller');
  const store = member(inside(change, 'Summary'), 'MarketplaceId');
  if (store !== settings.marketplaceId) return { ...base, about: 'elsewhere' };
  return { ...base, about: 'order', externalId: orderId };
}

function parsed(body: string): JsonObject | null {
  try {
    const value = JSON.parse(body) as JsonValue;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function member(object: JsonObject, name: string): JsonValue | undefined {
  const found = Object.keys(object).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : object[found];
}

function inside(object: JsonObject, name: string): JsonObject {
  const value = member(object, name);
  return isJsonObject(value) ? value : {};
}

/** Nothing when Amazon does not know the order (yet: a notification may be ahead of it). */
async function readOne(work: ListingWork, orderId: string): Promise<readonly ChannelOrder[]> {
  try {
    const { body } = await work.client.call('getOrder', {
      path: { orderId },
      query: { includedData: wantedData(work.settings) },
    });
    const { order } = body as { readonly order?: JsonValue };
    return isJsonObject(order) ? readableOrder(work, { order, seenAt: work.host.clock.now() }) : [];
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'not_found') return [];
    throw error;
  }
}
