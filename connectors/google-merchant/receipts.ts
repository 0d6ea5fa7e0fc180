import type { ListingChange, Receipt } from '../../src/channel/connector.js';
import type { Instant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { ATTRIBUTE_BY_FIELD } from './attributes.js';
import { classOf, conditionOf, type GoogleError, quotaWaitMs, readGoogleError } from './failures.js';
import type { NestedReply } from './multipart.js';

/** Turns Google's answer to one listing into a receipt, by the table of failures. No answer is never a success. */
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
  const row = classOf(reply);
  if (row.name === 'gone' && change.action === 'remove') return { sku, outcome: 'removed' };
  if (row.item === 'ambiguous') return { sku, outcome: 'ambiguous', code: row.code };
  if (row.item === 'retry') {
    const againInMs = row.kind === 'throttled' ? quotaWaitMs(reply, context.now) : row.waitMs;
    return { sku, outcome: 'retry', code: row.code, ...(againInMs === undefined ? {} : { againInMs }) };
  }
  return { sku, outcome: 'rejected', issues: [refusal(reply)] };
}

/** What a receipt needs besides the answer. */
export interface ReceiptContext {
  readonly externalId: string;
  readonly now: Instant;
}

/** Google's own word where it has one; ours for the classes whose words it does not promise. */
function refusal(reply: NestedReply): Issue {
  const error = readGoogleError(reply.body);
  const row = classOf(reply);
  const payload = row.name === 'payload';
  const attribute = attributeIn(error.field);
  return {
    severity: 'error',
    code: payload ? payloadCode(reply.status, error) : row.code,
    ...(attribute === null ? {} : { attribute }),
    origin: 'channel',
    message: error.message === '' ? `Google refused the listing with status ${reply.status}.` : error.message,
    ...(payload ? {} : { advice: row.advice }),
    ...(error.link === null ? {} : { link: error.link }),
  };
}

function payloadCode(status: number, error: GoogleError): string {
  const condition = conditionOf(status, error);
  return condition === '' ? 'refused' : condition.toLowerCase();
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
