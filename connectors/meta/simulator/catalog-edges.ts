import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { type CatalogState, nextId } from './catalog-state.js';
import { CREDENTIALS, endOf, stands } from './graph-access.js';
import { badParameter, graphError } from './graph-error.js';
import { asked, type ReadCall, textOf } from './graph-request.js';

/** `GET /debug_token`, by the app's own token. */
export function debugToken(state: CatalogState, call: ReadCall): SimulatorReply {
  const { scopes, targets } = state.token;
  const input = call.params.get('input_token') ?? '';
  const isValid = stands(state, input);
  const granular = scopes.map((scope) => ({
    scope,
    ...(targets !== null && scope === 'catalog_management' ? { target_ids: targets } : {}),
  }));
  return {
    status: 200,
    body: {
      data: {
        app_id: CREDENTIALS.appId,
        type: 'SYSTEM_USER',
        is_valid: isValid,
        expires_at: endOf(state, input) ?? 0,
        scopes: isValid ? scopes : [],
        granular_scopes: isValid ? granular : [],
      },
    },
  };
}

const SIXTY_DAYS_S = 60 * 86_400;

/** `GET /oauth/access_token`: a standing token of 60 days for another of 60 days; the older one keeps its own end. */
export function exchangeToken(state: CatalogState, { params }: ReadCall): SimulatorReply {
  const refused = (message: string): SimulatorReply => graphError(400, 100, message);
  if (params.get('grant_type') !== 'fb_exchange_token') return refused('Unsupported grant type');
  if (params.get('client_id') !== CREDENTIALS.appId || params.get('client_secret') !== CREDENTIALS.appSecret)
    return graphError(400, 101, 'Error validating client secret.');
  const token = params.get('fb_exchange_token') ?? '';
  if (!stands(state, token)) return graphError(400, 190, 'Error validating access token', { subcode: 463 });
  if (params.get('set_token_expires_in_60_days') !== 'true') return refused('The token does not expire');
  const made = `${CREDENTIALS.accessToken}Renewed${state.token.exchanged.size + 1}`;
  state.token.exchanged.set(made, Math.floor(state.nowMs() / 1_000) + SIXTY_DAYS_S);
  return { status: 200, body: { access_token: made, token_type: 'bearer', expires_in: SIXTY_DAYS_S } };
}

/** `GET /{catalog}`. */
export function catalogNode(state: CatalogState, call: ReadCall): JsonObject {
  return asked(call, {
    ...state.facts,
    id: state.catalogId,
    name: 'Simulated catalog',
    product_count: state.items.size,
    feed_count: state.feeds.size,
  });
}

/** `GET /{catalog}/diagnostics`: complaints of items, gathered by type. */
export function diagnostics(state: CatalogState, call: ReadCall): readonly JsonObject[] {
  const severities = call.values.severities;
  const wanted = isJsonArray(severities) ? severities : null;
  const found = new Map<string, JsonObject & { readonly number_of_affected_items: number }>();
  for (const { complaints } of state.items.values())
    for (const complaint of complaints) {
      const type = String(complaint.error_type);
      const before = found.get(type)?.number_of_affected_items ?? 0;
      found.set(type, {
        type: type.startsWith('IMAGE') ? 'IMAGE_QUALITY' : 'POLICY_VIOLATION',
        severity: complaint.error_priority === 'HIGH' ? 'MUST_FIX' : 'OPPORTUNITY',
        title: complaint.title ?? type,
        number_of_affected_items: before + 1,
        affected_channels: ['b2c_marketplace', 'shops'],
      });
    }
  return [...found.values()].filter(({ severity }) => wanted === null || wanted.includes(severity ?? ''));
}

/** `GET /{catalog}/data_sources`: the feeds, by how they take part. */
export function dataSources(state: CatalogState, call: ReadCall): readonly JsonObject[] {
  const wanted = call.params.get('ingestion_source_type');
  return [...state.feeds.values()]
    .filter(({ settings }) => wanted === null || String(settings.ingestion_source_type).startsWith(wanted))
    .map(({ id, settings }) => ({
      id,
      name: settings.name ?? '',
      ingestion_source_type: settings.ingestion_source_type ?? '',
    }));
}

/** `POST /{catalog}/product_sets` and, with an id, `POST /{set}`. */
export function writeSet(state: CatalogState, call: ReadCall, id: string | null): SimulatorReply {
  const name = textOf(call, 'name');
  const { filter } = call.values;
  if (id === null && name === null) return badParameter('The parameter name is required');
  if (filter !== undefined && !isJsonObject(filter))
    return badParameter('Param filter must be a JSON object');
  const before = id === null ? {} : (state.sets.get(id) ?? {});
  const key = id ?? nextId(state);
  const retailerId = textOf(call, 'retailer_id');
  state.sets.set(key, {
    ...before,
    ...(name === null ? {} : { name }),
    ...(filter === undefined ? {} : { filter }),
    ...(retailerId === null ? {} : { retailer_id: retailerId }),
  });
  return { status: 200, body: id === null ? { id: key } : { success: true } };
}

/** A product set as Graph tells it: the filter is text. */
export function setNode(call: ReadCall, id: string, set: JsonObject): JsonObject {
  return asked(call, {
    ...set,
    ...(set.filter === undefined ? {} : { filter: JSON.stringify(set.filter) }),
    id,
  });
}

const MOST_EVENTS = 1_000;
const OLDEST_EVENT_MS = 7 * 86_400_000;

/** `POST /{dataset}/events`: at most 1,000, none older than seven days, e-mail and phone only as hashes. */
export function takeEvents(state: CatalogState, call: ReadCall, dataset: string): SimulatorReply {
  const events = isJsonArray(call.values.data) ? call.values.data.filter(isJsonObject) : [];
  if (events.length === 0) return badParameter('The parameter data is required');
  if (events.length > MOST_EVENTS) return badParameter(`At most ${MOST_EVENTS} events are allowed`);
  const fault = events.map((event) => eventFault(state, event)).find((found) => found !== null);
  if (fault !== undefined && fault !== null) return badParameter(fault);
  state.events.push(...events.map((event) => ({ ...event, dataset })));
  return {
    status: 200,
    body: { events_received: events.length, messages: [], fbtrace_id: 'AsimulatedTrace' },
  };
}

function eventFault(state: CatalogState, event: JsonObject): string | null {
  const seconds = typeof event.event_time === 'number' ? event.event_time : Number.NaN;
  if (typeof event.event_name !== 'string') return 'event_name is missing';
  if (!Number.isInteger(seconds)) return 'event_time must be seconds since 1970';
  if (state.nowMs() - seconds * 1_000 > OLDEST_EVENT_MS) return 'event_time is more than seven days ago';
  if (typeof event.action_source !== 'string') return 'action_source is missing';
  const user = isJsonObject(event.user_data) ? event.user_data : {};
  const plain = ['em', 'ph', 'fn', 'ln', 'zp', 'ct', 'country', 'external_id'].find((name) =>
    [user[name]].flat().some((value) => value !== undefined && !/^[0-9a-f]{64}$/.test(String(value))),
  );
  return plain === undefined ? null : `user_data.${plain} is not hashed`;
}
