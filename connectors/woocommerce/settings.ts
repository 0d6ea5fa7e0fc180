import type { JsonObject } from '../../src/domain/json.js';

/** Settings of one WooCommerce shop. */
export type WooSettings = {
  /** Address of the WordPress site, `https://shop.example` or `https://example.com/shop`. */
  readonly address: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /**
   * How calls are signed. Default: `basic` over https, `oauth` over http. `oauth` with an https address is for sites behind a proxy that does
   * not tell WordPress so: it then refuses right keys sent as Basic.
   */
  readonly signing?: 'basic' | 'oauth';
  /** Puts the keys into the address, for hosts that drop the Authorization header; they land in the host's logs. */
  readonly keysInQuery?: boolean;
  /** The site has plain permalinks: routes are `/?rest_route=/wc/v3/…`. */
  readonly plainPermalinks?: boolean;
  /** How tax comes into an order: see the README. */
  readonly taxMode?: 'untaxed' | 'shop-rates';
  /** Puts the buyer's e-mail and phone on the order, after which the shop writes to the buyer. */
  readonly buyerContact?: boolean;
  /** Custom statuses that mean nothing more than "in work", and those that mean "everything has left". */
  readonly openStatuses?: readonly string[];
  readonly shippedStatuses?: readonly string[];
  /** Our own public address that the shop calls when something changes, `https://…/hooks/<channel>/<secret>`. */
  readonly hookAddress?: string;
  /** Signs those calls. */
  readonly hookSecret?: string;
};

const text = (title: string, more: JsonObject = {}): JsonObject => ({
  type: 'string',
  minLength: 1,
  title,
  ...more,
});
const statuses = (title: string): JsonObject => ({
  type: 'array',
  maxItems: 20,
  items: text('Status', { pattern: '^[a-z0-9-]+$', maxLength: 40 }),
  title,
});

/** What the settings must look like; becomes the console's form. */
export const settingsSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['address', 'consumerKey', 'consumerSecret'],
  dependentRequired: { hookAddress: ['hookSecret'] },
  properties: {
    address: text('Address of the site', {
      pattern: '^https?://[^\\s@?#]+$',
      maxLength: 300,
      description: 'As the site itself writes it (with or without www): redirects are not followed.',
    }),
    consumerKey: text('Consumer key', { pattern: '^ck_[0-9A-Za-z]+$', maxLength: 100, writeOnly: true }),
    consumerSecret: text('Consumer secret', {
      pattern: '^cs_[0-9A-Za-z]+$',
      maxLength: 100,
      writeOnly: true,
    }),
    signing: {
      type: 'string',
      enum: ['basic', 'oauth'],
      title: 'How calls are signed',
      description: 'basic over https, oauth over http; set it only when a proxy hides https from the site.',
    },
    keysInQuery: {
      type: 'boolean',
      default: false,
      title: 'Keys in the address',
      description: 'Only for hosts that drop the Authorization header: the keys land in their logs.',
    },
    plainPermalinks: { type: 'boolean', default: false, title: 'The site has plain permalinks' },
    taxMode: {
      type: 'string',
      enum: ['untaxed', 'shop-rates'],
      default: 'untaxed',
      title: 'How tax comes into an order',
      description:
        'untaxed: what was paid, without tax in the shop’s books. shop-rates: net, and the shop adds its own tax.',
    },
    buyerContact: {
      type: 'boolean',
      default: false,
      title: 'Put e-mail and phone on the order',
      description: 'The shop then writes to the buyer.',
    },
    openStatuses: statuses('Custom statuses of orders in work'),
    shippedStatuses: statuses('Custom statuses of orders that have left'),
    hookAddress: text('Address the shop calls', {
      pattern: '^https://[^\\s]+/hooks/[^/\\s]+/[A-Za-z0-9_-]+$',
      maxLength: 1_000,
      writeOnly: true,
      description: 'Our own public address, with `hooks.secret` at its end.',
    }),
    hookSecret: text('Secret of those calls', { minLength: 16, maxLength: 200, writeOnly: true }),
  },
};
