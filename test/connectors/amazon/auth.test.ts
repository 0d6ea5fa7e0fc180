import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { credentialIssues } from '../../../connectors/amazon/credential-ages.js';
import type { AmazonSettings } from '../../../connectors/amazon/settings.js';
import { change, failure, listing, openStage, pending, type Stage } from './support.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.simulator.stop());

const exchanges = (): number => stage.simulator.calls.filter(({ path }) => path === '/auth/o2/token').length;

describe('access to Amazon', () => {
  it('is ready with the right credentials', async () => {
    expect(await stage.channel.check()).toEqual([]);
  });

  it('exchanges the refresh token once for calls that start together, and again only near its end', async () => {
    const attributes = await listing(stage.settings);
    await stage.channel.listings?.submit(
      ['A', 'B', 'C', 'D'].map((sku) => change(sku, attributes)),
      'k',
    );
    await stage.channel.listings?.settle?.(pending(['A'], new Date().toISOString()));
    expect(exchanges()).toBe(1);
    await stage.command('tokens', { lifeSeconds: 0 });
    await stage
      .open()
      .orders?.pull(null)
      .catch(() => undefined);
    expect(exchanges()).toBeGreaterThan(1);
  });

  it('renews a token that expires in the middle of a run, and the call goes through', async () => {
    const attributes = await listing(stage.settings);
    await stage.channel.listings?.submit([change('A', attributes)], 'k1');
    await stage.command('tokens', { expire: true });
    const sent = await stage.channel.listings?.submit(
      [change('B', attributes), change('C', attributes)],
      'k2',
    );
    expect(sent?.receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    expect(exchanges()).toBe(2);
  });

  it('stops with advice when the seller takes the authorization back, without asking in a loop', async () => {
    await stage.command('account', { authorized: false });
    const error = await failure(stage.channel.orders?.pull(null));
    expect(error).toMatchObject({
      kind: 'auth-lost',
      code: 'authorization_lost',
      owner: 'operator',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(exchanges()).toBe(1);
    expect(await stage.channel.check()).toMatchObject([{ severity: 'error', code: 'authorization_lost' }]);
  });

  it('names a refused client secret, and no message contains a credential', async () => {
    const wrong = 'wrong-client-secret';
    const error = await failure(stage.open({ clientSecret: wrong }).orders?.pull(null));
    expect(error).toMatchObject({ kind: 'auth-lost', code: 'client_secret_refused' });
    const shown = `${String(error)} ${JSON.stringify(error)}`;
    expect(shown).not.toContain(wrong);
    expect(shown).not.toContain(stage.settings.refreshToken);
  });

  it('takes a second refusal for a missing role, after one renewal', async () => {
    const error = await failure(stage.open({ sellerId: 'A1STRANGER000' }).listings?.observe?.(null));
    expect(error).toMatchObject({ kind: 'auth-lost', code: 'permission_missing' });
    expect(stage.simulator.calls.filter(({ status }) => status === 403)).toHaveLength(2);
  });

  it('tells which role is missing when only orders are refused', async () => {
    await stage.command('account', { ordersRole: false });
    expect(await stage.channel.check()).toMatchObject([
      {
        severity: 'error',
        code: 'orders_role_missing',
        advice: expect.stringContaining('Inventory and Order Tracking'),
      },
    ]);
  });

  it('says so when the seller does not sell in the store', async () => {
    const issues = await stage.open({ marketplaceId: 'A1PA6795UKMFR9' }).check();
    expect(issues).toMatchObject([
      { severity: 'error', code: 'store_not_joined', attribute: 'marketplaceId' },
    ]);
  });

  it('takes a failing token endpoint for an outage, not for lost credentials', async () => {
    stage.simulator.faults.add({ kind: 'fail', match: '/auth/o2/token' });
    expect(await failure(stage.channel.orders?.pull(null))).toMatchObject({ kind: 'ambiguous' });
    expect((await stage.channel.orders?.pull(null))?.orders).toEqual([]);
  });

  it('goes on with the next secret while one is rotated, whichever of the two still works', async () => {
    const { clientSecret } = stage.settings;
    const before = stage.open({ clientSecret: 'gone', nextClientSecret: clientSecret });
    expect((await before.orders?.pull(null))?.orders).toEqual([]);
    expect(exchanges()).toBe(2);
    const after = stage.open({ clientSecret, nextClientSecret: 'not yet' });
    expect((await after.orders?.pull(null))?.orders).toEqual([]);
    expect(exchanges()).toBe(3);
    const neither = stage.open({ clientSecret: 'gone', nextClientSecret: 'wrong' });
    expect(await failure(neither.orders?.pull(null))).toMatchObject({ code: 'client_secret_refused' });
    expect(exchanges()).toBe(5);
  });
});

describe('the age of Amazon’s credentials', () => {
  const now = '2026-11-25T12:00:00.000Z';
  const of = (changes: Partial<AmazonSettings>) =>
    credentialIssues({ ...stage.settings, ...changes }, now).map(
      ({ severity, code, message }) => `${severity} ${code}: ${message}`,
    );

  it('is silent for credentials that are young or of unknown age', () => {
    expect(of({})).toEqual([]);
    expect(of({ clientSecretSince: '2026-06-29', authorizedSince: '2026-01-01' })).toEqual([]);
  });

  it('warns in the last thirty days of a secret and is urgent in the last seven', () => {
    expect(of({ clientSecretSince: '2026-06-28' })).toEqual([
      'warning client_secret_ends: The client secret ends in 30 days.',
    ]);
    expect(of({ clientSecretSince: '2026-06-05' })).toEqual([
      'error client_secret_ends: The client secret ends in 7 days.',
    ]);
    expect(of({ clientSecretSince: '2026-01-01' })).toEqual([
      'error client_secret_ends: The client secret has reached its age.',
    ]);
  });

  it('counts a year for the authorization', () => {
    expect(of({ authorizedSince: '2025-12-10' })).toEqual([
      'warning authorization_ends: The authorization ends in 15 days.',
    ]);
  });

  it('is told by the check of the channel', async () => {
    expect(await stage.open({ clientSecretSince: '2020-01-01' }).check()).toMatchObject([
      { severity: 'error', code: 'client_secret_ends', attribute: 'clientSecretSince' },
    ]);
  });
});
