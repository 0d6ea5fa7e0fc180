import { integer, jsonObject, list, nullable, type Of, object, oneOf, text, yesNo } from '../shape.js';
import { instantShape, moment } from './parts.js';

const row = {
  id: integer(),
  job: text(),
  key: text(),
  outcome: oneOf('running', 'done', 'failed'),
  startedAt: instantShape,
  endedAt: moment,
  tookMs: nullable(integer()),
  facts: jsonObject(),
  error: nullable(text()),
};

/** A run in a list. */
export const runRow = object(row);

const number = object({ name: text(), n: integer() });

/** Answer of `GET /runs/:id`. */
export const run = object({
  ...row,
  lines: list(
    object({
      at: instantShape,
      level: oneOf('info', 'warn', 'error'),
      message: text(),
      facts: jsonObject(),
      sum: nullable(object({ whole: number, parts: list(number), adds: yesNo() })),
    }),
  ),
});

/** Answer of `GET /schedules`. */
export const schedules = object({
  schedules: list(
    object({
      id: text(),
      job: text(),
      key: text(),
      cron: text(),
      zone: text(),
      next: moment,
      last: moment,
      paused: nullable(object({ by: text(), at: instantShape })),
    }),
  ),
  looks: list(object({ job: text(), key: text(), at: instantShape, tookMs: integer(), failed: yesNo() })),
});

/** `GET /runs`. */
export type RunRow = Of<typeof runRow>;
/** `GET /runs/:id`. */
export type Run = Of<typeof run>;
/** `GET /schedules`. */
export type Schedules = Of<typeof schedules>;
