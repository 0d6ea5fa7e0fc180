import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { merchantIssues } from '../../../connectors/google-merchant/lfp/check-lfp.js';
import {
  encodeLfpStore,
  type LfpStoreSettings,
} from '../../../connectors/google-merchant/lfp/lfp-settings.js';
import type { GoogleSettings } from '../../../connectors/google-merchant/settings.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { typingErrors } from '../../support/published-typings.js';
import { command, failure, settingsOf, testHost } from './support.js';

const MAIN: LfpStoreSettings = {
  ...{ code: 'STORE-12', address: '1 Main St, Springfield, IL 62701, USA', name: 'Northwind Springfield' },
  ...{ phone: '+12175550123', website: 'https://shop.example.com/springfield' },
  ...{ categories: ['gcid:clothing_store'], placeId: 'ChIJ-1' },
};
const EAST: LfpStoreSettings = { code: 'EAST', address: '9 East Rd, Albany, NY 12207, USA' };

describe('stores of a merchant whose stock a provider sends', () => {
  let simulator: RunningSimulator;

  beforeAll(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
  });
  afterAll(() => simulator.stop());
  beforeEach(async () => {
    await command(simulator, 'lfp-merchant', {
      ...{ addresses: null, linkedGbps: 1, freeLocalListings: true, verification: 'APPROVED' },
    });
    await run(open(), 'lfp-remove-store', { code: 'STORE-12' });
    await run(open(), 'lfp-remove-store', { code: 'EAST' });
  });

  const open = (more: Partial<GoogleSettings> = {}): OpenChannel =>
    googleMerchant.open(
      settingsOf(simulator, { lfpTargetAccount: '777', lfpStores: [MAIN, EAST], ...more }),
      testHost(),
    );
  async function run(channel: OpenChannel, name: string, given: JsonObject = {}): Promise<JsonObject> {
    const done = await channel.actions?.[name]?.run(given);
    if (done === undefined) throw new Error(`no action ${name}`);
    return done;
  }
  const codesOf = async (channel: OpenChannel): Promise<readonly string[]> =>
    (await channel.check()).map(({ code }) => code).filter((code) => code.startsWith('lfp_'));

  it('are stated from the settings, told back with their match, and stated again without becoming more', async () => {
    const channel = open();
    await run(channel, 'lfp-put-stores');
    await run(channel, 'lfp-put-stores');
    expect(await run(channel, 'lfp-stores')).toEqual({
      stores: [
        { code: 'STORE-12', address: MAIN.address, match: 'matched' },
        { code: 'EAST', address: EAST.address, match: 'matched' },
      ],
    });
    expect(await codesOf(channel)).toEqual([]);
  });

  it('can be taken away, and one that is gone already is no failure', async () => {
    const channel = open();
    await run(channel, 'lfp-put-stores');
    expect(await run(channel, 'lfp-remove-store', { code: 'EAST' })).toEqual({
      removed: 'EAST',
      changed: true,
    });
    expect(await run(channel, 'lfp-remove-store', { code: 'EAST' })).toMatchObject({ changed: false });
    expect((await run(channel, 'lfp-stores')).stores).toMatchObject([{ code: 'STORE-12' }]);
    expect(await channel.check()).toContainEqual(
      expect.objectContaining({ code: 'lfp_store_missing', message: expect.stringContaining('EAST') }),
    );
  });

  it('are told of by the check when Google finds no Business Profile at the address, with what to do', async () => {
    await command(simulator, 'lfp-merchant', { addresses: [MAIN.address] });
    const channel = open();
    await run(channel, 'lfp-put-stores');
    expect((await channel.check()).filter(({ code }) => code.startsWith('lfp_store'))).toMatchObject([
      {
        ...{ code: 'lfp_store_unmatched', severity: 'warning', origin: 'channel' },
        message: expect.stringContaining('EAST'),
        advice: expect.stringContaining('address'),
      },
    ]);
  });

  it('are told of by the check when the merchant is in no local program, unverified or without a profile', async () => {
    await command(simulator, 'lfp-merchant', {
      ...{ linkedGbps: 0, freeLocalListings: false, verification: 'NOT_APPROVED' },
    });
    const channel = open({ lfpStores: [] });
    expect(await codesOf(channel)).toEqual([
      'lfp_no_business_profile',
      'lfp_program_off',
      'lfp_inventory_unverified',
    ]);
  });

  it('are told of by the check when stock of theirs could not be used', async () => {
    await command(simulator, 'lfp-merchant', { addresses: [MAIN.address] });
    const channel = open();
    await run(channel, 'lfp-put-stores');
    await channel.places?.submit(
      ['STORE-12', 'EAST'].map((place) => ({
        ...{ sku: 'A', externalId: null, kind: 'store' as const, place, action: 'upsert' as const },
        ...{ quantity: 3, availability: 'in_stock' as const, price: null, salePrice: null, pickup: null },
      })),
      'k',
    );
    expect(await channel.check()).toContainEqual(
      expect.objectContaining({ code: 'lfp_entries_unsubmitted', message: expect.stringContaining('1 ') }),
    );
  });

  it('are nothing a channel of an ordinary merchant asks or offers', async () => {
    const before = simulator.calls.length;
    const channel = googleMerchant.open(settingsOf(simulator), testHost());
    await channel.check();
    expect(Object.keys(channel.actions ?? {}).filter((name) => name.startsWith('lfp'))).toEqual([]);
    expect(simulator.calls.slice(before).filter(({ path }) => path.startsWith('/lfp/'))).toEqual([]);
  });

  it.each([
    ['lfpStores.list', 'lfp-stores', {}],
    ['lfpStores.insert', 'lfp-put-stores', {}],
    ['lfpStores.delete', 'lfp-remove-store', { code: 'EAST' }],
  ])('fail as any call does when %s is refused or broken', async (call, action, given) => {
    await command(simulator, 'fail', { call, status: 403, message: 'no access', times: 1 });
    expect(await failure(run(open(), action, given))).toMatchObject({ kind: 'auth-lost' });
    await command(simulator, 'fail', { call, status: 503, message: 'Later', times: 1 });
    expect(await failure(run(open(), action, given))).toMatchObject({ code: 'channel_failed' });
  });

  it('say nothing where Google says nothing, and take states nobody has heard of for no failure', () => {
    const facts = { merchant: '777', stores: [], country: 'US' };
    expect(merchantIssues({}, facts)).toEqual([]);
    const strange = { storeCode: 'A', matchingState: 'STORE_MATCHING_STATE_ENCHANTED' };
    expect(merchantIssues({ storeStates: [strange] }, facts)).toEqual([]);
  });

  it('are what the published typings take', async () => {
    const cases = [MAIN, EAST].map((store) => ({ type: 'LfpStore', value: encodeLfpStore(store, '777') }));
    expect(await typingErrors('lfp_v1', cases)).toEqual([]);
  });
});
