import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { openStage, type Stage } from './support.js';

const STORE = 'ATVPDKIKX0DER';
const JSON_TYPE = 'application/json; charset=UTF-8';

let stage: Stage;
let token = '';
beforeEach(async () => {
  stage = await openStage();
  const { clientId, clientSecret, refreshToken } = stage.settings;
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  });
  const reply = await fetch(`${stage.simulator.url}/auth/o2/token`, { method: 'POST', body });
  token = ((await reply.json()) as { access_token: string }).access_token;
});
afterEach(() => stage.simulator.stop());

interface Reply {
  readonly status: number;
  readonly body: JsonObject;
}

async function call(method: string, path: string, body?: JsonValue): Promise<Reply> {
  const reply = await fetch(`${stage.simulator.url}/feeds/2021-06-30${path}`, {
    method,
    headers: { 'x-amz-access-token': token, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  const answer: unknown = text === '' ? {} : JSON.parse(text);
  return { status: reply.status, body: isJsonObject(answer) ? answer : {} };
}

const put = (url: string, type: string, body: string | Buffer, more = {}): Promise<Response> =>
  fetch(url, { method: 'PUT', headers: { 'content-type': type, ...more }, body });

async function uploaded(document: string | Buffer): Promise<string> {
  const { body } = await call('POST', '/documents', { contentType: JSON_TYPE });
  expect((await put(String(body.url), JSON_TYPE, document)).status).toBe(200);
  return String(body.feedDocumentId);
}

const create = (inputFeedDocumentId: string, more: JsonObject = {}): Promise<Reply> =>
  call('POST', '/feeds', {
    feedType: 'JSON_LISTINGS_FEED',
    marketplaceIds: [STORE],
    inputFeedDocumentId,
    ...more,
  });

/** What a feed with these messages ends as: its status, and the codes and messages of its report. */
async function ends(document: string | Buffer): Promise<string> {
  const { body } = await create(await uploaded(document));
  const feed = await call('GET', `/feeds/${String(body.feedId)}`);
  if (feed.body.resultFeedDocumentId === undefined) return String(feed.body.processingStatus);
  const result = await call('GET', `/documents/${String(feed.body.resultFeedDocumentId)}`);
  const report = (await (await fetch(String(result.body.url))).json()) as {
    issues: { messageId?: number; message: string }[];
    summary: { messagesAccepted: number };
  };
  const said = report.issues.map(({ messageId, message }) => `${messageId ?? 'all'}: ${message}`);
  return [...said, `accepted ${report.summary.messagesAccepted}`].join(' | ');
}

const HEADER = { sellerId: 'A1SIMULATED0', version: '2.0' };
const feed = (messages: readonly JsonObject[], header: JsonObject = {}): string =>
  JSON.stringify({ header: { ...HEADER, ...header }, messages });
const gone = (messageId: JsonValue, more: JsonObject = {}): JsonObject => ({
  messageId,
  sku: `S-${String(messageId)}`,
  operationType: 'DELETE',
  ...more,
});

describe('the simulated feeds', () => {
  beforeEach(() => stage.command('feeds', { gzip: false }));

  it('take an upload only with the declared content type, without a token, and within five minutes', async () => {
    const { body } = await call('POST', '/documents', { contentType: JSON_TYPE });
    const url = String(body.url);
    expect((await put(url, 'application/json', '{}')).status).toBe(403);
    expect((await put(url, JSON_TYPE, '{}', { 'x-amz-access-token': token })).status).toBe(400);
    expect((await put(url.replace(/=.*/, '=other'), JSON_TYPE, '{}')).status).toBe(403);
    await stage.command('feeds', { expire: 1 });
    const late = await call('POST', '/documents', { contentType: JSON_TYPE });
    expect((await put(String(late.body.url), JSON_TYPE, '{}')).status).toBe(403);
    expect((await call('POST', '/documents', { contentType: 'listings' })).status).toBe(415);
  });

  it.each<readonly [string, JsonObject, number]>([
    ['a type that was removed', { feedType: 'POST_PRODUCT_DATA' }, 400],
    ['no store', { marketplaceIds: [] }, 400],
    ['another store', { marketplaceIds: ['A1PA6795UKMFR9'] }, 403],
    ['a document nobody uploaded', { inputFeedDocumentId: 'none' }, 400],
  ])('refuse a feed of %s', async (_what, more, status) => {
    expect((await create(await uploaded(feed([gone(1)])), more)).status).toBe(status);
  });

  it.each<readonly [string, string | Buffer, string]>([
    ['no JSON', '{', 'FATAL'],
    ['more than ten MiB', Buffer.alloc(10 * 1024 * 1024 + 1, 32), 'FATAL'],
    [
      'another seller',
      feed([gone(1)], { sellerId: 'B' }),
      'all: sellerId is not the authorized seller. | accepted 0',
    ],
    ['an old version', feed([gone(1)], { version: '1.0' }), "all: version must be '2.0'. | accepted 0"],
    ['an unknown member of the head', feed([gone(1)], { x: 1 }), 'all: x is not allowed here. | accepted 0'],
    ['no messages', feed([]), 'all: messages is required. | accepted 0'],
    ['a number twice', feed([gone(1), gone(1)]), 'all: messageId 1 occurs twice. | accepted 0'],
    ['a number out of range', feed([gone(2 ** 31)]), 'all: messageId is out of range. | accepted 0'],
    ['a number as text', feed([gone('1')]), 'all: messageId must be an integer. | accepted 0'],
    [
      'too many messages',
      feed(Array.from({ length: 25_001 }, (_, at) => gone(at + 1))),
      'all: A feed has at most 25000 messages. | accepted 0',
    ],
  ])('end a document of %s as a whole', async (_what, document, end) => {
    expect(await ends(document)).toBe(end);
    expect(await call('GET', '/feeds?feedTypes=JSON_LISTINGS_FEED')).toMatchObject({ status: 200 });
  });

  it.each<readonly [string, JsonObject, string]>([
    ['DELETE with a product type', { productType: 'SHIRT' }, 'productType is not allowed here.'],
    ['an unknown operation', { operationType: 'MERGE' }, 'operationType is unknown.'],
    [
      'UPDATE without attributes',
      { operationType: 'UPDATE', productType: 'A' },
      'attributes is required for UPDATE.',
    ],
    [
      'PATCH with requirements',
      { operationType: 'PATCH', productType: 'A', patches: [], requirements: 'LISTING' },
      'requirements is not allowed here.',
    ],
    [
      'PARTIAL_UPDATE with patches',
      { operationType: 'PARTIAL_UPDATE', productType: 'A', attributes: {}, patches: [] },
      'patches is not allowed here.',
    ],
    ['no SKU', { sku: ' ' }, 'sku is required.'],
  ])('refuse %s alone and take the message beside it', async (_what, more, message) => {
    expect(await ends(feed([gone(1, more), gone(2)]))).toBe(`1: ${message} | accepted 1`);
  });

  it('are worked off one after the other, and only what waits can be cancelled', async () => {
    await stage.command('feeds', { processingMs: 3_600_000 });
    const ids: string[] = [];
    for (let n = 0; n < 2; n++) ids.push(String((await create(await uploaded(feed([gone(1)])))).body.feedId));
    const status = async (id = ''): Promise<unknown> =>
      (await call('GET', `/feeds/${id}`)).body.processingStatus;
    expect([await status(ids[0]), await status(ids[1])]).toEqual(['IN_PROGRESS', 'IN_QUEUE']);
    expect((await call('DELETE', `/feeds/${ids[0]}`)).status).toBe(400);
    expect((await call('DELETE', `/feeds/${ids[1]}`)).status).toBe(200);
    expect(await status(ids[1])).toBe('CANCELLED');
    expect((await call('GET', '/feeds/1')).status).toBe(404);
  });

  it('allow five in five minutes by the documented plan', async () => {
    await stage.command('limits', { plan: 'documented' });
    const document = await uploaded(feed([gone(1)]));
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push((await create(document)).status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  });
});
