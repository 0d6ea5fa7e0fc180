import type { Inspection, InspectLimits, Sight, SightFacts } from '../channel/inspection.js';
import { type TokenBucket, tokenBucket } from '../channel/throttle.js';
import type { Issue } from '../domain/issue.js';
import type { JsonObject } from '../domain/json.js';
import { startOfDay } from '../sync/calendar-day.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { forgetFindingsBefore, keepFindings } from './findings.js';
import { look } from './look.js';
import type { HostFinder } from './public-host.js';
import { beginRound, keepRound, type SightRound } from './rounds.js';
import { forgetOldSights, keepSight, knownSights } from './sight-cache.js';

/** What a run looked at. */
export interface InspectionRun {
  /** Listings judged. */
  readonly judged: number;
  readonly fetched: number;
  /** Listings with findings among them. */
  readonly found: number;
  /** `finished`: everything was looked at · `budget`: the day's fetches are used up · `more`: there is more to do now. */
  readonly state: 'finished' | 'budget' | 'more';
}

/** What an inspection works with besides the channel's desk. */
export interface InspectParts {
  readonly inspection: Inspection;
  readonly limits: InspectLimits;
  readonly signal: AbortSignal;
  /** Finds hosts; the house's own refuses private ones. */
  readonly find?: HostFinder;
}

const PAGE = 50;

/**
 * Looks at the next page of a channel's listings: fetches what is stale, within the day's budget and the pace, and keeps what is
 * wrong. The place is kept after each page, so that a stopped round goes on; a new round begins with a new day.
 */
export async function inspectChannel(desk: ChannelDesk, parts: InspectParts): Promise<InspectionRun> {
  const channel = desk.kit.channel;
  const now = desk.clock.now();
  const round = await beginRound(desk.database, channel.id, { now, day: startOfDay(now, channel.zone) });
  if (round.finishedAt !== null) return { judged: 0, fetched: 0, found: 0, state: 'finished' };
  const ids = await listedAfter(desk, round.cursor);
  const desired = await desk.desiredOf(ids.map(({ variant_id }) => variant_id));
  const bucket = tokenBucket({ perSecond: parts.limits.perSecond, burst: 1 }, desk.clock);
  const issues = new Map<string, readonly Issue[]>();
  let { cursor, fetched } = round;
  let isSpent = false;
  for (const { variant_id, sku } of ids) {
    const listing = desired.get(variant_id);
    if (listing?.state === 'listed') {
      const left = parts.limits.perDay - fetched;
      const seen = await see(desk, listing.attributes, { parts, bucket, left });
      fetched += seen.fetched;
      isSpent = seen.missed;
      if (isSpent) break;
      issues.set(sku, judge(desk, sku, { attributes: listing.attributes, facts: seen.facts, parts }));
    }
    cursor = variant_id;
  }
  const isOver = !isSpent && ids.length < PAGE;
  await keepPage(desk, { ...round, cursor, fetched, finishedAt: isOver ? desk.clock.now() : null }, issues);
  return {
    judged: issues.size,
    fetched: fetched - round.fetched,
    found: [...issues.values()].filter((found) => found.length > 0).length,
    state: isSpent ? 'budget' : isOver ? 'finished' : 'more',
  };
}

function listedAfter(desk: ChannelDesk, cursor: number): Promise<{ variant_id: number; sku: string }[]> {
  return desk.database.all(
    `SELECT variant_id, sku FROM listing WHERE channel = ? AND state = 'listed' AND variant_id > ? ORDER BY variant_id LIMIT ${PAGE}`,
    [desk.kit.channel.id, cursor],
  );
}

/** What is known of a listing's sights, after fetching what is stale. `missed`: something stale is left because the budget is used up. */
async function see(
  desk: ChannelDesk,
  attributes: JsonObject,
  view: { readonly parts: InspectParts; readonly bucket: TokenBucket; readonly left: number },
): Promise<{
  readonly facts: ReadonlyMap<string, SightFacts>;
  readonly fetched: number;
  readonly missed: boolean;
}> {
  const { parts, bucket, left } = view;
  const sights = parts.inspection.sights(attributes).filter((sight) => isWanted(sight, parts.limits));
  const known = await knownSights(desk.database, sights);
  const facts = new Map([...known].map(([url, sight]) => [url, sight.facts]));
  let fetched = 0;
  for (const sight of sights) {
    const before = known.get(sight.url) ?? null;
    if (before !== null && before.staleAt > desk.clock.now()) continue;
    if (fetched >= left) return { facts, fetched, missed: true };
    await bucket.take(parts.signal);
    const seen = await look(sight, before, parts);
    fetched += 1;
    await keepSight(desk.database, sight, { ...seen, now: desk.clock.now() });
    facts.set(sight.url, seen.facts);
  }
  return { facts, fetched, missed: false };
}

function isWanted({ kind }: Sight, limits: InspectLimits): boolean {
  return kind === 'image' ? limits.images : limits.pages;
}

/** Findings never stop a listing: what is seen from here need not be what the channel sees. */
function judge(
  desk: ChannelDesk,
  sku: string,
  view: {
    readonly attributes: JsonObject;
    readonly facts: ReadonlyMap<string, SightFacts>;
    readonly parts: InspectParts;
  },
): readonly Issue[] {
  const { kit, clock } = desk;
  const context = { channel: kit.channel, now: clock.now(), sku, settings: kit.settings };
  return view.parts.inspection
    .judge(view.attributes, view.facts, context)
    .map((issue) => (issue.severity === 'error' ? { ...issue, severity: 'warning' } : issue));
}

async function keepPage(
  desk: ChannelDesk,
  round: SightRound,
  issues: ReadonlyMap<string, readonly Issue[]>,
): Promise<void> {
  const channel = desk.kit.channel.id;
  const now = desk.clock.now();
  await desk.database.transaction(async (tx) => {
    if (issues.size > 0) await keepFindings(tx, channel, { now, issues });
    await keepRound(tx, channel, round);
    if (round.finishedAt === null) return;
    await forgetFindingsBefore(tx, channel, round.begunAt);
    await forgetOldSights(tx, now);
  });
}
