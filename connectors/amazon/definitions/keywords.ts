import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { KeywordComplaint, SchemaKeyword } from '../../../src/domain/schema-keyword.js';

/** The keyword that `prepareDefinition` puts in place of Amazon's open enumerations: `[{ value, name }]`. */
export const SUGGESTED_VALUES = 'suggestedValues';

/**
 * Amazon's vocabulary as far as it judges values. Labels and hints (`editable`, `hidden`, `enumNames`, `enumDeprecated`,
 * `replaces`, `replacedBy`, `$lifecycle`) judge nothing.
 * Source: developer-docs.amazon/sp-api, Product Type Definition meta-schema, page of 2026-09-09; verified 2026-11.
 */
export const AMAZON_KEYWORDS: readonly SchemaKeyword[] = [
  {
    keyword: 'maxUtf8ByteLength',
    on: 'string',
    judge: (said, value) => {
      const limit = Number(said);
      const text = String(value);
      // A character has at most three bytes per unit of UTF-16.
      if (text.length * 3 <= limit) return null;
      const bytes = Buffer.byteLength(text);
      if (bytes <= limit) return null;
      return {
        severity: 'error',
        code: 'too_long',
        says: `has ${bytes} bytes, ${limit} are allowed`,
        advice: `Shorten it in the mapping: clipBytes(x, ${limit}).`,
      };
    },
  },
  {
    keyword: 'minUtf8ByteLength',
    on: 'string',
    judge: (said, value) => {
      const least = Number(said);
      const bytes = Buffer.byteLength(String(value));
      if (bytes >= least) return null;
      return {
        severity: 'error',
        code: 'too_short',
        says: `has ${bytes} bytes, at least ${least} are needed`,
        advice: 'Say more in the catalog or in the mapping.',
      };
    },
  },
  { keyword: 'maxUniqueItems', on: 'array', judge: tooMany },
  { keyword: 'minUniqueItems', on: 'array', judge: tooFew },
  { keyword: SUGGESTED_VALUES, on: 'string', judge: unlisted },
];

/** At most so many instances with the same selectors; without selectors so many different ones. */
function tooMany(said: JsonValue, value: JsonValue, schema: JsonObject): KeywordComplaint | null {
  const limit = Number(said);
  const worst = Math.max(0, ...groupSizes(value, schema));
  if (worst <= limit) return null;
  return {
    severity: 'error',
    code: 'too_many',
    says: `has ${worst} entries, ${limit} are allowed`,
    advice: `take(list, ${limit}) keeps the first.`,
  };
}

function tooFew(said: JsonValue, value: JsonValue, schema: JsonObject): KeywordComplaint | null {
  const least = Number(said);
  const sizes = groupSizes(value, schema);
  const fewest = sizes.length === 0 ? 0 : Math.min(...sizes);
  if (fewest >= least) return null;
  return {
    severity: 'error',
    code: 'too_few',
    says: `has ${fewest} entries, at least ${least} are needed`,
    advice: 'Fill it in the catalog, or give it a value in the mapping.',
  };
}

/** How many instances share each combination of selectors; a missing selector counts as one of its own. */
function groupSizes(value: JsonValue, { selectors }: JsonObject): readonly number[] {
  const instances = isJsonArray(value) ? value : [];
  if (!isJsonArray(selectors)) return [new Set(instances.map((instance) => JSON.stringify(instance))).size];
  const sizes = new Map<string, number>();
  for (const instance of instances) {
    const key = JSON.stringify(
      selectors.map((name) => (isJsonObject(instance) ? (instance[String(name)] ?? null) : null)),
    );
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  return [...sizes.values()];
}

/** The definition lists values but formally takes any; for many attributes Amazon refuses the others all the same. */
function unlisted(said: JsonValue, value: JsonValue): KeywordComplaint | null {
  const known = isJsonArray(said) ? said.filter(isJsonObject) : [];
  if (known.some((entry) => entry.value === value)) return null;
  const shown = known
    .slice(0, 12)
    .map(({ value: word, name }) => (name === undefined ? word : `${word} (${name})`));
  return {
    severity: 'warning',
    code: 'unlisted_value',
    says: `is ${JSON.stringify(value)}, which the product type does not list`,
    advice: `Listed: ${shown.join(', ')}${known.length > 12 ? ' and others' : ''}. A lookup table can translate your values.`,
  };
}
