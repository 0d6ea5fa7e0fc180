import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.js';
import { change, failure, listing, openStage, pending, type Stage, testHost } from './support.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.simulator.stop());

const outcomes = (
  receipts: readonly { sku: string; outcome: string }[] | undefined,
): Record<string, string> => Object.fromEntries((receipts ?? []).map(({ sku, outcome }) => [sku, outcome]));

describe('trying listings out at Amazon', () => {
  it('tells what would be taken and what refused, and stores nothing', async () => {
    const good = await listing(stage.settings);
    const bad = { ...good, brand: undefined };
    const previews = await stage.channel.listings?.preview?.([
      change('GOOD', good),
      change('BAD', bad),
      change('GONE', {}, 'remove'),
    ]);
    expect(previews?.map(({ sku, accepted }) => [sku, accepted])).toEqual([
      ['GOOD', true],
      ['BAD', false],
    ]);
    expect(previews?.[1]?.issues).toMatchObject([{ code: '90220', attribute: 'brand', origin: 'channel' }]);
    expect(stage.simulator.held().size).toBe(0);
  });

  it('judges an offer by the listing it would change, and leaves that as it is', async () => {
    const attributes = await listing(stage.settings);
    await stage.channel.listings?.submit([change('A', attributes)], 'k');
    const before = structuredClone(stage.simulator.held().get('A'));
    const stock = { fulfillment_availability: [{ fulfillment_channel_code: 'DEFAULT', quantity: -1 }] };
    const previews = await stage.channel.listings?.preview?.([
      change('A', { ...attributes, ...stock }, 'offer'),
    ]);
    expect(previews).toMatchObject([{ sku: 'A', accepted: false }]);
    expect(stage.simulator.held().get('A')).toEqual(before);
  });
});

describe('listings on Amazon', () => {
  it('shows exactly what we computed, and calls it live only after reading back', async () => {
    const attributes = await listing(stage.settings);
    const sentAt = new Date().toISOString();
    const sent = await stage.channel.listings?.submit(
      [change('00012345', attributes), change('1e5', attributes)],
      'k',
    );
    expect(outcomes(sent?.receipts)).toEqual({ '00012345': 'accepted', '1e5': 'accepted' });
    const settled = await stage.channel.listings?.settle?.(pending(['00012345', '1e5'], sentAt));
    expect(outcomes(settled?.verdicts)).toEqual({ '00012345': 'live', '1e5': 'live' });
    expect(stage.simulator.held()).toEqual(
      new Map([
        ['00012345', attributes],
        ['1e5', attributes],
      ]),
    );
  });

  it('keeps SKUs with slashes, commas, blanks and percent signs apart', async () => {
    const attributes = await listing(stage.settings);
    const skus = ['a/b', 'a,b', 'a b', '50%', 'ü+?#'];
    const sentAt = new Date().toISOString();
    await stage.channel.listings?.submit(
      skus.map((sku) => change(sku, attributes)),
      'k',
    );
    expect([...stage.simulator.held().keys()].sort()).toEqual([...skus].sort());
    const settled = await stage.channel.listings?.settle?.(pending(skus, sentAt));
    expect(settled?.verdicts).toHaveLength(skus.length);
  });

  it('gives no verdict while Amazon is still processing', async () => {
    const slow = await openStage(60_000);
    const sentAt = new Date().toISOString();
    await slow.channel.listings?.submit([change('A', await listing(slow.settings))], 'k');
    const settled = await slow.channel.listings?.settle?.(pending(['A'], sentAt));
    expect(settled).toMatchObject({ verdicts: [], againInMs: 500 });
    await slow.simulator.stop();
  });

  it('does not take the state before a submission for its verdict', async () => {
    await stage.channel.listings?.submit([change('A', await listing(stage.settings))], 'k');
    const later = new Date(Date.now() + 1_000).toISOString();
    expect(await stage.channel.listings?.settle?.(pending(['A'], later, 'offer'))).toMatchObject({
      verdicts: [],
    });
    const longAgo = new Date(Date.now() + 1_000 - 31 * 60_000).toISOString();
    expect(
      outcomes((await stage.channel.listings?.settle?.(pending(['A'], longAgo, 'offer')))?.verdicts),
    ).toEqual({
      A: 'live',
    });
  });

  it('sends again what a killed process may never have sent, and never takes the old state for its verdict', async () => {
    await stage.channel.listings?.submit([change('A', await listing(stage.settings))], 'k');
    const settle = (minutes: number) => {
      const sentAt = new Date(Date.now() + 1_000 - minutes * 60_000).toISOString();
      const items = pending(['B'], sentAt).items.concat(
        pending(['A'], new Date(Date.now() + 1_000).toISOString(), 'remove').items,
      );
      return stage.channel.listings?.settle?.({ ...pending([], sentAt), id: null, items });
    };
    expect((await settle(9))?.verdicts).toEqual([]);
    expect((await settle(31))?.verdicts).toEqual([
      { sku: 'B', outcome: 'retry', code: 'not_seen' },
      { sku: 'A', outcome: 'retry', code: 'not_seen' },
    ]);
    const unchanged = { ...pending(['A'], new Date(Date.now() + 1_000).toISOString(), 'offer'), id: null };
    expect((await stage.channel.listings?.settle?.(unchanged))?.verdicts).toEqual([]);
  });

  it('finds its verdict when our clock is an hour ahead of Amazon’s', async () => {
    const hour = 3_600_000;
    const host = testHost(hour);
    const channel = stage.open({}, host);
    const sentAt = host.clock.now();
    await channel.listings?.submit([change('A', await listing(stage.settings))], 'k');
    const settled = await channel.listings?.settle?.(pending(['A'], sentAt));
    expect(outcomes(settled?.verdicts)).toEqual({ A: 'live' });
  });

  it('takes out of an offer what we sent before and send no more, and leaves what the seller set', async () => {
    const both = await listing(stage.settings, {
      purchasable_offer: [
        { our_price: 119.99, minimum_seller_allowed_price: 90 },
        { audience: 'B2B', our_price: 110, map_price: 100 },
      ],
    });
    await stage.channel.listings?.submit([change('A', both)], 'k1');
    const sellers = structuredClone(both.purchasable_offer) as JsonObject[];
    const seen = sellers.map((offer) =>
      offer.audience === 'ALL'
        ? { ...offer, maximum_seller_allowed_price: [{ schedule: [{ value_with_tax: 500 }] }] }
        : offer,
    );
    stage.simulator.tamper('A', { ...both, purchasable_offer: seen });
    const one = await listing(stage.settings, { purchasable_offer: { our_price: 80 } });
    const offerBefore = { purchasable_offer: both.purchasable_offer };
    const sent = await stage.channel.listings?.submit([{ ...change('A', one, 'offer'), offerBefore }], 'k2');
    expect(outcomes(sent?.receipts)).toEqual({ A: 'accepted' });
    expect(stage.simulator.held().get('A')?.purchasable_offer).toEqual([
      {
        audience: 'ALL',
        currency: 'USD',
        marketplace_id: 'ATVPDKIKX0DER',
        our_price: [{ schedule: [{ value_with_tax: 80 }] }],
        maximum_seller_allowed_price: [{ schedule: [{ value_with_tax: 500 }] }],
      },
    ]);
  });

  it('sends only the offer of an offer change, ends a sale and a list price, and keeps the lead time', async () => {
    const sale = { currency: 'USD', our_price: 119.99, discounted_price: SALE };
    const stock = { fulfillment_channel_code: 'DEFAULT', quantity: 12, lead_time_to_ship_max_days: 2 };
    const first = await listing(stage.settings, { purchasable_offer: sale, fulfillment_availability: stock });
    await stage.channel.listings?.submit([change('A', first)], 'k1');
    const { list_price: _ended, ...second } = await listing(stage.settings, {
      item_name: 'Not sent',
      purchasable_offer: { currency: 'USD', our_price: 99 },
      fulfillment_availability: { fulfillment_channel_code: 'DEFAULT', quantity: 0 },
    });
    const sentAt = new Date().toISOString();
    await stage.channel.listings?.submit([change('A', second, 'offer')], 'k2');
    const held = stage.simulator.held().get('A');
    expect(held?.item_name).toEqual(first.item_name);
    expect(held?.purchasable_offer).toEqual(second.purchasable_offer);
    expect(held?.list_price).toBeUndefined();
    expect(held?.fulfillment_availability).toEqual([
      { fulfillment_channel_code: 'DEFAULT', quantity: 0, lead_time_to_ship_max_days: 2 },
    ]);
    const settled = await stage.channel.listings?.settle?.(pending(['A'], sentAt, 'offer'));
    expect(outcomes(settled?.verdicts)).toEqual({ A: 'live' });
    expect(stage.simulator.calls.map(({ method }) => method)).toContain('PATCH');
  });

  it('keeps stock of several locations apart by their codes', async () => {
    const at = (code: string, quantity: number) => ({ fulfillment_channel_code: code, quantity });
    const stock = (...own: JsonObject[]) => listing(stage.settings, { fulfillment_availability: own });
    await stage.channel.listings?.submit(
      [change('A', await stock(at('DEFAULT', 3), at('SIM_WEST', 5)))],
      'k1',
    );
    const sold = [change('A', await stock(at('SIM_WEST', 0)), 'offer')];
    await stage.channel.listings?.submit(sold, 'k2');
    expect(stage.simulator.held().get('A')?.fulfillment_availability).toEqual([
      at('DEFAULT', 3),
      at('SIM_WEST', 0),
    ]);
    const page = await stage.channel.listings?.observe?.(null);
    expect(page?.items).toMatchObject([{ state: 'live', fulfilledBy: 'DEFAULT' }]);
  });

  it('tells that a listing is gone when an offer was taken for nothing, so that it is sent whole', async () => {
    const attributes = await listing(stage.settings);
    const before = new Date(Date.now() - 1_000).toISOString();
    await stage.channel.listings?.submit([change('A', attributes, 'offer')], 'k');
    expect(stage.simulator.held().size).toBe(0);
    const settled = await stage.channel.listings?.settle?.(pending(['A'], before, 'offer'));
    expect(settled?.verdicts).toEqual([{ sku: 'A', outcome: 'removed' }]);
  });

  it('removes a listing, and takes one that is gone for removed', async () => {
    await stage.channel.listings?.submit([change('A', await listing(stage.settings))], 'k1');
    const sent = await stage.channel.listings?.submit(
      [change('A', {}, 'remove'), change('B', {}, 'remove')],
      'k2',
    );
    expect(outcomes(sent?.receipts)).toEqual({ A: 'accepted', B: 'accepted' });
    const settled = await stage.channel.listings?.settle?.(
      pending(['A', 'B'], new Date().toISOString(), 'remove'),
    );
    expect(settled?.verdicts).toEqual([
      { sku: 'A', outcome: 'removed' },
      { sku: 'B', outcome: 'removed' },
    ]);
    expect(stage.simulator.held().size).toBe(0);
  });

  it('rejects one bad listing with Amazon’s issues and takes the others', async () => {
    const good = await listing(stage.settings);
    const { condition_type: _missing, ...bad } = good;
    const sent = await stage.channel.listings?.submit(
      [change('A', good), change('B', bad), change('C', good)],
      'k',
    );
    expect(outcomes(sent?.receipts)).toEqual({ A: 'accepted', B: 'rejected', C: 'accepted' });
    expect(sent?.receipts.find(({ sku }) => sku === 'B')).toMatchObject({
      issues: [{ severity: 'error', code: '90220', attribute: 'condition_type', origin: 'channel' }],
    });
    expect([...stage.simulator.held().keys()].sort()).toEqual(['A', 'C']);
  });

  it('reports what the review refused after acceptance', async () => {
    stage.simulator.refuse('A', '18742');
    const sentAt = new Date().toISOString();
    await stage.channel.listings?.submit([change('A', await listing(stage.settings))], 'k');
    const settled = await stage.channel.listings?.settle?.(pending(['A'], sentAt));
    expect(settled?.verdicts).toMatchObject([
      { sku: 'A', outcome: 'rejected', issues: [{ code: '18742' }, { code: 'listing_suppressed' }] },
    ]);
    expect(stage.simulator.held().size).toBe(0);
  });

  it('reads the whole inventory back past the thousand a search can show', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    try {
      for (let n = 0; n < 1_203; n++) {
        vi.setSystemTime(Date.now() + 10);
        stage.simulator.tamper(`S${n}`, await listing(stage.settings));
      }
    } finally {
      vi.useRealTimers();
    }
    await stage.command('limits', { operation: 'searchListingsItems', perSecond: 1_000, burst: 1_000 });
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: { items: readonly { sku: string }[]; next: string | null } | undefined =
        await stage.channel.listings?.observe?.(cursor);
      for (const { sku } of page?.items ?? []) seen.add(sku);
      cursor = page?.next ?? null;
    } while (cursor !== null);
    expect(seen.size).toBe(1_203);
  });

  it('notices what was changed or taken away behind our back', async () => {
    const attributes = await listing(stage.settings);
    await stage.channel.listings?.submit([change('A', attributes), change('B', attributes)], 'k');
    stage.simulator.tamper('A', { ...attributes, brand: [{ ...first(attributes.brand), value: 'Other' }] });
    stage.simulator.tamper('B', null);
    const page = await stage.channel.listings?.observe?.(null);
    expect(page?.items.map(({ sku, state }) => [sku, state])).toEqual([['A', 'live']]);
    expect(page?.items[0]?.attributes).toEqual({
      ...attributes,
      brand: [{ ...first(attributes.brand), value: 'Other' }],
    });
  });
});

describe('when calls fail', () => {
  it('tells throttling with a wait, and nothing was applied', async () => {
    stage.simulator.faults.add({ kind: 'throttle' });
    const error = await failure(
      stage.channel.listings?.submit([change('A', await listing(stage.settings))], 'k'),
    );
    expect(error).toMatchObject({ kind: 'throttled', code: 'throttled', againInMs: expect.any(Number) });
    expect(stage.simulator.held().size).toBe(0);
  });

  it('ends a batch at the first throttling, and every SKU still has a receipt', async () => {
    stage.simulator.faults.add({ kind: 'throttle', match: '/S0' });
    const attributes = await listing(stage.settings);
    const changes = Array.from({ length: 30 }, (_, n) => change(`S${n}`, attributes));
    const sent = await stage.channel.listings?.submit(changes, 'k');
    const receipts = sent?.receipts ?? [];
    const accepted = receipts.filter(({ outcome }) => outcome === 'accepted');
    const retry = receipts.filter(({ outcome }) => outcome === 'retry');
    expect(retry.length).toBeGreaterThan(1);
    expect(retry).toContainEqual({
      sku: 'S0',
      outcome: 'retry',
      code: 'throttled',
      againInMs: expect.any(Number),
    });
    expect(new Set(accepted.map(({ sku }) => sku))).toEqual(new Set(stage.simulator.held().keys()));
    expect(accepted.length + retry.length).toBe(30);
  });

  it('stays within the documented usage plan by itself', async () => {
    await stage.command('limits', { plan: 'documented' });
    const attributes = await listing(stage.settings);
    const changes = Array.from({ length: 12 }, (_, n) => change(`S${n}`, attributes));
    const sent = await stage.channel.listings?.submit(changes, 'k');
    expect(new Set(sent?.receipts.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
    expect(stage.simulator.calls.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('calls 5xx and a connection lost after the call ambiguous, and the same batch again changes nothing', async () => {
    const attributes = await listing(stage.settings);
    stage.simulator.faults.add({ kind: 'fail', match: 'PUT' });
    expect(await failure(stage.channel.listings?.submit([change('A', attributes)], 'k'))).toMatchObject({
      kind: 'ambiguous',
      code: 'channel_failed',
    });
    stage.simulator.faults.add({ kind: 'drop-after', match: 'PUT' });
    expect(await failure(stage.channel.listings?.submit([change('A', attributes)], 'k'))).toMatchObject({
      kind: 'ambiguous',
    });
    expect(stage.simulator.held().get('A')).toEqual(attributes);
    await stage.channel.listings?.submit([change('A', attributes)], 'k');
    expect(stage.simulator.held()).toEqual(new Map([['A', attributes]]));
  });

  it('keeps one lost call from staining the batch', async () => {
    const attributes = await listing(stage.settings);
    stage.simulator.faults.add({ kind: 'drop-before', match: '/S1' });
    const sent = await stage.channel.listings?.submit(
      [0, 1, 2].map((n) => change(`S${n}`, attributes)),
      'k',
    );
    expect(outcomes(sent?.receipts)).toEqual({ S0: 'accepted', S1: 'ambiguous', S2: 'accepted' });
  });

  it('throws a failed read instead of reading it as empty', async () => {
    stage.simulator.faults.add({ kind: 'fail', times: 2 });
    expect(await failure(stage.channel.listings?.observe?.(null))).toMatchObject({ kind: 'ambiguous' });
    expect(
      await failure(stage.channel.listings?.settle?.(pending(['A'], new Date().toISOString()))),
    ).toMatchObject({
      kind: 'ambiguous',
    });
  });

  it('says nothing was sent when nobody listens', async () => {
    const channel = stage.open({ endpoint: 'http://127.0.0.1:9', tokenEndpoint: 'http://127.0.0.1:9/t' });
    expect(await failure(channel.listings?.submit([change('A', {})], 'k'))).toMatchObject({
      kind: 'not-sent',
    });
  });
});

const SALE = {
  schedule: { value_with_tax: 99.99, start_at: '2026-11-27T00:00Z', end_at: '2026-11-30T23:59Z' },
};

function first(value: JsonObject[string]): JsonObject {
  return (value as readonly JsonObject[])[0] ?? {};
}
