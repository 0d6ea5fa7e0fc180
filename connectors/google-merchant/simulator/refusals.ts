import type { JsonObject } from '../../../src/domain/json.js';
import { GoogleRefusal } from './google-error.js';

/** A refusal somebody ordered for calls to come. */
export interface OrderedRefusal {
  /** Part of the call's name, `productInputs.insert`; empty: every call. */
  readonly call: string;
  readonly status: number;
  readonly message: string;
  readonly reason: string;
  /** Seconds of a `Retry-After` header; null: none. */
  readonly retryAfter: number | null;
  left: number;
}

/** Refusals that hit the next matching calls, inside batches as outside. */
export interface Refusals {
  add(refusal: OrderedRefusal): void;
  /** Throws the refusal that is next for this call. */
  meet(call: string): void;
}

/** A list of refusals, oldest first. */
export function orderedRefusals(): Refusals {
  const waiting: OrderedRefusal[] = [];
  return {
    add: (refusal) => void waiting.push(refusal),
    meet(call) {
      const place = waiting.findIndex((refusal) => call.includes(refusal.call));
      const hit = waiting[place];
      if (!hit) return;
      hit.left -= 1;
      if (hit.left <= 0) waiting.splice(place, 1);
      throw new GoogleRefusal(
        hit.status,
        hit.message,
        hit.reason === '' ? {} : { REASON: hit.reason },
        hit.retryAfter === null ? {} : { 'retry-after': String(hit.retryAfter) },
      );
    },
  };
}

/** Reads the order `{"call", "status", "message", "reason", "retryAfter", "times"}`. */
export function refusalIn(body: JsonObject): OrderedRefusal {
  return {
    call: typeof body.call === 'string' ? body.call : '',
    status: typeof body.status === 'number' ? body.status : 503,
    message: typeof body.message === 'string' ? body.message : 'The service is currently unavailable.',
    reason: typeof body.reason === 'string' ? body.reason : '',
    retryAfter: typeof body.retryAfter === 'number' ? body.retryAfter : null,
    left: typeof body.times === 'number' ? body.times : 1,
  };
}
