import { nodesIn, objectIn, textIn } from './json-path.js';
import { CREATE_HOOK, READ_HOOKS } from './shop-documents.js';
import type { ShopifyWork } from './shopify-work.js';
import { type UserError, userErrors } from './user-errors.js';

/** What we want to be called for, and the scope that needs. */
const TOPICS: readonly (readonly [topic: string, scope: string])[] = [
  ['PRODUCTS_CREATE', 'read_products'],
  ['PRODUCTS_UPDATE', 'read_products'],
  ['PRODUCTS_DELETE', 'read_products'],
  ['INVENTORY_LEVELS_UPDATE', 'read_inventory'],
  ['ORDERS_UPDATED', 'read_orders'],
  ['ORDERS_CANCELLED', 'read_orders'],
  ['ORDERS_EDITED', 'read_orders'],
  ['REFUNDS_CREATE', 'read_orders'],
  ['FULFILLMENTS_CREATE', 'read_fulfillments'],
  ['FULFILLMENTS_UPDATE', 'read_fulfillments'],
];

/** Ids only: buyer data stays out of transport and logs. */
const FIELDS = ['id', 'admin_graphql_api_id', 'order_id', 'updated_at'];

/**
 * Sees to it that the shop calls our address for every topic the app has the scope for. Shopify deletes a subscription after eight calls that failed in a row
 * (shopify.dev, "Webhook retry mechanism", verified 2026-11-23), so this is repeated. Answers what Shopify refused. Throws ChannelError.
 */
export async function subscribe(
  { client }: Pick<ShopifyWork, 'client'>,
  uri: string,
  has: (scope: string) => boolean,
): Promise<readonly UserError[]> {
  const held = new Set(
    nodesIn(await client.call(READ_HOOKS, { uri }), 'webhookSubscriptions').map((hook) =>
      textIn(hook, 'topic'),
    ),
  );
  const refused: UserError[] = [];
  for (const [topic, scope] of TOPICS) {
    if (held.has(topic) || !has(scope)) continue;
    const subscription = { uri, includeFields: FIELDS };
    const data = await client.call(CREATE_HOOK, { topic, subscription });
    refused.push(...userErrors(objectIn(data, 'webhookSubscriptionCreate')));
  }
  return refused;
}
