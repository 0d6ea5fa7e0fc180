import type { ConnectGuide } from '../../src/channel/connect-guide.js';

/** Merchant Center and Google Cloud console as their documents describe them, verified 2026-11. */
export const guide: ConnectGuide = {
  needs: 'A Merchant Center account whose website is verified, and a Google Cloud project of your own.',
  takes: 'about 20 minutes',
  limits: 'Google takes listings. It gives no orders: shoppers buy on your website.',
  steps: [
    {
      id: 'account',
      title: 'Your account',
      says: [
        'Type the number of your Merchant Center account. It is not the Ads customer number, which has dashes (123-456-7890).',
      ],
      fields: ['account'],
      why: 'It says which account your products go to. Nothing is sent yet.',
      where: { path: 'Merchant Center › top right corner', verified: '2026-11' },
      check: false,
    },
    {
      id: 'key',
      title: 'Access key',
      says: [
        'Create or choose a project, switch on the Merchant API, create a service account, and add a key of type JSON to it. Google downloads a file.',
        'Drop that file here. It is sealed at once and never shown again.',
      ],
      fields: ['serviceAccountKey'],
      why: 'A service account is a robot of your own. Its key lets Omnifeed work without your password, and you can end it at any time.',
      where: {
        path: 'Cloud console › IAM and admin › Service accounts › Keys › Add key',
        verified: '2026-11',
      },
      check: false,
    },
    {
      id: 'permission',
      title: 'Permission',
      says: [
        'Add the address of the robot as a person, with the role Admin. It stands in the key file as client_email.',
      ],
      fields: [],
      why: 'Google lets software in as a “person” with its own address. Admin is needed once, for the next step; Standard is enough afterwards.',
      where: {
        path: 'Merchant Center › Settings › Access and services › People › Add person',
        verified: '2026-11',
      },
      check: true,
    },
    {
      id: 'registration',
      title: 'Registration',
      says: [
        'Google must know the project that works with your account. Type the e-mail of a person with a Google account, not the robot’s.',
        'After it, Google needs up to five minutes to notice. You can go on meanwhile.',
      ],
      fields: [],
      why: 'Google writes to this person when the interface changes. Without registration every call is refused.',
      where: null,
      check: true,
      action: 'register-gcp',
    },
    {
      id: 'target',
      title: 'Where products go',
      says: [
        'Leave all of it empty unless you know better: Omnifeed keeps a data source of its own, for shopping ads and free listings.',
      ],
      fields: ['homepage', 'shippingCosts', 'feedLabel', 'contentLanguage', 'destinations', 'dataSource'],
      why: 'A file source that lists the same products fights with ours: Google moves a product to whoever writes last.',
      where: { path: 'Merchant Center › Settings › Data sources', verified: '2026-11' },
      check: false,
    },
  ],
};
