import { type Instant, plusMs } from '../domain/instant.js';
import type { OrderDesk } from './order-desk.js';

/** A link that is to be placed, as it was read. */
export interface Intended {
  readonly external_id: string;
  readonly place_key: string;
  /** `placing`: the shop was asked before, and what became of it is not known. */
  readonly state: 'intended' | 'placing';
  readonly attempts: number;
  readonly misses: number;
  /** When the order came to us: no attempt is older. */
  readonly first_seen_at: string;
}

/** The longest a call to a shop takes: its deadline of 30 s, renewing a token before it, and the way back. */
const CALL_MS = 60_000;

/**
 * One worker's hold on a link while it asks the shop. It lasts as long as a call can take and the shop may work on it afterwards, so that after
 * the death of its holder nobody places while an earlier call may still be applied. Every step checks that the hold is still ours.
 */
export class PlacingLease {
  readonly token: string;
  readonly #desk: OrderDesk;
  readonly #quietMs: number;

  constructor(
    desk: OrderDesk,
    readonly link: Intended,
    terms: { readonly token: string; readonly quietMs: number },
  ) {
    this.#desk = desk;
    this.token = terms.token;
    this.#quietMs = terms.quietMs;
  }

  /** Takes the link, if it is as it was read and nobody else holds it. */
  take(): Promise<boolean> {
    const now = this.#desk.clock.now();
    return this.#change(
      'SET lease = ?, lease_until = ? ',
      [this.token, this.#until(now)],
      'AND state = ? AND attempts = ? AND misses = ? AND (lease_until IS NULL OR lease_until <= ?)',
      [this.link.state, this.link.attempts, this.link.misses, now],
    );
  }

  /** Written right before the shop is asked to create; false: the hold ran out meanwhile. */
  placing(): Promise<boolean> {
    const now = this.#desk.clock.now();
    return this.#held(
      "SET state = 'placing', attempts = attempts + 1, misses = 0, lease_until = ?",
      [this.#until(now)],
      now,
    );
  }

  /** The shop does not have it now: it is searched once more before anything is placed. */
  missed(retryAt: Instant): Promise<boolean> {
    return this.#held('SET misses = misses + 1, retry_at = ?, lease = NULL, lease_until = NULL', [retryAt]);
  }

  /** A call failed. `unknown`: it may have been applied; otherwise it certainly was not. */
  failed(failure: { readonly retryAt: Instant; readonly unknown: boolean }): Promise<boolean> {
    const state = failure.unknown ? 'state' : "'intended'";
    // What was unknown before this round stays unknown when the search itself failed.
    const before = this.link.state === 'placing' && !failure.unknown ? 'state' : state;
    return this.#held(
      `SET state = ${before}, attempts = attempts + 1, retry_at = ?, lease = NULL, lease_until = NULL`,
      [failure.retryAt],
    );
  }

  /** Nothing is to be done for this link any more. */
  release(): Promise<boolean> {
    return this.#held('SET attempts = attempts + 1, lease = NULL, lease_until = NULL', []);
  }

  #until(now: Instant): Instant {
    return plusMs(now, CALL_MS + this.#quietMs);
  }

  #held(set: string, values: readonly (string | number)[], now?: Instant): Promise<boolean> {
    return now === undefined
      ? this.#change(set, values, 'AND lease = ?', [this.token])
      : this.#change(set, values, 'AND lease = ? AND lease_until > ?', [this.token, now]);
  }

  async #change(
    set: string,
    values: readonly (string | number)[],
    condition: string,
    more: readonly (string | number)[],
  ): Promise<boolean> {
    const { database, channel } = this.#desk;
    const changed = await database.run(
      `UPDATE order_link ${set} WHERE channel = ? AND external_id = ? ${condition}`,
      [...values, channel, this.link.external_id, ...more],
    );
    return changed === 1;
  }
}
