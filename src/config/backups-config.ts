import path from 'node:path';
import type { Rotation } from '../backup/backup-files.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';

/** Backups of the house's own SQLite files, as configured. */
export interface BackupsConfig {
  readonly folder: string;
  readonly keep: Rotation;
  /** `omnifeed start` takes one every hour. */
  readonly hourly: boolean;
}

const COUNT = { type: 'integer', minimum: 0, maximum: 1_000 } as const;

/** `backups:` of `omnifeed.yaml`. */
export const BACKUPS = {
  type: 'object',
  additionalProperties: false,
  properties: {
    folder: { type: 'string', minLength: 1 },
    hourly: { type: 'boolean' },
    keep: {
      type: 'object',
      additionalProperties: false,
      properties: { hours: COUNT, days: COUNT, weeks: COUNT },
    },
  },
} as const;

/** 24 hours, 7 days, 4 weeks (reliability, section 6). */
const KEEP: Rotation = { hours: 24, days: 7, weeks: 4 };

/** Completes `backups:`; the folder is beside the database unless it says otherwise. */
export function backupsOf(found: unknown, house: { folder: string; database: string }): BackupsConfig {
  const group: JsonObject = isJsonObject(found) ? found : {};
  const keep: JsonObject = isJsonObject(group.keep) ? group.keep : {};
  const beside = /^postgres|^:memory:/.test(house.database) ? house.folder : path.dirname(house.database);
  return {
    folder:
      typeof group.folder === 'string'
        ? path.resolve(house.folder, group.folder)
        : path.join(beside, 'backups'),
    hourly: group.hourly !== false,
    keep: {
      hours: Number(keep.hours ?? KEEP.hours),
      days: Number(keep.days ?? KEEP.days),
      weeks: Number(keep.weeks ?? KEEP.weeks),
    },
  };
}
