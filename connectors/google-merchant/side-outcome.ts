import type { Instant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { classOf, quotaWaitMs, readGoogleError } from './failures.js';
import type { NestedReply } from './multipart.js';

/** What became of one call beside the listings. `retry`: not applied for certain, or not known; repeating it is safe. */
export type SideOutcome =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'rejected'; readonly issues: readonly Issue[] }
  | { readonly outcome: 'retry'; readonly code: string; readonly againInMs?: number };

/**
 * Reads Google's answer to one call by the table of failures. Every call beside the listings replaces a whole entry, so that one of
 * unknown outcome is simply repeated; a call without an answer is too. `quote`: whether Google's sentence may be passed on.
 */
export function outcomeOf(
  reply: NestedReply | undefined,
  { now, quote }: { readonly now: Instant; readonly quote: boolean },
): SideOutcome {
  if (reply === undefined) return { outcome: 'retry', code: 'no_answer_for_item' };
  if (reply.status >= 200 && reply.status < 300) return { outcome: 'accepted' };
  const row = classOf(reply);
  if (row.item === 'rejected') return { outcome: 'rejected', issues: [refusal(reply, quote)] };
  const againInMs = row.kind === 'throttled' ? quotaWaitMs(reply, now) : row.waitMs;
  return { outcome: 'retry', code: row.code, ...(againInMs === undefined ? {} : { againInMs }) };
}

function refusal(reply: NestedReply, quote: boolean): Issue {
  const error = readGoogleError(reply.body);
  const row = classOf(reply);
  const word = row.name === 'payload' && error.reason !== '' ? error.reason.toLowerCase() : row.code;
  return {
    severity: 'error',
    code: word,
    ...(error.field === '' ? {} : { attribute: error.field }),
    origin: 'channel',
    message: quote && error.message !== '' ? error.message : `Google refused it with status ${reply.status}.`,
    advice: row.advice,
    ...(error.link === null ? {} : { link: error.link }),
  };
}
