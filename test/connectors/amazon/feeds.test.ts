import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FEED_LIMITS, feedDocument, messageBytes } from '../../../connectors/amazon/feeds/feed-document.js';
import { readReport, reportVerdicts } from '../../../connectors/amazon/feeds/report.js';
import { DOCUMENT_REFUSED } from '../../../src/channel/bulk-limits.js';
import type {
  BulkPort,
  Host,
  ListingChange,
  ListingPort,
  PendingSubmission,
  Settlement,
  Submission,
} from '../../../src/channel/connector.js';
import { instantOf } from '../../../src/domain/instant.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { type FeedJudge, feedJudge } from './feed-judge.js';
import { change, failure, listing, openStage, type Stage, testHost } from './support.js';

const MINUTE_MS = 60_000;

let stage: Stage;
let judge: FeedJudge;
let port: ListingPort;
let bulk: BulkPort;
let attributes: JsonObject;
let aheadMs = 0;
beforeEach(async () => {
  stage = await openStage();
  aheadMs = 0;
  open();
  attributes = await listing(stage.settings);
});
afterEach(async () => {
  vi.useRealTimers();
  await stage.simulator.stop();
  expect(judge.violations).toEqual([]);
});

/** Opens the connector again; its clock can be put forward by `aheadMs`. */
function open(more: Partial<Host> = {}): void {
  const host = testHost();
  judge = feedJudge(host.http);
  const clock = {
    now: () => instantOf(Date.now() + aheadMs),
    monotonicMs: () => performance.now() + aheadMs,
  };
  port = stage.open({}, { ...host, http: judge, clock, ...more }).listings as ListingPort;
  bulk = port.bulk as BulkPort;
}

function pendingFeed(
  { id }: Pick<Submission, 'id'>,
  changes: readonly ListingChange[],
  sentAt: string,
): PendingSubmission {
  const items = changes.map(({ sku, action, kind }) => ({ sku, action, kind, externalId: null }));
  return { id, key: 'k', lane: 'bulk', sentAt, items };
}

const settle = (pending: PendingSubmission): Promise<Settlement> =>
  port.settle?.(pending) ?? Promise.reject(new Error('no settle'));

/** Follows a feed until everything has a verdict: outcome by SKU. */
async function follow(pending: PendingSubmission): Promise<Record<string, string>> {
  const told: Record<string, string> = {};
  let left = pending;
  for (let looks = 0; left.items.length > 0; looks++) {
    if (looks > 200) throw new Error(`not settled: ${left.items.map(({ sku }) => sku)}`);
    const { verdicts, id } = await settle(left);
    for (const verdict of verdicts)
      told[verdict.sku] = 'code' in verdict ? `${verdict.outcome} ${verdict.code}` : verdict.outcome;
    left = { ...left, id: id ?? left.id, items: left.items.filter(({ sku }) => told[sku] === undefined) };
  }
  return told;
}

const now = (): string => instantOf(Date.now() + aheadMs);
const callsTo = (part: string): number =>
  stage.simulator.calls.filter(({ method, path }) => `${method} ${path}`.includes(part)).length;

describe('a load as a feed', () => {
  it('writes no stock of ours on what Amazon ships', async () => {
    await port.submit([change('A', attributes), change('B', attributes)], 'k');
    await stage.command('fba', { sku: 'A', units: 20 });
    const known = { ...change('A', attributes), externalId: 'B0SIM00001' };
    const load = [known, change('NEW', attributes)];
    const sentAt = new Date().toISOString();
    await follow(pendingFeed(await bulk.submit(load, 'k2'), load, sentAt));
    const held = stage.simulator.held();
    expect(held.get('A')?.fulfillment_availability).toEqual([{ fulfillment_channel_code: 'AMAZON_NA' }]);
    expect(held.get('NEW')?.fulfillment_availability).toEqual(attributes.fulfillment_availability);
  });

  it('is one document of whole listings, offers and removals, and its report gives the verdicts', async () => {
    const first = [change('A', attributes), change('B', attributes)];
    const begun = await bulk.submit(first, 'k');
    expect(await follow(pendingFeed(begun, first, now()))).toEqual({ A: 'live', B: 'live' });
    const dear = await listing(stage.settings, {
      purchasable_offer: { currency: 'USD', our_price: 139.99 },
      fulfillment_availability: { fulfillment_channel_code: 'DEFAULT', quantity: 3 },
    });
    const { item_name: _none, ...nameless } = attributes;
    const second = [
      change('A', dear, 'offer'),
      change('B', {}, 'remove'),
      change('C', nameless),
      change('Ü, "quoted"', attributes),
    ];
    const sentAt = now();
    const submission = await bulk.submit(second, 'k2');
    expect(await follow(pendingFeed(submission, second, sentAt))).toEqual({
      A: 'live',
      B: 'removed',
      C: 'rejected',
      'Ü, "quoted"': 'live',
    });
    const held = stage.simulator.held();
    expect([...held.keys()].sort()).toEqual(['A', 'Ü, "quoted"']);
    expect(JSON.stringify(held.get('A'))).toContain('139.99');
    expect(judge.documents).toHaveLength(2);
    expect(judge.reports).toHaveLength(2);
  });

  it('tells what Amazon says of a message as issues of its listing', async () => {
    const { item_name: _none, ...nameless } = attributes;
    const changes = [change('A', nameless), change('B', attributes)];
    const pending = pendingFeed(await bulk.submit(changes, 'k'), changes, now());
    const { verdicts } = await settle(pending);
    expect(verdicts).toEqual([
      expect.objectContaining({
        sku: 'A',
        outcome: 'rejected',
        issues: [expect.objectContaining({ code: '90220', attribute: 'item_name', severity: 'error' })],
      }),
      expect.objectContaining({ sku: 'B', outcome: 'live' }),
    ]);
  });

  it('reads a report once, compressed or not, and what it leaves open is read back', async () => {
    await stage.simulator.stop();
    stage = await openStage(300);
    open();
    await stage.command('feeds', { processingMs: 0, gzip: false });
    const changes = [change('A', attributes), change('B', attributes)];
    const pending = pendingFeed(await bulk.submit(changes, 'k'), changes, now());
    const report = await settle(pending);
    expect(report).toMatchObject({ verdicts: [], id: expect.stringMatching(/^feed:50001:read:\d+:0$/) });
    expect(await follow({ ...pending, id: report.id ?? null })).toEqual({ A: 'live', B: 'live' });
    expect(callsTo('GET /feeds/2021-06-30/documents/')).toBe(1);
  });

  it('leaves a listing’s place in its family where it is', async () => {
    const child = { ...change('K', attributes), family: { link: 'keep', gone: ['material'] } } as const;
    await bulk.submit([child], 'k');
    const { messages } = judge.documents[0] as { messages: readonly JsonObject[] };
    expect(messages).toMatchObject([{ sku: 'K', operationType: 'PATCH' }]);
    expect(messages[0]?.patches).toContainEqual(
      expect.objectContaining({ op: 'delete', path: '/attributes/material' }),
    );
  });

  it('declares its content type and sends the same one, without a token', async () => {
    await stage.command('feeds', { expire: 1 });
    const changes = [change('A', attributes)];
    const { id } = await bulk.submit(changes, 'k');
    expect(id).toBe('feed:50001');
    // The first address was over before it could be used: a new document was asked for.
    expect(callsTo('POST /feeds/2021-06-30/documents')).toBe(2);
    expect(callsTo('POST /feeds/2021-06-30/feeds')).toBe(1);
  });

  it('is asked about until it is worked off, seldom the longer it takes', async () => {
    await stage.command('feeds', { queueMs: 3_600_000 });
    const changes = [change('A', attributes)];
    const pending = pendingFeed(await bulk.submit(changes, 'k'), changes, now());
    expect(await settle(pending)).toEqual({ verdicts: [], againInMs: 1_000 });
    aheadMs = 10 * MINUTE_MS;
    expect((await settle(pending)).againInMs).toBeGreaterThanOrEqual(30_000);
    aheadMs = 600 * MINUTE_MS;
    expect(await settle(pending)).toEqual({ verdicts: [], againInMs: 5 * MINUTE_MS });
  });

  it.each([
    ['CANCELLED', 'retry feed_cancelled'],
    ['FATAL', `retry ${DOCUMENT_REFUSED}`],
  ])('that ends as %s is sent again', async (end, outcome) => {
    await stage.command('feeds', { queueMs: 3_600_000 });
    const changes = [change('A', attributes), change('B', attributes)];
    const pending = pendingFeed(await bulk.submit(changes, 'k'), changes, now());
    await stage.command('feeds', { end, queueMs: 0 });
    expect(await follow(pending)).toEqual({ A: outcome, B: outcome });
  });

  it('is taken back while it waits in Amazon’s queue, and not once Amazon works on it', async () => {
    await stage.command('feeds', { queueMs: 3_600_000 });
    const changes = [change('A', attributes)];
    const waiting = pendingFeed(await bulk.submit(changes, 'k'), changes, now());
    expect(await bulk.withdraw?.(waiting)).toBe(true);
    expect(await follow(waiting)).toEqual({ A: 'retry feed_cancelled' });
    await stage.command('feeds', { queueMs: 0, processingMs: 3_600_000 });
    const begun = pendingFeed(await bulk.submit(changes, 'k'), changes, now());
    expect(await bulk.withdraw?.(begun)).toBe(false);
    expect(await bulk.withdraw?.({ ...begun, id: 'feed:50002:read:1:0' })).toBe(false);
  });

  it('that is refused as a whole goes one by one: no listing is blamed for it', async () => {
    const other = { ...stage.settings, sellerId: 'A1SOMEBODY' };
    const host = testHost();
    judge = feedJudge(host.http);
    const port2 = stage.open(other, { ...host, http: judge }).listings as ListingPort;
    const changes = ['A', 'B'].map((sku) => ({ ...change(sku, attributes), fulfilledBy: 'DEFAULT' }));
    const pending = pendingFeed((await port2.bulk?.submit(changes, 'k')) ?? { id: null }, changes, now());
    const { verdicts } = (await port2.settle?.(pending)) ?? { verdicts: [] };
    expect(verdicts).toEqual(['A', 'B'].map((sku) => ({ sku, outcome: 'retry', code: DOCUMENT_REFUSED })));
    expect(stage.simulator.held().size).toBe(0);
  });
});

describe('a processing report', () => {
  const items = ['B', 'A', 'C'].map((sku) => change(sku, {}));
  const asked = items.map(({ sku, action, kind }) => ({ sku, action, kind, externalId: null }));
  const told = (report: JsonObject): Record<string, string> => {
    const text = JSON.stringify({ header: {}, issues: [], summary: {}, ...report });
    const verdicts = reportVerdicts(readReport(text, stage.settings.marketplaceId), asked, { since: 0 });
    return Object.fromEntries(
      verdicts.map((verdict) => [
        verdict.sku,
        'code' in verdict ? `${verdict.outcome} ${verdict.code}` : verdict.outcome,
      ]),
    );
  };
  const error = { severity: 'ERROR', code: '1', message: 'wrong' };

  it('sends alone what a product type takes no patch of, for alone it can go whole', () => {
    const [first] = asked.filter(({ action }) => action === 'upsert');
    const sku = first?.sku ?? '';
    expect(told({ issues: [{ ...error, code: '90000900', messageId: 1, sku }] })).toEqual({
      [sku]: `retry ${DOCUMENT_REFUSED}`,
    });
  });

  it('names listings by SKU, or by the number of the message alone', () => {
    expect(
      told({
        issues: [
          { ...error, messageId: 1 },
          { ...error, messageId: 9, sku: 'C' },
        ],
      }),
    ).toEqual({
      A: 'rejected',
      C: 'rejected',
    });
  });

  it('that has not counted every message leaves nothing to hope for: what it does not show goes one by one', () => {
    const summary = { messagesProcessed: 2, messagesAccepted: 1 };
    expect(told({ issues: [{ ...error, sku: 'A' }], summary })).toEqual({
      A: 'rejected',
      B: `retry ${DOCUMENT_REFUSED}`,
      C: `retry ${DOCUMENT_REFUSED}`,
    });
  });

  it('does not make a listing rejected that is only not on sale yet, and no warning of the document either', () => {
    const summaries = (status: readonly string[]): JsonValue => [
      {
        marketplaceId: stage.settings.marketplaceId,
        status: [...status],
        lastUpdatedDate: '2026-11-25T00:00:00Z',
      },
    ];
    const quantity = [{ fulfillmentChannelCode: 'DEFAULT', quantity: 3 }];
    const listed = [
      { sku: 'A', summaries: summaries([]), fulfillmentAvailability: quantity },
      { sku: 'B', summaries: summaries(['BUYABLE']), fulfillmentAvailability: quantity },
    ];
    expect(told({ items: listed, issues: [{ ...error, severity: 'WARNING' }] })).toEqual({ B: 'live' });
  });

  it('is nothing but a failed read when it is no report', () => {
    for (const text of ['', '[]', '{"issues":3}', '<html>'])
      expect(() => readReport(text, 'X')).toThrow(expect.objectContaining({ kind: 'ambiguous' }));
  });
});

describe('a feed whose answer was lost', () => {
  const changes = (): ListingChange[] => [change('A', attributes), change('B', attributes)];

  it('is not made twice: it is found again by its type and time', async () => {
    const sentAt = now();
    stage.simulator.faults.add({ kind: 'drop-after', match: 'POST /feeds/2021-06-30/feeds' });
    const submission = await bulk.submit(changes(), 'k');
    expect(submission).toMatchObject({
      id: null,
      receipts: [{ outcome: 'accepted' }, { outcome: 'accepted' }],
    });
    expect(await follow(pendingFeed(submission, changes(), sentAt))).toEqual({ A: 'live', B: 'live' });
    expect(callsTo('POST /feeds/2021-06-30/feeds')).toBe(1);
  });

  it('is not taken for an older feed, and is sent again only when it was certainly not made', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await bulk.submit([change('Z', attributes)], 'k0');
    vi.setSystemTime(Date.now() + MINUTE_MS);
    const sentAt = now();
    stage.simulator.faults.add({ kind: 'drop-before', match: 'POST /feeds/2021-06-30/feeds' });
    const pending = pendingFeed(await bulk.submit(changes(), 'k'), changes(), sentAt);
    expect(await settle(pending)).toEqual({ verdicts: [], againInMs: MINUTE_MS });
    vi.setSystemTime(Date.now() + 16 * MINUTE_MS);
    const { verdicts } = await settle(pending);
    expect(verdicts).toEqual(['A', 'B'].map((sku) => ({ sku, outcome: 'retry', code: 'feed_not_made' })));
  });

  it('stays open when two feeds may be it', async () => {
    const sentAt = now();
    await bulk.submit(changes(), 'k');
    await bulk.submit(changes(), 'k');
    aheadMs = 60 * MINUTE_MS;
    const pending = pendingFeed({ id: null }, changes(), sentAt);
    expect(await settle(pending)).toEqual({ verdicts: [], againInMs: MINUTE_MS });
  });

  it.each(['POST /feeds/2021-06-30/documents', 'PUT /documents/feeds/'])(
    'before Amazon was asked to work on it (%s) is certainly not applied',
    async (match) => {
      stage.simulator.faults.add({ kind: 'drop-before', match, times: 2 });
      expect(await failure(bulk.submit(changes(), 'k'))).toMatchObject({ kind: 'not-sent' });
      expect(callsTo('POST /feeds/2021-06-30/feeds')).toBe(0);
    },
  );
});

describe('an upload whose connection broke', () => {
  it.each(['POST /feeds/2021-06-30/documents', 'PUT /documents/feeds/'])(
    'is tried once more (%s)',
    async (match) => {
      stage.simulator.faults.add({ kind: 'drop-before', match });
      expect(await bulk.submit([change('A', attributes)], 'k')).toMatchObject({ id: 'feed:50001' });
    },
  );
});

describe('the pace of feeds', () => {
  it('is five at once and then one in twenty minutes', async () => {
    for (let n = 0; n < 5; n++) {
      expect(bulk.restMs()).toBe(0);
      await bulk.submit([change('A', attributes)], 'k');
    }
    expect(bulk.restMs()).toBeGreaterThan(19 * MINUTE_MS);
  });

  it('rests after a refusal by the usage plan, for at least one place in it', async () => {
    await stage.command('limits', { operation: 'createFeed JSON_LISTINGS_FEED', perSecond: 0.01, burst: 1 });
    await bulk.submit([change('A', attributes)], 'k');
    const refused = await failure(bulk.submit([change('A', attributes)], 'k'));
    expect(refused).toMatchObject({ kind: 'throttled' });
    expect(bulk.restMs()).toBeGreaterThan(0);
  });
});

describe('the bytes of a change', () => {
  it('add up to no less than the document has, and its head fits into what is left of ten MiB', async () => {
    const changes = [
      ...Array.from({ length: 60 }, (_, n) => change(`Größe ${n} 🧳`, attributes)),
      ...Array.from({ length: 60 }, (_, n) => change(`offer-${n}`, attributes, 'offer')),
      change('gone', {}, 'remove'),
    ];
    const counted = changes.reduce((sum, each) => sum + messageBytes(each, stage.settings.marketplaceId), 0);
    const document = feedDocument(changes, stage.settings);
    expect(document.length).toBeLessThanOrEqual(counted + 1_000);
    expect(document.length).toBeGreaterThan(counted * 0.99);
    expect(FEED_LIMITS.bytes + 1_000).toBeLessThan(10 * 1024 * 1024);
  });

  it('have room for what listings that are there take along of the seller’s own', async () => {
    const amount = (value: number): JsonObject[] => [{ schedule: [{ value_with_tax: value }] }];
    const limits = {
      minimum_seller_allowed_price: amount(99_999.99),
      maximum_seller_allowed_price: amount(999_999.99),
    };
    const [price] = attributes.purchasable_offer as JsonObject[];
    const [stock] = attributes.fulfillment_availability as JsonObject[];
    const lead = { lead_time_to_ship_max_days: 30, restock_date: '2026-12-24T08:00:00Z' };
    stage.simulator.tamper('A', {
      ...attributes,
      purchasable_offer: [{ ...price, ...limits, map_price: amount(999_999.99) }],
      fulfillment_availability: [{ ...stock, ...lead }],
    });
    const load = [{ ...change('A', attributes), externalId: 'B000000001' }];
    await bulk.submit(load, 'k');
    const [document] = judge.documents as { messages: { attributes: JsonObject }[] }[];
    expect(document?.messages[0]?.attributes).toMatchObject({
      purchasable_offer: [limits],
      fulfillment_availability: [lead],
    });
    const counted = load.reduce((sum, each) => sum + bulk.bytesOf(each), 0);
    expect(JSON.stringify(document?.messages).length).toBeLessThanOrEqual(counted);
  });
});
