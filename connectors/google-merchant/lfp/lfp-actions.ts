import type { ChannelAction } from '../../../src/channel/channel-action.js';
import { ChannelError } from '../../../src/domain/errors.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { MerchantClient } from '../client.js';
import type { GoogleSettings } from '../settings.js';
import { deleteLfpStore, insertLfpStore, listLfpStores } from './lfp-calls.js';
import { encodeLfpStore } from './lfp-settings.js';
import { matchWord } from './store-match.js';

const NOTHING: JsonObject = { type: 'object', additionalProperties: false, properties: {} };

/** What a provider of the local feeds partnership does about the merchant's stores; nothing where the account is none. */
export function lfpActions(
  client: MerchantClient,
  { lfpTargetAccount: merchant, lfpStores: stores = [] }: GoogleSettings,
): Readonly<Record<string, ChannelAction>> {
  if (merchant === undefined) return {};
  return {
    'lfp-stores': {
      title: 'lists the stores stated for the merchant and whether each matched a Business Profile',
      parameters: NOTHING,
      run: async () => ({ stores: (await listLfpStores(client, merchant)).map(described) }),
    },
    'lfp-put-stores': {
      title: 'states every store of the setting lfpStores; stores that are only at Google stay',
      parameters: NOTHING,
      async run() {
        const put: JsonObject[] = [];
        for (const store of stores) put.push(await insertLfpStore(client, encodeLfpStore(store, merchant)));
        return { stores: put.map(described) };
      },
    },
    'lfp-remove-store': {
      title: 'takes one store of the merchant away at Google',
      parameters: {
        type: 'object',
        additionalProperties: false,
        required: ['code'],
        properties: { code: { type: 'string', pattern: '^[^\\s/~]+$' } },
      },
      run: async ({ code }) => ({
        removed: String(code),
        changed: await removed(client, merchant, String(code)),
      }),
    },
  };
}

/** False: it was gone already. */
async function removed(client: MerchantClient, merchant: string, code: string): Promise<boolean> {
  try {
    await deleteLfpStore(client, merchant, code);
    return true;
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'not_found') return false;
    throw error;
  }
}

function described(store: JsonObject): JsonObject {
  return {
    code: String(store.storeCode ?? ''),
    address: String(store.storeAddress ?? ''),
    match: matchWord(store),
  };
}
