import type { ConnectGuide } from '../../src/channel/connect-guide.js';

/** A shop or an ERP that reads files. */
export const guide: ConnectGuide = {
  needs: 'A folder your shop or ERP reads, on this machine or on an SFTP server.',
  takes: 'about 10 minutes',
  limits: 'Orders only. Products and stock come from a source of their own.',
  steps: [
    {
      id: 'folder',
      title: 'Folder',
      says: [
        'Name the folder in which both sides meet, and the server it lies on, if it is not this machine.',
      ],
      fields: ['folder', 'sftp', 'format', 'buyerContact'],
      why: 'A server that shows another key than the one named gets nothing.',
      where: null,
      check: false,
    },
    {
      id: 'prepare',
      title: 'Prepare it',
      says: ['Make the three folders inside once.'],
      fields: [],
      why: 'Orders are written into one, answers are read from the second, and the third is our record of what was handed over.',
      where: null,
      check: true,
      action: 'prepare-folder',
    },
  ],
};
