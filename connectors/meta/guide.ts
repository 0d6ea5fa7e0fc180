import type { ConnectGuide } from '../../src/channel/connect-guide.js';

/** Commerce Manager and business settings as Meta's documents describe them, verified 2026-11. */
export const guide: ConnectGuide = {
  needs: 'A business portfolio, a catalog of type commerce, and an app in the same portfolio.',
  takes: 'about 15 minutes',
  limits: 'Meta takes listings. It gives no orders: Meta removed its order interface on 27 October 2026.',
  steps: [
    {
      id: 'catalog',
      title: 'Catalog',
      says: [
        'Type the number of your catalog. It must be one for goods, not a segment of another.',
        'The first catalog of a business is made by hand: Meta asks you to accept its terms there.',
      ],
      fields: ['catalogId', 'businessId'],
      why: 'Products of Facebook, Instagram and WhatsApp come from this catalog. What other feeds wrote into it stays theirs.',
      where: { path: 'Commerce Manager › Catalog › Settings', verified: '2026-11' },
      check: false,
    },
    {
      id: 'app',
      title: 'App',
      says: ['Type number and secret of your app. Then switch on “Require app secret” in its settings.'],
      fields: ['appId', 'appSecret'],
      why: 'With the secret every call is signed: a token that leaks is worth nothing without it.',
      where: { path: 'App dashboard › App settings › Basic', verified: '2026-11' },
      check: false,
    },
    {
      id: 'robot',
      title: 'Robot user',
      says: ['Add a system user, and assign it the catalog with the right Manage.'],
      fields: [],
      why: 'A system user belongs to the business, not to a person who may leave it.',
      where: { path: 'Business settings › Users › System users › Add › Assign assets', verified: '2026-11' },
      check: false,
    },
    {
      id: 'token',
      title: 'Token',
      says: [
        'Generate a token of the system user for your app, with catalog_management and business_management and nothing else. Paste it here.',
        'A token that never ends spares you the renewal; it is offered in the same dialog.',
      ],
      fields: ['accessToken'],
      why: 'The token is what Omnifeed signs in with. It is sealed at once and never shown again.',
      where: { path: 'Business settings › System users › Generate token', verified: '2026-11' },
      check: true,
    },
    {
      id: 'target',
      title: 'Your shop',
      says: [
        'Name the domains of your shop: a listing that links elsewhere is then stopped before Meta sees it.',
      ],
      fields: ['allowedDomains', 'overrides'],
      why: 'Languages and countries are only needed where prices or texts differ from the rest.',
      where: null,
      check: false,
    },
  ],
};
