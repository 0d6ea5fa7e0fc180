import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
    expect(error).toMatchObject({ kind: 'auth-lost', code: 'authorization_lost', owner: 'operator' });
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
});
