import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { readCalls, writeReplies } from './batch.js';
import type { Catalog } from './catalog.js';
import type { DataSources } from './data-sources.js';
import { GoogleRefusal, invalid } from './google-error.js';
import type { Quota } from './quota.js';
import { TOKEN_PATH, type TokenDesk } from './token-desk.js';

const BATCH_PATH = '/batch/products/v1';

/** What the routes stand in front of. */
export interface Backend {
  readonly account: string;
  readonly desk: TokenDesk;
  readonly catalog: Catalog;
  readonly sources: DataSources;
  readonly quota: Quota;
  /** SKUs whose answers are lost in the next batch. */
  readonly omitted: Set<string>;
  /** Known once the server listens. */
  url(): string;
}

/** Answers one call, or all calls of a batch, as the Merchant API would. */
export async function answerCall(request: SimulatorRequest, backend: Backend): Promise<SimulatorReply> {
  if (request.path === TOKEN_PATH) return backend.desk.exchange(request, `${backend.url()}${TOKEN_PATH}`);
  if (request.path !== BATCH_PATH) return single(request, backend);
  try {
    const answers: [string, SimulatorReply][] = [];
    for (const call of readCalls(request, '/products/v1/')) {
      const reply = single(call, backend);
      if (!isOmitted(call, backend.omitted)) answers.push([call.contentId, reply]);
    }
    return writeReplies(answers);
  } catch (refusal) {
    if (refusal instanceof GoogleRefusal) return refusal.reply();
    throw refusal;
  }
}

function single(request: SimulatorRequest, backend: Backend): SimulatorReply {
  try {
    backend.desk.admit(asText(request.headers.authorization));
    backend.quota.spend();
    return { status: 200, body: route(request, backend) };
  } catch (refusal) {
    if (refusal instanceof GoogleRefusal) return refusal.reply();
    throw refusal;
  }
}

function route(request: SimulatorRequest, backend: Backend): JsonObject {
  const account = /^\/\w+\/v1\/accounts\/([^/]+)\//.exec(request.path)?.[1];
  if (account !== undefined && account !== backend.account) {
    throw new GoogleRefusal(403, `The caller does not have access to the accounts: [${account}]`, {
      REASON: 'PERMISSION_DENIED_ACCOUNTS',
    });
  }
  const [, method = '', rest = ''] =
    /^\/(products|datasources|accounts)\/v1\/accounts\/[^/]+\/(.+)$/.exec(request.path) ?? [];
  const call = `${request.method} ${method}/${rest}`;
  if (call === 'POST products/productInputs:insert') return insert(request, backend);
  if (call.startsWith('PATCH products/productInputs/')) return patch(request, backend);
  if (call.startsWith('DELETE products/productInputs/')) return remove(request, backend);
  if (call === 'GET products/products') return page('products', backend.catalog.list(), request.query);
  if (call.startsWith('GET products/products/')) return backend.catalog.get(keyIn(request.path));
  if (call === 'GET datasources/dataSources')
    return page('dataSources', backend.sources.list(), request.query);
  if (call === 'POST datasources/dataSources') return backend.sources.create(bodyOf(request));
  if (call.startsWith('GET datasources/dataSources/'))
    return backend.sources.get(request.path.replace(/^\/datasources\/v1\//, ''));
  if (call === 'GET accounts/issues') return { accountIssues: [] };
  throw new GoogleRefusal(404, `Method not found: ${request.method} ${request.path}`, {
    REASON: 'METHOD_NOT_FOUND',
  });
}

function insert(request: SimulatorRequest, { catalog, sources }: Backend): JsonObject {
  const input = bodyOf(request);
  const key = { contentLanguage: input.contentLanguage, feedLabel: input.feedLabel };
  return catalog.insert(input, sources.admit(request.query.get('dataSource'), key));
}

function patch(request: SimulatorRequest, { catalog, sources }: Backend): JsonObject {
  const dataSource = sources.admit(request.query.get('dataSource'));
  return catalog.patch(keyIn(request.path), bodyOf(request), {
    dataSource,
    mask: request.query.get('updateMask'),
  });
}

function remove(request: SimulatorRequest, { catalog, sources }: Backend): JsonObject {
  return catalog.remove(keyIn(request.path), sources.admit(request.query.get('dataSource')));
}

/** The last segment, plain or in base64url: names with a tilde are plain. */
function keyIn(path: string): string {
  const segment = decodeURIComponent(path.split('/').at(-1) ?? '');
  const key = segment.includes('~') ? segment : Buffer.from(segment, 'base64url').toString('utf8');
  if (key.split('~').length < 3)
    throw invalid('name', 'The product name must have the parts language, label and offer id.');
  return key;
}

function bodyOf(request: SimulatorRequest): JsonObject {
  if (!/^application\/json/.test(asText(request.headers['content-type']) ?? '')) {
    throw invalid('body', 'A JSON body is expected.');
  }
  const parsed = parse(request.body.toString('utf8'));
  if (!isJsonObject(parsed)) throw invalid('body', 'Invalid JSON payload received.');
  return parsed;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Answered like any other body that is no object.
    return null;
  }
}

function page(member: string, items: readonly JsonObject[], query: URLSearchParams): JsonObject {
  const size = Math.min(Number(query.get('pageSize') ?? 25), 1_000);
  const from = Number(query.get('pageToken') ?? 0);
  const next = from + size;
  return {
    [member]: items.slice(from, next),
    ...(next < items.length ? { nextPageToken: String(next) } : {}),
  };
}

function isOmitted(call: SimulatorRequest, omitted: Set<string>): boolean {
  const offerId =
    call.method === 'POST' ? String(bodyOf(call).offerId) : (keyIn(call.path).split('~')[2] ?? '');
  return omitted.delete(offerId);
}

function asText(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
