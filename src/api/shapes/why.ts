import { described, json, list, nullable, type Of, object, oneOf, optional, record, text } from '../shape.js';
import { issues } from './parts.js';

const sources = record(json());

/** Why a listing is as it is, or is not there: now, or at an earlier moment. */
export const why = object({
  channel: text(),
  sku: text(),
  at: described(nullable(text()), 'The moment that was asked for; null: now.'),
  mapping: described(
    nullable(object({ revision: text(), since: nullable(text()) })),
    'What it was made with; null: not recorded for that time, the present mapping is shown.',
  ),
  outcome: oneOf('listing', 'blocked', 'excluded'),
  excluded: nullable(object({ reason: text(), sources })),
  selectedBy: list(text()),
  stock: described(
    list(text()),
    'Why the channel may offer so many units: the sum, components, units in the hands of strict channels.',
  ),
  tests: described(
    list(
      object({
        test: text(),
        outcome: oneOf('passed', 'failed', 'waits', 'not reached'),
        detail: optional(text()),
      }),
    ),
    'What must hold before it is live, in order; empty for an earlier moment.',
  ),
  attributes: list(
    object({
      name: text(),
      value: json(),
      lane: oneOf('content', 'offer'),
      path: described(text(), 'How the value came about, as a sentence.'),
      steps: list(
        object({
          by: oneOf('default', 'mapping', 'rule', 'override'),
          name: optional(text()),
          at: optional(text()),
          expression: optional(text()),
          when: optional(sources),
          value: json(),
          sources: optional(sources),
        }),
      ),
      notes: list(text()),
      issues,
    }),
  ),
  issues,
});

/** `GET /listings/:channel/:sku/why`. */
export type Why = Of<typeof why>;
