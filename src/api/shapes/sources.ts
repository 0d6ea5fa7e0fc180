import { integer, jsonObject, nullable, type Of, object, oneOf, text } from '../shape.js';
import { instantShape, moment } from './parts.js';

/** One import. */
export const importRow = object({
  id: text(),
  source: text(),
  state: text(),
  startedAt: instantShape,
  finishedAt: moment,
  error: nullable(text()),
  facts: jsonObject(),
});

/** A source in a list. */
export const sourceRow = object({
  id: text(),
  role: oneOf('primary', 'supplemental'),
  kind: oneOf('file', 'url', 'shop'),
  format: nullable(text()),
  lastImport: nullable(importRow),
});

/** A row of a file that was set aside, or taken with a doubt. */
export const setAsideRow = object({
  n: integer(),
  line: integer(),
  column: nullable(text()),
  key: nullable(text()),
  severity: oneOf('error', 'warning'),
  code: text(),
  reason: text(),
});

/** `GET /sources`. */
export type SourceRow = Of<typeof sourceRow>;
/** `GET /sources/:source/imports`. */
export type ImportRow = Of<typeof importRow>;
/** `GET /sources/:source/imports/:import/rows`. */
export type SetAsideRow = Of<typeof setAsideRow>;
