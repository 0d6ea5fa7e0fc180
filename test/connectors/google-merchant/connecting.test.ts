import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import type { GoogleSettings } from '../../../connectors/google-merchant/settings.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { adminCall, change, command, failure, settingsOf, systemClock, testHost } from './support.js';

const SIGN_IN = {
  clientId: '1234567890-simulated.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-simulated-secret',
  refreshToken: '1//simulated-refresh-token',
};
const SOURCES = '/datasources/v1/accounts/5551234567/dataSources';
const OURS = 'Omnifeed en/US (managed, do not edit)';

describe('connecting a Merchant Center account', () => {
  let simulator: RunningSimulator;
  let channel: OpenChannel;

  beforeEach(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
    channel = open();
  });
  afterEach(() => simulator.stop());

  function open(more: Partial<GoogleSettings> = {}, clock = systemClock): OpenChannel {
    return googleMerchant.open(settingsOf(simulator, more), testHost(clock));
  }
  function signedIn(more: Partial<GoogleSettings['signIn']> = {}): OpenChannel {
    const { serviceAccountKey: _, ...rest } = settingsOf(simulator);
    return googleMerchant.open({ ...rest, signIn: { ...SIGN_IN, ...more } }, testHost());
  }
  const run = (name: string, parameters: JsonObject = {}): Promise<JsonObject> => {
    const action = channel.actions?.[name];
    if (action === undefined) throw new Error(`no action ${name}`);
    return action.run(parameters);
  };
  const submit = async (sku: string) => (await channel.listings?.submit([change(sku)], 'k'))?.receipts;
  const codes = async (): Promise<readonly string[]> => (await channel.check()).map((issue) => issue.code);
  const callsTo = (text: string): number =>
    simulator.calls.filter((call) => `${call.method} ${call.path}`.includes(text)).length;

  it('works for a person who signed in as for a service account', async () => {
    channel = signedIn();
    expect(await channel.check()).toEqual([]);
    expect(await submit('A')).toMatchObject([{ outcome: 'accepted' }]);
  });

  it.each([
    ['a refresh token that died', { refreshToken: '1//another' }],
    ['another client secret', { clientSecret: 'GOCSPX-another' }],
  ])('tells a person to sign in again for %s, and keeps the secret to itself', async (_what, change) => {
    channel = signedIn(change);
    const error = (await failure(channel.listings?.observe?.(null))) as Error;
    expect(error).toMatchObject({ kind: 'auth-lost', code: 'credentials_refused' });
    expect(error).toHaveProperty('advice', expect.stringContaining('Sign in again'));
    expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(/another|simulated-secret/);
  });

  it('refuses settings that name no credentials at all', () => {
    const { serviceAccountKey: _, ...rest } = settingsOf(simulator);
    expect(() => googleMerchant.open(rest, testHost())).toThrow(
      'neither a service account key nor a sign-in',
    );
  });

  it('registers the project and finds the registration again', async () => {
    await command(simulator, 'register', { registered: false });
    expect(await run('registration')).toEqual({ registeredWith: null });
    expect(await codes()).toEqual(['gcp_not_registered']);
    expect(await run('register-gcp', { developerEmail: 'feeds@example.com' })).toMatchObject({
      registeredWith: 'accounts/5551234567',
      changed: true,
    });
    expect(await codes()).toEqual([]);
    expect(await run('register-gcp')).toMatchObject({ changed: false });
    expect(callsTo(':registerGcp')).toBe(1);
  });

  it('shows why Google refuses a service account as the developer', async () => {
    await command(simulator, 'register', { registered: false });
    expect(
      await failure(run('register-gcp', { developerEmail: 'a@b.iam.gserviceaccount.com' })),
    ).toMatchObject({ kind: 'refused', message: expect.stringContaining('must not be a service account') });
  });

  it('makes a test account in the language and zone of the channel', async () => {
    expect(await run('create-test-account', { name: 'Feed sync test' })).toEqual({
      account: '9000000001',
      testAccount: true,
    });
  });

  it.each<[string, JsonObject, string, 'warning' | 'info' | 'error']>([
    [
      'an unclaimed homepage',
      { homepage: { uri: 'https://x.example', claimed: false } },
      'homepage_not_claimed',
      'warning',
    ],
    [
      'a program that is off',
      {
        programs: [
          {
            name: 'accounts/1/programs/free-listings',
            state: 'ELIGIBLE',
            unmetRequirements: [{ title: 'Return policy' }],
          },
        ],
      },
      'program_not_active',
      'warning',
    ],
    [
      'a program of other countries',
      {
        programs: [{ name: 'accounts/1/programs/shopping-ads', state: 'ENABLED', activeRegionCodes: ['DE'] }],
      },
      'program_not_active',
      'warning',
    ],
    [
      'item updates',
      { automaticImprovements: { itemUpdates: { effectiveAllowPriceUpdates: true } } },
      'item_updates_on',
      'info',
    ],
    [
      'a suspension',
      { issues: [{ title: 'Misrepresentation', severity: 'CRITICAL' }] },
      'account_issue',
      'error',
    ],
    ['advice', { issues: [{ title: 'Add a logo', severity: 'SUGGESTION' }] }, 'account_issue', 'info'],
    ['a test account', { account: { testAccount: true } }, 'test_account', 'info'],
  ])('tells of %s', async (_what, state, code, severity) => {
    await command(simulator, 'account', state);
    expect(await channel.check()).toMatchObject([{ code, severity }]);
  });

  it('takes a state or program nobody has heard of for not active, and goes on', async () => {
    await command(simulator, 'strange');
    await command(simulator, 'account', {
      programs: [
        { name: 'accounts/1/programs/shopping-ads', state: 'PAUSED_BY_AGENT' },
        { name: 'accounts/1/programs/agents' },
      ],
    });
    expect(await codes()).toEqual(['program_not_active']);
  });

  it('still tells the rest when one part may not be read', async () => {
    await command(simulator, 'account', { issues: [{ title: 'Misrepresentation', severity: 'CRITICAL' }] });
    await command(simulator, 'fail', { call: 'programs.list', status: 403, message: 'No access' });
    expect(await codes()).toEqual(['permission_missing', 'account_issue']);
  });

  it('reads every page of account issues', async () => {
    const issues = Array.from({ length: 230 }, (_, place) => ({
      title: `Issue ${place}`,
      severity: 'ERROR',
    }));
    await command(simulator, 'account', { issues });
    expect(await channel.check()).toHaveLength(230);
  });

  it('creates its source with destinations, so that an account with stores gets no local one', async () => {
    await command(simulator, 'stores');
    expect(await submit('A')).toMatchObject([{ outcome: 'accepted' }]);
    const { dataSources } = await adminCall(simulator, 'GET', SOURCES);
    expect(dataSources).toContainEqual(
      expect.objectContaining({
        displayName: OURS,
        primaryProductDataSource: expect.objectContaining({
          legacyLocal: false,
          countries: ['US'],
          destinations: [
            { destination: 'SHOPPING_ADS', state: 'ENABLED' },
            { destination: 'FREE_LISTINGS', state: 'ENABLED' },
          ],
        }),
      }),
    );
  });

  it.each<[string, JsonObject]>([
    [
      'for stores',
      { primaryProductDataSource: { contentLanguage: 'en', feedLabel: 'US', legacyLocal: true } },
    ],
    [
      'filled from a file',
      {
        primaryProductDataSource: { contentLanguage: 'en', feedLabel: 'US' },
        fileInput: { fileName: 'products.txt' },
      },
    ],
    ['of another market', { primaryProductDataSource: { contentLanguage: 'de', feedLabel: 'DE' } }],
    ['of promotions', { promotionDataSource: { contentLanguage: 'en', targetCountry: 'US' } }],
  ])('never adopts a source %s, even under our own name', async (_what, body) => {
    const strange = await adminCall(simulator, 'POST', SOURCES, { displayName: OURS, ...body });
    expect(await submit('A')).toMatchObject([{ outcome: 'accepted' }]);
    expect(callsTo(`POST ${SOURCES}`)).toBe(2);
    channel = open({ dataSource: String(strange.dataSourceId) });
    expect(await failure(submit('B'))).toMatchObject({ kind: 'auth-lost', code: 'data_source_not_writable' });
    expect(await codes()).toEqual(['data_source_not_writable']);
  });

  it('takes over a fitting source only when the operator names it', async () => {
    const theirs = await adminCall(simulator, 'POST', SOURCES, {
      displayName: 'Content API',
      primaryProductDataSource: { contentLanguage: 'en', feedLabel: 'US' },
    });
    channel = open({ dataSource: String(theirs.dataSourceId) });
    expect(await submit('A')).toMatchObject([{ outcome: 'accepted' }]);
    expect(callsTo(`POST ${SOURCES}`)).toBe(1);
    expect(await run('data-sources')).toMatchObject({
      dataSources: [
        { number: '1001', usable: 'it is filled from a file or by hand, not through the API', ours: false },
        { number: theirs.dataSourceId, usable: 'yes', ours: false },
      ],
    });
  });

  it('looks at its source again after ten minutes and makes another when it is gone', async () => {
    let monotonic = 0;
    channel = open({}, { ...systemClock, monotonicMs: () => monotonic });
    await submit('A');
    const { dataSources } = await adminCall(simulator, 'GET', SOURCES);
    await command(simulator, 'drop-source', { name: String((dataSources as JsonObject[]).at(-1)?.name) });
    monotonic = 11 * 60_000;
    expect(await submit('B')).toMatchObject([{ outcome: 'accepted' }]);
    expect(callsTo(`POST ${SOURCES}`)).toBe(2);
  });

  it('waits 45 seconds for a source that is not known everywhere yet, then uses the same one', async () => {
    await command(simulator, 'propagation', { ms: 30_000 });
    expect(await submit('A')).toMatchObject([
      { outcome: 'retry', code: 'data_source_not_found', againInMs: 45_000 },
    ]);
    await command(simulator, 'advance', { ms: 45_000 });
    expect(await submit('A')).toMatchObject([{ outcome: 'accepted' }]);
    expect(callsTo(`POST ${SOURCES}`)).toBe(1);
  });

  it.each([
    [
      'is a local one',
      'The provided data source channel does not match product channel',
      'data_source_local',
    ],
    ['belongs to a file', "API data sources cannot have a 'fileInput' field set", 'data_source_not_writable'],
  ])(
    'makes another source when Google says that ours %s, and never writes to the old one',
    async (_what, message, code) => {
      await command(simulator, 'fail', { call: 'productInputs.insert', status: 400, message });
      expect(await submit('A')).toMatchObject([{ outcome: 'retry', code, againInMs: 45_000 }]);
      expect(await submit('A')).toMatchObject([{ outcome: 'accepted' }]);
      expect(callsTo(`POST ${SOURCES}`)).toBe(2);
    },
  );

  it('subscribes to changes of product status once, shows no secret of the address, and ends it', async () => {
    const callBackUri = 'https://feeds.example.com/hooks/google-us/not-to-be-shown';
    const { name } = await run('subscribe', { callBackUri });
    expect(await run('subscribe', { callBackUri })).toEqual({ name, changed: false });
    expect(await run('subscriptions')).toEqual({
      subscriptions: [{ name, event: 'PRODUCT_STATUS_CHANGE', host: 'feeds.example.com' }],
    });
    await run('unsubscribe', { name: String(name) });
    expect(await run('subscriptions')).toEqual({ subscriptions: [] });
    expect(await failure(run('unsubscribe', { name: String(name) }))).toMatchObject({ code: 'not_found' });
  });

  it('shows the quota groups with what they have used', async () => {
    await submit('A');
    const { groups } = await run('quotas');
    expect(groups).toContainEqual({
      name: 'merchant-product-write-methods',
      usedToday: 1,
      perDay: 10_000_000,
      perMinute: 60_000,
    });
  });
});
