import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../connectors/woocommerce/settings.js';
import { openStage, type Stage } from './support.js';

const HOOKS = {
  hookAddress: 'https://feeds.example.com/hooks/shop/a-secret-of-twenty-four-letters',
  hookSecret: 'sixteen-letters-or-more',
};

describe('connecting to WooCommerce', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.stop());

  const codes = async (settings = {}) => (await stage.open(settings).check()).map(({ code }) => code);

  it('finds a shop ready, and says that it is reached without encryption', async () => {
    expect(await stage.open().check()).toMatchObject([{ severity: 'warning', code: 'not_encrypted' }]);
  });

  it('never sends the keys over plain http: it signs', async () => {
    await stage.open().check();
    expect(stage.running.calls.every(({ status }) => status === 200)).toBe(true);
    const wrong = await stage.open({ consumerSecret: 'cs_wrong' }).check();
    expect(wrong).toMatchObject([{}, { severity: 'error', code: 'credentials_refused' }]);
    expect(JSON.stringify(wrong)).not.toContain('cs_wrong');
  });

  it.each([
    ['/wp-json', {}],
    ['plain permalinks', { plainPermalinks: true }],
  ])('reaches the routes by %s', async (_how, settings) => {
    expect(await codes(settings)).toEqual(['not_encrypted']);
  });

  it('tells of a key that may only read', async () => {
    stage.shop.keys.permissions = 'read';
    expect(await codes()).toContain('credentials_refused');
  });

  it('tells of an old WooCommerce, another currency, another name of the site, and prices without tax', async () => {
    Object.assign(stage.shop, { currency: 'EUR', pricesIncludeTax: false });
    stage.shop.switches.version = '5.7.2';
    expect(await codes()).toEqual([
      'not_encrypted',
      'version_too_old',
      'currency_differs',
      'prices_without_tax',
    ]);
  });

  it('tells where the site has moved to instead of following it, which would turn orders into looks', async () => {
    stage.shop.switches.movedTo = 'https://www.shop.example';
    expect(await codes()).toContain('address_moved');
  });

  it('asks for its webhooks once, and switches those on again that the shop has switched off', async () => {
    expect(await codes(HOOKS)).toEqual(['not_encrypted']);
    const topics = stage.shop.hooks.map(({ topic }) => topic);
    expect(new Set(topics).size).toBe(topics.length);
    expect(topics).toEqual(expect.arrayContaining(['order.updated', 'product.updated', 'product.deleted']));
    const [first] = stage.shop.hooks;
    if (first) first.status = 'disabled';
    await stage.open(HOOKS).check();
    expect(stage.shop.hooks.map(({ status }) => status)).toEqual(topics.map(() => 'active'));
    expect(stage.shop.hooks).toHaveLength(topics.length);
  });

  it('lives without webhooks where the shop cannot reach us', async () => {
    const address = 'https://10.0.0.5/hooks/shop/a-secret-of-twenty-four-letters';
    expect(await codes({ ...HOOKS, hookAddress: address })).toEqual(['not_encrypted', 'hook_refused']);
  });

  it('keeps keys and secrets out of sight', () => {
    const { properties } = settingsSchema as { properties: Record<string, { writeOnly?: boolean }> };
    for (const secret of ['consumerKey', 'consumerSecret', 'hookSecret', 'hookAddress'])
      expect(properties[secret]?.writeOnly).toBe(true);
  });

  describe('where WordPress sees TLS', () => {
    /** What a shop behind https would see: the calls are made over plain http, but signed as over https. */
    const basic = (password: string) => ({
      authorization: `Basic ${Buffer.from(`ck_simulated:${password}`).toString('base64')}`,
    });
    const status = async (headers: Record<string, string>, query = '') =>
      (await fetch(`${stage.running.url}/wp-json/wc/v3/orders${query}`, { headers })).status;

    it('takes Basic and keys in the address, elsewhere neither', async () => {
      const inQuery = '?consumer_key=ck_simulated&consumer_secret=cs_simulated';
      expect([await status(basic('cs_simulated')), await status({}, inQuery)]).toEqual([401, 401]);
      stage.shop.switches.tls = true;
      expect([await status(basic('cs_simulated')), await status({}, inQuery)]).toEqual([200, 200]);
      expect(await status(basic('wrong'))).toBe(401);
      stage.shop.switches.dropsAuthorization = true;
      expect([await status(basic('cs_simulated')), await status({}, inQuery)]).toEqual([401, 200]);
    });
  });
});
