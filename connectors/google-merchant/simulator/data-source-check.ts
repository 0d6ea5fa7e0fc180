import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { invalid } from './google-error.js';
import { onlyMembers } from './request-body.js';

/** A primary data source as far as the simulator looks at it. */
export interface Primary {
  readonly contentLanguage?: string;
  readonly feedLabel?: string;
  readonly legacyLocal?: boolean;
  readonly countries?: readonly string[];
  readonly destinations?: readonly JsonObject[];
}

const TYPES = [
  'primaryProductDataSource',
  'supplementalProductDataSource',
  'localInventoryDataSource',
  'regionalInventoryDataSource',
  'promotionDataSource',
];
const MEMBERS = ['displayName', 'name', 'fileInput', ...TYPES];
const PRIMARY = ['contentLanguage', 'countries', 'defaultRule', 'destinations', 'feedLabel', 'legacyLocal'];
const RULE = ['self', 'supplementalDataSourceName', 'primaryDataSourceName'];
const FETCH = [
  ...['dayOfMonth', 'dayOfWeek', 'enabled', 'fetchUri', 'frequency', 'password', 'timeOfDay', 'timeZone'],
  'username',
];
const DESTINATIONS = new Set([
  ...['SHOPPING_ADS', 'DISPLAY_ADS', 'LOCAL_INVENTORY_ADS', 'FREE_LISTINGS', 'FREE_LOCAL_LISTINGS'],
  ...['YOUTUBE_SHOPPING', 'YOUTUBE_SHOPPING_CHECKOUT', 'YOUTUBE_AFFILIATE', 'FREE_VEHICLE_LISTINGS'],
  ...['VEHICLE_ADS', 'CLOUD_RETAIL', 'LOCAL_CLOUD_RETAIL', 'RENTAL_ADS'],
]);
const FREQUENCIES = new Set(['FREQUENCY_DAILY', 'FREQUENCY_WEEKLY', 'FREQUENCY_MONTHLY']);

/** Throws the 400 unless a source may be created like this (datasources v1, verified 2026-11-24). */
export function checkDataSource(body: JsonObject): void {
  onlyMembers(body, MEMBERS, 'data_source');
  if (typeof body.displayName !== 'string' || body.displayName === '')
    throw invalid('display_name', 'A display name is required.', 'REQUIRED');
  if (TYPES.filter((type) => body[type] !== undefined).length !== 1)
    throw invalid('type', 'Exactly one type must be set.');
  const primary = body.primaryProductDataSource;
  if (primary !== undefined) checkPrimary(primary as JsonObject, body.fileInput !== undefined);
  if (body.fileInput !== undefined) checkFileInput(body.fileInput as JsonObject);
  const supplemental = body.supplementalProductDataSource;
  if (supplemental !== undefined) checkSupplemental(supplemental as JsonObject, body.fileInput !== undefined);
}

/** API sources leave language and label unset (datasources v1, verified 2026-11-23). */
function checkSupplemental(supplemental: JsonObject, file: boolean): void {
  onlyMembers(
    supplemental,
    ['contentLanguage', 'feedLabel', 'referencingPrimaryDataSources'],
    'supplemental_product_data_source',
  );
  const { contentLanguage, feedLabel } = supplemental;
  if (!file && (contentLanguage !== undefined || feedLabel !== undefined))
    throw invalid(
      'feed_label',
      'A supplemental API data source must not have a content language or feed label.',
    );
}

/** The fields of the mask as they become. Immutable ones and masks of nothing are refused. */
export function checkPatch(before: JsonObject, body: JsonObject, mask: string | null): JsonObject {
  onlyMembers(body, [...MEMBERS, 'input', 'dataSourceId'], 'data_source');
  const fields = mask === null || mask === '' ? Object.keys(body) : mask.split(',');
  const changed: Record<string, JsonObject[string]> = {};
  for (const path of fields) {
    const [field = '', member] = path.split('.');
    if (!MEMBERS.includes(field)) throw invalid('update_mask', `The path ${path} is not supported.`);
    changed[field] =
      member === undefined ? body[field] : merged(changed[field] ?? before[field], body[field], member);
  }
  const primary = changed.primaryProductDataSource;
  const was = before.primaryProductDataSource;
  if (isJsonObject(primary) && isJsonObject(was)) {
    for (const fixed of ['contentLanguage', 'feedLabel', 'legacyLocal'])
      if (primary[fixed] !== was[fixed]) throw invalid(fixed, 'The field is immutable.');
    checkPrimary(primary, before.input === 'FILE');
  }
  if (isJsonObject(changed.fileInput)) checkFileInput(changed.fileInput);
  return changed;
}

function merged(before: unknown, given: unknown, member: string): JsonObject {
  const value = isJsonObject(given) ? given[member] : undefined;
  return { ...(isJsonObject(before) ? before : {}), [member]: value };
}

function checkPrimary(primary: JsonObject, file: boolean): void {
  onlyMembers(primary, PRIMARY, 'primary_product_data_source');
  const { contentLanguage, feedLabel, destinations, countries } = primary as Primary;
  if (primary.defaultRule !== undefined) checkRule(primary.defaultRule as JsonObject);
  if ((contentLanguage === undefined) !== (feedLabel === undefined)) {
    throw invalid('content_language', 'Content language and feed label must be set together.');
  }
  if (file && feedLabel === undefined)
    throw invalid('feed_label', 'A source with a file needs language and label.', 'REQUIRED');
  if (feedLabel !== undefined && !/^[A-Z0-9-]{1,20}$/.test(feedLabel))
    throw invalid('feed_label', 'At most 20 of A-Z, 0-9 and the hyphen are allowed.');
  for (const country of countries ?? [])
    if (!/^[A-Z]{2}$/.test(country)) throw invalid('countries', `${country} is no CLDR territory code.`);
  if (destinations !== undefined && destinations.length === 0)
    throw invalid('destinations', 'At least one destination is required.');
  for (const { destination, state } of destinations ?? []) {
    if (!DESTINATIONS.has(String(destination)) || !['ENABLED', 'DISABLED'].includes(String(state)))
      throw invalid('destinations', `${String(destination)} ${String(state)} is no destination and state.`);
  }
}

/** Each entry of a default rule names the source itself or one other. */
function checkRule(rule: JsonObject): void {
  onlyMembers(rule, ['takeFromDataSources'], 'default_rule');
  for (const entry of (rule.takeFromDataSources ?? []) as readonly JsonObject[]) {
    onlyMembers(entry, RULE, 'take_from_data_sources');
    if (Object.keys(entry).length !== 1)
      throw invalid('take_from_data_sources', 'Exactly one reference must be set.');
  }
}

function checkFileInput(file: JsonObject): void {
  onlyMembers(file, ['fetchSettings', 'fileName', 'fileInputType'], 'file_input');
  const fetch = file.fetchSettings as JsonObject | undefined;
  if (fetch === undefined) {
    if (typeof file.fileName !== 'string') throw invalid('file_name', 'A file name is required.', 'REQUIRED');
    return;
  }
  onlyMembers(fetch, FETCH, 'fetch_settings');
  if (!FREQUENCIES.has(String(fetch.frequency)))
    throw invalid('frequency', 'A frequency is required.', 'REQUIRED');
  if (!/^(https?|sftp):\/\/\S+$/.test(String(fetch.fetchUri)))
    throw invalid('fetch_uri', 'The URI must be http, https or sftp.');
  const hours = (fetch.timeOfDay as JsonObject | undefined)?.hours;
  if (hours !== undefined && !(Number.isInteger(hours) && Number(hours) >= 0 && Number(hours) <= 23))
    throw invalid('time_of_day', 'The hour must be between 0 and 23.');
}
