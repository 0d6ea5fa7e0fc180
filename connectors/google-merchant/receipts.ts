import type { ListingChange, Receipt } from '../../src/channel/connector.js';
import type { Instant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { ATTRIBUTE_BY_FIELD } from './attributes.js';
import { conditionOf, type GoogleError, quotaWaitMs, readGoogleError } from './failures.js';
import type { NestedReply } from './multipart.js';

/** A data source created seconds ago is not known everywhere yet (seen 2026-09). */
const DATA_SOURCE_WAIT_MS = 45_000;

/** Turns Google's answer to one listing into a receipt. No answer is never a success. */
export function receiptOf(
  change: ListingChange,
  reply: NestedReply | undefined,
  context: ReceiptContext,
): Receipt {
  const { sku } = change;
  if (reply === undefined) return { sku, outcome: 'ambiguous', code: 'no_answer_for_item' };
  if (reply.status >= 200 && reply.status < 300) {
    return { sku, outcome: 'accepted', externalId: context.externalId };
  }
  const error = readGoogleError(reply.body);
  const condition = conditionOf(reply.status, error);
  if (condition === 'data_source_missing') {
    return { sku, outcome: 'retry', code: 'data_source_not_found', againInMs: DATA_SOURCE_WAIT_MS };
  }
  if (reply.status === 404 && change.action === 'remove') return { sku, outcome: 'removed' };
  if (reply.status === 429 && condition !== 'too_many_items') {
    return { sku, outcome: 'retry', code: 'throttled', againInMs: quotaWaitMs(reply, context.now) };
  }
  if (reply.status === 401 || reply.status === 403) {
    return { sku, outcome: 'retry', code: 'credentials_refused' };
  }
  if (reply.status === 408 || reply.status >= 500) {
    return { sku, outcome: 'ambiguous', code: 'channel_failed' };
  }
  return { sku, outcome: 'rejected', issues: [refusal(reply.status, error, condition)] };
}

/** What a receipt needs besides the answer. */
export interface ReceiptContext {
  readonly externalId: string;
  readonly now: Instant;
}

const KNOWN: Readonly<Record<string, Pick<Issue, 'code' | 'advice'>>> = {
  409: {
    code: 'newer_version_won',
    advice:
      'Google holds a newer version of this listing; the next change of the listing is sent with a higher number.',
  },
  429: {
    code: 'too_many_items',
    advice: 'The account has reached its number of products. Ask Google for more or list fewer.',
  },
};

function refusal(status: number, error: GoogleError, condition: string): Issue {
  const known = KNOWN[String(status)];
  const attribute = attributeIn(error.field);
  return {
    severity: 'error',
    code: known?.code ?? (condition === '' ? 'refused' : condition.toLowerCase()),
    ...(attribute === null ? {} : { attribute }),
    origin: 'channel',
    message: error.message === '' ? `Google refused the listing with status ${status}.` : error.message,
    ...(known?.advice === undefined ? {} : { advice: known.advice }),
    ...(error.link === null ? {} : { link: error.link }),
  };
}

/** `product_input.product_attributes.image_link`, `productAttributes.imageLink` and `imageLink` all mean image_link. */
function attributeIn(location: string): string | null {
  for (const part of location.split('.').reverse()) {
    const field = part
      .replace(/\[.*$/, '')
      .replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const row = ATTRIBUTE_BY_FIELD.get(field);
    if (row) return row.name;
  }
  return location === '' ? null : location;
}
