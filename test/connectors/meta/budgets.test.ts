import { describe, expect, it } from 'vitest';
import { classOf, type GraphError } from '../../../connectors/meta/failures.js';
import { catalogLanes } from '../../../connectors/meta/lanes.js';
import { usageOf } from '../../../connectors/meta/usage.js';
import { tokenBucket } from '../../../src/channel/throttle.js';
import { failure, testHost } from './support.js';

const call = { lane: 'batch', catalogId: '77' } as const;
const business = (value: unknown): Record<string, string> => ({
  'x-business-use-case-usage': JSON.stringify(value),
});

describe('the usage headers of Meta', () => {
  it('give the worst of calls, CPU and wall time of each budget, the wait in minutes', () => {
    const header = business({
      77: [
        { type: 'catalog_batch', call_count: 10, total_time: 80, estimated_time_to_regain_access: 0 },
        { type: 'catalog_management', call_count: 96, estimated_time_to_regain_access: 3 },
      ],
    });
    expect(usageOf(header, call)).toEqual(
      new Map([
        ['batch', { percent: 80, regainMs: 0 }],
        ['management', { percent: 96, regainMs: 180_000 }],
      ]),
    );
  });

  it('are taken for the budget of the call when the name is unknown, and for every budget when the whole app is meant', () => {
    expect(usageOf(business({ 5: [{ type: 'whatever', call_count: 40 }] }), call)).toEqual(
      new Map([['batch', { percent: 40, regainMs: 0 }]]),
    );
    expect(usageOf({ 'x-app-usage': '{"call_count":97,"total_time":1,"total_cputime":1}' }, call)).toEqual(
      new Map([
        ['batch', { percent: 97, regainMs: 0 }],
        ['management', { percent: 97, regainMs: 0 }],
      ]),
    );
  });

  it('count another catalog only when ours is not named', () => {
    const other = [{ type: 'catalog_batch', call_count: 99 }];
    expect(usageOf(business({ 8: other, 77: [{ type: 'catalog_batch', call_count: 2 }] }), call)).toEqual(
      new Map([['batch', { percent: 2, regainMs: 0 }]]),
    );
    expect(usageOf(business({ 8: other }), call).get('batch')?.percent).toBe(99);
  });

  it('are ignored when they are not what is documented', () => {
    for (const text of ['oops', '[]', '{"77":3}', '{"77":[1]}'])
      expect(usageOf({ 'x-business-use-case-usage': text, 'x-app-usage': '7' }, call).size).toBe(0);
  });
});

describe('the lanes of a catalog', () => {
  function lanes() {
    let ms = 0;
    const time = { now: () => new Date(ms).toISOString(), monotonicMs: () => ms };
    const made = new Map<string, ReturnType<typeof tokenBucket>>();
    const host = {
      ...testHost(),
      clock: time,
      bucket: (name: string, spec: Parameters<typeof tokenBucket>[0]) => {
        const bucket = made.get(name) ?? tokenBucket(spec, time);
        made.set(name, bucket);
        return bucket;
      },
    };
    return { lanes: catalogLanes('77', host), made, pass: (by: number) => (ms += by) };
  }

  it('make the caller come back while Meta wants a rest, and let it through afterwards', async () => {
    const { lanes: open, pass } = lanes();
    open.heed(new Map([['batch', { percent: 100, regainMs: 180_000 }]]));
    expect(await failure(open.enter('batch', 'items_batch'))).toMatchObject({
      kind: 'throttled',
      againInMs: 180_000,
    });
    await open.enter('management', 'products');
    pass(180_000);
    await open.enter('batch', 'items_batch');
  });

  it('rest a minute at 95 percent, before Meta refuses', async () => {
    const { lanes: open } = lanes();
    open.heed(new Map([['management', { percent: 95, regainMs: 0 }]]));
    expect(await failure(open.enter('management', 'products'))).toMatchObject({ againInMs: 60_000 });
  });

  it('rest together when the app as a whole is meant', async () => {
    const { lanes: open } = lanes();
    open.rest('all', 5_000);
    for (const lane of ['batch', 'management'] as const)
      expect(await failure(open.enter(lane, 'x'))).toMatchObject({ againInMs: 5_000 });
  });

  it('have a bucket of their own per catalog', () => {
    expect([...lanes().made.keys()]).toEqual(['meta-batch-77', 'meta-management-77']);
  });
});

describe('the error codes of Graph', () => {
  const error = (code: number | null, more: Partial<GraphError> = {}): GraphError => ({
    code,
    subcode: null,
    type: 'OAuthException',
    message: 'Whatever',
    transient: false,
    ...more,
  });
  const large = { message: 'Please reduce the amount of data you are asking for, then retry' };

  it.each<readonly [string, GraphError, string, string, string]>([
    ['1 a fault', error(1), 'ambiguous', 'graph_fault', ''],
    ['1 too large', error(1, large), 'refused', 'too_much_data', ''],
    ['2', error(2), 'ambiguous', 'graph_fault', ''],
    ['4', error(4), 'throttled', 'throttled', 'all'],
    ['17', error(17), 'throttled', 'throttled', 'all'],
    ['17 that is no limit', error(17, { subcode: 1_885_172 }), 'refused', 'call_refused', ''],
    ['32', error(32), 'throttled', 'throttled', 'all'],
    ['341', error(341), 'throttled', 'throttled', 'all'],
    ['368', error(368), 'auth-lost', 'account_blocked', ''],
    ['613 of a kind', error(613, { subcode: 1_996 }), 'throttled', 'throttled', 'all'],
    ['613 for abuse', error(613), 'auth-lost', 'abuse_prevention', ''],
    ['613 with subcode 0', error(613, { subcode: 0 }), 'auth-lost', 'abuse_prevention', ''],
    ['80000', error(80_000), 'throttled', 'throttled', 'all'],
    ['80004', error(80_004), 'throttled', 'throttled', 'all'],
    ['80006', error(80_006), 'throttled', 'throttled', 'all'],
    ['80008', error(80_008), 'throttled', 'throttled', 'all'],
    ['80009', error(80_009), 'throttled', 'throttled', 'management'],
    ['80014', error(80_014), 'throttled', 'throttled', 'batch'],
    ['100', error(100), 'refused', 'parameter_refused', ''],
    ['100/33', error(100, { subcode: 33 }), 'auth-lost', 'catalog_not_reachable', ''],
    [
      '100 of a method',
      error(100, { type: 'GraphMethodException' }),
      'auth-lost',
      'catalog_not_reachable',
      '',
    ],
    ['190', error(190), 'auth-lost', 'credentials_refused', ''],
    ['102', error(102), 'auth-lost', 'credentials_refused', ''],
    ['10', error(10), 'auth-lost', 'permission_missing', ''],
    ['200', error(200), 'auth-lost', 'permission_missing', ''],
    ['271', error(271), 'auth-lost', 'permission_missing', ''],
    ['2635', error(2_635), 'auth-lost', 'version_expired', ''],
    ['3962', error(3_962), 'auth-lost', 'permission_unknown', ''],
  ])('%s', (_, given, kind, code, rests) => {
    expect(classOf(given, true)).toMatchObject({ kind, code });
    expect(classOf(given, true)?.rests ?? '').toBe(rests);
  });

  it('tell what to do for each way a token can end', () => {
    const advice = [null, 458, 463, 464].map(
      (subcode) => classOf(error(190, { subcode }), true)?.advice ?? '',
    );
    expect(new Set(advice).size).toBe(4);
    expect(classOf(error(190, { subcode: 460 }), true)?.advice).toBe(advice[0]);
  });

  it('do not stop the channel for an object other than the catalog', () => {
    expect(classOf(error(100, { subcode: 33 }), false)).toMatchObject({
      kind: 'refused',
      code: 'object_not_reachable',
    });
  });

  it('leave unknown codes to the status, unless Meta calls them passing', () => {
    expect(classOf(error(424_242), true)).toBeNull();
    expect(classOf(error(80_007), true)).toBeNull();
    expect(classOf(error(null), true)).toBeNull();
    expect(classOf(error(424_242, { transient: true }), true)).toMatchObject({ kind: 'ambiguous' });
  });
});
