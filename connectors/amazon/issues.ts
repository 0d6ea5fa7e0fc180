import type { ChannelError } from '../../src/domain/errors.js';
import type { Issue, Severity } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { enforcedActions, exemption, measureOf } from './enforcement.js';

const SEVERITIES: Readonly<Record<string, Severity>> = { ERROR: 'error', WARNING: 'warning', INFO: 'info' };

/** Advice by issue category. Categories may be empty and may grow (model listingsItems_2021-08-01; verified 2026-11). */
const ADVICE: Readonly<Record<string, string>> = {
  MISSING_ATTRIBUTE: 'Give the attribute a value in the catalog or the mapping.',
  INVALID_ATTRIBUTE: 'Correct the value in the catalog or the mapping.',
  MISSING_IMAGE: 'Give the product a picture Amazon can fetch.',
  INVALID_IMAGE: 'Replace the picture; Amazon wants a plain white background and no text.',
  INVALID_PRICE: 'Check the price against the minimum and maximum allowed price.',
  MISSING_PRICE: 'Give the variant a price.',
  DUPLICATE: 'Check whether the product is already in Amazon’s catalog under another ASIN.',
  QUALIFICATION_REQUIRED: 'Apply for approval to sell this product in Seller Central.',
};

/** Amazon's issues of one store as ours, one for each attribute they name; an unknown severity counts as a warning. */
export function channelIssues(value: JsonValue | undefined, marketplaceId: string): readonly Issue[] {
  return issuesOf(value, marketplaceId).flatMap(issuesByAttribute);
}

/** What Amazon does to the listing because of its issues, each measure once. */
export function enforcedMeasures(value: JsonValue | undefined, marketplaceId: string): readonly Issue[] {
  const actions = issuesOf(value, marketplaceId).flatMap(enforcedActions);
  return [...new Set(actions)].map(measureOf);
}

function issuesOf(value: JsonValue | undefined, marketplaceId: string): readonly JsonObject[] {
  if (!isJsonArray(value)) return [];
  return value.filter(isJsonObject).filter((issue) => concerns(issue, marketplaceId));
}

function concerns(issue: JsonObject, marketplaceId: string): boolean {
  return (
    !isJsonArray(issue.marketplaceIds) ||
    issue.marketplaceIds.length === 0 ||
    issue.marketplaceIds.includes(marketplaceId)
  );
}

/** One picture or one combination of values may be the fault of several attributes: each of them is to be mended. */
function issuesByAttribute(issue: JsonObject): readonly Issue[] {
  const whole = channelIssue(issue);
  const names = new Set(texts(issue.attributeNames));
  return names.size === 0 ? [whole] : [...names].map((attribute) => ({ ...whole, attribute }));
}

function channelIssue(issue: JsonObject): Issue {
  const category = texts(issue.categories).find((each) => Object.hasOwn(ADVICE, each));
  const advice = category === undefined ? undefined : ADVICE[category];
  const message = typeof issue.message === 'string' ? issue.message : 'Amazon gave no message.';
  return {
    severity: severityOf(issue),
    code: typeof issue.code === 'string' ? issue.code : 'unknown',
    origin: 'channel',
    message: [message, exemption(issue)].filter((part) => part !== null).join(' '),
    ...(advice === undefined ? {} : { advice }),
  };
}

function texts(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** What Amazon does counts more than how it calls the issue: an enforced removal is an error, an exempt issue a warning. */
function severityOf(issue: JsonObject): Severity {
  if (exemption(issue) !== null) return 'warning';
  const stops = enforcedActions(issue).some((action) => measureOf(action).severity === 'error');
  if (stops) return 'error';
  const told = String(issue.severity);
  return (Object.hasOwn(SEVERITIES, told) ? SEVERITIES[told] : undefined) ?? 'warning';
}

/** A call that Amazon could not take for one listing, as an issue of it. */
export function refusalIssue(error: ChannelError): Issue {
  return {
    severity: 'error',
    code: error.code,
    origin: 'channel',
    message: error.message,
    advice: 'Amazon could not read the call for this listing. Its message says which part.',
  };
}
