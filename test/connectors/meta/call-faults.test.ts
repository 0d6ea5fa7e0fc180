import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meta } from '../../../connectors/meta/index.js';
import type { MetaSettings } from '../../../connectors/meta/settings.js';
import { simulator as module } from '../../../connectors/meta/simulator/index.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import type { Fault, RunningSimulator } from '../../../src/channel/simulator.js';
import { graphCaller } from './graph-caller.js';
import { change, failure, LISTING, pendingOf, testHost } from './support.js';

const german = [{ type: 'LANGUAGE', value: 'de_XX', title: 'Hemd' }];
/** Every kind of call the port makes, how it is brought about, and whether the failure reaches the caller as an exception. */
const CALLS: readonly {
  readonly call: string;
  readonly lane: 'batch' | 'management';
  readonly thrown: boolean;
  make(channel: OpenChannel): Promise<unknown>;
}[] = [
  { call: 'debug_token', lane: 'management', thrown: true, make: (channel) => channel.check() },
  {
    call: 'GET /v26.0/990000000000001',
    lane: 'management',
    thrown: true,
    make: (channel) => channel.check(),
  },
  { call: 'product_feeds', lane: 'management', thrown: true, make: (channel) => channel.check() },
  { call: 'diagnostics', lane: 'management', thrown: true, make: (channel) => channel.check() },
  {
    call: '/items_batch',
    lane: 'batch',
    thrown: true,
    make: async (channel) => channel.listings?.submit([change('A')], 'k'),
  },
  {
    call: 'localized_items_batch',
    lane: 'batch',
    thrown: false,
    make: async (channel) => channel.listings?.submit([change('A', { ...LISTING, overrides: german })], 'k'),
  },
  {
    call: 'check_batch_request_status',
    lane: 'management',
    thrown: true,
    make: async (channel) => {
      const changes = [change('A')];
      return channel.listings?.settle?.(pendingOf(changes, await channel.listings.submit(changes, 'k')));
    },
  },
  {
    call: 'products',
    lane: 'management',
    thrown: true,
    make: async (channel) => channel.listings?.observe?.(null),
  },
];
const FAULTS: readonly (readonly [Fault['kind'], string])[] = [
  ['throttle', 'throttled'],
  ['fail', 'ambiguous'],
  ['drop-before', 'ambiguous'],
  ['drop-after', 'ambiguous'],
];

describe.each(CALLS)('faults of $call', ({ call, thrown, make }) => {
  let simulator: RunningSimulator;
  let channel: OpenChannel;
  beforeEach(async () => {
    simulator = await module.start({ port: 0, processingMs: 0 });
    channel = meta.open(simulator.settings as MetaSettings, testHost());
  });
  afterEach(() => simulator.stop());

  it.each(FAULTS)('%s is the class it is, and the next call goes through', async (kind, expected) => {
    simulator.faults.add({ kind, match: call, ms: 500 });
    const outcome = await failure(make(channel));
    if (thrown) expect(outcome).toMatchObject({ kind: expected });
    else expect(outcome).toBe('no failure');
    // Nothing of the failed call is stuck: a channel opened anew does the same without a fault.
    expect(await failure(make(meta.open(simulator.settings as MetaSettings, testHost())))).toBe('no failure');
    expect([...simulator.held().keys()].every((sku) => sku === 'A')).toBe(true);
  });

  it('an ended token, a lost permission and an expired version stop the channel', async () => {
    const graph = graphCaller(simulator);
    for (const [code, expected] of [
      [190, 'credentials_refused'],
      [200, 'permission_missing'],
      [2_635, 'version_expired'],
    ] as const) {
      await graph.command('error', { match: call.replace('GET /v26.0/', 'GET '), code });
      const outcome = await failure(make(channel));
      if (thrown) expect(outcome).toMatchObject({ kind: 'auth-lost', code: expected });
      else expect(outcome).toBe('no failure');
    }
  });
});

describe('the two budgets', () => {
  it.each(CALLS.filter(({ call }) => call !== 'localized_items_batch'))(
    '$call is counted against $lane, and the other lane goes on when it is used up',
    async ({ call, lane, make }) => {
      const simulator = await module.start({ port: 0, processingMs: 0 });
      const channel = meta.open(simulator.settings as MetaSettings, testHost());
      simulator.faults.add({ kind: 'throttle', match: call, ms: 120_000 });
      expect(await failure(make(channel))).toMatchObject({ kind: 'throttled', againInMs: 120_000 });
      const calls = simulator.calls.length;
      const [batch, management] = [
        await failure(channel.listings?.submit([change('B')], 'k')),
        await failure(channel.listings?.observe?.(null)),
      ];
      const [resting, going] = lane === 'batch' ? [batch, management] : [management, batch];
      expect(resting).toMatchObject({ kind: 'throttled', code: 'throttled' });
      expect(going).toBe('no failure');
      expect(simulator.calls.length - calls).toBe(1);
      await simulator.stop();
    },
  );
});
