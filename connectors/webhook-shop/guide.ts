import type { ConnectGuide } from '../../src/channel/connect-guide.js';

/** A shop that takes orders at an address of its own. */
export const guide: ConnectGuide = {
  needs: 'An address of your shop that takes orders; the connector’s README says what it must answer.',
  takes: 'about 5 minutes, once the address answers',
  limits: 'Orders only. Products and stock come from a source of their own.',
  steps: [
    {
      id: 'shop',
      title: 'Your shop',
      says: ['Type the address orders are posted to, and a secret both sides know.'],
      fields: ['address', 'cancelAddress', 'secret', 'buyerContact'],
      why: 'The secret signs every call, so that nobody else can hand in orders or read them.',
      where: null,
      check: true,
    },
  ],
};
