import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { metaClient } from '../../../connectors/meta/client.js';
import { meta } from '../../../connectors/meta/index.js';
import type { MetaSettings } from '../../../connectors/meta/settings.js';
import { type RunningGraph, startGraph } from '../../../connectors/meta/simulator/index.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { graphCaller } from './graph-caller.js';
import { failure, LISTING, testHost } from './support.js';

const DAY_SECONDS = 86_400;

describe('what an operator may ask Meta by hand', () => {
  let graph: RunningGraph;
  beforeEach(async () => {
    graph = await startGraph({ port: 0, processingMs: 0 }, () => Date.now());
    graph.tamper('A', LISTING);
  });
  afterEach(() => graph.stop());

  async function act(name: string, parameters: JsonObject = {}): Promise<JsonObject | undefined> {
    return meta.open(graph.settings as MetaSettings, testHost()).actions?.[name]?.run(parameters);
  }
  /** Purchases of one id each, told by somebody else's program. */
  async function bought(dataset: string, days: readonly number[], id: string): Promise<void> {
    const now = Math.floor(Date.now() / 1_000);
    const data = days.map((ago) => ({
      event_name: 'Purchase',
      event_time: now - ago * DAY_SECONDS,
      action_source: 'website',
      custom_data: { content_ids: [id] },
    }));
    expect(await graphCaller(graph).post(`${dataset}/events`, { data })).toHaveProperty('events_received');
  }

  const link = (sources: readonly string[]) =>
    graphCaller(graph).post('/external_event_sources', { external_event_sources: sources });

  it('is how many ids of its events are in the catalog, summed over the days by pixel', async () => {
    await bought('555', [0, 1, 2], 'A');
    await bought('555', [1], 'no-sku');
    await bought('777', [1], 'variant-12');
    await link(['555', '777']);
    expect(await act('event-match')).toMatchObject({
      events: [
        { source: 'PIXEL 555', event: 'Purchase', found: 3, inOtherCatalogs: 0, notFound: 1 },
        { source: 'PIXEL 777', event: 'Purchase', found: 0, inOtherCatalogs: 0, notFound: 1 },
      ],
    });
  });

  it('counts the events of every page', async () => {
    const sources = Array.from({ length: 101 }, (_, n) => String(1_000 + n));
    for (const source of sources) await bought(source, [0], 'A');
    await link(sources);
    expect(await act('event-match')).toHaveProperty('events.length', 101);
  });

  it('does not take silence for a good match: no events may mean no access to the pixel', async () => {
    expect(await act('event-match')).toMatchObject({
      events: [],
      note: expect.stringContaining('no access'),
    });
  });

  it('is to let the events of a pixel count, which keeps the others and happens once', async () => {
    await link(['555']);
    await bought('777', [0], 'A');
    expect(await act('event-match')).toMatchObject({ events: [] });
    expect(await act('link-events', { source: '777' })).toEqual({ linked: '777', changed: true });
    expect(await act('link-events', { source: '777' })).toEqual({ linked: '777', changed: false });
    expect(await act('event-match')).toMatchObject({ events: [{ source: 'PIXEL 777', found: 1 }] });
    expect(await act('event-sources')).toEqual({
      sources: ['555', '777'].map((id) => ({ id, name: `Pixel ${id}`, kind: 'PIXEL' })),
    });
  });

  it('is every type of complaint in Meta’s words, or one of them', async () => {
    expect(await act('error-types')).toHaveProperty('types.length', 3);
    expect(await act('error-types', { locale: 'de_DE', type: 'EMPTY_BRAND' })).toMatchObject({
      types: [{ type: 'EMPTY_BRAND', priority: 'HIGH', title: 'No brand' }],
    });
  });

  it.each([
    ['event-match', 'event_stats'],
    ['event-sources', 'external_event_sources'],
    ['error-types', 'catalog_all_errors'],
  ])('%s fails as the call does, and never with an empty list', async (action, match) => {
    graph.faults.add({ kind: 'fail', match });
    expect(await failure(act(action))).toMatchObject({ kind: 'ambiguous' });
    await graphCaller(graph).command('error', { match, code: 200 });
    expect(await failure(act(action))).toMatchObject({ kind: 'auth-lost', code: 'permission_missing' });
  });

  it('takes an answer without its list for a failure', async () => {
    const settings = graph.settings as MetaSettings;
    const client = metaClient(settings, {
      call: async () => ({}),
      versionWarning: () => null,
      token: async () => '',
    });
    expect(await failure(client.eventStats())).toMatchObject({ code: 'unreadable_answer' });
    expect(await failure(client.errorTypes('en_US'))).toMatchObject({ code: 'unreadable_answer' });
  });
});
