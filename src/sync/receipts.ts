import type { Receipt } from '../channel/connector.js';
import type { Limits } from '../channel/limits.js';
import { backoffMs, LONGEST_BACKOFF_MS } from '../domain/backoff.js';
import type { ChannelError } from '../domain/errors.js';
import { type Instant, plusMs } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import type { ListingRecord } from './listing-record.js';
import { lookAfter } from './look-ladder.js';
import { attentionOf } from './step.js';

/** What the application of receipts needs besides the record: the clock, the connector's limits, and a number in [0, 1). */
export interface ReceiptContext {
  readonly now: Instant;
  readonly limits: Limits;
  random(): number;
  /** How long no newer values follow a lost answer; absent: only the back-off counts. */
  readonly quietMs?: number;
}

/** `retry_code` of a removal under way that a document may undo once it is through: it is removed once more. */
export const OVERTAKEN = 'overtaken_by_document';

/** `retry_code` of a refused listing that is sent again unchanged; a change of it does not wait for that. */
export const ASKED_AGAIN = 'asked_again';

/** Share of their time over which refreshes are spread, unless the channel's limits say. */
const REFRESH_JITTER = 0.1;

/** The record after the channel's answer for its submission. Pure. */
export function afterReceipt(
  record: ListingRecord,
  receipt: Receipt,
  context: ReceiptContext,
): ListingRecord {
  const { now } = context;
  const known =
    'externalId' in receipt && receipt.externalId !== undefined ? receipt.externalId : record.external_id;
  const fulfilled = ('fulfilledBy' in receipt ? receipt.fulfilledBy : undefined) ?? record.fulfilled_by;
  const answered = { ...record, external_id: known, fulfilled_by: fulfilled };
  switch (receipt.outcome) {
    case 'accepted':
      return attended(
        {
          ...answered,
          attempts: 0,
          retry_at: null,
          retry_code: null,
          verdict_issues: issuesText(receipt.issues),
        },
        now,
      );
    case 'live':
      return attended(liveRecord(answered, receipt.issues, context), now);
    case 'removed':
      if (record.retry_code === OVERTAKEN)
        return attended({ ...settled(answered, now), verdict: null, verdict_issues: null }, now);
      return attended(
        {
          ...settled(answered, now),
          verdict: 'removed',
          owned: 0,
          external_id: null,
          verdict_content_rev: null,
          verdict_offer_rev: null,
          refresh_at: null,
          verdict_issues: null,
          sold_out: null,
          fulfilled_by: null,
          look_at: null,
        },
        now,
      );
    case 'rejected':
      return attended(rejectedRecord(answered, receipt, now), now);
    case 'retry':
      return attended(
        retryRecord(
          record,
          { code: receipt.code, againInMs: receipt.againInMs ?? null, trusted: true },
          context,
        ),
        now,
      );
    case 'ambiguous':
      return attended(
        retryRecord(record, { code: receipt.code, againInMs: null, trusted: false }, context),
        now,
      );
  }
}

function settled(record: ListingRecord, now: Instant): ListingRecord {
  return {
    ...record,
    submission: null,
    patience_until: null,
    verdict_at: now,
    urgent: answersAll(record) ? 0 : record.urgent,
    attempts: 0,
    retry_at: null,
    retry_code: null,
  };
}

/** Whether the channel has answered what is wanted now; what became urgent meanwhile still is. */
function answersAll(record: ListingRecord): boolean {
  if (record.sent_action === 'remove') return record.state !== 'listed';
  return record.state === 'listed' && record.sent_offer_rev === record.offer_rev;
}

function liveRecord(
  record: ListingRecord,
  issues: readonly Issue[] | undefined,
  context: ReceiptContext,
): ListingRecord {
  const { refreshAfterMs: refresh, refreshSpreadMs } = context.limits;
  return {
    ...settled(record, context.now),
    verdict: 'live',
    verdict_content_rev: record.sent_content_rev,
    verdict_offer_rev: record.sent_offer_rev,
    verdict_issues: issuesText(issues),
    sold_out: record.sent_sold_out,
    look_at: lookAfter(record.sent_at, context.now, context.limits.lookAgainMs),
    refresh_at:
      refresh === null || record.sent_action === 'offer'
        ? (record.refresh_at ?? null)
        : plusMs(
            context.now,
            Math.round(refresh - (refreshSpreadMs ?? refresh * REFRESH_JITTER) * context.random()),
          ),
  };
}

/** A refused removal is tried again later: the listing is still there, which is what the channel must be told about. */
function rejectedRecord(
  record: ListingRecord,
  { issues, againInMs }: Extract<Receipt, { outcome: 'rejected' }>,
  now: Instant,
): ListingRecord {
  const done = { ...settled(record, now), verdict_issues: issuesText(issues) };
  if (record.sent_action === 'remove')
    return {
      ...done,
      attempts: record.attempts + 1,
      retry_at: plusMs(now, LONGEST_BACKOFF_MS),
      retry_code: 'removal_refused',
    };
  return {
    ...done,
    verdict: 'rejected',
    verdict_content_rev: record.sent_content_rev,
    verdict_offer_rev: record.sent_offer_rev,
    ...(againInMs === undefined ? {} : { retry_at: plusMs(now, againInMs), retry_code: ASKED_AGAIN }),
  };
}

interface Retry {
  readonly code: string;
  readonly againInMs: number | null;
  /** False: we do not know whether the change was applied, so the last verdict is no longer trusted. */
  readonly trusted: boolean;
}

function retryRecord(record: ListingRecord, retry: Retry, context: ReceiptContext): ListingRecord {
  const attempts = retry.code === 'throttled' ? record.attempts : record.attempts + 1;
  const quiet = retry.trusted ? 0 : (context.quietMs ?? 0);
  const { repeatAfter } = context.limits;
  const repeat = repeatAfter?.codes.includes(retry.code) === true ? Math.min(quiet, repeatAfter.ms) : quiet;
  const delay = retry.againInMs ?? Math.max(repeat, backoffMs(attempts, context.random()));
  const trust = retry.trusted ? {} : { verdict: null, verdict_content_rev: null, verdict_offer_rev: null };
  return {
    ...record,
    ...trust,
    submission: null,
    patience_until: null,
    attempts,
    retry_at: plusMs(context.now, Math.ceil(delay)),
    retry_code: retry.code,
    quiet_until: quiet > 0 ? plusMs(context.now, quiet) : record.quiet_until,
  };
}

function attended(record: ListingRecord, now: Instant): ListingRecord {
  return { ...record, attention_at: attentionOf(record, now) };
}

function issuesText(issues: readonly Issue[] | undefined): string | null {
  return issues === undefined || issues.length === 0 ? null : JSON.stringify(issues);
}

/** The answer every SKU of a batch gets when the call failed as a whole. */
export function receiptsOfFailure(error: ChannelError, skus: readonly string[]): Receipt[] {
  return skus.map((sku): Receipt => {
    if (error.kind === 'ambiguous') return { sku, outcome: 'ambiguous', code: error.code };
    if (error.kind === 'refused') return { sku, outcome: 'rejected', issues: [issueOfFailure(error)] };
    return {
      sku,
      outcome: 'retry',
      code: error.kind === 'throttled' ? 'throttled' : error.code,
      ...(error.againInMs === null ? {} : { againInMs: error.againInMs }),
    };
  });
}

function issueOfFailure(error: ChannelError): Issue {
  return {
    severity: 'error',
    code: error.code,
    origin: 'channel',
    message: error.message,
    advice: error.advice,
  };
}
