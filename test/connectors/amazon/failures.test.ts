import { describe, expect, it } from 'vitest';
import { sellingPartnerClient } from '../../../connectors/amazon/client.js';
import { USAGE_PLANS } from '../../../connectors/amazon/usage-plan.js';
import { failure, testHost } from './support.js';

const SETTINGS = {
  sellerId: 'A1SELLER',
  marketplaceId: 'ATVPDKIKX0DER',
  clientId: 'c',
  clientSecret: 's',
  refreshToken: 'r',
};
const HTML = '<html><body>Bad gateway</body></html>';
const SAID = JSON.stringify({ errors: [{ code: 'X', message: 'Said.', details: 'Why.' }] });
const BARE = JSON.stringify([{ code: 'InvalidInput', message: 'Bare.' }]);

const CALLS = [
  ['getListingsRestrictions', { query: { asin: 'B000000001', sellerId: 'A1SELLER' } }],
  ['putListingsItem', { path: { sku: 'A' }, body: { productType: 'PRODUCT', attributes: {} } }],
  ['createFeedDocument', { body: { contentType: 'application/json; charset=UTF-8' } }],
] as const;

/** What the API answers to every call, and how often it was called. Tokens are always lent. */
async function answered(call: (typeof CALLS)[number], status: number, body: string) {
  const host = testHost();
  let calls = 0;
  const reply = (text: string, code = 200) => ({ status: code, headers: {}, body: Buffer.from(text) });
  const http = {
    ...host.http,
    send: async ({ url }: { readonly url: string }) => {
      if (url.includes('/auth/o2/token')) return reply('{"access_token":"Atza|t","expires_in":3600}');
      calls += 1;
      return reply(body, status);
    },
  };
  const client = sellingPartnerClient(SETTINGS, { ...host, http });
  const error = await failure(client.call(call[0], call[1] as never));
  return { error, calls };
}

describe.each(CALLS)('%s, when Amazon answers', (operation, asked) => {
  const call = [operation, asked] as (typeof CALLS)[number];

  it.each([
    [400, SAID, { kind: 'refused', message: expect.stringContaining('Said. Why.') }, 1],
    [400, BARE, { kind: 'refused', message: expect.stringContaining('Bare.') }, 1],
    [401, SAID, { kind: 'auth-lost' }, 2],
    [403, SAID, { kind: 'auth-lost', code: 'permission_missing', owner: 'operator' }, 2],
    [404, SAID, { kind: 'refused', code: 'not_found' }, 1],
    [413, SAID, { kind: 'refused' }, 1],
    [415, SAID, { kind: 'refused' }, 1],
    [500, SAID, { kind: 'ambiguous' }, 1],
    [502, HTML, { kind: 'ambiguous' }, 1],
    [503, SAID, { kind: 'ambiguous' }, 1],
    [504, HTML, { kind: 'ambiguous' }, 1],
  ])('%s: one class, and a token is renewed once at most (%s)', async (status, body, expected, times) => {
    const { error, calls } = await answered(call, status, body);
    expect(error).toMatchObject(expected);
    expect(calls).toBe(times);
  });

  it('429: waits for one place of its own plan', async () => {
    const { error, calls } = await answered(call, 429, SAID);
    const againInMs = Math.ceil(1_000 / USAGE_PLANS[operation].perSecond);
    expect(error).toMatchObject({ kind: 'throttled', againInMs });
    expect(calls).toBe(1);
  });
});
