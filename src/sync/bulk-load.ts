import { randomUUID } from 'node:crypto';
import { DOCUMENT_REFUSED } from '../channel/bulk-limits.js';
import type { BulkPort, ListingPort, Submission } from '../channel/connector.js';
import { ChannelError } from '../domain/errors.js';
import { type Applied, addApplied, applyPrepared, call, NOTHING_APPLIED, recordReceipts } from './apply.js';
import type { ChannelDesk } from './channel-desk.js';
import { desireVariants } from './desire.js';
import { type Prepared, writeIntention } from './intention.js';
import type { PlanEntry } from './plan.js';
import { prepareChanges } from './prepare-changes.js';

/** A load under way: changes are gathered until a document is full. At most one document's changes are in memory. */
export interface BulkLoad {
  /** How long the lane takes no document, in milliseconds; 0: it does. What is taken meanwhile waits. */
  restMs(): number;
  take(entries: readonly PlanEntry[]): Promise<Applied>;
  /** What is gathered and not handed over yet. */
  gathered(): { readonly length: number };
  /** Hands over the rest: as a document while it is still a load, one by one otherwise. */
  finish(): Promise<Applied>;
}

/** A channel with a lane for loads, which may be told to stop being waited for. */
interface Way {
  readonly port: ListingPort;
  readonly bulk: BulkPort;
  readonly signal: AbortSignal | undefined;
}

/** A document whose handle is not known yet is looked for first: a second one beside it could not be told from it. */
const UNRESOLVED_MS = 60_000;

/** Opens the lane for one round. Null: the connector has none. */
export async function openBulkLoad(
  desk: ChannelDesk,
  port: ListingPort,
  signal?: AbortSignal,
): Promise<BulkLoad | null> {
  const { bulk } = port;
  const limits = desk.kit.connector.limits.bulk;
  if (!bulk || !limits) return null;
  const way = { port, bulk, signal };
  let unresolved = await hasUnresolved(desk);
  let gathered: Prepared[] = [];
  let bytes = 0;
  const restMs = (): number => (unresolved ? Math.max(UNRESOLVED_MS, bulk.restMs()) : bulk.restMs());

  async function handOver(): Promise<Applied> {
    const batch = gathered;
    gathered = [];
    bytes = 0;
    if (restMs() > 0) return { ...NOTHING_APPLIED, waiting: batch.length };
    const applied = await submitDocument(desk, way, batch);
    unresolved = await hasUnresolved(desk);
    return applied;
  }

  return {
    restMs,
    gathered: () => gathered,
    async take(entries) {
      if (entries.length === 0) return NOTHING_APPLIED;
      if (restMs() > 0) return { ...NOTHING_APPLIED, waiting: entries.length };
      const { prepared, unfit } = await prepareChanges(desk, entries);
      await desireVariants(desk, unfit);
      let applied: Applied = { ...NOTHING_APPLIED, waiting: unfit.length };
      for (const item of prepared) {
        const size = bulk.bytesOf(item.change);
        if (gathered.length >= limits.items || (gathered.length > 0 && bytes + size > limits.bytes))
          applied = addApplied(applied, await handOver());
        gathered.push(item);
        bytes += size;
      }
      return applied;
    },
    finish() {
      return gathered.length > limits.above ? handOver() : applyPrepared(desk, way, gathered.splice(0));
    },
  };
}

async function hasUnresolved(desk: ChannelDesk): Promise<boolean> {
  const row = await desk.database.get(
    "SELECT 1 AS found FROM submission WHERE channel = ? AND lane = 'bulk' AND handle IS NULL LIMIT 1",
    [desk.kit.channel.id],
  );
  return row !== undefined;
}

/** The intention is written before the call, as for every batch; a document is never halved, for each half would cost as much as the whole. */
async function submitDocument(desk: ChannelDesk, way: Way, batch: readonly Prepared[]): Promise<Applied> {
  way.signal?.throwIfAborted();
  const id = randomUUID();
  const { taken, overtaken } = await writeIntention(desk, id, batch, 'bulk');
  const untried: Applied = { ...NOTHING_APPLIED, waiting: overtaken.length };
  if (taken.length === 0) return untried;
  const outcome = await call({ port: way.bulk, signal: way.signal }, taken, id);
  if (outcome instanceof ChannelError && outcome.kind === 'refused') {
    const applied = await recordReceipts(desk, id, { sent: taken, outcome: oneByOne(taken) });
    await desk.channelFailed(outcome);
    return addApplied(untried, applied);
  }
  const applied = addApplied(untried, await recordReceipts(desk, id, { sent: taken, outcome }));
  // A lane that takes no document says nothing about single calls; lost credentials do.
  return applied.stopped?.kind === 'auth-lost' ? applied : { ...applied, stopped: null };
}

function oneByOne(taken: readonly Prepared[]): Submission {
  return {
    id: null,
    receipts: taken.map(({ change }) => ({
      sku: change.sku,
      outcome: 'retry',
      code: DOCUMENT_REFUSED,
      againInMs: 0,
    })),
  };
}
