import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { readUrl } from '../../../src/domain/web-address.js';
import { type CatalogState, type Feed, nextId } from './catalog-state.js';
import { badParameter } from './graph-error.js';
import { asked, type ReadCall } from './graph-request.js';

const SETTINGS: Readonly<Record<string, 'text' | 'object' | 'flag' | 'list' | readonly string[]>> = {
  name: 'text',
  schedule: 'object',
  update_schedule: 'object',
  deletion_enabled: 'flag',
  default_currency: 'text',
  country: 'text',
  delimiter: ['AUTODETECT', 'BAR', 'COMMA', 'TAB', 'TILDE', 'SEMICOLON'],
  encoding: ['AUTODETECT', 'UTF8', 'LATIN1', 'UTF16BE', 'UTF16LE', 'UTF32BE', 'UTF32LE'],
  quoted_fields_mode: ['autodetect', 'on', 'off'],
  feed_type: ['PRODUCTS', 'LOCAL_INVENTORY', 'OFFER', 'PRODUCT_RATINGS_AND_REVIEWS', 'COLLECTION'],
  item_sub_type: 'text',
  ingestion_source_type: ['PRIMARY_FEED', 'SUPPLEMENTARY_FEED'],
  primary_feed_ids: 'list',
  override_type: ['COUNTRY', 'LANGUAGE', 'LANGUAGE_AND_COUNTRY', 'LOCAL', 'VERSION'],
  override_value: 'text',
  selected_override_fields: 'list',
  file_name: 'text',
};
const INTERVALS = ['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY'];

/** `POST /{catalog}/product_feeds`. */
export function createFeed(state: CatalogState, call: ReadCall): SimulatorReply {
  const { settings, fault } = settingsOf(call);
  if (fault !== null) return badParameter(fault);
  if (typeof settings.name !== 'string') return badParameter('The parameter name is required');
  const refusal = supplementFault(state, settings);
  if (refusal !== null) return badParameter(refusal);
  const feed: Feed = {
    id: nextId(state),
    settings: {
      ingestion_source_type: 'PRIMARY_FEED',
      deletion_enabled: true,
      feed_type: 'PRODUCTS',
      ...settings,
    },
    rules: [],
  };
  state.feeds.set(feed.id, feed);
  return { status: 200, body: { id: feed.id } };
}

/** `POST /{feed}`: changes what is named. */
export function updateFeed(feed: Feed, call: ReadCall): SimulatorReply {
  const { settings, fault } = settingsOf(call);
  if (fault !== null) return badParameter(fault);
  feed.settings = { ...feed.settings, ...settings };
  return { status: 200, body: { success: true } };
}

/** `DELETE /{feed}`: its items go with it. */
export function deleteFeed(state: CatalogState, feed: Feed): SimulatorReply {
  for (const [id, item] of state.items) if (item.feedId === feed.id) state.items.delete(id);
  state.feeds.delete(feed.id);
  return { status: 200, body: { success: true } };
}

/** `GET /{feed}`, and a feed as a member of a list. The password of a schedule is never told. */
export function feedNode(state: CatalogState, feed: Feed, call: ReadCall): JsonObject {
  const told = (name: string): JsonObject => {
    const schedule = feed.settings[name];
    if (!isJsonObject(schedule)) return {};
    const { password: _, ...open } = schedule;
    return { [name]: open };
  };
  return asked(call, {
    ...feed.settings,
    ...told('schedule'),
    ...told('update_schedule'),
    id: feed.id,
    product_count: [...state.items.values()].filter((item) => item.feedId === feed.id).length,
  });
}

/** `POST /{feed}/rules`. */
export function addRule(state: CatalogState, feed: Feed, call: ReadCall): SimulatorReply {
  const rule = { id: nextId(state), attribute: call.values.attribute, rule_type: call.values.rule_type };
  feed.rules = [...feed.rules, { ...rule, params: call.values.params ?? {} } as JsonObject];
  return { status: 200, body: { id: rule.id } };
}

/** A supplementary feed names primaries that are there and have no other; a primary has at most one (guide, read 2026-11). */
function supplementFault(state: CatalogState, settings: JsonObject): string | null {
  if (settings.ingestion_source_type !== 'SUPPLEMENTARY_FEED') return null;
  const primaries = isJsonArray(settings.primary_feed_ids) ? settings.primary_feed_ids.map(String) : [];
  if (primaries.length === 0) return 'The parameter primary_feed_ids is required for a supplementary feed';
  const unknown = primaries.find((id) => !state.feeds.has(id));
  if (unknown !== undefined) return `The primary feed ${unknown} does not exist`;
  const taken = [...state.feeds.values()].flatMap(({ settings: other }) =>
    isJsonArray(other.primary_feed_ids) ? other.primary_feed_ids.map(String) : [],
  );
  const twice = primaries.find((id) => taken.includes(id));
  return twice === undefined ? null : `The feed ${twice} already has a supplementary feed`;
}

function settingsOf(call: ReadCall): { readonly settings: JsonObject; readonly fault: string | null } {
  const settings = Object.fromEntries(
    Object.entries(call.values)
      .filter(([name, value]) => Object.hasOwn(SETTINGS, name) && value !== undefined)
      .map(([name, value]) => [name, SETTINGS[name] === 'flag' ? String(value) === 'true' : value]),
  ) as JsonObject;
  const fault = Object.entries(settings)
    .map(([name, value]) => (formFits(name, value) ? null : `Param ${name} is not valid`))
    .find((found) => found !== null);
  return { settings, fault: fault ?? scheduleFault(settings) };
}

function formFits(name: string, value: JsonValue | undefined): boolean {
  const form = SETTINGS[name];
  if (form === 'object') return isJsonObject(value);
  if (form === 'list') return isJsonArray(value);
  if (form === 'text') return typeof value === 'string';
  return form === 'flag' || (form ?? []).includes(String(value));
}

function scheduleFault(settings: JsonObject): string | null {
  for (const name of ['schedule', 'update_schedule']) {
    const schedule = settings[name];
    if (!isJsonObject(schedule)) continue;
    if (!INTERVALS.includes(String(schedule.interval)))
      return `Param ${name}[interval] must be one of ${INTERVALS.join(', ')}`;
    if (typeof schedule.url !== 'string' || readUrl(schedule.url) === null)
      return `Param ${name}[url] is required`;
  }
  return null;
}
