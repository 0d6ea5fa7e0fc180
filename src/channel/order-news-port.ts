import type { ChannelOrder } from '../domain/order.js';

/**
 * Channels that tell of changed orders through a queue. A message is a hint where to look, never a fact; it is taken out of the queue only once the
 * order as the channel has it now is written. Polling goes on beside it: a message that never comes costs time, no order.
 */
export interface OrderNewsPort {
  /** Waits up to so long for messages, at most ten at once. None is taken out of the queue: each comes again after some minutes. */
  receive(waitMs: number): Promise<readonly OrderNews[]>;
  /** Orders as they are now; those the channel does not have are left out. A failed read throws. */
  read(externalIds: readonly string[]): Promise<readonly ChannelOrder[]>;
  /** Takes messages out of the queue. Answers the handles that could not be. */
  done(handles: readonly string[]): Promise<readonly string[]>;
}

/** One message. `order`: of this channel · `elsewhere`: of another store of the same account · `unknown`: nothing we asked for. */
export type OrderNews = {
  readonly handle: string;
  /** How often it was received, this time included. */
  readonly received: number;
} & (
  | { readonly about: 'order'; readonly externalId: string }
  | { readonly about: 'elsewhere' }
  | { readonly about: 'unknown'; readonly why: string }
);
