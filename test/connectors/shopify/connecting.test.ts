import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settingsSchema } from '../../../connectors/shopify/settings.js';
import { handClock } from '../../support/channel-bench.js';
import { openStage, type Stage } from './support.js';

const HOUR = 3_600_000;

describe('connecting to Shopify', () => {
  let stage: Stage;
  let clock: ReturnType<typeof handClock>;
  beforeEach(async () => {
    clock = handClock();
    stage = await openStage({ clock });
  });
  afterEach(() => {
    vi.useRealTimers();
    return stage.stop();
  });

  const tokens = () => stage.running.calls.filter(({ path }) => path.endsWith('/access_token')).length;

  it('finds nothing to say of a shop that is ready, and defines the order key once', async () => {
    expect(await stage.open().check()).toEqual([]);
    expect(await stage.open().check()).toEqual([]);
    expect(stage.asked().filter((name) => name === 'DefineOrderKey')).toHaveLength(1);
    expect([...stage.shop.orderKeys]).toEqual([['$app:omnifeed channel_order', 'id']]);
  });

  it('renews its token at 80 % of a day, once for several callers at once', async () => {
    const open = stage.open();
    await Promise.all([open.check(), open.check(), open.check()]);
    expect(tokens()).toBe(1);
    clock.advance(19 * HOUR);
    await open.check();
    expect(tokens()).toBe(1);
    clock.advance(HOUR);
    await open.check();
    expect(tokens()).toBe(2);
  });

  it('renews a refused token once, and asks nobody again when the next is refused too', async () => {
    const open = stage.open();
    await open.check();
    stage.running.world.door.expireAll();
    expect(await open.check()).toEqual([]);
    expect(tokens()).toBe(2);
    const given = stage.open({ accessToken: 'shpat_revoked' });
    expect(await given.check()).toMatchObject([{ severity: 'error', code: 'credentials_refused' }]);
  });

  it.each(['shop_not_permitted', 'app_not_installed'] as const)('says what %s means', async (denied) => {
    stage.running.world.door.denied = denied;
    expect(await stage.open().check()).toMatchObject([
      { severity: 'error', code: denied, advice: expect.any(String) },
    ]);
  });

  it('tries the next secret while one is rotated, and never shows either', async () => {
    const { clientSecret } = stage.running.settings as { clientSecret: string };
    expect(await stage.open({ clientSecret: 'old', nextClientSecret: clientSecret }).check()).toEqual([]);
    const [issue] = await stage.open({ clientSecret: 'shpss_wrong' }).check();
    expect(issue).toMatchObject({ code: 'client_refused' });
    expect(JSON.stringify(issue)).not.toContain('shpss_wrong');
  });

  it.each([
    ['write_orders', 'error'],
    ['read_inventory', 'error'],
    ['read_all_orders', 'warning'],
  ])('names %s when the app lacks it, as %s', async (scope, severity) => {
    stage.shop.scopes.delete(scope);
    stage.shop.scopes.delete('write_inventory'); // brings its read scope
    const issues = await stage.open().check();
    expect(issues).toContainEqual(
      expect.objectContaining({ severity, code: 'scope_missing', message: expect.stringContaining(scope) }),
    );
  });

  it('tells when Shopify serves another version than the one we speak', async () => {
    stage.shop.switches.servedVersion = '2027-01';
    expect(await stage.open().check()).toMatchObject([{ severity: 'warning', code: 'api_version_expired' }]);
  });

  it('tells of chosen locations that are closed or unknown', async () => {
    const [warehouse] = stage.shop.locations;
    if (!warehouse) throw new Error('no location');
    const locations = [warehouse.id.split('/').at(-1) ?? '', '1'];
    expect(await stage.open({ locations }).check()).toMatchObject([{ code: 'location_unknown' }]);
    warehouse.active = false;
    expect(await stage.open({ locations }).check()).toMatchObject([
      { code: 'location_closed' },
      { code: 'location_unknown' },
    ]);
  });

  it('throws lost scopes in the middle of a run as lost access, never as an empty answer', async () => {
    const sink = stage.sink();
    await stage.open().check();
    stage.shop.scopes.delete('write_orders');
    await expect(sink.find('market:A', clock.now())).rejects.toMatchObject({
      kind: 'auth-lost',
      code: 'permission_missing',
    });
  });

  it('waits as long as missing points take, and says so', async () => {
    vi.useFakeTimers({ toFake: ['Date'] }); // the shop restores points only when the test says so
    const { shop, running } = stage;
    const ids = ['1', '2', '3'];
    const ask = () => stage.sink().read(ids);
    running.world.bucket.drain();
    await expect(stage.open().check()).rejects.toMatchObject({ kind: 'throttled' });
    const refused: unknown = await ask().catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: 'throttled', againInMs: expect.any(Number) });
    const { againInMs } = refused as { againInMs: number };
    const { restoreRate } = running.world.bucket.status();
    const onePointMs = 1_000 / restoreRate;
    shop.advance(againInMs - onePointMs);
    await expect(ask()).rejects.toMatchObject({ kind: 'throttled' });
    shop.advance(onePointMs);
    expect(await ask()).toEqual(ids.map((storeId) => expect.objectContaining({ storeId, gone: true })));
  });

  it('takes the shop’s own myshopify.com name only, and keeps secrets out of sight', () => {
    const { properties } = settingsSchema as {
      properties: Record<string, { pattern?: string; writeOnly?: boolean }>;
    };
    const name = new RegExp(properties.shop?.pattern ?? '');
    expect(
      ['my-shop.myshopify.com', 'shop.example.com', 'a.myshopify.com.evil.example'].map((text) =>
        name.test(text),
      ),
    ).toEqual([true, false, false]);
    for (const secret of ['clientSecret', 'nextClientSecret', 'accessToken'])
      expect(properties[secret]?.writeOnly).toBe(true);
  });
});
