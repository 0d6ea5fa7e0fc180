import type { JsonObject } from '../../src/domain/json.js';

/** Settings of a shop that takes orders at an address of its own. */
export type WebhookShopSettings = {
  /** Where orders are posted and asked for, `https://shop.example/omnifeed/orders`. */
  readonly address: string;
  /** Signs our calls, and the shop's to us. */
  readonly secret: string;
  /** Where cancellations are posted; absent: the shop takes none, a person is asked. */
  readonly cancelAddress?: string;
  /** Where refunds of the channel are posted; absent: a person books them in the shop. */
  readonly refundAddress?: string;
  /** Puts the buyer's e-mail and phone into the order. */
  readonly buyerContact?: boolean;
};

const address = (title: string, description: string): JsonObject => ({
  type: 'string',
  pattern: '^https?://[^\\s@?#]+$',
  maxLength: 1_000,
  title,
  description,
});

/** What the settings must look like; becomes the console's form. */
export const settingsSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['address', 'secret'],
  properties: {
    address: address('Address for orders', 'Orders are posted there, and asked for by ?key= and ?ids=.'),
    secret: {
      type: 'string',
      minLength: 24,
      maxLength: 200,
      writeOnly: true,
      title: 'Secret',
      description: 'Signs the calls both ways; at least 24 letters.',
    },
    cancelAddress: address('Address for cancellations', 'Leave it out where the shop takes none.'),
    refundAddress: address('Address for refunds', 'Leave it out where a person books them.'),
    buyerContact: { type: 'boolean', default: false, title: 'Put e-mail and phone into the order' },
  },
};
