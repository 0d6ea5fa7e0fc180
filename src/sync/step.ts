import type { Instant } from '../domain/instant.js';
import type { ListingRecord } from './listing-record.js';
import { priceStepOf } from './restock.js';

/** The columns the decision looks at. */
export type StepRecord = Pick<
  ListingRecord,
  | 'state'
  | 'content_rev'
  | 'offer_rev'
  | 'owned'
  | 'unmanaged'
  | 'submission'
  | 'patience_until'
  | 'retry_at'
  | 'quiet_until'
  | 'sent_action'
  | 'sent_content_rev'
  | 'sent_offer_rev'
  | 'verdict'
  | 'verdict_content_rev'
  | 'verdict_offer_rev'
  | 'refresh_at'
>;

/**
 * What to do with one listing. `wait` and `settled` say when to look again (null: when something changes); the others are due
 * now. `why` is a stable word, shown by `explain`.
 */
export type Step =
  | { readonly do: 'wait' | 'settled'; readonly why: string; readonly until: Instant | null }
  | { readonly do: 'upsert' | 'offer' | 'remove'; readonly why: string };

/**
 * The one decision of the sync engine: first match wins. Pure in the record and the clock.
 *
 *  | 1 | sent, patience not over                   | wait for the verdict                  |
 *  | 2 | retry instant ahead                       | wait until then                       |
 *  | 3 | blocked by issues                         | wait, what is live stays live         |
 *  | 4 | not desired, may be there                 | remove                                |
 *  | 5 | not desired, not there                    | settled                               |
 *  | 6 | there is a listing of somebody else       | wait until it is adopted or gone      |
 *  | 7 | sent, patience over                       | upsert                                |
 *  | 8 | live on this revision, not due            | settled until the refresh             |
 *  | 9 | rejected on this revision, or its price    | wait until it changes or a person asks |
 *  | 10| live, only the offer differs              | offer                                 |
 *  | 11| else                                      | upsert                                |
 *
 * What 4, 7, 10 and 11 would send waits while a call whose answer was lost may be under way, unless it says the same as that call.
 */
export function step(record: StepRecord, now: Instant): Step {
  const decided = stepOf(record, now);
  const sends = decided.do !== 'wait' && decided.do !== 'settled';
  const later =
    decided.why === 'retry-later' && 'until' in decided && isAfter(record.quiet_until, decided.until);
  if ((sends || later) && isAfter(record.quiet_until, now) && !repeatsLast(record))
    return { do: 'wait', why: 'answer-lost', until: record.quiet_until };
  return decided;
}

function isAfter(instant: Instant | null, other: Instant | null): boolean {
  return instant !== null && (other === null || instant > other);
}

/** Whether what would be sent now is what was sent last: of two equal calls it does not matter which comes last. */
function repeatsLast(record: StepRecord): boolean {
  if (record.state !== 'listed') return record.sent_action === 'remove';
  const { content_rev, offer_rev, sent_action, sent_content_rev, sent_offer_rev } = record;
  return sent_action !== 'remove' && sent_content_rev === content_rev && sent_offer_rev === offer_rev;
}

function stepOf(record: StepRecord, now: Instant): Step {
  const inFlight = record.submission !== null;
  if (inFlight && record.patience_until !== null && record.patience_until > now) {
    return { do: 'wait', why: 'sent', until: record.patience_until };
  }
  if (record.retry_at !== null && record.retry_at > now)
    return { do: 'wait', why: 'retry-later', until: record.retry_at };
  if (record.state === 'blocked') return { do: 'wait', why: 'blocked', until: null };
  if (record.state !== 'listed') {
    return record.owned === 1
      ? { do: 'remove', why: record.state }
      : { do: 'settled', why: 'not-there', until: null };
  }
  if (record.unmanaged === 1 && record.owned !== 1) return { do: 'wait', why: 'unmanaged', until: null };
  if (inFlight) return { do: 'upsert', why: 'patience-over' };
  return stepOfListed(record, now);
}

function stepOfListed(record: StepRecord, now: Instant): Step {
  const sameContent = record.verdict_content_rev === record.content_rev;
  const sameOffer = record.verdict_offer_rev === record.offer_rev;
  const refreshDue = record.refresh_at !== null && record.refresh_at <= now;
  if (record.verdict === 'live' && sameContent && sameOffer) {
    return refreshDue
      ? { do: 'upsert', why: 'refresh' }
      : { do: 'settled', why: 'live', until: record.refresh_at };
  }
  const priceStep = record.verdict_offer_rev === priceStepOf(record.offer_rev);
  if (record.verdict === 'rejected' && sameContent && (sameOffer || priceStep) && record.retry_at === null)
    return { do: 'wait', why: priceStep ? 'price-rejected' : 'rejected', until: null };
  if (record.verdict === 'live' && sameContent && !refreshDue)
    return { do: 'offer', why: priceStep ? 'stock-after-price' : 'offer-changed' };
  return { do: 'upsert', why: record.verdict === null ? 'not-confirmed' : 'content-changed' };
}

/** When a record next needs a look: now for what is due, else the instant its step waits for. */
export function attentionOf(record: StepRecord, now: Instant): Instant | null {
  const decided = step(record, now);
  return 'until' in decided ? decided.until : now;
}
