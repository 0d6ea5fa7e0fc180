import type { ChannelFacts } from '../../src/domain/channel-facts.js';
import type { JsonObject } from '../../src/domain/json.js';
import { FEED_FORMATS, type FeedFormat } from './feed/feed-format.js';
import { MOST_PARTS } from './feed/feed-parts.js';
import { LFP_STORES_SCHEMA, type LfpStoreSettings } from './lfp/lfp-settings.js';
import { SUPPLEMENT_SCHEMA, type SupplementSettings } from './supplement/supplement-settings.js';

/** What the operator says about one Merchant Center account in one market. */
export interface GoogleSettings extends JsonObject {
  /** Merchant Center account number, digits. */
  readonly account: string;
  /** The JSON key file of the service account, as text. Secret. Either this or `signIn`. */
  readonly serviceAccountKey?: string;
  /** A person's sign-in: the OAuth client of the installation and the refresh token it was given. Secret. */
  readonly signIn?: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly refreshToken: string;
  };
  /** Google Cloud project whose quota is used; only for sign-ins whose client belongs to another project. */
  readonly quotaProject?: string;
  /** Number of an API data source to write to. Absent: our own is found or created. */
  readonly dataSource?: string;
  /** Attributes that are sent through a supplemental data source, linked to the primary one, instead of with the rest. */
  readonly supplemental?: SupplementSettings;
  /** Default: the channel's country. */
  readonly feedLabel?: string;
  /** Two letters. Default: the first part of the channel's language. */
  readonly contentLanguage?: string;
  /** Destinations of a data source we create. Default: Shopping ads and free listings. */
  readonly destinations?: readonly string[];
  /** Claimed website of the account; pages of other hosts are then refused before they are sent. */
  readonly homepage?: string;
  /** Who says what shipping costs: `account` (default, Merchant Center's shipping settings) or `listing`. */
  readonly shippingCosts?: 'account' | 'listing';
  /** Only for providers of the local feeds partnership: the merchant's account, for which stock of stores is sent. */
  readonly lfpTargetAccount?: string;
  /** The merchant's stores, which a provider states to Google. */
  readonly lfpStores?: readonly LfpStoreSettings[];
  /** How order-tracking signals name products. Default: the older form `online:en:US:sku`, which the documents still describe. */
  readonly signalProductId?: 'channel-language-label-id' | 'language-label-id';
  /** Our own ceiling of calls per minute and quota group; one listing is one call. Default: four fifths of what Google allows. */
  readonly callsPerMinute?: number;
  /** `api`: single changes · `file`: whole files Google fetches. Default `api`. Never both for the same products. */
  readonly delivery?: 'api' | 'file';
  /** Where the first file is written; further ones stand beside it. */
  readonly feedPath?: string;
  /** Public address of the first file. */
  readonly feedUrl?: string;
  /** Default `rss`. */
  readonly feedFormat?: FeedFormat;
  /** Default true. */
  readonly feedGzip?: boolean;
  /** Number of files, each with a data source of its own. Default 1. */
  readonly feedParts?: number;
  /** Hour of the daily fetch in the channel's zone, 0 to 23. Default 3. */
  readonly feedHour?: number;
  /** Name and password Google shows at `feedUrl`. */
  readonly feedUser?: string;
  readonly feedPassword?: string;
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
  required: ['account'],
  allOf: [
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    { if: { not: { required: ['signIn'] } }, then: { required: ['serviceAccountKey'] } },
    {
      if: { required: ['delivery'], properties: { delivery: { const: 'file' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
      then: { required: ['feedPath', 'feedUrl'], not: { required: ['supplemental'] } },
    },
  ],
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
      contentMediaType: 'application/json',
      title: 'Service account key (JSON)',
      description:
        'Content of the key file of a service account that is a user of the account; its project must be registered.',
    },
    signIn: {
      type: 'object',
      title: 'Sign-in of a person',
      description: 'Instead of a service account: OAuth client and refresh token of a user of the account.',
      additionalProperties: false,
      required: ['clientId', 'clientSecret', 'refreshToken'],
      properties: {
        clientId: { type: 'string', minLength: 2, title: 'OAuth client id' },
        clientSecret: { type: 'string', minLength: 2, writeOnly: true, title: 'OAuth client secret' },
        refreshToken: { type: 'string', minLength: 2, writeOnly: true, title: 'Refresh token' },
      },
    },
    quotaProject: { type: 'string', pattern: '^[a-z][a-z0-9-]{4,28}[a-z0-9]$', title: 'Quota project' },
    dataSource: {
      type: 'string',
      pattern: '^\\d{1,20}$',
      title: 'Data source',
      description: 'Number of an API data source. Leave empty: Omnifeed keeps its own.',
    },
    supplemental: SUPPLEMENT_SCHEMA,
    feedLabel: { type: 'string', pattern: '^[A-Z0-9_-]{1,20}$', title: 'Feed label' },
    contentLanguage: { type: 'string', pattern: '^[a-z]{2}$', title: 'Content language' },
    destinations: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', pattern: '^[A-Z_]+$' },
      title: 'Destinations of a new data source',
    },
    homepage: {
      type: 'string',
      format: 'uri',
      title: 'Claimed website',
      description: 'Products whose pages are elsewhere are stopped before Google sees them.',
    },
    shippingCosts: {
      type: 'string',
      enum: ['account', 'listing'],
      title: 'Where shipping costs come from',
      description:
        'account: shipping settings of Merchant Center; listing: each product must say what shipping costs.',
    },
    lfpTargetAccount: {
      type: 'string',
      pattern: '^\\d{1,20}$',
      title: 'Account of the merchant (providers of the local feeds partnership only)',
    },
    lfpStores: LFP_STORES_SCHEMA,
    signalProductId: {
      type: 'string',
      enum: ['channel-language-label-id', 'language-label-id'],
      title: 'Product names in order-tracking signals',
    },
    callsPerMinute: { type: 'integer', minimum: 1, maximum: 100_000, title: 'Most calls per minute' },
    delivery: { type: 'string', enum: ['api', 'file'], title: 'Delivery' },
    feedPath: { type: 'string', minLength: 1, format: 'file-path', title: 'Path of the file' },
    feedUrl: {
      type: 'string',
      pattern: '^(https?|sftp)://',
      title: 'Public address of the file',
      description: 'Where Google fetches what is written to the path.',
    },
    feedFormat: { type: 'string', enum: [...FEED_FORMATS], title: 'Format of the file' },
    feedGzip: { type: 'boolean', title: 'Pack the file' },
    feedParts: { type: 'integer', minimum: 1, maximum: MOST_PARTS, title: 'Number of files' },
    feedHour: { type: 'integer', minimum: 0, maximum: 23, title: 'Hour of the daily fetch' },
    feedUser: { type: 'string', minLength: 1, title: 'User name for the fetch' },
    feedPassword: { type: 'string', minLength: 1, writeOnly: true, title: 'Password for the fetch' },
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
