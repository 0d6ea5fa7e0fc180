import type { JsonObject } from '../../src/domain/json.js';

/** The formats a file can have. The first word is the channel family whose names the listings use. */
export const FORMATS = [
  'google-rss',
  'google-atom',
  'google-tsv',
  'meta-csv',
  'meta-tsv',
  'meta-xml',
  'jsonl',
] as const;

/** One of the formats. */
export type FeedFormat = (typeof FORMATS)[number];

/** Settings of a feed file. */
export type FeedFileSettings = {
  /** Where the file is written; its folder must exist. */
  readonly path: string;
  readonly format: FeedFormat;
  /** Compress with gzip; the path then usually ends in `.gz`. Default false. */
  readonly gzip?: boolean;
  /** Title of the feed in RSS and Atom. */
  readonly title?: string;
  /** Address of the shop in RSS and Atom. */
  readonly link?: string;
};

/** JSON Schema of the settings. */
export const settingsSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['path', 'format'],
  properties: {
    path: {
      type: 'string',
      format: 'file-path',
      minLength: 1,
      title: 'File',
      description: 'A relative path starts at the folder of omnifeed.yaml; missing folders are made.',
    },
    format: { enum: FORMATS, title: 'Format' },
    gzip: { type: 'boolean', title: 'Compress with gzip', default: false },
    title: { type: 'string', title: 'Title of the feed', default: 'Products' },
    link: { type: 'string', pattern: '^https?://', title: 'Address of the shop' },
  },
};
