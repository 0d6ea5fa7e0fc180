import type { ChannelAction } from '../../src/channel/channel-action.js';
import type { Host } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { JsonObject } from '../../src/domain/json.js';
import { createTestAccount, registeredAccount, registerGcp } from './account-calls.js';
import type { MerchantClient } from './client.js';
import { credentialOf } from './credential.js';
import { listDataSources } from './data-source-calls.js';
import { ourDisplayName, unfitFor } from './data-source-rules.js';
import { lfpActions } from './lfp/lfp-actions.js';
import { type GoogleSettings, marketKey } from './settings.js';
import { subscriptionActions } from './subscription-actions.js';

const NOTHING = parameters({}, []);

/** What an operator does at Merchant Center once. Registration is needed before anything else works. */
export function merchantActions(
  client: MerchantClient,
  settings: GoogleSettings,
  host: Host,
): Readonly<Record<string, ChannelAction>> {
  return {
    robot: {
      title: 'tells the address of the service account, to be added as a person in Merchant Center',
      parameters: NOTHING,
      run: async () => robot(settings),
    },
    registration: {
      title: 'tells which account the Google Cloud project is registered with',
      parameters: NOTHING,
      run: async () => ({ registeredWith: await registration(client) }),
    },
    'register-gcp': {
      title: 'registers the Google Cloud project with the account; needs admin access',
      parameters: parameters({ developerEmail: { type: 'string', pattern: '^[^@\\s]+@[^@\\s]+$' } }, []),
      run: (given) =>
        register(client, typeof given.developerEmail === 'string' ? given.developerEmail : null),
    },
    'create-test-account': {
      title: 'makes a test account, whose products are never shown',
      parameters: parameters({ name: { type: 'string', minLength: 1, maxLength: 100 } }, ['name']),
      run: async (given) => {
        const { zone, language, country } = host.channel;
        const languageCode = `${language.slice(0, 2)}-${country}`;
        const body = { accountName: given.name, languageCode, timeZone: { id: zone } };
        const { accountId, name, testAccount } = await createTestAccount(client, body);
        return { account: String(accountId ?? name), testAccount: testAccount === true };
      },
    },
    'data-sources': {
      title: 'lists the data sources and says which of them this channel could write to',
      parameters: NOTHING,
      run: async () => {
        const market = marketKey(settings, host.channel);
        const sources = await listDataSources(client);
        return { dataSources: sources.map((source) => described(source, market)) };
      },
    },
    ...subscriptionActions(client),
    ...lfpActions(client, settings),
    quotas: {
      title: 'shows the quota groups with what today has used',
      parameters: NOTHING,
      run: async () => ({
        groups: (await client.pace.groups()).map(({ name, used, perDay, perMinute }) => ({
          name,
          usedToday: used,
          perDay,
          perMinute,
        })),
      }),
    },
  };
}

/** Who signs in. A person's sign-in has no address of its own. */
function robot(settings: GoogleSettings): JsonObject {
  const credential = credentialOf(settings);
  if (credential.kind === 'user') return { signIn: credential.clientId };
  return { address: credential.clientEmail, project: credential.project };
}

/** Google answers 404 or says "not registered" for a project that is not. */
async function registration(client: MerchantClient): Promise<string | null> {
  try {
    const { name } = await registeredAccount(client);
    return typeof name === 'string' ? name : null;
  } catch (error) {
    const none = ['not_found', 'gcp_not_registered', 'account_not_found'];
    if (error instanceof ChannelError && none.includes(error.code)) return null;
    throw error;
  }
}

/** Registering twice does no harm; a project that is registered is left as it is. */
async function register(client: MerchantClient, developerEmail: string | null): Promise<JsonObject> {
  const before = await registration(client);
  if (before === client.account) return { registeredWith: before, changed: false };
  const made = await registerGcp(client, developerEmail);
  return {
    registeredWith: client.account,
    changed: true,
    projects: made.gcpIds ?? [],
    next: 'Wait five minutes, then run `omnifeed doctor` and `omnifeed resume`.',
  };
}

function described(source: JsonObject, market: ReturnType<typeof marketKey>): JsonObject {
  const reason = unfitFor(source, market);
  return {
    number: String(source.dataSourceId ?? String(source.name).split('/').at(-1)),
    name: String(source.displayName ?? ''),
    input: String(source.input ?? ''),
    ours: source.displayName === ourDisplayName(market),
    usable: reason ?? 'yes',
  };
}

function parameters(properties: JsonObject, required: readonly string[]): JsonObject {
  return { type: 'object', additionalProperties: false, properties, required: [...required] };
}
