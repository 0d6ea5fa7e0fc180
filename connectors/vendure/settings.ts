import type { JsonObject } from '../../src/domain/json.js';

/** Settings of a Vendure shop. */
export type VendureSettings = {
  /** Address of the admin API, `https://shop.example/admin-api`. */
  readonly url: string;
  /** Key made in the dashboard (Vendure 3.6 and later) for a role of its own; or an administrator made for Omnifeed. */
  readonly apiKey?: string;
  readonly username?: string;
  readonly password?: string;
  /** Token of the Vendure channel to work in; absent: the default channel. */
  readonly channelToken?: string;
  /** Which of a variant's prices is the one shoppers see. Default `with-tax`. */
  readonly prices?: 'with-tax' | 'without-tax';
  /** Page of a product, `https://shop.example/product/{slug}`. */
  readonly productLink?: string;
  /** Code of the facet whose value is the brand. Default `brand`. */
  readonly brandFacet?: string;
  /** Custom fields of variants that hold codes of the product. */
  readonly variantFields?: { readonly gtin?: string; readonly mpn?: string };
  /** True: the order carries the buyer's own e-mail and phone, and the shop may write to the buyer. Default false. */
  readonly buyerContact?: boolean;
};

const FIELD = { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]{0,63}$' } as const;

/** JSON Schema of the settings. */
export const settingsSchema: JsonObject = {
  type: 'object',
  required: ['url'],
  anyOf: [{ required: ['apiKey'] }, { required: ['username', 'password'] }],
  additionalProperties: false,
  properties: {
    url: { type: 'string', pattern: '^https?://[^\\s@?#]+$', title: 'Address of the admin API' },
    apiKey: { type: 'string', minLength: 8, title: 'API key', writeOnly: true },
    username: { type: 'string', minLength: 1, title: 'Administrator made for Omnifeed' },
    password: { type: 'string', minLength: 1, title: 'Password of the administrator', writeOnly: true },
    channelToken: { type: 'string', minLength: 1, title: 'Token of the Vendure channel', writeOnly: true },
    prices: { enum: ['with-tax', 'without-tax'], title: 'Price that shoppers see', default: 'with-tax' },
    productLink: {
      type: 'string',
      pattern: '^https?://[^\\s@]*\\{slug\\}\\S*$',
      title: 'Page of a product, with {slug}',
    },
    brandFacet: { type: 'string', minLength: 1, title: 'Facet of the brand', default: 'brand' },
    variantFields: {
      type: 'object',
      additionalProperties: false,
      title: 'Custom fields of variants',
      properties: { gtin: FIELD, mpn: FIELD },
    },
    buyerContact: { type: 'boolean', title: 'Give the shop the buyer’s e-mail and phone', default: false },
  },
};
