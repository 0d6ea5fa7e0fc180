import type { ConnectGuide } from '../../src/channel/connect-guide.js';

/** Seller Central and the Solution Provider Portal as Amazon's documents describe them, verified 2026-11. */
export const guide: ConnectGuide = {
  needs:
    'A professional selling plan, and the primary user of the account. Amazon’s review of your app can take days.',
  takes: 'about 30 minutes, and Amazon’s own time',
  limits: null,
  sells: true,
  steps: [
    {
      id: 'store',
      title: 'Store',
      says: [
        'Choose the store. One authorization covers all stores of a region; each store is a channel of its own.',
      ],
      fields: ['sellerId', 'marketplaceId'],
      why: 'Prices, stock and texts belong to one store. You also sell in another? Connect it afterwards with the same keys.',
      where: { path: 'Seller Central › Settings › Account Info › Your Merchant Token', verified: '2026-11' },
      check: false,
    },
    {
      id: 'app',
      title: 'Your own app',
      says: [
        'Register as a private developer and make a private app. It may stay a draft.',
        'Give it the roles Product Listing, and Inventory and Order Tracking. Without Direct-to-Consumer Shipping orders arrive without the buyer’s name and street; you need it if you print labels yourself, and Amazon asks more questions for it.',
        'Amazon may take days to answer. Close this page: everything is kept, and you go on here.',
      ],
      fields: [],
      why: 'Every installation has an app of its own. Nobody else holds a key to your account.',
      where: { path: 'Solution Provider Portal › Develop apps › Add new app client', verified: '2026-11' },
      check: false,
    },
    {
      id: 'keys',
      title: 'App keys',
      says: [
        'Copy both from “View credentials”, and say on which day the secret was made: Amazon ends it after 180 days, and we remind you.',
      ],
      fields: ['clientId', 'clientSecret', 'clientSecretSince'],
      why: 'The pair names your app. A new secret works beside the old one for seven days.',
      where: {
        path: 'Solution Provider Portal › Develop apps › LWA credentials › View',
        verified: '2026-11',
      },
      check: false,
    },
    {
      id: 'authorize',
      title: 'Authorize',
      says: [
        'Press Authorize for your own account. Amazon shows a refresh token once (Atzr|…). Paste it here.',
      ],
      fields: ['refreshToken', 'authorizedSince'],
      why: 'It lets your app act for your account. Making a new one does not end the others.',
      where: { path: 'Solution Provider Portal › Develop apps › Authorize', verified: '2026-11' },
      check: true,
    },
    {
      id: 'products',
      title: 'Products',
      says: ['Say what is sent for goods Amazon has a page of already.'],
      fields: ['existingItems', 'buyerData', 'orderLookBackDays'],
      why: 'Orders fulfilled by Amazon are only recorded: they never touch your stock.',
      where: null,
      check: false,
    },
  ],
};
