import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import type { CatalogState } from './catalog-state.js';
import { badParameter } from './graph-error.js';
import { asked, type ReadCall } from './graph-request.js';

const WINDOW_MS = 28 * 86_400_000;
const MOST_PER_PAGE = 1_000;

/** `GET /{catalog}/event_stats`: ids in the events of 28 days, by day, data set and event, in pages. */
export function eventStats(state: CatalogState, call: ReadCall): SimulatorReply {
  return paged(call, 'day', daysOf(state));
}

/** `GET /{catalog}/external_event_sources`, in pages. */
export function eventSources(state: CatalogState, call: ReadCall): SimulatorReply {
  const linked = [...state.eventSources].map((id) =>
    asked(call, { id, name: `Pixel ${id}`, source_type: 'PIXEL' }),
  );
  return paged(call, 'source', linked);
}

/** `POST /{catalog}/external_event_sources`: ids, each of a pixel or app. Meta does not say whether they are added or replace the linked ones: here they replace. */
export function linkEventSources(state: CatalogState, call: ReadCall): SimulatorReply {
  const given = call.values.external_event_sources;
  const ids = isJsonArray(given) ? given.map(String) : [];
  if (ids.length === 0) return badParameter('The parameter external_event_sources is required');
  if (!ids.every((id) => /^\d+$/.test(id))) return badParameter('Param external_event_sources must hold ids');
  state.eventSources.clear();
  for (const id of ids) state.eventSources.add(id);
  return { status: 200, body: { success: true } };
}

function paged(call: ReadCall, mark: string, entries: readonly JsonObject[]): SimulatorReply {
  const limit = Number(call.params.get('limit') ?? 25);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE)
    return badParameter('Param limit must be a number from 1 to 1000');
  const [kind, at = ''] = (call.params.get('after') ?? `${mark}:0`).split(':');
  const from = kind === mark ? Number.parseInt(at, 10) : Number.NaN;
  if (Number.isNaN(from)) return badParameter('Invalid cursors values');
  const to = from + limit;
  const paging = {
    cursors: { before: `${mark}:${from}`, after: `${mark}:${to}` },
    ...(to < entries.length ? { next: `${call.origin}/${call.path}` } : {}),
  };
  return { status: 200, body: { data: entries.slice(from, to), paging } };
}

interface Tally {
  readonly matched: string[];
  readonly unmatched: string[];
}

function daysOf(state: CatalogState): readonly JsonObject[] {
  const tallies = new Map<string, Tally>();
  for (const event of state.events) {
    const atMs = Number(event.event_time) * 1_000;
    if (state.nowMs() - atMs > WINDOW_MS || !state.eventSources.has(String(event.dataset))) continue;
    const day = new Date(atMs).toISOString().slice(0, 10);
    const key = [day, String(event.dataset), String(event.event_name)].join(' ');
    const tally = tallies.get(key) ?? { matched: [], unmatched: [] };
    const about = isJsonObject(event.custom_data) ? event.custom_data.content_ids : [];
    for (const id of isJsonArray(about) ? about.map(String) : [])
      (state.items.has(id) ? tally.matched : tally.unmatched).push(id);
    tallies.set(key, tally);
  }
  return [...tallies].map(([key, { matched, unmatched }]) => {
    const [day = '', dataset = '', name = ''] = key.split(' ');
    return {
      date_start: day,
      date_stop: day,
      event: name,
      event_source: { id: dataset, source_type: 'PIXEL' },
      total_matched_content_ids: matched.length,
      total_content_ids_matched_other_catalogs: 0,
      total_unmatched_content_ids: unmatched.length,
      unique_matched_content_ids: new Set(matched).size,
      unique_content_ids_matched_other_catalogs: 0,
      unique_unmatched_content_ids: new Set(unmatched).size,
    };
  });
}

/** `GET /catalog_all_errors`: some of the types, in English whatever language is asked for. */
export function errorTypes(call: ReadCall): SimulatorReply {
  const locale = call.params.get('locale') ?? 'en_US';
  if (!/^[a-z]{2}_[A-Z]{2}$/.test(locale)) return badParameter('Param locale must be a valid locale');
  const kind = (type: string, title: string, description: string): JsonObject => ({
    error_type: type,
    error_priority: 'HIGH',
    title,
    description,
    call_to_action: 'Correct the item and send it again.',
  });
  const all = [
    kind('IMAGE_RESOLUTION_LOW', 'Picture too small', 'The main picture has less than 500 by 500 pixels.'),
    kind('EMPTY_BRAND', 'No brand', 'The item names neither brand nor number.'),
    kind('POLICY_VIOLATION', 'Rejected in review', 'The item does not comply with the commerce policies.'),
  ];
  return { status: 200, body: { all } };
}
