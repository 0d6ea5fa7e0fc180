import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meta } from '../../../connectors/meta/index.js';
import { setWork } from '../../../connectors/meta/product-sets.js';
import type { MetaSettings } from '../../../connectors/meta/settings.js';
import { type RunningGraph, startGraph } from '../../../connectors/meta/simulator/index.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import type { PlaceChange } from '../../../src/domain/place.js';
import { change, failure, LISTING, pendingOf, testHost } from './support.js';

const SALE = { name: 'Sale', filter: { internal_label: { is_any: ['black_friday'] } } };

describe('beside the items of a Meta catalog', () => {
  let graph: RunningGraph;
  beforeEach(async () => {
    graph = await startGraph({ port: 0, processingMs: 0 }, () => Date.parse('2026-11-24T06:00:00Z'));
  });
  afterEach(() => graph.stop());
  const open = (more: Partial<MetaSettings>): OpenChannel =>
    meta.open({ ...(graph.settings as MetaSettings), ...more }, testHost());

  it('product sets of the settings are created, changed when their filter changes, and not twice', async () => {
    await open({ productSets: [SALE] }).listings?.observe?.(null);
    await open({ productSets: [SALE] }).listings?.observe?.(null);
    expect([...graph.state.sets.values()]).toEqual([SALE]);
    const wider = { ...SALE, filter: { internal_label: { is_any: ['black_friday', 'cyber_monday'] } } };
    await open({ productSets: [wider] }).listings?.observe?.(null);
    expect([...graph.state.sets.values()]).toEqual([wider]);
  });

  it('sets of others are left alone, and the order of members of a filter is no difference', () => {
    const there = [
      { id: '1', name: 'Sale', filter: '{"internal_label":{"is_any":["black_friday"]}}' },
      { id: '2', name: 'By hand', filter: 'not json' },
    ];
    expect(setWork([SALE], there)).toEqual({ create: [], update: [] });
    expect(setWork([{ name: 'By hand', filter: SALE.filter }], there).update).toEqual([
      { id: '2', filter: SALE.filter },
    ]);
  });

  it('a filter Meta refuses does not keep the catalog from being read back; a lost token does', async () => {
    const items = [change('A')];
    const channel = open({ productSets: [SALE] });
    await channel.listings?.settle?.(pendingOf(items, await channel.listings.submit(items, 'k')));
    const order = (code: number): Promise<Response> =>
      fetch(`${graph.url}/_sim/error`, {
        method: 'POST',
        body: JSON.stringify({ match: 'product_sets', code }),
      });
    await order(100);
    expect((await channel.listings?.observe?.(null))?.items).toHaveLength(1);
    await order(190);
    expect(await failure(channel.listings?.observe?.(null))).toMatchObject({ kind: 'auth-lost' });
  });

  it('stock per store goes to a local inventory feed when the settings say so; a removed one is out of stock', async () => {
    expect(open({}).places).toBeUndefined();
    const channel = open({ localInventory: true });
    const items = [change('A', LISTING), change('B "two"', LISTING)];
    await channel.listings?.settle?.(pendingOf(items, await channel.listings.submit(items, 'k')));
    const stock: PlaceChange = {
      sku: 'A',
      externalId: null,
      kind: 'store',
      place: 'BERLIN',
      action: 'upsert',
      quantity: 4,
      availability: 'in_stock',
      price: { minor: 2_590, currency: 'EUR' },
      salePrice: null,
      pickup: null,
    };
    const receipts = await channel.places?.submit(
      [
        stock,
        { ...stock, sku: 'B "two"', action: 'remove', quantity: null, availability: null, price: null },
        { ...stock, kind: 'region' },
      ],
      'k',
    );
    expect(receipts?.map((receipt) => `${receipt.outcome} ${receipt.kind}`).sort()).toEqual([
      'accepted store',
      'accepted store',
      'rejected region',
    ]);
    graph.held();
    const rows = Object.fromEntries(graph.state.localInventory);
    expect(rows['BERLIN A']).toMatchObject({ availability: 'in stock', price: '25.90 EUR' });
    expect(rows['BERLIN B "two"']).toMatchObject({ availability: 'out of stock' });
    expect(graph.held().size).toBe(2);
  });
});
