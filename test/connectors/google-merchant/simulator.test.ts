import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { command, settingsOf } from './support.js';

const SCOPE = 'https://www.googleapis.com/auth/content';
const EMAIL = 'feeds@omnifeed-simulator.iam.gserviceaccount.com';
const SOURCES = '/datasources/v1/accounts/5551234567/dataSources';
const PRODUCTS = '/products/v1/accounts/5551234567';

interface Answer {
  readonly status: number;
  readonly body: JsonObject & { readonly error?: { readonly message: string; readonly status: string } };
}

describe('the simulated Merchant API is as strict as the real one', () => {
  let simulator: RunningSimulator;
  let token: string;
  let source: string;

  beforeEach(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
    token = String((await exchange({})).body.access_token);
    const created = await call('POST', SOURCES, {
      displayName: 'Test',
      primaryProductDataSource: { contentLanguage: 'en', feedLabel: 'US' },
    });
    source = String(created.body.name);
  });
  afterEach(() => simulator.stop());

  async function exchange(change: {
    readonly aud?: string;
    readonly iss?: string;
    readonly scope?: string;
    readonly life?: number;
    readonly iat?: number;
    readonly key?: KeyObject;
  }): Promise<Answer> {
    const { serviceAccountKey, tokenEndpoint = '' } = settingsOf(simulator);
    const own = await importPKCS8(
      (JSON.parse(serviceAccountKey ?? '') as { private_key: string }).private_key,
      'RS256',
    );
    const iat = change.iat ?? Math.floor(Date.now() / 1_000);
    const assertion = await new SignJWT({ scope: change.scope ?? SCOPE })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(change.iss ?? EMAIL)
      .setAudience(change.aud ?? tokenEndpoint)
      .setIssuedAt(iat)
      .setExpirationTime(iat + (change.life ?? 3_600))
      .sign(change.key ?? own);
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    const answer = await fetch(tokenEndpoint, {
      method: 'POST',
      body: new URLSearchParams({ grant_type, assertion }),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const answer = await fetch(`${simulator.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }
  const insert = (change: JsonObject, dataSource = source): Promise<Answer> =>
    call('POST', `${PRODUCTS}/productInputs:insert?dataSource=${encodeURIComponent(dataSource)}`, {
      ...{ offerId: 'A', contentLanguage: 'en', feedLabel: 'US', productAttributes: { title: 'Shirt' } },
      ...change,
    });
  const attributes = (productAttributes: JsonObject): Promise<Answer> => insert({ productAttributes });

  it.each([
    ['another audience', { aud: 'https://oauth2.googleapis.com/token' }],
    ['another issuer', { iss: 'someone@example.com' }],
    ['another scope', { scope: 'https://www.googleapis.com/auth/drive' }],
    ['a life of two hours', { life: 7_200 }],
    ['an assertion of yesterday', { iat: Math.floor(Date.now() / 1_000) - 86_400 }],
    ['a foreign key', { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }],
  ])('gives no token for %s', async (_what, change) => {
    expect(await exchange(change)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('lets nobody in without a living token', async () => {
    for (const authorization of ['', 'Bearer made-up', `Basic ${token}`]) {
      expect((await call('GET', SOURCES, undefined, { authorization })).status).toBe(401);
    }
    await command(simulator, 'advance', { ms: 3_600_000 });
    expect((await call('GET', SOURCES)).status).toBe(401);
  });

  it.each<[string, JsonObject]>([
    ['a field that does not exist', { productAttributes: { gtin: '4006381333931' } }],
    ['attributes of the old API', { attributes: { title: 'Shirt' } }],
    ['an availability in feed spelling', { productAttributes: { availability: 'in stock' } }],
    ['a numeric amount', { productAttributes: { price: { amountMicros: 1_000_000, currencyCode: 'USD' } } }],
    [
      'a currency nobody has',
      { productAttributes: { price: { amountMicros: '1000000', currencyCode: 'QQQ' } } },
    ],
    ['a negative price', { productAttributes: { price: { amountMicros: '-1', currencyCode: 'USD' } } }],
    ['a number for a text', { productAttributes: { title: 5 } }],
    ['yes for true', { productAttributes: { adult: 'yes' } }],
    ['a number for an int64', { productAttributes: { multipack: 6 } }],
    ['one text for a list', { productAttributes: { productTypes: 'A > B' } }],
    ['a date without time', { productAttributes: { availabilityDate: '2026-12-24' } }],
    ['a relative link', { productAttributes: { link: '/p/1' } }],
    ['a weight in stones', { productAttributes: { shippingWeight: { value: 2, unit: 'st' } } }],
    ['a weight of nothing', { productAttributes: { shippingWeight: { value: 0, unit: 'kg' } } }],
    ['an unknown shipping member', { productAttributes: { shipping: [{ cost: '1' }] } }],
    ['a custom attribute without value', { customAttributes: [{ name: 'a' }] }],
    ['a custom attribute with both', { customAttributes: [{ name: 'a', value: 'b', groupValues: [] }] }],
    ['no offer id', { offerId: ' ' }],
    ['a long offer id', { offerId: 'x'.repeat(51) }],
    ['a three-letter language', { contentLanguage: 'eng' }],
    ['a small-letter label', { feedLabel: 'us' }],
    ['a label the data source does not have', { feedLabel: 'GB' }],
  ])('refuses %s', async (_what, change) => {
    expect(await insert(change)).toMatchObject({
      status: 400,
      body: { error: { status: 'INVALID_ARGUMENT' } },
    });
    expect(simulator.held().size).toBe(0);
  });

  it('refuses data sources that are missing, unknown, files or local', async () => {
    expect((await insert({}, '')).status).toBe(400);
    expect(await insert({}, 'accounts/5551234567/dataSources/77')).toMatchObject({
      status: 404,
      body: { error: { message: '[dataSource] Data source with id 77 was not found.' } },
    });
    expect((await insert({}, 'accounts/5551234567/dataSources/1001')).status).toBe(400);
    expect((await call('GET', '/products/v1/accounts/1/products')).status).toBe(403);
  });

  it('normalises offer ids and lists products by either form of their name', async () => {
    await insert({ offerId: '  a   b/c ' });
    expect((await call('GET', `${PRODUCTS}/products/en~US~a%20b%2Fc`)).status).toBe(200);
    const encoded = Buffer.from('en~US~a b/c').toString('base64url');
    expect((await call('GET', `${PRODUCTS}/products/${encoded}`)).body).toMatchObject({ offerId: 'a b/c' });
    expect((await call('GET', `${PRODUCTS}/products`)).body.products).toHaveLength(1);
  });

  it('makes blanks of the underscores in names of custom attributes, as Google stores them', async () => {
    await insert({ customAttributes: [{ name: 'care_label', value: 'a_b' }] });
    expect((await call('GET', `${PRODUCTS}/products/en~US~A`)).body).toMatchObject({
      customAttributes: [{ name: 'care label', value: 'a_b' }],
    });
  });

  it('answers the parts of a batch in another order than they were asked', async () => {
    const part = (id: string): string =>
      `--b\r\nContent-Type: application/http\r\nContent-ID: <${id}>\r\n\r\nGET ${PRODUCTS}/products/en~US~${id} HTTP/1.1\r\n\r\n\r\n`;
    const answer = await fetch(`${simulator.url}/batch/products/v1`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/mixed; boundary=b' },
      body: `${part('1')}${part('2')}--b--\r\n`,
    });
    const ids = [...(await answer.text()).matchAll(/Content-ID: <response-(\d)>/gi)].map(([, id]) => id);
    expect(ids).toEqual(['2', '1']);
  });

  it('patches by mask and refuses masks and versions that are not allowed', async () => {
    await attributes({ title: 'Shirt', color: 'Red' });
    const patch = (mask: string, body: JsonObject): Promise<Answer> =>
      call(
        'PATCH',
        `${PRODUCTS}/productInputs/en~US~A?dataSource=${encodeURIComponent(source)}&updateMask=${mask}`,
        body,
      );
    expect((await patch('*', {})).status).toBe(400);
    expect((await patch('productAttributes.price.amountMicros', {})).status).toBe(400);
    expect((await patch('productAttributes.title', { versionNumber: '2' })).status).toBe(400);
    const body = { productAttributes: { title: 'Blouse', brand: 'Not in the mask' } };
    expect((await patch('productAttributes.title,productAttributes.color', body)).status).toBe(200);
    expect((await call('GET', `${PRODUCTS}/products/en~US~A`)).body.productAttributes).toEqual({
      title: 'Blouse',
    });
    const other = await call('POST', SOURCES, { displayName: 'Other', primaryProductDataSource: {} });
    source = String(other.body.name);
    expect((await patch('productAttributes.title', body)).status).toBe(404);
  });

  it('disapproves what lacks required attributes, has a wrong GTIN, or costs another currency', async () => {
    await attributes({
      gtins: ['4006381333932'],
      price: { amountMicros: '1000000', currencyCode: 'EUR' },
      title: 'x'.repeat(151),
    });
    const { body } = await call('GET', `${PRODUCTS}/products/en~US~A`);
    const status = body.productStatus as { itemLevelIssues: readonly { code: string }[] };
    const codes = new Set(status.itemLevelIssues.map((issue) => issue.code));
    expect([...codes].sort()).toEqual([
      'attribute_too_long',
      'invalid_currency',
      'invalid_gtin',
      'item_missing_required_attribute',
    ]);
    expect(simulator.held().size).toBe(0);
  });

  it('forgets products 30 days after their last insert', async () => {
    await insert({});
    await command(simulator, 'advance', { ms: 31 * 86_400_000 });
    token = String((await exchange({ iat: Math.floor(Date.now() / 1_000) + 31 * 86_400 })).body.access_token);
    expect((await call('GET', `${PRODUCTS}/products/en~US~A`)).status).toBe(404);
  });

  it.each([
    ['no multipart', 'application/json', '{}'],
    ['no closing boundary', 'multipart/mixed; boundary=b', '--b\r\n\r\n'],
    [
      'a part without Content-ID',
      'multipart/mixed; boundary=b',
      `--b\r\nContent-Type: application/http\r\n\r\nGET ${PRODUCTS}/products HTTP/1.1\r\n\r\n\r\n--b--\r\n`,
    ],
    [
      'a call to another sub-API',
      'multipart/mixed; boundary=b',
      `--b\r\nContent-Type: application/http\r\nContent-ID: <1>\r\n\r\nGET ${SOURCES} HTTP/1.1\r\n\r\n\r\n--b--\r\n`,
    ],
  ])('refuses a batch with %s', async (_what, contentType, body) => {
    const answer = await fetch(`${simulator.url}/batch/products/v1`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
      body,
    });
    expect(answer.status).toBe(400);
  });

  it('shows its state and takes commands from other processes', async () => {
    await command(simulator, 'refuse', { sku: 'A', code: 'counterfeit' });
    await insert({});
    const state = (await (await fetch(`${simulator.url}/_sim/state`)).json()) as {
      products: readonly JsonObject[];
    };
    expect(state.products).toMatchObject([{ offerId: 'A' }]);
    expect(JSON.stringify(state.products)).toContain('counterfeit');
  });
});
