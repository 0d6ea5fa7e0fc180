import type { JsonObject } from '../../../src/domain/json.js';
import { type Client, objectOf, objectsOf } from '../client.js';
import { ORDERS } from '../documents.js';

/** Orders at most in one answer. */
export const ORDERS_PER_CALL = 50;

/** Orders by a filter, oldest first, straight from the shop's database. A failed look-up throws. */
export async function ordersBy(client: Client, filter: JsonObject): Promise<readonly JsonObject[]> {
  const options = { filter, take: ORDERS_PER_CALL, sort: { createdAt: 'ASC' } };
  const data = await client({ operation: 'orders', document: ORDERS, variables: { options } });
  return objectsOf(objectOf(data.orders).items);
}
