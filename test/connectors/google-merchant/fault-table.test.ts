import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAILURE_TABLE } from '../../../connectors/google-merchant/failure-table.js';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { ListingChange, OpenChannel } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { ChannelError } from '../../../src/domain/errors.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { change, command, pendingOf, removal, settingsOf, testHost } from './support.js';

/** A refusal of one class, and what must become of a listing and of a call that meet it. */
interface Refusal {
  readonly about: string;
  readonly status: number;
  readonly message: string;
  readonly reason?: string;
  /** `outcome code`, or `throws kind code` where one listing alone fails like its whole batch. */
  readonly listing: string;
  readonly call: string;
  /** What a removal makes of it, where that is something else. */
  readonly removal?: string;
  /** What a patch makes of it, where that is something else. */
  readonly patch?: string;
}

const NOT_REGISTERED = 'GCP project with id p and number 1 is not registered with the merchant account.';
const NO_SOURCE = '[dataSource] Data source with id 1002 was not found.';

const REFUSALS: readonly Refusal[] = [
  ...[408, 500, 502, 503, 504].map((status) => ({
    about: `a fault of Google's own (${status})`,
    status,
    message: 'Backend error.',
    listing: 'ambiguous channel_failed',
    call: 'ambiguous channel_failed',
  })),
  {
    about: 'the quota of the minute',
    status: 429,
    message: 'Quota exceeded: quota/request_rate_too_high',
    listing: 'retry throttled',
    call: 'throttled throttled',
  },
  {
    about: 'the quota of the day',
    status: 429,
    message: 'Quota exceeded: quota/daily_limit_exceeded',
    listing: 'retry daily_quota_used',
    call: 'throttled daily_quota_used',
  },
  {
    about: 'an account that is full',
    status: 429,
    message: 'Merchant quota exceeded',
    reason: 'too_many_items',
    listing: 'rejected too_many_items',
    call: 'refused too_many_items',
  },
  {
    about: 'a token nobody takes',
    status: 401,
    message: 'Request had invalid authentication credentials.',
    listing: 'throws auth-lost credentials_refused',
    call: 'auth-lost credentials_refused',
  },
  {
    about: 'an unregistered project',
    status: 401,
    message: NOT_REGISTERED,
    listing: 'throws auth-lost gcp_not_registered',
    call: 'auth-lost gcp_not_registered',
  },
  {
    about: 'a missing permission',
    status: 403,
    message: 'The caller does not have permission',
    listing: 'throws auth-lost permission_missing',
    call: 'auth-lost permission_missing',
  },
  {
    about: 'an API that is off',
    status: 403,
    message: 'Merchant API has not been used in project 1 before or it is disabled.',
    reason: 'SERVICE_DISABLED',
    listing: 'throws auth-lost api_not_enabled',
    call: 'auth-lost api_not_enabled',
  },
  {
    about: 'a data source that is gone',
    status: 404,
    message: NO_SOURCE,
    listing: 'retry data_source_not_found',
    call: 'auth-lost data_source_not_found',
  },
  {
    about: 'an account that is not there',
    status: 404,
    message: '[name] The account 5551234567 was not found.',
    listing: 'retry account_not_found',
    call: 'auth-lost account_not_found',
  },
  {
    about: 'a wrong value',
    status: 400,
    message: '[productAttributes.imageLink] Invalid.',
    reason: 'INVALID_URL',
    listing: 'rejected invalid_url',
    call: 'refused invalid_argument',
  },
  {
    about: 'something that is not there',
    status: 404,
    message: '[name] The product input was not found.',
    listing: 'rejected not_found',
    call: 'refused not_found',
    removal: 'removed',
    patch: 'accepted',
  },
  {
    about: 'a newer version',
    status: 409,
    message: '[versionNumber] The version number is lower.',
    listing: 'rejected newer_version_won',
    call: 'refused newer_version_won',
  },
  {
    about: 'an API that has ended',
    status: 410,
    message: 'The API has been shut down for project p.',
    listing: 'throws refused api_sunset',
    call: 'refused api_sunset',
  },
];

describe('each class of refusal, once per kind of call', () => {
  let simulator: RunningSimulator;
  let channel: OpenChannel;
  let listings: Required<NonNullable<OpenChannel['listings']>>;

  beforeEach(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
    channel = googleMerchant.open(settingsOf(simulator), testHost());
    listings = channel.listings as typeof listings;
    // The data source and the quotas are known: only the call in question meets the refusal.
    await listings.submit([change('A')], 'k');
  });
  afterEach(() => simulator.stop());

  /** Enough times that a second try with another token meets it as well. */
  const refuse = ({ status, message, reason }: Refusal, call: string, times = 2): Promise<void> =>
    command(simulator, 'fail', { call, status, message, reason: reason ?? '', times });

  async function outcomeOf(changes: readonly ListingChange[]): Promise<string> {
    try {
      const { receipts } = await listings.submit(changes, 'k');
      const [receipt] = receipts;
      if (receipt?.outcome === 'rejected') return `rejected ${receipt.issues.map(({ code }) => code).join()}`;
      return receipt !== undefined && 'code' in receipt
        ? `${receipt.outcome} ${receipt.code}`
        : String(receipt?.outcome);
    } catch (error) {
      return `throws ${failureOf(error)}`;
    }
  }
  function failureOf(error: unknown): string {
    if (!(error instanceof ChannelError)) throw error;
    if (error.advice === '') throw new Error(`${error.code} advises nothing`);
    return `${error.kind} ${error.code}`;
  }
  const failed = (work: Promise<unknown> | undefined): Promise<string> =>
    Promise.resolve(work).then(
      (value) => JSON.stringify(value),
      (error: unknown) => failureOf(error),
    );

  /** The channel of an account that sends stock for a merchant. */
  const provider = (): OpenChannel =>
    googleMerchant.open(
      settingsOf(simulator, {
        lfpTargetAccount: '777',
        lfpStores: [{ code: 'S1', address: '1 Main St, Springfield' }],
      }),
      testHost(),
    );
  const ACCOUNT_READS = [
    ...['accounts.get', 'homepage.get', 'programs.list', 'automaticImprovements.get', 'issues.list'],
    ...['aggregateProductStatuses.list', 'lfpMerchantStates.get'],
  ];

  describe.each(REFUSALS)('$about', (refusal) => {
    it('is told for an insert', async () => {
      await refuse(refusal, 'productInputs.insert');
      expect(await outcomeOf([change('B', undefined, { version: 2 })])).toBe(refusal.listing);
    });

    it('is told for a patch', async () => {
      await refuse(refusal, 'productInputs.patch');
      const patched = await outcomeOf([change('A', undefined, { action: 'offer', version: 2 })]);
      expect(patched).toBe(refusal.patch ?? refusal.listing);
    });

    it('is told for a removal', async () => {
      await refuse(refusal, 'productInputs.delete');
      expect(await outcomeOf([removal('A')])).toBe(refusal.removal ?? refusal.listing);
    });

    it('gives no verdict when it meets the question for one', async () => {
      const changes = [change('A', { ...change('A').attributes, title: 'Another title' }, { version: 5 })];
      const pending = pendingOf(changes, await listings.submit(changes, 'k'));
      await refuse(refusal, 'products.get', 1);
      await refuse(refusal, 'reports.search', 1);
      const told = await listings.settle(pending).then(
        ({ verdicts }) => verdicts,
        (error: unknown) => failureOf(error),
      );
      const expired = refusal.call === 'auth-lost credentials_refused';
      if (expired) expect(told).toMatchObject([{ sku: 'A', outcome: 'live' }]);
      else if (typeof told === 'string') expect(told).toBe(refusal.call);
      else expect(told).toEqual([]);
    });

    it.each<[string, string, () => Promise<unknown> | undefined]>([
      ['reading products', 'products.list', () => listings.observe(null)],
      ['listing data sources', 'dataSources.list', () => channel.actions?.['data-sources']?.run({})],
      [
        'making a test account',
        'createTestAccount',
        () => channel.actions?.['create-test-account']?.run({ name: 'T' }),
      ],
      [
        'listing subscriptions',
        'notificationsubscriptions.list',
        () => channel.actions?.subscriptions?.run({}),
      ],
      [
        'subscribing',
        'notificationsubscriptions.create',
        () => channel.actions?.subscribe?.run({ callBackUri: 'https://feeds.example.com/h' }),
      ],
      ['listing stores of a merchant', 'lfpStores.list', () => provider().actions?.['lfp-stores']?.run({})],
      ['stating stores', 'lfpStores.insert', () => provider().actions?.['lfp-put-stores']?.run({})],
    ])('is told for %s', async (_what, call, work) => {
      await refuse(refusal, call);
      expect(await failed(work())).toBe(refusal.call);
    });

    it('is told by the check for every part of the account, and does not hide the rest', async () => {
      for (const call of ACCOUNT_READS) {
        await refuse(refusal, call);
        const told = await failed(provider().check());
        expect(`${call}: ${told}`).toContain(refusal.call.split(' ')[1]);
      }
    });

    it('is told for creating a data source, and nothing is sent', async () => {
      channel = googleMerchant.open(settingsOf(simulator, { feedLabel: 'GB' }), testHost());
      listings = channel.listings as typeof listings;
      await refuse(refusal, 'dataSources.create');
      expect(await outcomeOf([change('B')])).toBe(`throws ${refusal.call}`);
      expect([...simulator.held().keys()]).toEqual(['A']);
    });

    it('does not keep listings back when only the quotas cannot be read', async () => {
      channel = googleMerchant.open(settingsOf(simulator), testHost());
      listings = channel.listings as typeof listings;
      await refuse(refusal, 'quotas.list');
      const lost = ['credentials_refused', 'gcp_not_registered', 'api_not_enabled'];
      const stops = lost.some((code) => refusal.call.endsWith(code));
      expect(await outcomeOf([change('B')])).toBe(stops ? `throws ${refusal.call}` : 'accepted');
    });
  });

  it.each(['drop-before', 'drop-after', 'fail'] as const)(
    'knows nothing after the connection broke (%s), and the same batch later is accepted',
    async (kind) => {
      const changes: readonly JsonObject[] = [{}, { action: 'offer' }, { action: 'remove' }];
      for (const [place, more] of changes.entries()) {
        simulator.faults.add({ kind, match: '/batch/' });
        const one = [change('A', undefined, { ...more, version: 2 + place })];
        expect(await outcomeOf(one)).toMatch(/^throws ambiguous (no_answer|channel_failed)$/);
        expect(await outcomeOf(one)).toMatch(/^(accepted|removed)$/);
      }
    },
  );

  it('meets every row of the table of failures', () => {
    const met = new Set(REFUSALS.map((refusal) => refusal.call.split(' ')[1]));
    const elsewhere = ['data_source_local', 'data_source_not_writable'];
    const rows = new Set(FAILURE_TABLE.map((row) => row.code));
    expect([...rows].filter((code) => !met.has(code) && !elsewhere.includes(code))).toEqual([]);
  });
});
