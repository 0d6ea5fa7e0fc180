import type { ConnectGuide } from '../../src/channel/connect-guide.js';

/** Nobody is asked anything: a file is written. */
export const guide: ConnectGuide = {
  needs:
    'A place where the channel can fetch a file: a folder your web server shows, or an upload of your own.',
  takes: 'about 5 minutes',
  limits: 'Whether the channel took the file is not known: it never answers.',
  steps: [
    {
      id: 'file',
      title: 'The file',
      says: [
        'Choose the form the channel asks for, and where the file is written. A relative path starts at the folder of omnifeed.yaml.',
      ],
      fields: ['format', 'path', 'gzip', 'title', 'link'],
      why: 'The file is replaced in one step when it is complete: a channel never fetches half of it.',
      where: null,
      check: true,
    },
  ],
};
