import type { JsonObject } from '../../src/domain/json.js';
import { type ConversionSettings, conversionSettingsSchema } from './conversion-settings.js';
import { type FeedSettings, feedSettingsSchema } from './feed/feed-settings.js';
import { PLACE_PATTERN } from './overrides.js';
import { type ProductSet, productSetsSchema } from './product-set-settings.js';

/** Settings of a Meta channel: one catalog, a system user's token, and the app the token was made with. */
export type MetaSettings = {
  readonly catalogId: string;
  /** Token of a system user of the merchant's own business. */
  readonly accessToken: string;
  readonly appId?: string;
  /** With it every call carries `appsecret_proof`, and `check` can inspect the token. */
  readonly appSecret?: string;
  /** The merchant's business; with it `check` tells when the catalog belongs to another one. */
  readonly businessId?: string;
  /** Domains of the merchant: pages must lie on them or their subdomains. Absent: any public page may be linked. */
  readonly allowedDomains?: readonly string[];
  /** Languages (`de_XX`) and countries (`GB`) whose overrides are taken away when a listing no longer has them. */
  readonly overrides?: readonly string[];
  /** Default: the version this connector was written against. */
  readonly apiVersion?: string;
  /** Default `https://graph.facebook.com`; a simulator's address otherwise. */
  readonly endpoint?: string;
  /** With it the channel also writes the daily file that heals drift. */
  readonly feed?: FeedSettings;
  /** Purchase events; absent: none are sent. */
  readonly conversions?: ConversionSettings;
  readonly productSets?: readonly ProductSet[];
  /** Stock per store goes to a local inventory feed; Meta grants access. */
  readonly localInventory?: boolean;
};

/** JSON Schema of the settings. */
export const settingsSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['catalogId', 'accessToken'],
  dependentRequired: { appId: ['appSecret'], appSecret: ['appId'] },
  properties: {
    catalogId: {
      type: 'string',
      pattern: '^\\d+$',
      title: 'Catalog id',
      description: 'Commerce Manager > Catalog > Settings.',
    },
    accessToken: {
      type: 'string',
      minLength: 1,
      writeOnly: true,
      title: 'System user token',
      description:
        'Business settings > System users > Generate token, with catalog_management and business_management.',
    },
    appId: { type: 'string', pattern: '^\\d+$', title: 'App id' },
    appSecret: { type: 'string', minLength: 1, writeOnly: true, title: 'App secret' },
    businessId: {
      type: 'string',
      pattern: '^\\d+$',
      title: 'Business id',
      description: 'Business settings > Business info. Checked against the owner of the catalog.',
    },
    allowedDomains: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      items: { type: 'string', pattern: '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]$' },
      title: 'Domains of the shop',
      description:
        'In small letters, such as shop.example; others in their xn-- form. Listings that link elsewhere are not sent.',
    },
    overrides: {
      type: 'array',
      maxItems: 100,
      uniqueItems: true,
      items: { type: 'string', pattern: PLACE_PATTERN },
      title: 'Languages and countries with values of their own',
      description: 'Such as de_XX, GB or en_XX|US. What a listing no longer has there is taken away.',
    },
    apiVersion: { type: 'string', pattern: '^v\\d+\\.\\d+$', title: 'Graph version' },
    endpoint: { type: 'string', format: 'uri', title: 'Address of a simulator' },
    feed: feedSettingsSchema,
    productSets: productSetsSchema,
    conversions: conversionSettingsSchema,
    localInventory: {
      type: 'boolean',
      default: false,
      title: 'Stock per store',
      description: 'Only for accounts that Meta has given local inventory.',
    },
  },
};
