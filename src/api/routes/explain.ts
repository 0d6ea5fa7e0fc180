import { overrideHistory } from '../../catalog/override-history.js';
import type { JsonValue } from '../../domain/json.js';
import { pathSentence } from '../../mapping/path-sentence.js';
import type { ListingExplanation } from '../../sync/explain-channel.js';
import { explainAt } from '../../workbench/explain-at.js';
import { whyNotSent } from '../../workbench/why-not-sent.js';
import { route } from '../route.js';
import {
  described,
  instant,
  integer,
  json,
  list,
  nullable,
  object,
  oneOf,
  optional,
  text,
} from '../shape.js';
import { why } from '../shapes/why.js';

/** Why listings are as they are, and who fixed what by hand. */
export const explainRoutes = [
  route({
    method: 'GET',
    path: '/listings/:channel/:sku/why',
    permission: 'listings:read',
    summary: 'Tells why a listing has its values, or why it is not there; now, or at an earlier moment.',
    params: object({ channel: text(100), sku: text(200) }),
    query: object({ at: described(optional(instant()), 'A moment that has passed.') }),
    answer: why,
    async handle({ app, params, query }) {
      const desk = await app.desk(params.channel);
      if (query.at !== undefined) {
        const at = new Date(query.at).toISOString();
        const past = await explainAt(desk, params.sku, at);
        return { ...answerOf(past), at, mapping: past.mapping, tests: [] };
      }
      const { explained, tests } = await whyNotSent(desk, params.sku);
      const mapping = { revision: explained.mappingRevision, since: null };
      return { ...answerOf(explained), at: null, mapping, tests };
    },
  }),
  route({
    method: 'GET',
    path: '/overrides/:scope/:key/history',
    permission: 'catalog:read',
    summary: 'Lists what people fixed and took back for a product or a SKU, newest first.',
    params: object({ scope: oneOf('product', 'variant'), key: text(200) }),
    query: object({ limit: optional(integer({ min: 1, max: 500, otherwise: 100 })) }),
    answer: object({
      items: list(
        object({
          at: text(),
          actor: text(),
          channel: text(),
          attribute: nullable(text()),
          old: json(),
          new: json(),
        }),
      ),
    }),
    async handle({ app, params, query }) {
      return { items: await overrideHistory(app.database, params, query.limit ?? 100) };
    },
  }),
];

/** What both times have in common, in the shape of the answer. */
function answerOf(explained: ListingExplanation) {
  const { channel, sku, outcome, excluded, selectedBy, attributes, issues, stock } = explained;
  return {
    channel,
    sku,
    outcome,
    excluded: excluded as {
      readonly reason: string;
      readonly sources: Readonly<Record<string, JsonValue>>;
    } | null,
    selectedBy,
    stock,
    issues,
    attributes: attributes.map((attribute) => {
      const { name, lane, notes, steps } = attribute;
      return {
        name,
        value: attribute.value as JsonValue,
        lane,
        path: pathSentence(attribute),
        steps: steps as unknown as readonly TracedStep[],
        notes,
        issues: attribute.issues,
      };
    }),
  };
}

/** A step as JSON: its values are what expressions see, which is plain data. */
interface TracedStep {
  readonly by: 'default' | 'mapping' | 'rule' | 'override';
  readonly value: JsonValue;
}
