import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { productStatus } from '../../../connectors/google-merchant/product-status.js';
import { statusOfView } from '../../../connectors/google-merchant/product-view.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { ListingChange, OpenChannel, PendingSubmission } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { instantOf } from '../../../src/domain/instant.js';
import { change, command, LISTING, pendingOf, settingsOf, testHost } from './support.js';

const READS = 'merchant-product-read-methods';
const REPORTS = 'merchant-report-methods';

describe('verdicts of Google', () => {
  let simulator: RunningSimulator;
  let channel: OpenChannel;
  let listings: Required<NonNullable<OpenChannel['listings']>>;

  async function start(processingMs: number): Promise<void> {
    simulator = await googleSimulator.start({ port: 0, processingMs });
    channel = googleMerchant.open(settingsOf(simulator), testHost());
    listings = channel.listings as typeof listings;
  }
  beforeEach(() => start(0));
  afterEach(() => simulator.stop());

  async function calls(): Promise<Record<string, number>> {
    const state = (await (await fetch(`${simulator.url}/_sim/state`)).json()) as {
      calls: Record<string, number>;
    };
    return { gets: state.calls[READS] ?? 0, reports: state.calls[REPORTS] ?? 0 };
  }
  const some = (count: number, version = 1, more: Partial<ListingChange> = {}): ListingChange[] =>
    Array.from({ length: count }, (_, place) =>
      change(`S${place}`, { ...LISTING, title: `Shirt ${place} ${version}` }, { version, ...more }),
    );
  async function sent(changes: readonly ListingChange[]): Promise<PendingSubmission> {
    return pendingOf(changes, await listings.submit(changes, 'k'));
  }
  const aged = (pending: PendingSubmission, minutes: number): PendingSubmission => ({
    ...pending,
    sentAt: instantOf(Date.now() - minutes * 60_000),
  });
  const outcomes = async (pending: PendingSubmission): Promise<readonly string[]> =>
    (await listings.settle(pending)).verdicts.map(({ outcome }) => outcome);

  it('judges fifty new products with one report', async () => {
    const pending = await sent(some(50));
    expect(await outcomes(pending)).toEqual(Array(50).fill('live'));
    expect(await calls()).toEqual({ gets: 0, reports: 1 });
  });

  it('asks for the refused ones by name, so that the merchant reads Google’s own words', async () => {
    simulator.refuse('S3', 'counterfeit');
    const { verdicts } = await listings.settle(await sent(some(10)));
    expect(verdicts.filter(({ outcome }) => outcome === 'rejected')).toMatchObject([
      {
        sku: 'S3',
        issues: [{ code: 'counterfeit', message: expect.stringContaining('Violation of policy') }],
      },
    ]);
    expect(await calls()).toEqual({ gets: 1, reports: 1 });
  });

  it('asks for SKUs by name that a query cannot hold', async () => {
    const odd = ["O'Brien", 'back\\slash', 'say "hi"'].map((sku) => change(sku));
    expect(await outcomes(await sent([...some(10), ...odd]))).toEqual(Array(13).fill('live'));
    expect(await calls()).toEqual({ gets: 3, reports: 1 });
  });

  it('has no verdict for what the report does not show yet, and asks by name after half an hour', async () => {
    await simulator.stop();
    await start(600_000);
    const pending = await sent(some(10));
    expect(await outcomes(pending)).toEqual([]);
    expect(await calls()).toEqual({ gets: 0, reports: 1 });
    expect(await outcomes(aged(pending, 31))).toEqual([]);
    expect(await calls()).toEqual({ gets: 10, reports: 2 });
  });

  it('never takes a report for the verdict of a changed product: it does not say which state it shows', async () => {
    await simulator.stop();
    await start(600_000);
    await sent(some(20));
    await command(simulator, 'advance', { ms: 600_000 });
    simulator.refuse('S1', 'counterfeit');
    const changed = await sent(some(20, 2, { externalId: 'en~US~x' }));
    expect(await outcomes(changed)).toEqual([]);
    expect(await calls()).toEqual({ gets: 3, reports: 0 });
    await command(simulator, 'advance', { ms: 600_000 });
    const told = await outcomes(changed);
    expect(told.filter((outcome) => outcome === 'live')).toHaveLength(19);
    expect(told.filter((outcome) => outcome === 'rejected')).toHaveLength(1);
    // Three samples again, one page of everything, and the refused one by name.
    expect(await calls()).toEqual({ gets: 8, reports: 0 });
  });

  it('reads everything once for many submissions, and by name what a page cannot tell', async () => {
    await listings.submit(some(20), 'k');
    const first = await sent(some(20, 2, { externalId: 'en~US~x' }));
    const second = await sent(some(20, 2, { externalId: 'en~US~x' }));
    expect(await outcomes(first)).toHaveLength(20);
    const before = await calls();
    expect(await outcomes(second)).toEqual(Array(20).fill('live'));
    expect(await calls()).toEqual(before);
    const gone = some(8).map((one) => ({ ...one, action: 'remove' as const }));
    expect(await outcomes(await sent(gone))).toEqual(Array(8).fill('removed'));
    expect((await calls()).gets).toBe((before.gets ?? 0) + 8);
  });

  it('goes on by name when the size of the account may not be read', async () => {
    await listings.submit(some(20), 'k');
    await command(simulator, 'fail', { call: 'aggregateProductStatuses.list', status: 403, message: 'No' });
    const before = await calls();
    expect(await outcomes(await sent(some(20, 2, { externalId: 'en~US~x' })))).toHaveLength(20);
    expect((await calls()).gets).toBe((before.gets ?? 0) + 20);
  });

  it('keeps its verdicts when Google uses words nobody has heard of', async () => {
    await command(simulator, 'strange');
    expect(await outcomes(await sent(some(10)))).toEqual(Array(10).fill('live'));
    expect(await outcomes(await sent([change('ONE')]))).toEqual(['live']);
    const page = await listings.observe(null);
    expect(page.items.every(({ state }) => state === 'live')).toBe(true);
    expect(page.items.find(({ sku }) => sku === 'ONE')?.attributes).toMatchObject({ title: LISTING.title });
  });

  it('reads the issues of a report with severity, attribute, places and what is left to do', () => {
    const { state, issues } = productStatus(
      statusOfView({
        statusPerReportingContext: [
          { reportingContext: 'SHOPPING_ADS', approvedCountries: ['US'] },
          { reportingContext: 'FREE_LISTINGS', disapprovedCountries: ['US'] },
        ],
        itemIssues: [
          {
            type: { code: 'image_link_broken', canonicalAttribute: 'n:image_link' },
            severity: {
              aggregatedSeverity: 'DISAPPROVED',
              severityPerReportingContext: [
                { reportingContext: 'FREE_LISTINGS', disapprovedCountries: ['US', 'CA'] },
                { reportingContext: 'SHOPPING_ADS', demotedCountries: ['CA'] },
              ],
            },
            resolution: 'PENDING_PROCESSING',
          },
          { type: { code: 'said_elsewhere' }, severity: { aggregatedSeverity: 'DEMOTED' } },
          { nothing: 'we know' },
        ],
      }),
      'US',
    );
    expect(state).toBe('live');
    expect(issues).toMatchObject([
      {
        code: 'image_link_broken',
        attribute: 'image_link',
        severity: 'warning',
        message: 'image_link_broken (FREE_LISTINGS; US, CA)',
        advice: 'Nothing to do: Google is still working on it.',
      },
      { code: 'said_elsewhere', severity: 'warning' },
      { code: 'unnamed_issue' },
    ]);
  });
});
