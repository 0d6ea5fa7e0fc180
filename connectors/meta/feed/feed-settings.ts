import type { JsonObject } from '../../../src/domain/json.js';
import { ITEM_ATTRIBUTES } from '../attributes.js';
import { FEED_FORMATS, type FeedFormat } from './feed-columns.js';

/** Settings of the daily file. */
export type FeedSettings = {
  /** Where the file is written. */
  readonly path: string;
  readonly format?: FeedFormat;
  readonly gzip?: boolean;
  /** Name of the feed in Commerce Manager; by it we know our own. */
  readonly name?: string;
  /** Where Meta can fetch the file; absent: it is sent along. */
  readonly url?: string;
  readonly username?: string;
  readonly password?: string;
  /** Meta fetches the address by itself every day at this time of the channel's zone, instead of being told after each file. */
  readonly schedule?: { readonly hour: number; readonly minute: number };
  /** Adds to items of these feeds instead of owning items. */
  readonly supplements?: readonly string[];
  /** Attributes of a supplementary file. */
  readonly columns?: readonly string[];
  /** Share of the catalog's items a file may delete before a person is told. Default 0.1. */
  readonly alarmShare?: number;
};

/** JSON Schema of the settings. */
export const feedSettingsSchema: JsonObject = {
  type: 'object',
  title: 'Daily file',
  additionalProperties: false,
  required: ['path'],
  dependentRequired: {
    schedule: ['url'],
    username: ['url', 'password'],
    supplements: ['columns'],
    columns: ['supplements'],
  },
  properties: {
    path: {
      type: 'string',
      format: 'file-path',
      minLength: 1,
      title: 'File',
      description: 'A relative path starts at the folder of omnifeed.yaml.',
    },
    format: { enum: FEED_FORMATS, title: 'Format', default: 'csv' },
    gzip: { type: 'boolean', title: 'Compress with gzip', default: true },
    name: { type: 'string', minLength: 1, maxLength: 100, title: 'Name of the feed' },
    url: {
      type: 'string',
      pattern: '^https?://[^\\s@]+$',
      title: 'Address of the file',
      description: 'Where Meta fetches it. Without an address the file is sent along, up to 60 MB.',
    },
    username: { type: 'string', minLength: 1, title: 'User name of the address' },
    password: { type: 'string', minLength: 1, writeOnly: true, title: 'Password of the address' },
    schedule: {
      type: 'object',
      title: 'Meta fetches by itself',
      additionalProperties: false,
      required: ['hour', 'minute'],
      properties: {
        hour: { type: 'integer', minimum: 0, maximum: 23 },
        minute: { type: 'integer', minimum: 0, maximum: 59 },
      },
    },
    supplements: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      title: 'Ids of the feeds it adds to',
      items: { type: 'string', pattern: '^\\d+$' },
    },
    columns: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      title: 'Attributes of a supplementary file',
      items: { enum: ITEM_ATTRIBUTES.map((row) => row.name) },
    },
    alarmShare: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: 1,
      default: 0.1,
      title: 'Alarm on deletions',
    },
  },
};
