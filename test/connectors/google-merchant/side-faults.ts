import type { JsonObject } from '../../../src/domain/json.js';

/** A refusal of each class of the table of failures, and what becomes of the one item it hits. */
export interface SideFault {
  readonly name: string;
  /** As the command `fail` of the simulator takes it. */
  readonly refusal: JsonObject;
  readonly item: JsonObject;
}

/** Refusals of single items; those of a whole call are tested by themselves. */
export const FAULTS: readonly SideFault[] = [
  {
    name: 'a fault of Google is tried again',
    refusal: { status: 503 },
    item: { outcome: 'retry', code: 'channel_failed' },
  },
  {
    name: 'a minute that is full waits as long as Google says',
    refusal: { status: 429, message: 'quota/request_rate_too_high', retryAfter: 7 },
    item: { outcome: 'retry', code: 'throttled', againInMs: 7_000 },
  },
  {
    name: 'a day that is full waits until noon',
    refusal: { status: 429, message: 'Quota exceeded: quota/daily_limit_exceeded' },
    item: { outcome: 'retry', code: 'daily_quota_used' },
  },
  {
    name: 'lost access in one part is tried again',
    refusal: { status: 403, message: 'no access' },
    item: { outcome: 'retry', code: 'permission_missing' },
  },
  {
    name: 'a bad request is refused with the word of Google',
    refusal: { status: 400, message: '[x] Invalid.', reason: 'INVALID_VALUE' },
    item: { outcome: 'rejected', issues: [{ code: 'invalid_value', origin: 'channel' }] },
  },
  {
    name: 'a newer version wins',
    refusal: { status: 409, message: 'version' },
    item: { outcome: 'rejected', issues: [{ code: 'newer_version_won' }] },
  },
  {
    name: 'an account that is full says so',
    refusal: { status: 429, message: 'too_many_items: Merchant quota exceeded' },
    item: { outcome: 'rejected', issues: [{ code: 'too_many_items' }] },
  },
  {
    name: 'a version that was switched off says so',
    refusal: { status: 410, message: 'gone' },
    item: { outcome: 'rejected', issues: [{ code: 'api_sunset' }] },
  },
];
