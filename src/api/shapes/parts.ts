import { instant, integer, list, nullable, object, oneOf, optional, text } from '../shape.js';

/** An amount in the smallest unit of its currency. */
export const money = object({ minor: integer(), currency: text() });

/** A complaint about a listing, an order or a setting. */
export const issue = object({
  severity: oneOf('error', 'warning', 'info'),
  code: text(),
  attribute: optional(text()),
  origin: oneOf('ours', 'channel'),
  message: text(),
  advice: optional(text()),
  link: optional(text()),
});

/** Several. */
export const issues = list(issue);

/** An instant, or never. */
export const moment = nullable(instant());

/** An instant. */
export const instantShape = instant();
