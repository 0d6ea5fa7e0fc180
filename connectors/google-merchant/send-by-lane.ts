import type { ListingChange, Receipt } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import { type ListingTools, sendProducts } from './listing-tools.js';
import type { NestedCall, NestedReply } from './multipart.js';
import type { Lane } from './quota-pace.js';

/** What came back for the calls of several changes. */
export interface Answers {
  readonly replies: ReadonlyMap<string, NestedReply>;
  readonly date: string | null;
  /** Listings that could not go now, each with when it may. */
  readonly waiting: ReadonlyMap<string, Receipt>;
}

/**
 * Removals and stock that ran out go first and may use what is kept for them of the day's quota. When only the rest must wait, the
 * rest waits; when nothing can go, that is a failed call. `calls` are by SKU. Throws ChannelError for a failed call.
 */
export async function sendByLane(
  changes: readonly ListingChange[],
  calls: ReadonlyMap<string, NestedCall>,
  tools: ListingTools,
): Promise<Answers> {
  const replies = new Map<string, NestedReply>();
  const waiting = new Map<string, Receipt>();
  let date: string | null = null;
  for (const lane of ['urgent', 'ordinary'] as const) {
    const skus = new Set(changes.filter((change) => laneOf(change) === lane).map(({ sku }) => sku));
    const part = new Map([...calls].filter(([sku]) => skus.has(sku)));
    if (part.size === 0) continue;
    try {
      const answer = await sendProducts(part, { method: 'productInputs.insert', lane }, tools);
      for (const [sku, reply] of answer.replies) replies.set(sku, reply);
      date = answer.date;
    } catch (error) {
      const partly = replies.size > 0 && error instanceof ChannelError && error.kind === 'throttled';
      if (!partly) throw error;
      for (const sku of part.keys()) waiting.set(sku, waitingFor(sku, error));
    }
  }
  return { replies, date, waiting };
}

/** Whether a change is one of those that must not wait: what cannot be bought any more. */
export function laneOf({ action, attributes }: ListingChange): Lane {
  return action === 'remove' || attributes.availability === 'out_of_stock' ? 'urgent' : 'ordinary';
}

function waitingFor(sku: string, { code, againInMs }: ChannelError): Receipt {
  return { sku, outcome: 'retry', code, ...(againInMs === null ? {} : { againInMs }) };
}
