import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meta } from '../../../connectors/meta/index.js';
import { findingsOf } from '../../../connectors/meta/issues.js';
import type { MetaSettings } from '../../../connectors/meta/settings.js';
import { type RunningGraph, startGraph } from '../../../connectors/meta/simulator/index.js';
import type { ListingChange, ListingPort, Settlement } from '../../../src/channel/connector.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { graphCaller } from './graph-caller.js';
import { change, failure, LISTING, pendingOf, testHost } from './support.js';

const PROCESSING_MS = 60_000;

describe('what may become of a batch at Meta', () => {
  let nowMs: number;
  let simulator: RunningGraph;
  let graph: ReturnType<typeof graphCaller>;
  let port: ListingPort;
  beforeEach(async () => {
    nowMs = Date.now();
    simulator = await startGraph({ port: 0, processingMs: PROCESSING_MS }, () => nowMs);
    graph = graphCaller(simulator);
    port = open();
  });
  afterEach(() => simulator.stop());

  function open(settings: Partial<MetaSettings> = {}): ListingPort {
    const { listings } = meta.open({ ...(simulator.settings as MetaSettings), ...settings }, testHost());
    if (!listings) throw new Error('no listings');
    return listings;
  }
  async function deliver(
    changes: readonly ListingChange[],
    to: ListingPort = port,
    waitMs = PROCESSING_MS,
  ): Promise<Settlement['verdicts']> {
    const sent = await to.submit(changes, 'k');
    nowMs += waitMs;
    return (await to.settle?.(pendingOf(changes, sent)))?.verdicts ?? [];
  }
  const fate = (name: string): Promise<JsonObject> => graph.command('batch-fate', { fate: name });
  const batchCalls = (): number => simulator.calls.filter(({ path }) => path.endsWith('items_batch')).length;

  it('an answer without a handle: nothing was taken, it is sent again', async () => {
    await fate('empty');
    const sent = await port.submit([change('A')], 'k');
    expect(sent).toEqual({
      id: null,
      receipts: [{ sku: 'A', outcome: 'retry', code: 'batch_not_taken' }],
    });
    expect(await deliver([change('A')])).toEqual([{ sku: 'A', outcome: 'live' }]);
  });

  it.each(['error', 'canceled'])(
    'the status %s: nobody knows what was applied, all is sent again',
    async (end) => {
      await fate(end);
      expect(await deliver([change('A'), change('B')])).toEqual([
        { sku: 'A', outcome: 'retry', code: 'batch_stopped' },
        { sku: 'B', outcome: 'retry', code: 'batch_stopped' },
      ]);
      await deliver([change('A'), change('B')]);
      expect([...simulator.held().keys()].sort()).toEqual(['A', 'B']);
    },
  );

  it('a handle Meta forgets: it is sent again, once its batch can no longer be under way', async () => {
    await fate('lost');
    const changes = [change('A')];
    const pending = pendingOf(changes, await port.submit(changes, 'k'));
    expect((await port.settle?.(pending))?.verdicts).toEqual([]);
    const sentAt = new Date(Date.now() - 180_000).toISOString();
    expect((await port.settle?.({ ...pending, sentAt }))?.verdicts).toEqual([
      { sku: 'A', outcome: 'retry', code: 'handle_unknown' },
    ]);
  });

  it('a batch that never ends: there is no verdict, and later looks come every five minutes', async () => {
    await fate('stuck');
    const changes = [change('A')];
    const pending = pendingOf(changes, await port.submit(changes, 'k'));
    const waits = [];
    for (const age of [0, 30_000, 60_000, 120_000, 3_000_000]) {
      const sentAt = new Date(Date.now() - age).toISOString();
      waits.push((await port.settle?.({ ...pending, sentAt }))?.againInMs ?? 0);
    }
    expect(waits.map((wait) => Math.round(wait / 1_000))).toEqual([2, 30, 60, 300, 300]);
  });

  it('a removal Meta refuses: the item is not believed gone', async () => {
    await deliver([change('A')]);
    simulator.state.undeletable.add('A');
    expect(await deliver([change('A', {}, 'remove')])).toMatchObject([
      { sku: 'A', outcome: 'rejected', issues: [{ message: 'The item A cannot be deleted right now' }] },
    ]);
  });

  it('warnings: the item is live and says so', async () => {
    const { brand: _, ...unbranded } = LISTING;
    expect(await deliver([change('A', { ...unbranded, gtin: '4006381333931' })])).toMatchObject([
      { sku: 'A', outcome: 'live', issues: [{ code: 'missing_information', severity: 'warning' }] },
    ]);
  });

  it('pages full of complaints: what is kept of them is bounded, errors first', () => {
    const row = (kind: string, count: number): JsonObject[] =>
      Array.from({ length: count }, (_, n) => ({ message: `${kind} ${n} ${'x'.repeat(10_000)}` }));
    const found = findingsOf([
      { retailer_id: 'A', errors: row('error', 3), warnings: row('warning', 5_000) },
    ]);
    const issues = found.get('A') ?? [];
    expect(issues.map(({ severity }) => severity).filter((severity) => severity === 'error')).toHaveLength(3);
    expect(issues).toHaveLength(20);
    expect(JSON.stringify(issues).length).toBeLessThan(20_000);
  });

  it('too much data: the batch is split and sent in smaller parts', async () => {
    await graph.command('error', {
      match: 'items_batch',
      code: 1,
      message: 'Please reduce the amount of data you are asking for, then retry your request',
    });
    const changes = ['A', 'B', 'C'].map((sku) => change(sku));
    expect((await deliver(changes)).map(({ outcome }) => outcome)).toEqual(['live', 'live', 'live']);
    expect(batchCalls()).toBe(3);
    expect(simulator.state.overlaps).toBe(0);
  });

  it('a refusal nobody attributes: the guilty item is found and parked, the others go through', async () => {
    const guilty = new Set(['S700']);
    simulator.state.blame = (ids) => ids.some((id) => guilty.has(id));
    const changes = Array.from({ length: 1_000 }, (_, n) => change(`S${n}`));
    const sent = await port.submit(changes, 'k');
    expect(sent.receipts.filter(({ outcome }) => outcome !== 'accepted')).toMatchObject([
      { sku: 'S700', outcome: 'rejected', issues: [{ code: 'parameter_refused' }] },
    ]);
    expect(batchCalls()).toBeLessThanOrEqual(1 + 2 * 10);
  });

  it('a refusal of everything: the budget is spared, no item is blamed, and the problem is told', async () => {
    simulator.state.blame = () => true;
    const changes = Array.from({ length: 1_000 }, (_, n) => change(`S${n}`));
    expect(await failure(port.submit(changes, 'k'))).toMatchObject({
      kind: 'ambiguous',
      code: 'batch_refused',
    });
    expect(batchCalls()).toBeLessThanOrEqual(25);
  });

  it('more than a call may carry: it goes in several, counted in bytes and not in characters', async () => {
    const wide = { ...LISTING, rich_text_description: '語'.repeat(9_000) };
    const changes = Array.from({ length: 1_100 }, (_, n) => change(`S${n}`, wide));
    const sent = await port.submit(changes, 'k');
    expect(sent.receipts.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    expect(batchCalls()).toBe(2);
    expect(simulator.calls.every(({ status }) => status === 200)).toBe(true);
  });

  describe('values of single languages and countries', () => {
    const german = { type: 'LANGUAGE', value: 'de_XX', title: 'T-Shirt aus Bio-Baumwolle' };
    const british = { type: 'COUNTRY', value: 'GB', price: '21.00 GBP' };
    const known = (attributes: JsonObject): ListingChange => ({
      ...change('A', attributes),
      externalId: '7',
    });

    it('follow the item in a batch of their own, and what a listing no longer says is cleared', async () => {
      const overrides = [british, german];
      expect(await deliver([change('A', { ...LISTING, overrides }), change('B')])).toEqual([
        { sku: 'A', outcome: 'live' },
        { sku: 'B', outcome: 'live' },
      ]);
      expect(simulator.held().get('A')).toEqual({ ...LISTING, overrides });
      expect(simulator.held().get('B')).toEqual(LISTING);
      const shorter = [british, { ...german, title: 'Hemd' }];
      await deliver([known({ ...LISTING, overrides: shorter })]);
      expect(simulator.held().get('A')).toEqual({ ...LISTING, overrides: shorter });
    });

    it('are taken away in the places of the settings when the listing has none any more', async () => {
      const kept = open({ overrides: ['de_XX', 'GB'] });
      await deliver([change('A', { ...LISTING, overrides: [british, german] })], kept);
      await deliver([known({ ...LISTING, overrides: [british] })], kept);
      expect(simulator.held().get('A')).toEqual({ ...LISTING, overrides: [british] });
    });

    it('are sent again with the item when Meta took them up before it', async () => {
      await fate('slow');
      const changes = [change('A', { ...LISTING, overrides: [german] })];
      const pending = pendingOf(changes, await port.submit(changes, 'k'));
      nowMs += PROCESSING_MS;
      expect((await port.settle?.(pending))?.verdicts).toEqual([]);
      nowMs += 10 * PROCESSING_MS;
      expect((await port.settle?.(pending))?.verdicts).toEqual([
        { sku: 'A', outcome: 'retry', code: 'override_before_item' },
      ]);
      expect(await deliver(changes)).toEqual([{ sku: 'A', outcome: 'live' }]);
      expect(simulator.held().get('A')?.overrides).toEqual([german]);
    });

    it('leave the item live when Meta finds fault with them, and the fault is shown', async () => {
      const bad = { type: 'COUNTRY', value: 'GB', link: 'nowhere' };
      expect(await deliver([known({ ...LISTING, overrides: [bad] })])).toMatchObject([
        { sku: 'A', outcome: 'live', issues: [{ code: 'bad_address', severity: 'warning' }] },
      ]);
    });

    it('are sent again when their call fails after the item was taken', async () => {
      await graph.command('error', { match: 'localized_items_batch', code: 80_014 });
      const changes = [change('A', { ...LISTING, overrides: [german] }), change('B')];
      expect((await port.submit(changes, 'k')).receipts.map(({ outcome }) => outcome)).toEqual([
        'accepted',
        'accepted',
      ]);
      const again = open();
      await graph.command('error', { match: 'localized_items_batch', code: 2 });
      expect(await deliver(changes, again)).toEqual([
        { sku: 'A', outcome: 'retry', code: 'overrides_open' },
        { sku: 'B', outcome: 'retry', code: 'overrides_open' },
      ]);
      await deliver(changes, again);
      expect(simulator.held().get('A')?.overrides).toEqual([german]);
    });

    it('are not sent with a price or stock alone, nor with a removal', async () => {
      await deliver([change('A', { ...LISTING, overrides: [german] })]);
      const calls = simulator.calls.length;
      const overrides = [{ ...german, title: 'Anders' }];
      await deliver([change('A', { ...LISTING, overrides }, 'offer')]);
      expect(simulator.held().get('A')?.overrides).toEqual([german]);
      await deliver([change('A', {}, 'remove')]);
      expect(simulator.calls.slice(calls).some(({ path }) => path.includes('localized'))).toBe(false);
      expect(simulator.held().size).toBe(0);
    });
  });
});
