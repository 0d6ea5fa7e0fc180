import type { ConnectGuide } from '../../src/channel/connect-guide.js';

/** The dashboard of Vendure 3.7, verified 2026-11. */
export const guide: ConnectGuide = {
  needs: 'A Vendure shop (3.6 or newer). To place orders, our plugin in its project: examples/vendure.',
  takes: 'about 15 minutes',
  limits: null,
  steps: [
    {
      id: 'shop',
      title: 'Your shop',
      says: [
        'Make a role with the permissions the connector’s README lists, and an administrator with that role.',
        'The shop must hand out tokens: authOptions.tokenMethod contains bearer.',
      ],
      fields: ['url', 'username', 'password', 'apiKey'],
      why: 'An administrator made for Omnifeed can be ended without touching anybody else.',
      where: { path: 'Dashboard › Settings › Roles, Administrators', verified: '2026-11' },
      check: true,
    },
    {
      id: 'products',
      title: 'Products',
      says: ['Say how prices and pages of products are read. The defaults fit a shop as it comes.'],
      fields: ['prices', 'productLink', 'brandFacet', 'buyerContact'],
      why: 'Channels need the address of each product’s page.',
      where: null,
      check: false,
    },
    {
      id: 'orders',
      title: 'Orders',
      says: ['Prepare the shop once, if orders of marketplaces are to be placed in it.'],
      fields: [],
      why: 'It makes the shipping method that carries what the buyer paid, and looks for the plugin.',
      where: null,
      check: false,
      action: 'prepare-shop',
    },
  ],
};
