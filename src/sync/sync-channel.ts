import type { FeedPort } from '../channel/feed-port.js';
import { pause } from '../channel/throttle.js';
import { OperatorError } from '../domain/errors.js';
import { epochMs } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { nextDocumentLook, settleDocument } from './feed-document.js';
import { type FeedReport, feedRound } from './feed-round.js';
import { channelWorks } from './open-desk.js';
import { sendsNothingTo } from './outlet.js';
import { type ChannelCounts, channelCounts, nextAttention } from './records.js';
import { type RoundOptions, type RoundReport, type StrictRound, syncRound } from './run.js';

/** What a channel's synchronisation did, whatever way it takes listings. */
export interface ChannelReport {
  readonly channel: string;
  readonly rounds: number;
  /** Records whose desired half changed. */
  readonly changed: number;
  /** Notes of the mapping, of the round that met most. */
  readonly notes: number;
  /** Changes handed over. */
  readonly submitted: number;
  readonly failed: number;
  readonly held: number;
  /** Why guards closed, with the checksum that opens them. */
  readonly holds: readonly string[];
  readonly checksum: string;
  readonly paused: string | null;
  readonly counts: ChannelCounts;
  readonly againInMs: number | null;
  /** What strict stock did in the last round; null: the channel is not strict. */
  readonly strict: StrictRound | null;
}

/** One round of a channel: a document where it takes one, single changes otherwise. Throws `no_listings` for a channel without listings. */
export async function syncChannel(desk: ChannelDesk, options: RoundOptions = {}): Promise<ChannelReport> {
  const { listings, feed } = desk.open;
  if (listings) {
    const round = await syncRound(desk, listings, options);
    const report = await ofRound(desk, round);
    return feed && round.paused === null
      ? withDocument(desk, { feed, report, signal: options.signal })
      : report;
  }
  if (feed) return ofFeed(desk, await wholeDocument(desk, feed, options));
  throw new OperatorError(
    'no_listings',
    `Channel "${desk.kit.channel.id}" takes no listings`,
    'Name a channel that lists products.',
  );
}

/** A channel whose credentials are lost is not asked; a document that waits for its report is asked about before the next one is written. */
async function wholeDocument(desk: ChannelDesk, feed: FeedPort, options: RoundOptions): Promise<FeedReport> {
  if ((await sendsNothingTo(desk.database, desk.kit.channel.id)) === null)
    await settleDocument(desk, feed, options.signal);
  return feedRound(desk, feed, options);
}

/** How long a caller is willing to wait, and what it is told meanwhile. */
export interface SettleOptions extends RoundOptions {
  readonly deadlineMs: number;
  readonly onRound?: (report: ChannelReport) => void;
}

/** A channel that did not take a document without saying for how long is offered another one after this. */
const FAILED_MS = 60_000;
/** Longest pause between two rounds, so that a caller sees progress. */
const LONGEST_PAUSE_MS = 2_000;

/** Rounds until nothing is due, under way or to be asked, or the deadline is over. Held changes wait for a person and do not count. */
export async function syncUntilSettled(desk: ChannelDesk, options: SettleOptions): Promise<ChannelReport> {
  const signal = options.signal ?? new AbortController().signal;
  const startedMs = desk.clock.monotonicMs();
  let total: ChannelReport | null = null;
  for (;;) {
    const report: ChannelReport = await syncChannel(desk, options);
    total = total === null ? report : sum(total, report);
    options.onRound?.(total);
    const left = startedMs + options.deadlineMs - desk.clock.monotonicMs();
    const horizon = desk.kit.connector.limits.coalesceMs;
    const idle =
      report.againInMs === null ||
      (report.counts.inFlight === 0 && report.againInMs > Math.max(left, horizon));
    if (idle || report.paused !== null || left <= 0) return total;
    await pause(Math.min(left, LONGEST_PAUSE_MS, Math.max(20, report.againInMs ?? 0)), signal);
  }
}

async function ofRound(desk: ChannelDesk, round: RoundReport): Promise<ChannelReport> {
  if (worked(round)) await channelWorks(desk);
  return {
    channel: round.channel,
    rounds: 1,
    changed: round.desired.changed,
    notes: round.desired.notes,
    submitted: round.applied.sent,
    failed: round.applied.failed,
    held: round.held,
    holds: round.plan.holds.map((hold) => hold.message),
    checksum: round.plan.checksum,
    paused: round.paused,
    counts: await channelCounts(desk.database, round.channel),
    againInMs: round.againInMs,
    strict: round.strict,
  };
}

/** The report of a healing document is looked at in between; what it showed is acted on at once. */
async function withDocument(
  desk: ChannelDesk,
  round: {
    readonly feed: FeedPort;
    readonly report: ChannelReport;
    readonly signal: AbortSignal | undefined;
  },
): Promise<ChannelReport> {
  const { report } = round;
  const looked = await settleDocument(desk, round.feed, round.signal);
  if (looked !== null && looked.state !== 'pending')
    return { ...report, counts: await channelCounts(desk.database, report.channel), againInMs: 0 };
  const next = await nextDocumentLook(desk.database, report.channel);
  if (next === null) return report;
  const inMs = Math.max(0, epochMs(next) - epochMs(desk.clock.now()));
  return { ...report, againInMs: Math.min(inMs, report.againInMs ?? inMs) };
}

/** Whether the channel took calls in this round. */
function worked({ applied, settled }: RoundReport): boolean {
  return applied.stopped === null && (applied.sent > 0 || (settled !== null && settled.verdicts > 0));
}

async function ofFeed(desk: ChannelDesk, report: FeedReport): Promise<ChannelReport> {
  return {
    channel: report.channel,
    rounds: 1,
    changed: report.desired.changed,
    notes: report.desired.notes,
    submitted: report.written?.items ?? 0,
    failed: report.failure === null ? 0 : report.plan.facts.changes,
    held: report.held,
    holds: report.plan.holds.map((hold) => hold.message),
    checksum: report.plan.checksum,
    paused: report.paused,
    counts: await channelCounts(desk.database, report.channel),
    againInMs: await feedAgainInMs(desk, report),
    strict: null,
  };
}

/** The end of the window, the look at the report, or else the refresh; what is held waits for a person. */
async function feedAgainInMs(desk: ChannelDesk, report: FeedReport): Promise<number | null> {
  const { refreshAfterMs } = desk.kit.connector.limits;
  if (report.paused !== null || report.failure?.kind === 'auth-lost') return null;
  if (report.failure !== null) return report.failure.againInMs ?? FAILED_MS;
  const instants = [
    await nextAttention(desk.database, report.channel),
    await nextDocumentLook(desk.database, report.channel),
  ].filter((at) => at !== null);
  const next = instants.sort()[0];
  return next === undefined ? refreshAfterMs : Math.max(0, epochMs(next) - epochMs(desk.clock.now()));
}

function sum(a: ChannelReport, b: ChannelReport): ChannelReport {
  return {
    ...b,
    rounds: a.rounds + b.rounds,
    changed: a.changed + b.changed,
    notes: Math.max(a.notes, b.notes),
    submitted: a.submitted + b.submitted,
    failed: a.failed + b.failed,
  };
}
