import type { ListingChange, ListingPort, Receipt, Submission } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Instant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { type Outgoing, type PartsSent, sendParts, splitAllowance } from './batch-parts.js';
import type { MetaClient } from './client.js';
import { ID_MAX, recordOf } from './encode.js';
import { writeHandles } from './handles.js';
import { findingsOf, handlesOf } from './issues.js';
import { catalogObserver } from './observe.js';
import { localizedRecordsOf } from './overrides.js';
import { settleHandles } from './settle.js';

/** What the port of one catalog works with. */
export interface ListingsOf {
  readonly client: MetaClient;
  /** Languages and countries whose overrides are taken away when a listing no longer has them. */
  readonly places: readonly string[];
  /** Name of our own daily feed; items of any other belong to somebody else. Absent: there is none. */
  readonly ownFeed: string | undefined;
  /** What is put in order once with every whole read-back. */
  daily(): Promise<void>;
  now(): Instant;
}

/** Listings of one Meta catalog. */
export function metaListings(parts: ListingsOf): ListingPort {
  const observe = catalogObserver(parts.client, parts.ownFeed);
  return {
    submit: (changes) => submit(parts, changes),
    settle: (pending) => settleHandles(parts.client, pending, parts.now()),
    async observe(cursor) {
      if (cursor === null) await parts.daily();
      return observe(cursor);
    },
  };
}

/**
 * Whole listings and removals travel in one call, offers in another, because only the first may create items; values of single languages
 * and countries follow in a third. Each holds an item once: Meta promises no order within a batch or between batches.
 */
async function submit(parts: ListingsOf, changes: readonly ListingChange[]): Promise<Submission> {
  const { client } = parts;
  const long = changes.filter((change) => change.sku.length > ID_MAX);
  const fits = changes.filter((change) => change.sku.length <= ID_MAX);
  const splits = splitAllowance();
  const items = (allowUpsert: boolean, wanted: (change: ListingChange) => boolean): Promise<PartsSent> =>
    sendParts(
      fits.filter(wanted).map((change): Outgoing => ({ sku: change.sku, record: recordOf(change) })),
      (requests) => client.sendBatch({ allowUpsert, requests }),
      splits,
    );
  const whole = await items(true, (change) => change.action !== 'offer');
  const offers = stopped(whole) ? null : await items(false, (change) => change.action === 'offer');
  const lanes = offers === null ? [whole] : [whole, offers];
  throwWhenNothingWasTaken(lanes);
  const receipts = new Map(lanes.flatMap(receiptsOf).map((receipt) => [receipt.sku, receipt]));
  const localized = fits
    .filter(({ sku, action }) => action === 'upsert' && receipts.get(sku)?.outcome === 'accepted')
    .flatMap((change) =>
      localizedRecordsOf(change, parts.places).map((record): Outgoing => ({ sku: change.sku, record })),
    );
  const overrides = await sendParts(localized, (requests) => client.sendLocalized(requests), splits);
  return {
    id: writeHandles({
      items: lanes.flatMap(handlesOfParts),
      localized: handlesOfParts(overrides),
      // What is missing is sent again with the whole listing once its first write is through.
      incomplete: overrides.failed.length > 0 || overrides.untried.length > 0 || withoutHandle(overrides),
    }),
    receipts: [
      ...long.map(tooLong),
      ...fits.map(({ sku }) => receipts.get(sku) ?? { sku, outcome: 'retry' as const, code: 'not_tried' }),
    ],
  };
}

/** A lane that ended early for a reason that holds for the next one as well. */
function stopped({ failed }: PartsSent): boolean {
  return failed.some(({ error }) => error.kind !== 'refused');
}

/**
 * A failure is thrown while nothing was taken, so that the engine may act on its class; later it becomes receipts,
 * so that answers in hand are not lost. A refusal nobody could attribute is not the fault of a listing: all of it is tried again later.
 */
function throwWhenNothingWasTaken(lanes: readonly PartsSent[]): void {
  if (lanes.some(({ answered }) => answered.length > 0)) return;
  const error = lanes.flatMap(({ failed }) => failed)[0]?.error;
  if (error === undefined) return;
  if (error.kind !== 'refused') throw error;
  throw new ChannelError(error.message, {
    code: 'batch_refused',
    kind: 'ambiguous',
    owner: 'us',
    advice: 'Meta refuses whole batches. See its message; report it if the settings are right.',
    cause: error,
    requestId: error.requestId,
  });
}

function receiptsOf(sent: PartsSent): readonly Receipt[] {
  return [
    ...sent.answered.flatMap(answeredReceipts),
    ...sent.refused.map(({ record, error }) => refusedReceipt(record.sku, error)),
    ...sent.failed.flatMap(({ records, error }) => records.map(({ sku }) => failedReceipt(sku, error))),
    ...sent.untried.map(({ sku }): Receipt => ({ sku, outcome: 'retry', code: 'not_tried' })),
  ];
}

function answeredReceipts({ reply, records }: PartsSent['answered'][number]): readonly Receipt[] {
  const handles = handlesOf(reply);
  const findings = findingsOf(reply.validation_status);
  return records.map(({ sku }): Receipt => {
    const issues = findings.get(sku) ?? [];
    if (issues.some((issue) => issue.severity === 'error')) return { sku, outcome: 'rejected', issues };
    // No handle: Meta has taken nothing of the batch.
    if (handles.length === 0) return { sku, outcome: 'retry', code: 'batch_not_taken' };
    return issues.length > 0 ? { sku, outcome: 'accepted', issues } : { sku, outcome: 'accepted' };
  });
}

function failedReceipt(sku: string, error: ChannelError): Receipt {
  if (error.kind === 'ambiguous') return { sku, outcome: 'ambiguous', code: error.code };
  const wait = error.againInMs === null ? {} : { againInMs: error.againInMs };
  return { sku, outcome: 'retry', code: error.code, ...wait };
}

function refusedReceipt(sku: string, error: ChannelError): Receipt {
  const { code, message, advice } = error;
  return {
    sku,
    outcome: 'rejected',
    issues: [{ severity: 'error', code, origin: 'channel', message, advice }],
  };
}

function handlesOfParts({ answered }: PartsSent): readonly string[] {
  return answered.flatMap(({ reply }) => handlesOf(reply));
}

function withoutHandle({ answered }: PartsSent): boolean {
  return answered.some(({ reply }) => handlesOf(reply).length === 0);
}

function tooLong(change: ListingChange): Receipt {
  const issue: Issue = {
    severity: 'error',
    code: 'id_too_long',
    attribute: 'id',
    origin: 'ours',
    message: `The SKU has ${change.sku.length} characters; Meta takes ${ID_MAX}.`,
    advice: 'Give the variant a shorter SKU.',
  };
  return { sku: change.sku, outcome: 'rejected', issues: [issue] };
}
