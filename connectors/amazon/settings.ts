import type { JsonObject } from '../../src/domain/json.js';
import { type Region, STORES, storeOf } from './stores.js';

/**
 * Settings of one Amazon channel: one seller in one store. The three credentials come from the seller's own private
 * application in the Solution Provider Portal (self-authorization); no shared secret is shipped.
 */
export type AmazonSettings = {
  /** Merchant token of the seller (`selling_partner_id`), part of every listing address. */
  readonly sellerId: string;
  readonly marketplaceId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** The secret that follows `clientSecret`: both are good for the seven days of a rotation. */
  readonly nextClientSecret?: string;
  /** Days on which secret and authorization were made, `2026-11-25`: how long they still live is told before they end. */
  readonly clientSecretSince?: string;
  readonly authorizedSince?: string;
  /** Language of the texts we send, `en_US`; default: the store's. */
  readonly languageTag?: string;
  /** Needed only for a store this version does not know. */
  readonly region?: 'na' | 'eu' | 'fe';
  /** Whether buyer names and addresses are asked for. The role "Direct-to-Consumer Shipping" decides what comes. */
  readonly buyerData?: boolean;
  /** How far the first order pull looks back. */
  readonly orderLookBackDays?: number;
  /** The operator's SQS queue to which Amazon tells changed orders; absent: orders come in by polling alone. */
  readonly orderQueue?: OrderQueueSettings;
  /** Our carrier names → Amazon's, in front of the built-in table. */
  readonly carriers?: { readonly [name: string]: string };
  /** What goes with a listing that names an existing item; default `offer`: the offer alone. */
  readonly existingItems?: 'offer' | 'contribute';
  /** Where the schemas of listings come from; default `amazon`: fetched per product type and kept. */
  readonly definitions?: 'amazon' | 'built-in';
  /** Another address instead of the region's, for the simulator. */
  readonly endpoint?: string;
  /** Another token address instead of Amazon's, for the simulator. */
  readonly tokenEndpoint?: string;
};

/** An SQS queue and the access key that may read it. */
export type OrderQueueSettings = {
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Needed only where the address does not tell it. */
  readonly region?: string;
};

const text = (title: string, more: JsonObject = {}): JsonObject => ({
  type: 'string',
  minLength: 1,
  title,
  ...more,
});

/** What the settings must look like; becomes the console's form. */
export const settingsSchema: JsonObject = {
  type: 'object',
  description: [
    'Every installation brings its own private application; no secret is shared.',
    '1. Solution Provider Portal (professional selling plan, primary user): register a private application with the roles Product Listing and Inventory and Order Tracking. It may stay a draft.',
    '2. Note its LWA client id and client secret; the secret ends after 180 days.',
    '3. Authorize it for your own account in Seller Central: the refresh token is shown once, and covers all stores of one region.',
    '4. Add one channel per store with the same credentials, then run omnifeed doctor.',
  ].join('\n'),
  additionalProperties: false,
  required: ['sellerId', 'marketplaceId', 'clientId', 'clientSecret', 'refreshToken'],
  properties: {
    sellerId: text('Merchant token', {
      pattern: '^[A-Z0-9]{5,30}$',
      description: 'Seller Central, Settings, Account Info, Your Merchant Token.',
    }),
    marketplaceId: text('Amazon store', {
      pattern: '^[A-Z0-9]{8,20}$',
      description: STORES.map((store) => `${store.country} ${store.id}`).join(', '),
    }),
    clientId: text('LWA client id', {
      description:
        'Solution Provider Portal: register a private application with the roles Product Listing and Inventory and Order Tracking, then View under LWA credentials.',
    }),
    clientSecret: text('LWA client secret', {
      writeOnly: true,
      description: 'Beside the client id under LWA credentials. Ends after 180 days.',
    }),
    refreshToken: text('Refresh token', {
      writeOnly: true,
      description: 'Shown once when you authorize the application for your own account in Seller Central.',
    }),
    nextClientSecret: text('Next LWA client secret', {
      writeOnly: true,
      description: 'Set it beside the old one while both are good, seven days after it was created.',
    }),
    clientSecretSince: text('Day the client secret was created', { format: 'date' }),
    authorizedSince: text('Day of the authorization', { format: 'date' }),
    languageTag: text('Language of the texts', { pattern: '^[a-z]{2}_[A-Z]{2}$' }),
    region: { type: 'string', enum: ['na', 'eu', 'fe'], title: 'Region, for an unknown store' },
    buyerData: { type: 'boolean', default: true, title: 'Ask for buyer names and addresses' },
    orderLookBackDays: { type: 'integer', minimum: 1, maximum: 730, default: 14, title: 'First look-back' },
    orderQueue: {
      type: 'object',
      title: 'Queue of order notifications',
      description:
        'Optional: a standard SQS queue of your own AWS account. Orders then come in within seconds; polling goes on beside it. See the README of the connector.',
      additionalProperties: false,
      required: ['url', 'accessKeyId', 'secretAccessKey'],
      properties: {
        url: text('Address of the queue', { pattern: '^https?://[^\\s/@]+/\\d+/[A-Za-z0-9_-]{1,80}$' }),
        accessKeyId: text('AWS access key id'),
        secretAccessKey: text('AWS secret access key', { writeOnly: true }),
        region: text('AWS region, where the address does not tell it', {
          pattern: '^[a-z]{2}(-[a-z]+)+-\\d$',
        }),
      },
    },
    carriers: {
      type: 'object',
      additionalProperties: { type: 'string', minLength: 1 },
      title: 'Carrier names',
    },
    existingItems: {
      type: 'string',
      enum: ['offer', 'contribute'],
      default: 'offer',
      title: 'Offers on existing items',
      description:
        'offer: only the offer is sent for a listing with an ASIN. contribute: our product facts too.',
    },
    definitions: {
      type: 'string',
      enum: ['amazon', 'built-in'],
      default: 'amazon',
      title: 'Definitions of product types',
      description: 'built-in: compact ones for common goods, without asking Amazon.',
    },
    endpoint: text('API address', { pattern: '^https?://' }),
    tokenEndpoint: text('Token address', { pattern: '^https?://' }),
  },
};

/** Language of the texts of a channel. */
export function languageTagOf(settings: AmazonSettings): string {
  return settings.languageTag ?? storeOf(settings.marketplaceId)?.languageTag ?? 'en_US';
}

/** The store's currency, or nothing for a store this version does not know. */
export function storeCurrency(settings: AmazonSettings): string | null {
  return storeOf(settings.marketplaceId)?.currency ?? null;
}

/** The region whose endpoint and usage plans count for the store. */
export function regionOf({ region, marketplaceId }: AmazonSettings): Region {
  return region ?? storeOf(marketplaceId)?.region ?? 'na';
}

/**
 * Whom Amazon counts calls for: one seller under one application in one region, whatever the store. Source:
 * developer-docs.amazon/sp-api, "Usage plans and rate limits"; verified 2026-11.
 */
export function accountOf(settings: AmazonSettings): string {
  return [settings.clientId, settings.sellerId, settings.endpoint ?? regionOf(settings)].join(' ');
}
