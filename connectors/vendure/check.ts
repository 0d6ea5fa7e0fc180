import type { ChannelFacts } from '../../src/domain/channel-facts.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { type Client, objectOf, objectsOf } from './client.js';
import { CHECK_SINK, CHECK_SOURCE } from './documents.js';
import { SHIPPING_CODE } from './prepare-shop.js';

/** What is wrong with the shop as a whole. A shop that is only read needs no plugin: what placing lacks is a warning. */
export async function checkShop(client: Client, channel: ChannelFacts): Promise<readonly Issue[]> {
  const data = await client({ operation: 'check', document: CHECK_SOURCE });
  const { defaultCurrencyCode: currency } = objectOf(data.activeChannel);
  const issues = currency === channel.currency ? [] : [otherCurrency(String(currency), channel.currency)];
  return [...issues, ...(await checkSink(client))];
}

async function checkSink(client: Client): Promise<readonly Issue[]> {
  try {
    const variables = { code: SHIPPING_CODE };
    const data = await client({ operation: 'check', document: CHECK_SINK, variables });
    if (objectsOf(objectOf(data.shippingMethods).items).length > 0) return [];
    return [
      warning('shipping_method_missing', 'The shop has no shipping method for marketplace orders', {
        advice: 'Run `omnifeed channel <shop> prepare-shop`, if orders are to be placed in it.',
      }),
    ];
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    if (error.code === 'schema_differs')
      return [
        warning(
          'plugin_missing',
          'The plugin of Omnifeed is not in the shop: no orders can be placed in it',
          {
            advice:
              'Add `examples/vendure/omnifeed-plugin.mjs` to the shop, if orders are to be placed in it.',
          },
        ),
      ];
    if (error.code === 'permission_missing')
      return [
        warning('permission_missing', 'The API key may not read orders and shipping methods', {
          advice: 'Give its role the permissions the README lists, if orders are to be placed in the shop.',
        }),
      ];
    throw error;
  }
}

function otherCurrency(theirs: string, ours: string): Issue {
  return {
    severity: 'error',
    code: 'currency_differs',
    origin: 'ours',
    message: `The shop's channel sells in ${theirs}, the configuration says ${ours}`,
    advice: 'Correct `currency`, or name another Vendure channel by its token.',
  };
}

function warning(code: string, message: string, { advice }: { readonly advice: string }): Issue {
  return { severity: 'warning', code, origin: 'ours', message, advice };
}
