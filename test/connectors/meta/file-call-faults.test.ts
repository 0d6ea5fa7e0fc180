import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meta } from '../../../connectors/meta/index.js';
import type { MetaSettings } from '../../../connectors/meta/settings.js';
import { type RunningGraph, startGraph } from '../../../connectors/meta/simulator/index.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import type { CommittedFeed, FeedReport } from '../../../src/channel/feed-port.js';
import type { Fault } from '../../../src/channel/simulator.js';
import { instantOf } from '../../../src/domain/instant.js';
import type { WebPurchase } from '../../../src/domain/web-purchase.js';
import { graphCaller } from './graph-caller.js';
import { failure, LISTING, testHost } from './support.js';

const { title: _, ...UNTITLED } = LISTING;
const PRICE = { minor: 2_390, currency: 'EUR' };

/** Hands a file of a good and a refused item over. */
async function deliver(channel: OpenChannel): Promise<CommittedFeed> {
  const writer = await channel.feed?.begin('k');
  if (!writer) throw new Error('no feed');
  try {
    await writer.write([
      { sku: 'A', attributes: LISTING },
      { sku: 'B', attributes: UNTITLED },
    ]);
    const { document = null } = await writer.commit();
    return { key: 'k', document, committedAt: instantOf(Date.now() - 60_000) };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** Asks until the report is there, which takes several calls. */
async function reported(channel: OpenChannel, written: CommittedFeed | null): Promise<FeedReport> {
  if (written === null) throw new Error('nothing was written');
  for (let looks = 0; looks < 10; looks++) {
    const told = await channel.feed?.report?.(written, null);
    if (told?.state === 'done') return told;
  }
  throw new Error('the report never came');
}

/** A report that is late is given up for its samples. */
function late(written: CommittedFeed | null): CommittedFeed | null {
  return written && { ...written, committedAt: instantOf(Date.now() - 3 * 3_600_000) };
}

function purchase(): WebPurchase {
  const lines = [{ sku: 'A', quantity: 1, unitPrice: PRICE }];
  const marks = { fbclid: 'AbC' };
  const told = { page: null, userAgent: null, address: null, buyer: {}, marks, lines, total: PRICE };
  return { ...told, orderId: '1', eventId: 'order-1', placedAt: instantOf(Date.now()) };
}

interface Call {
  readonly call: string;
  /** Whether a file is handed over first, whose report the call is about. */
  readonly after?: 'file' | 'late file';
  /** Text of `METHOD path` that the fault hits. */
  match(session: string): string;
  make(channel: OpenChannel, written: CommittedFeed | null): Promise<unknown>;
}

const CALLS: readonly Call[] = [
  { call: 'list of feeds', match: () => 'GET /v26.0/990000000000001/product_feeds', make: deliver },
  { call: 'new feed', match: () => 'POST /v26.0/990000000000001/product_feeds', make: deliver },
  { call: 'upload', match: () => '/uploads', make: deliver },
  { call: 'rules of a feed', match: () => '/rules', make: deliver },
  { call: 'upload session', after: 'file', match: (id) => `GET /v26.0/${id}`, make: reported },
  { call: 'order of an error report', after: 'file', match: () => '/error_report', make: reported },
  { call: 'sampled errors', after: 'late file', match: () => '/errors', make: reported },
  { call: 'list of product sets', match: () => 'GET /v26.0/990000000000001/product_sets', make: readBack },
  { call: 'new product set', match: () => 'POST /v26.0/990000000000001/product_sets', make: readBack },
  {
    call: 'purchase events',
    match: () => '/events',
    make: async (open) => open.conversions?.report([purchase()]),
  },
];

async function readBack(channel: OpenChannel): Promise<unknown> {
  return channel.listings?.observe?.(null);
}

const FAULTS: readonly (readonly [Fault['kind'], string])[] = [
  ['throttle', 'throttled'],
  ['fail', 'ambiguous'],
  ['drop-before', 'ambiguous'],
  ['drop-after', 'ambiguous'],
];

/** Lies on a file server, not on Graph: whatever goes wrong there, it is fetched again. */
const DOWNLOAD: Call = {
  call: 'download of an error report',
  after: 'file',
  match: () => '/report_files',
  make: reported,
};

describe.each([...CALLS, DOWNLOAD])('faults of the $call', ({ call, after, match, make }) => {
  const graphed = call !== DOWNLOAD.call;

  let folder: string;
  let graph: RunningGraph;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'meta-faults-'));
    graph = await startGraph({ port: 0, processingMs: 0 }, () => Date.now());
  });
  afterEach(async () => {
    await graph.stop();
    await rm(folder, { recursive: true });
  });

  function open(): OpenChannel {
    const settings = {
      ...(graph.settings as MetaSettings),
      feed: { path: path.join(folder, 'items.csv') },
      productSets: [{ name: 'Sale', filter: { availability: { eq: 'in stock' } } }],
      conversions: { datasetId: '777' },
    };
    return meta.open(settings, testHost());
  }
  async function prepared(): Promise<CommittedFeed | null> {
    const written = after === undefined ? null : await deliver(open());
    return after === 'late file' ? late(written) : written;
  }
  /** What is there afterwards: everything once, whatever was repeated. */
  function expectNothingTwice(): void {
    expect(graph.state.feeds.size).toBeLessThanOrEqual(1);
    expect(graph.state.sets.size).toBeLessThanOrEqual(1);
    expect(new Set(graph.state.events.map(({ event_id }) => event_id)).size).toBeLessThanOrEqual(1);
    expect([...graph.held().keys()].every((sku) => sku === 'A')).toBe(true);
  }

  it.each(FAULTS)(
    '%s is the class it is, and the next try goes through and makes nothing twice',
    async (kind, expected) => {
      const written = await prepared();
      graph.faults.add({ kind, match: match(written?.document ?? ''), ms: 500 });
      expect(await failure(make(open(), written))).toMatchObject({ kind: graphed ? expected : 'ambiguous' });
      expect(await failure(make(open(), written))).toBe('no failure');
      expectNothingTwice();
    },
  );

  if (graphed)
    it('an ended token and a lost permission stop the channel', async () => {
      for (const [code, expected] of [
        [190, 'credentials_refused'],
        [200, 'permission_missing'],
      ] as const) {
        const written = await prepared();
        const at = match(written?.document ?? '').replace('/v26.0/', '');
        await graphCaller(graph).command('error', { match: at, code });
        expect(await failure(make(open(), written))).toMatchObject({ kind: 'auth-lost', code: expected });
      }
    });
});
