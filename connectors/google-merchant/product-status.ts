import type { Issue, Severity } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';

/** What Google says about a processed product in one country. */
export interface ProductStatus {
  /** `unknown`: Google has not judged it yet. `live`: shown in at least one place. */
  readonly state: 'unknown' | 'live' | 'pending' | 'rejected';
  readonly issues: readonly Issue[];
}

/**
 * Reads `productStatus`. Approved in any reporting context for the country: live, with what is wrong elsewhere as warnings.
 * Otherwise pending where a review is under way, else rejected. Countries Google does not name for the product count
 * only when the channel's own country is not named at all. Contexts and codes are open sets (products v1, verified 2026-11-23).
 */
export function productStatus(product: JsonObject, country: string): ProductStatus {
  const status = isJsonObject(product.productStatus) ? product.productStatus : {};
  const contexts = objects(status.destinationStatuses);
  const state = stateOf(contexts, country);
  const issues = objects(status.itemLevelIssues).filter((issue) => concerns(issue, country));
  return { state, issues: groupedByPlace(issues).map((places) => issueOf(places, state)) };
}

/** The issues of a rejected product; one is added where Google names no reason that stops it. */
export function rejectionReasons(issues: readonly Issue[]): readonly Issue[] {
  if (issues.some((issue) => issue.severity === 'error')) return issues;
  return [
    ...issues,
    {
      severity: 'error',
      code: 'disapproved',
      origin: 'channel',
      message: 'Google disapproved the product and names no reason.',
    },
  ];
}

function stateOf(contexts: readonly JsonObject[], country: string): ProductStatus['state'] {
  const counts = (member: string): boolean => {
    const named = contexts.some((context) => LISTS.some((list) => texts(context[list]).includes(country)));
    return contexts.some((context) =>
      named ? texts(context[member]).includes(country) : texts(context[member]).length > 0,
    );
  };
  if (counts('approvedCountries')) return 'live';
  if (counts('pendingCountries')) return 'pending';
  return counts('disapprovedCountries') ? 'rejected' : 'unknown';
}

const LISTS = ['approvedCountries', 'pendingCountries', 'disapprovedCountries'] as const;

function concerns(issue: JsonObject, country: string): boolean {
  const countries = texts(issue.applicableCountries);
  return countries.length === 0 || countries.includes(country);
}

/** Google repeats an issue for every reporting context; for the merchant it is one issue in several places. */
function groupedByPlace(issues: readonly JsonObject[]): readonly (readonly [JsonObject, ...JsonObject[]])[] {
  const groups = new Map<string, [JsonObject, ...JsonObject[]]>();
  for (const issue of issues) {
    const key = JSON.stringify([issue.code, issue.attribute, issue.severity, issue.description]);
    const group = groups.get(key);
    if (group) group.push(issue);
    else groups.set(key, [issue]);
  }
  return [...groups.values()];
}

function issueOf(places: readonly [JsonObject, ...JsonObject[]], state: ProductStatus['state']): Issue {
  const [issue] = places;
  const where = placeText(places);
  const message = text(issue.description) ?? text(issue.code) ?? 'Google names no reason.';
  const advice = text(issue.detail) ?? RESOLUTION[(text(issue.resolution) ?? '').toLowerCase()] ?? null;
  const link = text(issue.documentation);
  const attribute = text(issue.attribute);
  return {
    severity: severityOf(issue.severity, state),
    code: text(issue.code) ?? 'unnamed_issue',
    ...(attribute === null ? {} : { attribute: attribute.replaceAll(' ', '_') }),
    origin: 'channel',
    message: where === '' ? message : `${message} (${where})`,
    ...(advice === null ? {} : { advice }),
    ...(link === null ? {} : { link }),
  };
}

/** What is left to do where Google gives no advice of its own; resolutions are an open set. */
const RESOLUTION: Readonly<Record<string, string>> = {
  merchant_action: 'Correct the product.',
  pending_processing: 'Nothing to do: Google is still working on it.',
};

/** `SHOPPING_ADS, FREE_LISTINGS; US, CA`: contexts and countries, each once; a long list of countries is counted. */
function placeText(places: readonly JsonObject[]): string {
  const contexts = places.map((place) => text(place.reportingContext)).filter((context) => context !== null);
  const countries = places.flatMap((place) => texts(place.applicableCountries));
  const named = [...new Set(countries)];
  const shown = named.length > 5 ? `${named.length} countries` : named.join(', ');
  return [[...new Set(contexts)].join(', '), shown].filter((part) => part !== '').join('; ');
}

/** A disapproval in one place does not stop a listing that is shown in another. */
function severityOf(severity: JsonValue | undefined, state: ProductStatus['state']): Severity {
  if (severity === 'DISAPPROVED') return state === 'live' ? 'warning' : 'error';
  return severity === 'NOT_IMPACTED' ? 'info' : 'warning';
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

function texts(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
