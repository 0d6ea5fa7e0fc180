import type { JsonObject } from '../../src/domain/json.js';

/**
 * Settings of one Shopify store. The credentials are those of an app of the merchant's own organization (client id and secret, tokens of
 * 24 hours), or the permanent token of an app made in the admin before 2026.
 */
export type ShopifySettings = {
  /** `my-shop.myshopify.com`, never the shop's public domain. */
  readonly shop: string;
  readonly clientId?: string;
  /** Also signs webhooks. */
  readonly clientSecret?: string;
  /** The secret that follows, while Shopify may sign with either. */
  readonly nextClientSecret?: string;
  /** A token that was given instead of client id and secret. */
  readonly accessToken?: string;
  /**
   * Who counts the stock: `shop`, an order placed there takes units; `elsewhere`, it takes none; `omnifeed`, it takes none, the shop's counts
   * are not read, and ours are written there.
   */
  readonly stockOwner?: 'shop' | 'elsewhere' | 'omnifeed';
  /** Ids of the locations whose stock counts, the number in the admin's address of it; default: all that are active. */
  readonly locations?: readonly string[];
  /** Products that are only reachable by link are sold on channels too. */
  readonly sellUnlisted?: boolean;
  /** Puts the buyer's e-mail and phone on the order, after which Shopify may write to them. */
  readonly buyerContact?: boolean;
  /** Products are read by a bulk operation (default), or page by page, for small shops. */
  readonly fullRead?: 'bulk' | 'pages';
  /** Our own public address that the shop calls when something changes, `https://…/hooks/<channel>/<secret>`. */
  readonly hookAddress?: string;
  /** Another address instead of the shop's, for the simulator. */
  readonly endpoint?: string;
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
  additionalProperties: false,
  required: ['shop'],
  anyOf: [{ required: ['clientId', 'clientSecret'] }, { required: ['accessToken'] }],
  properties: {
    shop: text('Shop', {
      pattern: '^[a-z0-9][a-z0-9-]*\\.myshopify\\.com$',
      maxLength: 100,
      description: 'The myshopify.com name, not the public domain.',
    }),
    clientId: text('Client id', { description: 'Of an app of your own organization in the Dev Dashboard.' }),
    clientSecret: text('Client secret', { writeOnly: true, description: 'Signs webhooks too.' }),
    nextClientSecret: text('Next client secret', {
      writeOnly: true,
      description: 'Set it beside the old one while a secret is rotated.',
    }),
    accessToken: text('Access token', {
      writeOnly: true,
      description: 'Only for apps made in the admin before 2026.',
    }),
    stockOwner: {
      type: 'string',
      enum: ['shop', 'elsewhere', 'omnifeed'],
      default: 'shop',
      title: 'Who counts the stock',
      description:
        'elsewhere: orders placed here take no units. omnifeed: nor then, and our counts are written into the shop (`stock.tellShop`).',
    },
    locations: {
      type: 'array',
      maxItems: 50,
      items: text('Location id', { pattern: '^\\d+$', maxLength: 20 }),
      title: 'Locations whose stock counts; all active ones when left out',
    },
    sellUnlisted: { type: 'boolean', default: false, title: 'Sell products that are unlisted' },
    buyerContact: {
      type: 'boolean',
      default: false,
      title: 'Put e-mail and phone on the order',
      description: 'Shopify then writes to the buyer when a parcel leaves.',
    },
    fullRead: {
      type: 'string',
      enum: ['bulk', 'pages'],
      default: 'bulk',
      title: 'How everything is read',
    },
    hookAddress: text('Address the shop calls', {
      pattern: '^https://[^\\s]+/hooks/[^/\\s]+/[A-Za-z0-9_-]+$',
      maxLength: 1_000,
      writeOnly: true,
      description:
        'Our own public address, with `hooks.secret` at its end. Needs clientSecret, which signs the calls.',
    }),
    endpoint: text('API address', { pattern: '^https?://' }),
  },
};
