import type { JsonObject } from '../../src/domain/json.js';
import type { Demand } from './attributes/demand.js';
import type { AttributeRow } from './attributes/row.js';
import { ATTRIBUTES } from './attributes.js';
import { objectSchema } from './value-codecs.js';

/**
 * JSON Schema of a canonical listing, built from the attribute table: what must always be there, or one of two. Demands that
 * look at the country, the category or values are the pre-flight's (`audit.ts`).
 */
export const LISTING_SCHEMA: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Google Merchant Center listing',
  ...objectSchema(ATTRIBUTES),
  allOf: choicesIn(ATTRIBUTES).map((names) => ({ anyOf: names.map((name) => ({ required: [name] })) })),
};

/** Attributes of which one must be given, each choice once. */
function choicesIn(rows: readonly AttributeRow[]): readonly (readonly string[])[] {
  const choices = rows.flatMap((row) => row.demands.flatMap((demand) => choiceOf(row.name, demand)));
  return [...new Map(choices.map((names) => [[...names].sort().join(), names])).values()];
}

function choiceOf(name: string, { level, unless, ...circumstances }: Demand): readonly (readonly string[])[] {
  if (level !== 'must' || unless === undefined || Object.keys(circumstances).length > 0) return [];
  return Object.values(unless).every((values) => values.length === 0) ? [[name, ...Object.keys(unless)]] : [];
}
