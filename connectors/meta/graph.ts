import { failureOf, jsonObjectOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply } from '../../src/channel/http.js';
import type { ChannelError } from '../../src/domain/errors.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { API_VERSION, GRAPH_HOST } from './api-version.js';
import { appSecretProof } from './auth.js';
import { classOf, type GraphError } from './failures.js';
import { catalogLanes, type Lanes, restOr } from './lanes.js';
import type { MetaSettings } from './settings.js';
import { type MetaTokens, metaTokens } from './tokens.js';
import { type LaneName, usageOf } from './usage.js';

/** One call to Graph. */
export interface GraphCall {
  /** Its name in messages. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the version, without a slash at the front. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: JsonObject | Buffer;
  /** Of a body that is no JSON. */
  readonly contentType?: string;
  /** The budget it is counted against; only the three batch edges count as `batch`. */
  readonly lane: LaneName;
  /** Default: the system user's. */
  readonly token?: string;
  readonly deadlineMs?: number;
}

/** The transport of one channel: version, token, proof, pace and failures are its business; what is said is the caller's. */
export interface Graph {
  /** The JSON of a successful answer. Throws a ChannelError when the call failed, or must not be made yet. */
  call(request: GraphCall): Promise<JsonObject>;
  /** The latest warning of Meta that the version in use ages; null: none came. */
  versionWarning(): string | null;
  /** The system user's token that is in use now. */
  token(): Promise<string>;
}

/** Opens the transport. No call is made. */
export function openGraph(
  settings: MetaSettings,
  host: Host,
  tokens: MetaTokens = metaTokens(settings, host),
): Graph {
  const lanes = catalogLanes(settings.catalogId, host);
  let warning: string | null = null;
  return {
    async call(request) {
      await lanes.enter(request.lane, request.operation);
      const token = request.token ?? (await tokens.current());
      const reply = await host.http.send(httpCall(settings, request, token));
      const usage = usageOf(reply.headers, { lane: request.lane, catalogId: settings.catalogId });
      lanes.heed(usage);
      // Announces that an expired version was raised by Meta itself (Marketing API "Versioning", verified 2026-11).
      warning = reply.headers['x-ad-api-version-warning']?.slice(0, 300) ?? warning;
      if (reply.status >= 200 && reply.status < 300) return jsonObjectOf(reply, request.operation);
      throw failureFrom(reply, { request, settings, lanes, waitMs: usage.get(request.lane)?.regainMs });
    },
    versionWarning: () => warning,
    token: () => tokens.current(),
  };
}

function httpCall(
  settings: MetaSettings,
  call: GraphCall,
  token: string,
): Parameters<Host['http']['send']>[0] {
  return {
    method: call.method,
    url: `${settings.endpoint ?? GRAPH_HOST}/${settings.apiVersion ?? API_VERSION}/${call.path}`,
    query: {
      ...call.query,
      ...(settings.appSecret === undefined
        ? {}
        : { appsecret_proof: appSecretProof(settings.appSecret, token) }),
    },
    headers: {
      // Not in the query, so that the token does not get into the logs of anything in between.
      authorization: `Bearer ${token}`,
      ...(call.contentType === undefined ? {} : { 'content-type': call.contentType }),
    },
    ...(call.body === undefined ? {} : { body: call.body }),
    ...(call.deadlineMs === undefined ? {} : { deadlineMs: call.deadlineMs }),
  };
}

interface Failed {
  readonly request: GraphCall;
  readonly settings: MetaSettings;
  readonly lanes: Lanes;
  readonly waitMs: number | undefined;
}

/** The error of an answer. The lane it is about rests as long as Meta says, or a minute. */
function failureFrom(reply: HttpReply, { request, settings, lanes, waitMs }: Failed): ChannelError {
  const { error, traceId } = errorOf(reply);
  const onCatalog = request.path === settings.catalogId || request.path.startsWith(`${settings.catalogId}/`);
  const known = classOf(error, onCatalog);
  const wait = restOr(waitMs);
  if (known?.rests !== undefined) lanes.rest(known.rests, wait);
  const said = error.subcode === null ? error.message : `${error.message} (subcode ${error.subcode})`;
  return failureOf(
    // Meta tells the delay in a header of its own; the common table reads the usual one.
    known?.kind === 'throttled'
      ? { ...reply, headers: { ...reply.headers, 'retry-after': String(wait / 1_000) } }
      : reply,
    { operation: request.operation, text: said === '' ? undefined : said, requestId: traceId },
    known === null
      ? []
      : [
          { ...known, status: 'family-4xx' },
          { ...known, status: 'family-5xx' },
        ],
  );
}

function errorOf(reply: HttpReply): { readonly error: GraphError; readonly traceId: string | undefined } {
  const raw = envelopeOf(reply);
  const number = (value: JsonObject[string]): number | null => (typeof value === 'number' ? value : null);
  const text = (value: JsonObject[string]): string | null => (typeof value === 'string' ? value : null);
  return {
    error: {
      code: number(raw.code),
      subcode: number(raw.error_subcode),
      type: text(raw.type),
      message: text(raw.message) ?? '',
      transient: raw.is_transient === true,
    },
    traceId: text(raw.fbtrace_id) ?? undefined,
  };
}

function envelopeOf(reply: HttpReply): JsonObject {
  try {
    const body: unknown = JSON.parse(reply.body.toString('utf8'));
    return isJsonObject(body) && isJsonObject(body.error) ? body.error : {};
  } catch {
    // A proxy's page instead of an envelope: the status alone decides.
    return {};
  }
}
