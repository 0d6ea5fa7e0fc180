import { failureOf, jsonObjectOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply } from '../../src/channel/http.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import type { MemorySettings } from './settings.js';
import { answer } from './store/answer.js';
import { memoryStore } from './store/memory-store.js';
import type { StoreCall } from './store/store-call.js';

/** One call to the far side. `absent` is answered when the far side says 404. */
export interface ClientCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  readonly absent?: JsonObject;
}

/** Calls the far side; an answer that is no success throws a ChannelError. */
export type Client = (call: ClientCall) => Promise<JsonObject>;

/** The client of one channel: over HTTP with an endpoint, else straight into the store of this process. */
export function memoryClient(settings: MemorySettings, host: Host): Client {
  return async (call) => {
    host.signal.throwIfAborted();
    const reply =
      settings.endpoint === undefined
        ? within(settings, call)
        : await over(settings.endpoint, call, settings, host);
    const operation = `${call.method} ${call.path}`;
    if (reply.status === 404 && call.absent) return call.absent;
    if (reply.status === 200) return jsonObjectOf(reply, operation);
    throw failureOf(reply, { operation, bodyCode: codeOf(reply) });
  };
}

function over(endpoint: string, call: ClientCall, settings: MemorySettings, host: Host): Promise<HttpReply> {
  return host.http.send({
    method: call.method,
    url: endpoint + call.path,
    ...(call.query ? { query: call.query } : {}),
    headers: { authorization: `Bearer ${settings.token ?? ''}` },
    ...(call.body ? { body: call.body } : {}),
  });
}

/** Goes through text on purpose: nothing of the caller's stays shared with the store. */
function within(settings: MemorySettings, call: ClientCall): HttpReply {
  const seen: StoreCall = {
    method: call.method,
    path: call.path,
    query: call.query ?? {},
    body: JSON.parse(JSON.stringify(call.body ?? {})) as JsonObject,
  };
  const { status, body } = answer(memoryStore(settings.store ?? 'default'), seen);
  return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
}

function codeOf(reply: HttpReply): string | undefined {
  try {
    const body: unknown = JSON.parse(reply.body.toString('utf8'));
    return isJsonObject(body) && typeof body.code === 'string' ? body.code : undefined;
  } catch {
    // An answer without a readable code is classified by its status alone.
    return undefined;
  }
}

/** The objects of a list in an answer; a member that is no list is none. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

/** The cursor of an answer. */
export function nextOf(body: JsonObject): string | null {
  return typeof body.next === 'string' ? body.next : null;
}
