import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import type { FeedListing, FeedPort, FeedReport } from '../../src/channel/feed-port.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { openProblems } from '../../src/problems/problems.js';
import type { ChannelDesk } from '../../src/sync/channel-desk.js';
import { type ChannelCounts, channelCounts } from '../../src/sync/records.js';
import { type ChannelReport, syncChannel } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

const DONE: FeedReport = {
  state: 'done',
  document: 'upload-1',
  items: null,
  verdicts: [],
  unnamed: 'taken',
  issues: [],
  next: null,
};
const REFUSAL = {
  severity: 'error',
  code: 'bad_image',
  origin: 'channel',
  message: 'The image is too small',
} as const;

/** A channel in the test's hand that takes whole documents and reports on them. */
interface HandFeed extends FeedPort {
  readonly documents: FeedListing[][];
  readonly asked: (string | null)[];
  answer(cursor: string | null): FeedReport;
  fails: Error | null;
  /** What the next document shows of the catalog as a whole. */
  shows: readonly Issue[];
}

function handFeed(): HandFeed {
  const feed: HandFeed = {
    documents: [],
    asked: [],
    fails: null,
    shows: [],
    answer: () => DONE,
    async begin() {
      const items: FeedListing[] = [];
      return {
        async write(listings) {
          items.push(...listings);
        },
        async commit() {
          if (feed.fails) throw feed.fails;
          feed.documents.push(items);
          return {
            items: items.length,
            bytes: 1,
            location: 'hand',
            document: `upload-${feed.documents.length}`,
            issues: feed.shows,
          };
        },
        abort: async () => undefined,
      };
    },
    async report(_written, cursor) {
      feed.asked.push(cursor);
      return feed.answer(cursor);
    },
  };
  return feed;
}

onEachDatabase('the report on a whole document', (open) => {
  let bench: ChannelBench;
  let desk: ChannelDesk;
  let feed: HandFeed;
  const clock = handClock();
  beforeEach(async () => {
    bench = await channelBench(memory, await open(), { clock });
    feed = handFeed();
    const { check } = bench.desk.open;
    desk = { ...bench.desk, open: { check, feed } };
    await fillCatalog(desk.database, smallCatalog(), clock);
  });
  afterEach(() => bench.stop());

  const round = (): Promise<ChannelReport> => syncChannel(desk, { atOnce: true });
  const counts = (): Promise<ChannelCounts> => channelCounts(desk.database, desk.kit.channel.id);
  const look = async (): Promise<ChannelReport> => {
    clock.advance(10_000);
    return round();
  };
  const problems = async (): Promise<string[]> => (await openProblems(desk.database)).map(({ code }) => code);

  it('is awaited: a listing is not live because it was written', async () => {
    feed.answer = () => ({ ...DONE, state: 'pending' });
    expect(await round()).toMatchObject({ submitted: 4, counts: { live: 0, inFlight: 4 } });
    expect(await look()).toMatchObject({ submitted: 0, counts: { live: 0, inFlight: 4 } });
    feed.answer = () => DONE;
    expect((await look()).counts).toMatchObject({ live: 4, inFlight: 0 });
  });

  it('gives every listing its verdict, over several pages', async () => {
    feed.answer = (cursor) =>
      cursor === null
        ? { ...DONE, verdicts: [{ sku: 'SHIRT-M', outcome: 'rejected', issues: [REFUSAL] }], next: '2' }
        : { ...DONE, verdicts: [{ sku: 'SHIRT-S', outcome: 'rejected', issues: [REFUSAL] }] };
    await round();
    expect((await look()).counts).toMatchObject({ live: 2, rejected: 2 });
    expect(feed.asked).toEqual([null, '2']);
    const row = await desk.database.get<{ verdict_issues: string }>(
      "SELECT verdict_issues FROM listing WHERE sku = 'SHIRT-S'",
    );
    expect(JSON.parse(row?.verdict_issues ?? '[]')).toEqual([REFUSAL]);
  });

  it('goes on at the page where a look broke off', async () => {
    let cut = true;
    feed.answer = (cursor) => {
      if (cursor === null)
        return { ...DONE, verdicts: [{ sku: 'SHIRT-M', outcome: 'rejected', issues: [REFUSAL] }], next: '2' };
      if (cut)
        throw new ChannelError('cut', {
          code: 'unavailable',
          kind: 'not-sent',
          owner: 'channel',
          advice: 'Wait.',
        });
      return DONE;
    };
    await round();
    expect((await look()).counts).toMatchObject({ live: 0, rejected: 1, inFlight: 3 });
    cut = false;
    expect((await look()).counts).toMatchObject({ live: 3, rejected: 1, inFlight: 0 });
    expect(feed.asked).toEqual([null, '2', '2']);
  });

  it('ends a refusal that the next complete report does not repeat', async () => {
    feed.answer = () => ({ ...DONE, verdicts: [{ sku: 'SHIRT-M', outcome: 'rejected', issues: [REFUSAL] }] });
    await round();
    await look();
    feed.answer = () => DONE;
    await setPrices(desk.database, [{ sku: '00012345', price: { minor: 4_500, currency: 'USD' } }], {
      actor: 'test',
      at: clock.now(),
    });
    await round();
    expect((await look()).counts).toMatchObject({ live: 4, rejected: 0 });
  });

  it('of a document the channel could not process leaves nothing live, tells a person, and the document is written again', async () => {
    feed.answer = () => ({ ...DONE, state: 'failed', issues: [{ ...REFUSAL, code: 'not_xml' }] });
    await round();
    expect((await look()).counts).toMatchObject({ live: 0 });
    expect(await problems()).toEqual(['not_xml']);
    feed.answer = () => DONE;
    expect((await look()).counts).toMatchObject({ live: 4 });
    expect(feed.documents).toHaveLength(2);
    expect(await problems()).toEqual([]);
  });

  it('does not hide what the document showed of the catalog as a whole: it stands until a document shows it no more', async () => {
    const twice = { severity: 'warning', code: 'TWICE', origin: 'ours', message: '2 times: twice.' } as const;
    feed.shows = [twice, { ...twice, code: 'RENAMED' }];
    await round();
    await look();
    expect(await problems()).toEqual(['RENAMED', 'TWICE']);
    feed.shows = [twice];
    await setPrices(desk.database, [{ sku: '00012345', price: { minor: 4_500, currency: 'USD' } }], {
      actor: 'test',
      at: clock.now(),
    });
    await look();
    expect(feed.documents).toHaveLength(2);
    expect(await problems()).toEqual(['TWICE']);
  });

  it('that counts fewer items than were written is told', async () => {
    feed.answer = () => ({ ...DONE, items: 3 });
    await round();
    await look();
    expect(await problems()).toEqual(['document_short']);
  });

  it('that never comes is told, and the document is written again', async () => {
    feed.answer = () => ({ ...DONE, state: 'pending' });
    await round();
    clock.advance(memory.limits.patienceMs + 1);
    await round();
    expect(await problems()).toEqual(['document_unreported']);
    expect(feed.documents).toHaveLength(2);
  });

  it('is not waited for when the channel did not take the document: it is offered again', async () => {
    feed.fails = new ChannelError('busy', {
      code: 'busy',
      kind: 'throttled',
      owner: 'channel',
      advice: 'Wait.',
      againInMs: 5_000,
    });
    expect(await round()).toMatchObject({ submitted: 0, failed: 4, againInMs: 5_000 });
    feed.fails = null;
    expect(await look()).toMatchObject({ submitted: 4, failed: 0 });
    expect(await counts()).toMatchObject({ inFlight: 4 });
  });

  it('is not asked for, and nothing is written, once the credentials are lost', async () => {
    feed.fails = new ChannelError('no', {
      code: 'token_revoked',
      kind: 'auth-lost',
      owner: 'operator',
      advice: 'Connect again.',
    });
    await round();
    feed.fails = null;
    expect(await look()).toMatchObject({ submitted: 0, paused: 'token_revoked', againInMs: null });
    expect(feed.documents).toHaveLength(0);
  });
});
