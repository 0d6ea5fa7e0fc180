import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { type BatchFate, type CatalogItem, type CatalogState, putItem } from './catalog-state.js';
import { processDue } from './graph-routes.js';
import { fetchScheduled } from './upload-edges.js';

type Command = (body: JsonObject) => JsonValue;

/** What people and tests may order at `POST /_sim/<name>`: things Meta, or somebody in Commerce Manager, might do. */
export function commandsOf(state: CatalogState): Readonly<Record<string, Command>> {
  return {
    refuse(body) {
      refuse(state, String(body.sku), String(body.code ?? 'POLICY_VIOLATION'));
      return { refused: String(body.sku) };
    },
    tamper(body) {
      tamper(state, String(body.sku), isJsonObject(body.attributes) ? body.attributes : null);
      return { changed: String(body.sku) };
    },
    'expire-token'() {
      state.token.valid = false;
      return { tokenValid: false };
    },
    'renew-token'() {
      state.token.valid = true;
      return { tokenValid: true };
    },
    /** `{ scopes?, targets?, expiresAt? }` */
    token(body) {
      Object.assign(state.token, body);
      const { exchanged: _tokens, ...facts } = state.token;
      return facts;
    },
    /** Facts of the catalog node, such as `vertical`. */
    catalog(body) {
      state.facts = { ...state.facts, ...body };
      return state.facts;
    },
    /** `{ warning }`: from now on every answer announces that the version ages. */
    'version-warning'(body) {
      state.versionWarning = typeof body.warning === 'string' ? body.warning : null;
      return { warning: state.versionWarning };
    },
    /** `{ match, code, subcode?, status?, message?, times? }`: the next matching calls answer with this error. */
    error(body) {
      state.ordered.push({
        match: String(body.match ?? ''),
        code: Number(body.code),
        status: Number(body.status ?? 400),
        message: String(body.message ?? 'An error was ordered'),
        ...(typeof body.subcode === 'number' ? { subcode: body.subcode } : {}),
        ...(typeof body.transient === 'boolean' ? { transient: body.transient } : {}),
        left: Number(body.times ?? 1),
      });
      return { ordered: state.ordered.length };
    },
    /** `{ fate }`: how the next batch ends: `error`, `canceled`, `lost`, `stuck`, `slow`, or `empty`: nothing is taken. */
    'batch-fate'(body) {
      state.fates.push(String(body.fate) as BatchFate | 'empty');
      return { fates: state.fates.length };
    },
    /** `{ sku, status }`: how fetching the pictures of an item went. */
    pictures(body) {
      const item = state.items.get(String(body.sku));
      if (item) item.pictures = String(body.status) as CatalogItem['pictures'];
      return { known: item !== undefined };
    },
    /** `{ feed, update? }`: the hour of the schedule has come. */
    'fetch-feed'(body) {
      const feed = state.feeds.get(String(body.feed));
      if (!feed) return { error: `no feed ${String(body.feed)}` };
      return { session: fetchScheduled(state, feed, body.update === true ? 'update_schedule' : 'schedule') };
    },
  };
}

/** Changes an item behind the client's back; null takes it away. */
export function tamper(state: CatalogState, sku: string, attributes: JsonObject | null): void {
  processDue(state);
  if (attributes === null) state.items.delete(sku);
  else putItem(state, sku, attributes);
}

/** The item stays in the catalog, is shown as rejected, and later updates of it fail. */
export function refuse(state: CatalogState, sku: string, code: string): void {
  state.refusals.set(sku, code);
  const item = state.items.get(sku);
  if (!item) return;
  item.review = 'rejected';
  item.complaints = [
    {
      error_type: code,
      error_priority: 'HIGH',
      title: 'Rejected in review',
      description: 'The item does not comply with the commerce policies.',
      call_to_action: 'Edit the item or request another review.',
    },
  ];
}
