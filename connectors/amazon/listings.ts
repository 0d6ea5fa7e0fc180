import type {
  ListingChange,
  ListingPort,
  ListingPreview,
  Receipt,
  Submission,
} from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import { beforeSending } from './before-sending.js';
import { bulkPort } from './feeds/bulk-lane.js';
import { settleFeed } from './feeds/feed-settle.js';
import { channelIssues, refusalIssue } from './issues.js';
import { NOT_FOR_THE_TYPE, placeStays, writeOf } from './listing-requests.js';
import type { ListingWork } from './listing-work.js';
import { lookAtListings } from './look.js';
import type { Said } from './models/open-types.js';
import type { ListingsItemSubmissionResponse } from './models/operations.generated.js';
import { observeListings } from './observe.js';
import { previewListings } from './preview.js';
import type { AmazonSettings } from './settings.js';
import { settleListings } from './settle.js';

/** Calls under way at once within one batch; the usage plan decides how fast they start. */
const PARALLEL = 8;

/** Listings over the Listings Items API: one call per SKU, so a batch is a group of calls. Loads go as feeds. */
export function listingPort(work: ListingWork): ListingPort {
  return {
    submit: (changes, key) => submit(work, changes, key),
    settle: (pending) => (pending.lane === 'bulk' ? settleFeed : settleListings)(work, pending),
    preview: async (changes) => {
      const ready = await beforeSending(work, changes);
      return [...ready.refused.map(refusedPreview), ...(await previewListings(work, ready.changes))];
    },
    observe: (cursor) => observeListings(work, cursor),
    bulk: bulkPort(work),
    look: (skus) => lookAtListings(work, skus),
  };
}

/**
 * Sends a batch call by call. A failed call concerns its SKU; what stops every call (throttling, lost authorization, no
 * connection) ends the batch, and the rest may be sent again. When no SKU got an answer the failure is thrown.
 */
async function submit(
  work: ListingWork,
  changes: readonly ListingChange[],
  key: string,
): Promise<Submission> {
  const ready = await beforeSending(work, changes);
  const receipts: Receipt[] = [...ready.refused];
  const waiting = [...ready.changes];
  const failures: ChannelError[] = [];
  let stopped: ChannelError | null = null;

  async function worker(): Promise<void> {
    for (let change = waiting.shift(); change; change = waiting.shift()) {
      if (stopped) {
        receipts.push(again(change.sku, stopped));
        continue;
      }
      try {
        receipts.push(await receiptFor(work, change));
      } catch (error) {
        if (!(error instanceof ChannelError)) throw error;
        failures.push(error);
        receipts.push(error.kind === 'ambiguous' ? ambiguous(change.sku, error) : again(change.sku, error));
        if (error.kind !== 'ambiguous') stopped ??= error;
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(PARALLEL, waiting.length) }, worker));
  const first = failures[0];
  const answered = receipts.some(({ outcome }) => outcome !== 'retry' && outcome !== 'ambiguous');
  // With one call lost on the way the batch as a whole may still have been applied: receipts tell more than an error.
  if (first && !answered && failures.every(({ kind }) => kind === first.kind)) throw first;
  // Amazon knows no batches: the handle only says that every call was made, which `settle` must know.
  return { id: key, receipts };
}

function refusedPreview(receipt: Receipt): ListingPreview {
  return { sku: receipt.sku, accepted: false, issues: 'issues' in receipt ? (receipt.issues ?? []) : [] };
}

function again(sku: string, error: ChannelError): Receipt {
  const wait = error.againInMs === null ? {} : { againInMs: error.againInMs };
  return { sku, outcome: 'retry', code: error.code, ...wait };
}

function ambiguous(sku: string, error: ChannelError): Receipt {
  return { sku, outcome: 'ambiguous', code: error.code };
}

/** The receipt of one SKU; throws what is not about this SKU alone. */
async function receiptFor(work: ListingWork, change: ListingChange): Promise<Receipt> {
  try {
    const receipt = readSubmission(change, await send(work, change), work.settings);
    if (!placeStays(change) || change.pricedBy === 'channel' || receipt.outcome !== 'rejected')
      return receipt;
    // Some types take no patches of members of a family (selling-partner-api-models issue 439; verified 2026-11): the whole is put then.
    if (!receipt.issues.some(({ code }) => code === NOT_FOR_THE_TYPE)) return receipt;
    const whole = { ...change, family: { link: 'set', gone: [] } } as const;
    return readSubmission(whole, await send(work, whole), work.settings);
  } catch (error) {
    if (!(error instanceof ChannelError) || error.kind !== 'refused') throw error;
    if (change.action !== 'upsert' && error.code === 'not_found')
      return { sku: change.sku, outcome: 'removed' };
    return { sku: change.sku, outcome: 'rejected', issues: [refusalIssue(error)] };
  }
}

async function send(
  { client, settings }: ListingWork,
  change: ListingChange,
): Promise<Said<ListingsItemSubmissionResponse>> {
  const path = { sku: change.sku };
  const write = writeOf(change, settings.marketplaceId);
  if (write.operation === 'deleteListingsItem') return (await client.call(write.operation, { path })).body;
  if (write.operation === 'putListingsItem')
    return (await client.call(write.operation, { path, body: write.body })).body;
  return (await client.call(write.operation, { path, body: write.body })).body;
}

/** `ACCEPTED` is a receipt, not success; `INVALID` means nothing was taken over. Unknown words count as ambiguous. */
function readSubmission(
  { sku, fulfilledBy }: ListingChange,
  body: Said<ListingsItemSubmissionResponse>,
  settings: AmazonSettings,
): Receipt {
  const issues = channelIssues(body.issues, settings.marketplaceId);
  const shipper = fulfilledBy == null ? {} : { fulfilledBy };
  if (body.status === 'ACCEPTED') return { sku, outcome: 'accepted', issues, ...shipper };
  if (body.status === 'INVALID') return { sku, outcome: 'rejected', issues, ...shipper };
  return { sku, outcome: 'ambiguous', code: 'unknown_submission_status' };
}
