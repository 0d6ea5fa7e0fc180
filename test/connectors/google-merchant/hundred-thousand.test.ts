import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { ListingChange, OpenChannel, PendingSubmission } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { command, LISTING, settingsOf } from './support.js';
import { type VirtualTime, virtualTime } from './virtual-time.js';

/** 100,000 with OMNIFEED_PROOF_OFFERS=100000 (a few minutes); fewer by default, with quotas in proportion. */
const OFFERS = Number(process.env.OMNIFEED_PROOF_OFFERS ?? 2_000);
const BATCH = 50;
/** What reading everything costs. */
const PAGES = Math.ceil(OFFERS / 1_000);
const PROCESSING_MS = 5 * 60_000;
const MINUTES_OF_LOAD = 60;
/** Two and a half calls per offer and day, as an account of that size has; the minute allows a first load in about an hour. */
const PER_DAY = OFFERS * 2.5;
const PER_MINUTE = Math.ceil(OFFERS / MINUTES_OF_LOAD / 0.8);
const GROUPS = {
  writes: 'merchant-product-write-methods',
  reads: 'merchant-product-read-methods',
  reports: 'merchant-report-methods',
} as const;

type Counted = Record<keyof typeof GROUPS, number>;

describe(`${OFFERS} offers through one account within its quotas`, { shuffle: false }, () => {
  let simulator: RunningSimulator;
  let time: VirtualTime;
  let listings: Required<NonNullable<OpenChannel['listings']>>;
  const figures: string[] = [];

  beforeAll(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: PROCESSING_MS });
    time = virtualTime(simulator);
    await command(simulator, 'quota', { perDay: PER_DAY, perMinute: PER_MINUTE, group: GROUPS.writes });
    await command(simulator, 'quota', { perDay: PER_DAY, perMinute: PER_MINUTE, group: GROUPS.reads });
    const { callsPerMinute: _, ...settings } = settingsOf(simulator);
    listings = googleMerchant.open(settings, time.host).listings as typeof listings;
  });
  afterAll(async () => {
    await simulator.stop();
    process.stdout.write(`${figures.join('\n')}\n`);
  });

  async function counted(): Promise<Counted> {
    const { calls } = (await (
      await fetch(`${simulator.url}/_sim/calls-by-group`, {
        method: 'POST',
        headers: { connection: 'close' },
        body: '{}',
      })
    ).json()) as {
      calls: Record<string, number>;
    };
    const of = (name: string): number => calls[name] ?? 0;
    return { writes: of(GROUPS.writes), reads: of(GROUPS.reads), reports: of(GROUPS.reports) };
  }

  /** Sends everything in batches as the engine does, then asks for verdicts until all are told; counts calls and virtual minutes. */
  async function deliver(what: string, changes: readonly ListingChange[]): Promise<void> {
    const before = await counted();
    const began = time.waitedMs();
    const pending: PendingSubmission[] = [];
    let accepted = 0;
    for (let from = 0; from < changes.length; from += BATCH) {
      const batch = changes.slice(from, from + BATCH);
      const { id, receipts } = await listings.submit(batch, `k${from}`);
      accepted += receipts.filter(({ outcome }) => outcome === 'accepted').length;
      const items = batch.map(({ sku, action }) => ({ sku, action, externalId: null, kind: null }));
      pending.push({ id, key: `k${from}`, sentAt: time.host.clock.now(), items });
    }
    const sentMinutes = (time.waitedMs() - began) / 60_000;
    expect(accepted).toBe(changes.length);
    await time.wait(PROCESSING_MS + 1_000);
    let verdicts = 0;
    for (const submission of pending) verdicts += (await listings.settle(submission)).verdicts.length;
    expect(verdicts).toBe(changes.length);
    const after = await counted();
    figures.push(
      `${what}: ${changes.length} changes in ${sentMinutes.toFixed(0)} min; writes ${after.writes - before.writes} (optimum ${changes.length}), ` +
        `product reads ${after.reads - before.reads}, reports ${after.reports - before.reports} for ${changes.length} verdicts`,
    );
    expect(after.writes - before.writes).toBe(changes.length);
  }

  const offer = (place: number, version: number, more: Partial<ListingChange> = {}): ListingChange => ({
    ...{ sku: `SKU-${place}`, action: 'upsert', externalId: null, kind: null, version },
    attributes: { ...LISTING, title: `Shirt ${place}`, price: `${10 + (place % 90)}.00 USD` },
    ...more,
  });
  const known = { externalId: 'en~US~x' };
  const range = (count: number, from = 0): number[] => Array.from({ length: count }, (_, n) => from + n);

  it('takes the first load at the pace of the minute, with one report per fifty verdicts and no other read', async () => {
    const before = await counted();
    await deliver(
      'first load',
      range(OFFERS).map((place) => offer(place, 1)),
    );
    const after = await counted();
    expect(after.reads - before.reads).toBe(0);
    expect(after.reports - before.reports).toBe(OFFERS / BATCH);
  }, 900_000);

  it('takes a tenth of prices changed, and reads all products once instead of one read per verdict', async () => {
    const before = await counted();
    const changes = range(OFFERS / 10).map((place) =>
      offer(place, 2, { ...known, action: 'offer', attributes: { ...LISTING, price: '99.00 USD' } }),
    );
    await deliver('price changes', changes);
    const after = await counted();
    expect(after.reads - before.reads).toBeLessThanOrEqual(3 * PAGES + 2 * BATCH);
  }, 900_000);

  it('takes stock-outs and removals', async () => {
    const sold = range(OFFERS / 100, OFFERS / 10).map((place) =>
      offer(place, 2, {
        ...known,
        action: 'offer',
        attributes: { ...LISTING, availability: 'out_of_stock' },
      }),
    );
    const gone = range(OFFERS / 100, OFFERS / 2).map((place) =>
      offer(place, 2, { ...known, action: 'remove', attributes: {} }),
    );
    await deliver('stock-outs', sold);
    await deliver('removals', gone);
    expect(simulator.held().size).toBe(OFFERS - gone.length);
    expect(simulator.held().get(`SKU-${OFFERS / 10}`)).toMatchObject({ availability: 'out_of_stock' });
    expect(simulator.held().get('SKU-0')).toMatchObject({ price: '99.00 USD' });
  }, 900_000);

  it('reads everything back at a thousand per call', async () => {
    const before = await counted();
    let seen = 0;
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page: { items: readonly unknown[]; next: string | null } = await listings.observe(cursor);
      seen += page.items.length;
      cursor = page.next;
    }
    const reads = (await counted()).reads - before.reads;
    figures.push(`reading back: ${seen} products in ${reads} calls (optimum ${Math.ceil(seen / 1_000)})`);
    expect(reads).toBe(Math.ceil(seen / 1_000));
  }, 900_000);

  it('lives through a refresh before the thirty days are over, still within the quotas', async () => {
    await time.wait(22 * 86_400_000);
    const left = OFFERS - OFFERS / 100;
    const refreshed = range(OFFERS)
      .filter((place) => place < OFFERS / 2 || place >= OFFERS / 2 + OFFERS / 100)
      .map((place) => offer(place, 3, known));
    await deliver('refresh', refreshed);
    await time.wait(10 * 86_400_000);
    expect(simulator.held().size).toBe(left);
  }, 900_000);
});
