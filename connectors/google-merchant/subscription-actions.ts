import type { ChannelAction } from '../../src/channel/channel-action.js';
import type { JsonObject } from '../../src/domain/json.js';
import { readUrl } from '../../src/domain/web-address.js';
import type { MerchantClient } from './client.js';
import { wholeList } from './page-walk.js';

const NOTHING: JsonObject = { type: 'object', additionalProperties: false, properties: {} };

/** Subscriptions to changes of product status. Google calls only public HTTPS addresses (notifications v1, verified 2026-11-23). */
export function subscriptionActions(client: MerchantClient): Readonly<Record<string, ChannelAction>> {
  return {
    subscriptions: {
      title: 'lists where Google tells changes of product status',
      parameters: NOTHING,
      run: async () => ({ subscriptions: (await list(client)).map(described) }),
    },
    subscribe: {
      title: 'has Google tell changes of product status at an address: https://…/hooks/<channel>/<secret>',
      parameters: {
        type: 'object',
        additionalProperties: false,
        required: ['callBackUri'],
        properties: { callBackUri: { type: 'string', pattern: '^https://\\S+$' } },
      },
      run: ({ callBackUri }) => subscribe(client, String(callBackUri)),
    },
    unsubscribe: {
      title: 'ends a subscription',
      parameters: {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: { name: { type: 'string', pattern: '^accounts/\\d+/notificationsubscriptions/[^/]+$' } },
      },
      async run({ name }) {
        await client.ask({
          method: 'notificationsubscriptions.delete',
          api: 'notifications',
          verb: 'DELETE',
          path: String(name),
        });
        return { ended: String(name) };
      },
    },
  };
}

/** Creating is not idempotent: an address that is subscribed is left as it is. */
async function subscribe(client: MerchantClient, callBackUri: string): Promise<JsonObject> {
  const known = (await list(client)).find((entry) => entry.callBackUri === callBackUri);
  if (known !== undefined) return { name: String(known.name), changed: false };
  const made = await client.ask({
    method: 'notificationsubscriptions.create',
    api: 'notifications',
    verb: 'POST',
    path: `${client.account}/notificationsubscriptions`,
    body: { registeredEvent: 'PRODUCT_STATUS_CHANGE', callBackUri, targetAccount: client.account },
  });
  return { name: String(made.name), changed: true };
}

function list(client: MerchantClient): Promise<readonly JsonObject[]> {
  return wholeList('notificationSubscriptions', (pageToken) =>
    client.ask({
      method: 'notificationsubscriptions.list',
      api: 'notifications',
      verb: 'GET',
      path: `${client.account}/notificationsubscriptions`,
      query: { pageToken: pageToken ?? undefined },
    }),
  );
}

/** The address holds the secret: only its host is shown. */
function described(entry: JsonObject): JsonObject {
  const address = String(entry.callBackUri ?? '');
  return {
    name: String(entry.name ?? ''),
    event: String(entry.registeredEvent ?? ''),
    host: readUrl(address)?.host ?? '',
  };
}
