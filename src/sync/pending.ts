import type { PendingSubmission } from '../channel/connector.js';
import type { Queries } from '../db/database.js';
import type { Lane } from './lanes.js';

/** A row of the table `submission`. */
export interface OpenSubmission {
  readonly id: string;
  readonly handle: string | null;
  readonly lane: Lane;
  readonly sent_at: string;
  readonly looks: number;
}

/** A listing whose verdict a submission waits for. */
export interface PendingItem {
  readonly variant_id: number;
  readonly sku: string;
  readonly external_id: string | null;
  readonly sent_action: 'upsert' | 'offer' | 'remove';
  readonly kind: string | null;
}

/** What a submission still waits for. */
export function pendingItems(queries: Queries, submission: string): Promise<PendingItem[]> {
  return queries.all<PendingItem>(
    'SELECT variant_id, sku, external_id, sent_action, kind FROM listing WHERE submission = ? ORDER BY variant_id',
    [submission],
  );
}

/** A submission as its connector is asked about it. Pure. */
export function pendingSubmission(
  submission: OpenSubmission,
  items: readonly PendingItem[],
): PendingSubmission {
  return {
    id: submission.handle,
    key: submission.id,
    ...(submission.lane === 'bulk' ? { lane: 'bulk' } : {}),
    sentAt: submission.sent_at,
    items: items.map((item) => ({
      sku: item.sku,
      externalId: item.external_id,
      action: item.sent_action,
      kind: item.kind,
    })),
  };
}
