import { ChannelError } from '../../src/domain/errors.js';
import { nodesIn, objectIn, textIn } from './json-path.js';
import { ORDER_KEY } from './order-documents.js';
import { DEFINE_ORDER_KEY, READ_ORDER_KEY } from './shop-documents.js';
import type { ShopifyWork } from './shopify-work.js';
import { saidBy, userErrors } from './user-errors.js';

/**
 * Sees to it that the shop has the definition of our order key, a metafield of type `id`: its values are unique and orders can be looked up
 * by them directly (shopify.dev, "Custom ids", verified 2026-11-23). Without it a look-up is an error, not "none". Throws ChannelError.
 */
export async function ensureOrderKey({ client }: Pick<ShopifyWork, 'client'>): Promise<void> {
  const data = await client.call(READ_ORDER_KEY, { ...ORDER_KEY });
  const [held] = nodesIn(data, 'metafieldDefinitions');
  if (held !== undefined) {
    if (textIn(objectIn(held, 'type'), 'name') === 'id') return;
    throw keyUnusable('the shop has it with another type');
  }
  const definition = { ...ORDER_KEY, name: 'Omnifeed channel order', ownerType: 'ORDER', type: 'id' };
  const made = objectIn(await client.call(DEFINE_ORDER_KEY, { definition }), 'metafieldDefinitionCreate');
  const errors = userErrors(made).filter(({ code }) => code !== 'TAKEN'); // somebody made it in between
  if (errors.length > 0) throw keyUnusable(saidBy(errors));
}

function keyUnusable(why: string): ChannelError {
  return new ChannelError(`The order key ${ORDER_KEY.namespace}.${ORDER_KEY.key} cannot be used: ${why}`, {
    code: 'order_key_unusable',
    kind: 'not-sent',
    owner: 'operator',
    advice:
      'No order is placed without it. Remove the metafield definition under Settings → Custom data → Orders, then run `omnifeed doctor`.',
  });
}
