import type { ChannelAction } from '../../src/channel/channel-action.js';
import { type Client, objectOf, objectsOf } from './client.js';
import { CREATE_SHIPPING_METHOD, SHIPPING_METHOD } from './documents.js';

/** Code of the shipping method of marketplace orders. */
export const SHIPPING_CODE = 'omnifeed';

/** Makes in the shop what placing needs besides the plugin. */
export function prepareShop(client: Client): ChannelAction {
  return {
    title: 'makes the shipping method of marketplace orders, which shoppers are never offered',
    parameters: { type: 'object', additionalProperties: false, properties: {} },
    async run() {
      const variables = { code: SHIPPING_CODE };
      const found = await client({ operation: 'shippingMethods', document: SHIPPING_METHOD, variables });
      const [known] = objectsOf(objectOf(found.shippingMethods).items);
      if (known !== undefined) return { shippingMethod: String(known.id), changed: false };
      const input = {
        code: SHIPPING_CODE,
        fulfillmentHandler: 'manual-fulfillment',
        checker: { code: 'omnifeed-channel-orders-only', arguments: [] },
        calculator: { code: 'omnifeed-channel-shipping', arguments: [] },
        translations: [{ languageCode: 'en', name: 'Marketplace', description: 'Orders of marketplaces' }],
      };
      const made = await client({
        operation: 'createShippingMethod',
        document: CREATE_SHIPPING_METHOD,
        variables: { input },
      });
      return { shippingMethod: String(objectOf(made.createShippingMethod).id), changed: true };
    },
  };
}
