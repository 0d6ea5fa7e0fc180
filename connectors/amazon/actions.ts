import type { ChannelAction } from '../../src/channel/channel-action.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { ListingWork } from './listing-work.js';
import { orderQueueAction } from './order-news/subscribe.js';
import { languageTagOf } from './settings.js';

/** What an operator may ask of Amazon by hand. */
export function amazonActions(work: ListingWork): Readonly<Record<string, ChannelAction>> {
  return {
    'product-types': {
      title: 'finds product types for a title or some words, for `product_type` in the mapping',
      parameters: {
        type: 'object',
        additionalProperties: false,
        required: ['words'],
        properties: { words: { type: 'string', minLength: 1, maxLength: 500 } },
      },
      run: ({ words }) => productTypes(work, String(words)),
    },
    'order-queue': orderQueueAction(work),
  };
}

/** Best first, as Amazon orders them. Source: model definitionsProductTypes_2020-09-01, `itemName`; verified 2026-11. */
async function productTypes(work: ListingWork, words: string): Promise<JsonObject> {
  const locale = languageTagOf(work.settings);
  const query = { itemName: words, locale, searchLocale: locale };
  const { body } = await work.client.call('searchDefinitionsProductTypes', { query });
  return Object.fromEntries(
    (body.productTypes ?? []).flatMap(({ name, displayName }) =>
      name === undefined ? [] : [[name, displayName ?? name]],
    ),
  );
}
