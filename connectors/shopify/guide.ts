import type { ConnectGuide } from '../../src/channel/connect-guide.js';

/** The Dev Dashboard as Shopify's documents describe it, verified 2026-11. */
export const guide: ConnectGuide = {
  needs: 'A Shopify shop, and the right to make an app in its organization.',
  takes: 'about 10 minutes',
  limits: null,
  steps: [
    {
      id: 'shop',
      title: 'Your shop',
      says: ['Type the myshopify.com name of the shop, not its public address.'],
      fields: ['shop'],
      why: 'Keys go to this host only.',
      where: { path: 'Shopify admin › Settings › Domains', verified: '2026-11' },
      check: false,
    },
    {
      id: 'app',
      title: 'App',
      says: [
        'Make an app with the scopes read_products, read_inventory, read_locations, write_orders and read_merchant_managed_fulfillment_orders, release its version and install it on the shop.',
        'Better also read_third_party_fulfillment_orders and read_all_orders: without it an order of more than 60 days looks deleted.',
      ],
      fields: ['clientId', 'clientSecret'],
      why: 'The app is your own. Its keys are renewed by themselves every day, and signed calls of the shop are recognised by them.',
      where: { path: 'Dev Dashboard › Apps › Create app › Settings', verified: '2026-11' },
      check: true,
    },
    {
      id: 'stock',
      title: 'Stock and buyers',
      says: [
        'Say who counts the stock, and whether the shop may write to buyers of marketplaces. For our counts to be written into the shop the app needs write_inventory too.',
      ],
      fields: ['stockOwner', 'buyerContact', 'sellUnlisted', 'locations'],
      why: 'One place counts the stock of a location, so that nothing is counted twice.',
      where: null,
      check: false,
    },
  ],
};
