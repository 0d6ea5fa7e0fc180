import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API_VERSION, versionOverOn } from '../../../connectors/meta/api-version.js';
import { tokenIssues } from '../../../connectors/meta/auth.js';
import { meta } from '../../../connectors/meta/index.js';
import type { MetaSettings } from '../../../connectors/meta/settings.js';
import { type RunningGraph, startGraph } from '../../../connectors/meta/simulator/index.js';
import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { graphCaller } from './graph-caller.js';
import { LISTING, testHost } from './support.js';

const DAY_SECONDS = 86_400;

describe('the check of a Meta account', () => {
  let simulator: RunningGraph;
  let graph: ReturnType<typeof graphCaller>;
  beforeEach(async () => {
    simulator = await startGraph({ port: 0, processingMs: 0 }, () => Date.now());
    graph = graphCaller(simulator);
  });
  afterEach(() => simulator.stop());

  async function check(more: Partial<MetaSettings> = {}): Promise<readonly Issue[]> {
    return meta.open({ ...(simulator.settings as MetaSettings), ...more }, testHost()).check();
  }
  async function codes(more: Partial<MetaSettings> = {}): Promise<readonly string[]> {
    return (await check(more)).map(({ severity, code }) => `${severity} ${code}`);
  }
  const inDays = (days: number): number => Math.floor(Date.now() / 1_000) + days * DAY_SECONDS;

  it('finds nothing where all is well', async () => {
    expect(await check({ businessId: '880000000000001' })).toEqual([]);
  });

  it.each<readonly [string, JsonObject, readonly string[]]>([
    ['that has ended', { expiresAt: 1 }, ['error token_invalid']],
    ['that ends within two weeks', { expiresAt: inDays(13) }, ['warning token_expires']],
    ['that ends later', { expiresAt: inDays(40) }, []],
    ['without catalog_management', { scopes: ['business_management'] }, ['error scope_missing']],
    ['without business_management', { scopes: ['catalog_management'] }, ['warning scope_missing']],
    ['for other catalogs', { targets: ['1', '2'] }, ['error catalog_not_granted']],
    ['for this catalog', { targets: ['990000000000001'] }, []],
  ])('looks at a token %s', async (_, token, expected) => {
    await graph.command('token', token);
    expect(await codes()).toEqual(expected);
  });

  it('says when the token is not a system user’s or not of the app in the settings', () => {
    const facts = { is_valid: true, scopes: ['catalog_management', 'business_management'], expires_at: 0 };
    const settings = simulator.settings as MetaSettings;
    const found = tokenIssues({ ...facts, app_id: '5', type: 'USER' }, settings, '2026-11-24T00:00:00.000Z');
    expect(found.map(({ code }) => code)).toEqual(['token_of_other_app', 'token_of_person']);
  });

  it('looks at the catalog alone without an app secret to inspect the token', async () => {
    const { appId: _, appSecret: __, ...bare } = simulator.settings as MetaSettings;
    await expect(meta.open(bare, testHost()).check()).rejects.toMatchObject({
      code: 'catalog_not_reachable',
    });
  });

  it.each<readonly [string, JsonObject, readonly string[]]>([
    ['for hotels', { vertical: 'hotels' }, ['error wrong_vertical']],
    ['that is a segment', { is_catalog_segment: true }, ['error catalog_segment']],
    ['of another business', { owner_business: { id: '5' } }, ['warning catalog_of_other_business']],
  ])('looks at a catalog %s', async (_, facts, expected) => {
    await graph.command('catalog', facts);
    expect(await codes({ businessId: '880000000000001' })).toEqual(expected);
  });

  it('names other feeds that own items or are fetched, but neither ours nor empty ones', async () => {
    const url = 'https://feeds.example/a.csv';
    await graph.post('/product_feeds', { name: 'empty' });
    await graph.post('/product_feeds', { name: 'Omnifeed meta-us', schedule: { interval: 'DAILY', url } });
    await graph.post('/product_feeds', { name: 'agency', schedule: { interval: 'DAILY', url } });
    expect(await check({ feed: { path: 'feed.csv' } })).toMatchObject([
      { severity: 'warning', code: 'other_feed_writes', message: expect.stringContaining('"agency"') },
    ]);
  });

  it('passes on what Meta wants mended in the catalog as a whole', async () => {
    simulator.tamper('A', LISTING);
    simulator.refuse('A', 'WEAPONS');
    expect(await check()).toMatchObject([
      { severity: 'warning', code: 'catalog_policy_violation', message: 'Rejected in review: 1 items.' },
    ]);
  });

  it('says when Meta announces the end of the version, and who can do something about it', async () => {
    await graph.command('version-warning', { warning: 'v25.0 will be raised to v26.0' });
    expect(await check()).toMatchObject([
      {
        severity: 'warning',
        code: 'version_ageing',
        message: 'Meta says of v26.0: v25.0 will be raised to v26.0',
        advice: expect.stringContaining('Update'),
      },
    ]);
    expect(await check({ apiVersion: 'v25.0' })).toMatchObject([
      { code: 'version_ageing', advice: expect.stringContaining('apiVersion') },
    ]);
  });

  it('knows when versions are over for catalogs, which is before Graph itself drops them', () => {
    expect(versionOverOn('v24.0')).toBe('2026-10-06');
    expect(versionOverOn('v12.0')).not.toBeNull();
    expect(versionOverOn(API_VERSION)).toBeNull();
  });
});
