import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signerOf } from '../../../connectors/woocommerce/signing.js';
import { instantOf } from '../../../src/domain/instant.js';
import { openStage, type Stage } from './support.js';

const KEYS = { consumerKey: 'ck_simulated', consumerSecret: 'cs_simulated' };

describe('signing calls to WooCommerce', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.stop());

  const clock = (offsetMs = 0) => ({ now: () => instantOf(Date.now() + offsetMs), monotonicMs: () => 0 });
  const ask = async (query: Record<string, string>) =>
    (await fetch(`${stage.running.url}/wp-json/wc/v3/orders?${new URLSearchParams(query)}`)).status;
  const signed = (query: Record<string, string>, offsetMs = 0) => {
    const call = { method: 'GET', url: `${stage.running.url}/wp-json/wc/v3/orders`, query };
    return { ...query, ...signerOf({ address: stage.running.url, ...KEYS }, clock(offsetMs))(call).query };
  };

  it('is taken with letters of every kind in the query', async () => {
    expect(await ask(signed({ search: "Ä b&c=d+e/f'(g)*!~%20", per_page: '5' }))).toBe(200);
  });

  it('is refused when the query was changed, the call repeated, or the clock is off by more than 15 minutes', async () => {
    const query = signed({ per_page: '5' });
    expect(await ask({ ...query, per_page: '6' })).toBe(401);
    expect([await ask(query), await ask(query)]).toEqual([200, 401]);
    expect(await ask(signed({}, 16 * 60_000))).toBe(401);
    expect(await ask(signed({}, -14 * 60_000))).toBe(200);
  });

  it('sends Basic over https, keys in the address only when told to, and never keys over http', () => {
    const call = { method: 'GET', url: 'https://shop.example/wp-json/wc/v3/orders', query: {} };
    const of = (settings: object) =>
      signerOf({ address: 'https://shop.example', ...KEYS, ...settings }, clock())(call);
    expect(of({}).headers.authorization).toBe(
      `Basic ${Buffer.from('ck_simulated:cs_simulated').toString('base64')}`,
    );
    expect(of({ keysInQuery: true }).query).toEqual({
      consumer_key: 'ck_simulated',
      consumer_secret: 'cs_simulated',
    });
    const plain = of({ address: 'http://shop.example', keysInQuery: true });
    expect(JSON.stringify(plain)).not.toContain('cs_simulated');
    expect(plain.query).toHaveProperty('oauth_signature');
  });
});
