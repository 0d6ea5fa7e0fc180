import type { ChannelFacts } from '../../src/domain/channel-facts.js';
import { OperatorError } from '../../src/domain/errors.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';

/** What the operator says about one Merchant Center account in one market. */
export interface GoogleSettings extends JsonObject {
  /** Merchant Center account number, digits. */
  readonly account: string;
  /** The JSON key file of the service account, as text. Secret. */
  readonly serviceAccountKey: string;
  /** Number of an API data source to write to. Absent: our own is found or created. */
  readonly dataSource?: string;
  /** Default: the channel's country. */
  readonly feedLabel?: string;
  /** Two letters. Default: the first part of the channel's language. */
  readonly contentLanguage?: string;
  /** Destinations of a data source we create. Default: Shopping ads and free listings. */
  readonly destinations?: readonly string[];
  /** Write calls per minute we allow ourselves; one listing is one call. Default 1,800. */
  readonly callsPerMinute?: number;
  /** Another address of the API, for the simulator. */
  readonly endpoint?: string;
  /** Another address of the token endpoint, for the simulator. */
  readonly tokenEndpoint?: string;
  /** Path in front of `/products/v1` of batch calls; the discovery document names another than the guide. Default `batch`. */
  readonly batchPath?: string;
}

/** JSON Schema of `GoogleSettings`; also the form in the console. */
export const SETTINGS_SCHEMA: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  required: ['account', 'serviceAccountKey'],
  properties: {
    account: {
      type: 'string',
      pattern: '^\\d{1,20}$',
      title: 'Merchant Center account',
      description: 'The number at the top right of Merchant Center.',
    },
    serviceAccountKey: {
      type: 'string',
      minLength: 2,
      writeOnly: true,
      title: 'Service account key (JSON)',
      description:
        'Content of the key file of a service account that is a user of the account; its project must be registered.',
    },
    dataSource: {
      type: 'string',
      pattern: '^\\d{1,20}$',
      title: 'Data source',
      description: 'Number of an API data source. Leave empty: Omnifeed keeps its own.',
    },
    feedLabel: { type: 'string', pattern: '^[A-Z0-9_-]{1,20}$', title: 'Feed label' },
    contentLanguage: { type: 'string', pattern: '^[a-z]{2}$', title: 'Content language' },
    destinations: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', pattern: '^[A-Z_]+$' },
      title: 'Destinations of a new data source',
    },
    callsPerMinute: { type: 'integer', minimum: 1, maximum: 100_000, title: 'Write calls per minute' },
    endpoint: { type: 'string', format: 'uri', title: 'API address (simulator only)' },
    tokenEndpoint: { type: 'string', format: 'uri', title: 'Token address (simulator only)' },
    batchPath: { type: 'string', pattern: '^[a-z/]+$', title: 'Batch path' },
  },
};

/** What a listing's name at Google consists of besides the SKU. */
export interface MarketKey {
  /** ISO 639-1, two letters. */
  readonly contentLanguage: string;
  readonly feedLabel: string;
}

/** Language and label of a channel's products. */
export function marketKey(settings: GoogleSettings, channel: ChannelFacts): MarketKey {
  return {
    contentLanguage: settings.contentLanguage ?? channel.language.slice(0, 2).toLowerCase(),
    feedLabel: settings.feedLabel ?? channel.country,
  };
}

/** The parts of a service-account key that are needed to sign. */
export interface ServiceAccountKey {
  readonly clientEmail: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  readonly keyId: string | null;
}

/** Reads the key file's text. An operator's mistake throws; the text itself is never repeated. */
export function readServiceAccountKey(text: string): ServiceAccountKey {
  const key = parsed(text);
  if (typeof key?.client_email !== 'string' || typeof key.private_key !== 'string') {
    throw new OperatorError(
      'service_account_key_unreadable',
      'serviceAccountKey is not the JSON key file of a service account',
      'Create a JSON key for the service account in the Google Cloud console and put the whole file into the setting.',
    );
  }
  return {
    clientEmail: key.client_email,
    privateKey: key.private_key,
    keyId: typeof key.private_key_id === 'string' ? key.private_key_id : null,
  };
}

function parsed(text: string): JsonObject | null {
  try {
    const key: unknown = JSON.parse(text);
    return isJsonObject(key) ? key : null;
  } catch {
    // The syntax error would quote the key; the caller's message says enough.
    return null;
  }
}
