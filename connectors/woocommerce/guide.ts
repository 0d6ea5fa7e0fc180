import type { ConnectGuide } from '../../src/channel/connect-guide.js';

/** WooCommerce 5.8 to 11 as its documents describe it, verified 2026-11. */
export const guide: ConnectGuide = {
  needs: 'A WooCommerce shop, and a user who is a shop manager.',
  takes: 'about 5 minutes',
  limits: null,
  steps: [
    {
      id: 'shop',
      title: 'Your shop',
      says: ['Type the address as the site writes itself, with or without www: redirects are not followed.'],
      fields: ['address'],
      why: 'A redirect would turn an order into a mere look.',
      where: null,
      check: false,
    },
    {
      id: 'keys',
      title: 'Keys',
      says: [
        'Add a key with read and write access, for a user who is a shop manager. The key ends when its user does.',
      ],
      fields: ['consumerKey', 'consumerSecret'],
      why: 'Products and stock are read with it, and orders of marketplaces are placed.',
      where: { path: 'WooCommerce › Settings › Advanced › REST API › Add key', verified: '2026-11' },
      check: true,
    },
    {
      id: 'orders',
      title: 'Orders',
      says: ['Say how tax comes into an order, and whether the shop may write to buyers of marketplaces.'],
      fields: ['taxMode', 'buyerContact', 'openStatuses', 'shippedStatuses'],
      why: 'The shop reads every amount as net and adds its own tax. Untaxed keeps the total exact; the shop’s reports then show no tax.',
      where: null,
      check: false,
    },
  ],
};
