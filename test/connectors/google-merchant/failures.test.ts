import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quotaWaitMs } from '../../../connectors/google-merchant/failures.js';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import type { GoogleSettings } from '../../../connectors/google-merchant/settings.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { ListingPort, OpenChannel, PendingSubmission } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { type Clock, instantOf } from '../../../src/domain/instant.js';
import {
  change,
  command,
  failure,
  LISTING,
  pendingOf,
  settingsOf,
  systemClock,
  testHost,
} from './support.js';

const DAILY = {
  error: { code: 429, message: 'Quota exceeded: quota/daily_limit_exceeded', status: 'RESOURCE_EXHAUSTED' },
};

describe('when calls to Google fail', () => {
  let simulator: RunningSimulator;
  let channel: OpenChannel;
  let port: ListingPort;

  function open(more: Partial<GoogleSettings> = {}, clock: Clock = systemClock): void {
    channel = googleMerchant.open(settingsOf(simulator, more), testHost(clock));
    if (!channel.listings) throw new Error('no listing port');
    port = channel.listings;
  }
  const tokenCalls = (): number => simulator.calls.filter((call) => call.path === '/token').length;

  beforeEach(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
    open();
    await port.submit([change('WARM-UP')], 'k');
  });
  afterEach(() => simulator.stop());

  it('passes on how long a throttled batch must wait, and nothing of it was applied', async () => {
    simulator.faults.add({ kind: 'throttle', match: '/batch/', ms: 7_000 });
    expect(await failure(port.submit([change('A')], 'k'))).toMatchObject({
      kind: 'throttled',
      code: 'throttled',
      againInMs: 7_000,
    });
    expect([...simulator.held().keys()]).toEqual(['WARM-UP']);
  });

  it('waits a minute when the quota of the minute is used up, for the listings it hit', async () => {
    await command(simulator, 'quota', { perMinute: 1 });
    const sent = await port.submit([change('A'), change('B')], 'k');
    expect(sent.receipts).toMatchObject([
      { sku: 'A', outcome: 'accepted' },
      { sku: 'B', outcome: 'retry', code: 'throttled', againInMs: 60_000 },
    ]);
  });

  it('waits until noon UTC when the quota of the day is used up', async () => {
    await command(simulator, 'quota', { perDay: 0 });
    expect(await failure(port.observe?.(null))).toMatchObject({
      kind: 'throttled',
      code: 'daily_quota_used',
    });
    const reply = { status: 429, headers: {}, body: Buffer.from(JSON.stringify(DAILY)) };
    expect(quotaWaitMs(reply, '2026-11-24T11:59:00.000Z')).toBe(60_000);
    expect(quotaWaitMs(reply, '2026-11-24T12:00:00.000Z')).toBe(86_400_000);
    expect(quotaWaitMs({ ...reply, headers: { 'retry-after': '5' } }, '2026-11-24T12:00:00.000Z')).toBe(
      5_000,
    );
  });

  it('calls a failed or broken batch unknown, and the same batch later does no harm', async () => {
    for (const kind of ['fail', 'drop-before', 'drop-after'] as const) {
      simulator.faults.add({ kind, match: '/batch/' });
      expect(await failure(port.submit([change('A')], 'k'))).toMatchObject({ kind: 'ambiguous' });
      await port.submit([change('A')], 'k');
      expect(simulator.held().get('A')).toEqual(LISTING);
    }
  });

  it('settles a submission whose answer was lost', async () => {
    simulator.faults.add({ kind: 'drop-after', match: '/batch/' });
    const before = instantOf(Date.now());
    await failure(port.submit([change('A')], 'k'));
    const pending = { ...pendingOf([change('A')], { id: null, receipts: [] }), sentAt: before };
    expect((await port.settle?.(pending))?.verdicts).toMatchObject([{ sku: 'A', outcome: 'live' }]);
  });

  it('gives a call up for lost when nothing of it shows after ten minutes', async () => {
    simulator.faults.add({ kind: 'drop-before', match: '/batch/' });
    await failure(port.submit([change('A')], 'k'));
    const lost = (minutes: number): PendingSubmission => ({
      ...pendingOf([change('A')], { id: null, receipts: [] }),
      sentAt: instantOf(Date.now() - minutes * 60_000),
    });
    expect((await port.settle?.(lost(9)))?.verdicts).toEqual([]);
    expect((await port.settle?.(lost(11)))?.verdicts).toEqual([
      { sku: 'A', outcome: 'retry', code: 'not_seen' },
    ]);
  });

  it('never takes a failed read for an empty account', async () => {
    simulator.faults.add({ kind: 'fail', match: 'GET /products' });
    expect(await failure(port.observe?.(null))).toMatchObject({ kind: 'ambiguous' });
    simulator.faults.add({ kind: 'fail', match: 'GET /datasources' });
    open();
    expect(await failure(port.observe?.(null))).toMatchObject({ kind: 'ambiguous' });
    simulator.faults.add({ kind: 'fail', match: '/batch/' });
    expect(await failure(port.settle?.(pendingOf([change('A')], { id: null, receipts: [] })))).toMatchObject({
      kind: 'ambiguous',
    });
  });

  it('says "not sent" when nobody answers at the address', async () => {
    const address = simulator.url;
    open({ endpoint: address, tokenEndpoint: 'http://127.0.0.1:9/token' });
    expect(await failure(port.submit([change('A')], 'k'))).toMatchObject({
      kind: 'not-sent',
      code: 'unreachable',
    });
  });

  it('fetches one token for many calls at once', async () => {
    open();
    const before = tokenCalls();
    await Promise.all([
      channel.check(),
      channel.check(),
      port.observe?.(null),
      port.submit([change('A')], 'k'),
    ]);
    expect(tokenCalls() - before).toBe(1);
  });

  it('replaces a token that died in the middle of a batch and sends only the rest again', async () => {
    await command(simulator, 'expire', { afterCalls: 2 });
    const changes = ['A', 'B', 'C', 'D'].map((sku) => change(sku));
    const sent = await port.submit(changes, 'k');
    expect(sent.receipts.map((receipt) => receipt.outcome)).toEqual(Array(4).fill('accepted'));
    expect(simulator.held().size).toBe(5);
  });

  it('replaces a token before Google refuses it', async () => {
    let monotonic = 0;
    open({}, { ...systemClock, monotonicMs: () => monotonic });
    await channel.check();
    const before = tokenCalls();
    await channel.check();
    expect(tokenCalls()).toBe(before);
    monotonic = 3_000_000;
    await channel.check();
    expect(tokenCalls()).toBe(before + 1);
  });

  it('reports a revoked key as lost access and stops asking', async () => {
    await command(simulator, 'revoke');
    const before = simulator.calls.length;
    expect(await failure(port.submit([change('A')], 'k'))).toMatchObject({
      kind: 'auth-lost',
      code: 'credentials_refused',
      owner: 'operator',
    });
    expect(simulator.calls.length - before).toBeLessThanOrEqual(3);
  });

  it('tells an unregistered project from an expired token and does not fetch tokens in a loop', async () => {
    await command(simulator, 'register', { registered: false });
    const before = tokenCalls();
    expect(await failure(port.submit([change('A')], 'k'))).toMatchObject({
      kind: 'auth-lost',
      code: 'gcp_not_registered',
    });
    expect(tokenCalls()).toBe(before);
    expect(await channel.check()).toMatchObject([{ severity: 'error', code: 'gcp_not_registered' }]);
  });

  it('checks the account: ready, wrong account, wrong data source', async () => {
    expect(await channel.check()).toEqual([]);
    open({ account: '42' });
    expect(await channel.check()).toMatchObject([{ code: 'permission_missing' }]);
    open({ dataSource: '99' });
    expect(await channel.check()).toMatchObject([{ code: 'data_source_not_found' }]);
    open({ dataSource: '1001' });
    expect(await channel.check()).toMatchObject([{ code: 'data_source_not_writable' }]);
  });

  it('keeps the key out of every message', async () => {
    const { serviceAccountKey } = settingsOf(simulator);
    const secret = (JSON.parse(serviceAccountKey ?? '') as { private_key: string }).private_key.slice(40, 80);
    await command(simulator, 'revoke');
    const refused = (await failure(port.submit([change('A')], 'k'))) as Error;
    expect(`${refused.message} ${JSON.stringify(refused)}`).not.toContain(secret);
    expect(() => open({ serviceAccountKey: `{"private_key":"${secret}"` })).toThrow(
      'is not the JSON key file',
    );
    expect(() => open({ serviceAccountKey: `{"private_key":"${secret}"` })).not.toThrow(secret);
  });
});
