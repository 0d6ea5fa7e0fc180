import { PERMISSIONS, ROLES } from '../../access/permissions.js';
import { integer, list, nullable, type Of, object, oneOf, optional, text, yesNo } from '../shape.js';
import { moment } from './parts.js';

const WEIGHTS = ['kg', 'g', 'lb', 'oz'] as const;

/** Where the house sells and how it counts. */
export const houseSettings = object({
  country: nullable(text()),
  currency: nullable(text()),
  zone: nullable(text()),
  weightUnit: nullable(oneOf(...WEIGHTS)),
});

/** Body of `PATCH /settings`: what is absent stays, null takes away. */
export const settingsChange = object({
  country: optional(nullable(text(2, { pattern: '^[A-Z]{2}$' }))),
  currency: optional(nullable(text(3, { pattern: '^[A-Z]{3}$' }))),
  zone: optional(nullable(text(64, { min: 1 }))),
  weightUnit: optional(nullable(oneOf(...WEIGHTS))),
});

/** Answer of `GET /settings`: what is set here, and what omnifeed.yaml says. Never a secret. */
export const settings = object({
  general: houseSettings,
  buyers: list(object({ channel: text(), days: integer(), orderMonths: nullable(integer()) })),
  backups: nullable(
    object({
      hourly: yesNo(),
      keep: object({ hours: integer(), days: integer(), weeks: integer() }),
      lastAt: moment,
    }),
  ),
  mail: nullable(object({ from: text() })),
  publicUrl: nullable(text()),
  rights: list(
    object({
      permission: oneOf(...PERMISSIONS),
      says: text(),
      roles: list(oneOf(...ROLES)),
      secondFactor: yesNo(),
    }),
  ),
});

/** `GET /settings`. */
export type Settings = Of<typeof settings>;
/** The part of `GET /settings` that `PATCH /settings` changes. */
export type HouseSettings = Of<typeof houseSettings>;
