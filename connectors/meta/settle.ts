import type { PendingSubmission, Settlement } from '../../src/channel/connector.js';
import { epochMs, type Instant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { MetaClient } from './client.js';
import { findingOf } from './issues.js';

type Verdict = Settlement['verdicts'][number];
type Item = PendingSubmission['items'][number];

/** States after which a batch does not change any more; every other word means: still under way. */
const OVER: ReadonlySet<string> = new Set(['finished', 'error', 'canceled']);

/**
 * Asks for every handle of a submission. The status of a batch does not name the items that went well, so verdicts are given
 * only when all batches are over; a batch Meta lost or stopped is to be sent again.
 */
export async function settleHandles(
  client: MetaClient,
  pending: PendingSubmission,
  now: Instant,
): Promise<Settlement> {
  const handles = (pending.id ?? '').split(' ').filter((handle) => handle !== '');
  const statuses: JsonObject[] = [];
  for (const handle of handles) {
    const status = await client.batchStatus(handle);
    if (status === null) return { verdicts: pending.items.map((item) => again(item, 'handle_unknown')) };
    if (!OVER.has(String(status.status))) return { verdicts: [], againInMs: pauseAfter(pending.sentAt, now) };
    statuses.push(status);
  }
  if (statuses.length === 0) return { verdicts: pending.items.map((item) => again(item, 'no_handle')) };
  return { verdicts: verdictsOf(pending.items, statuses) };
}

/** Meta takes about two minutes as a rule; asking costs little at first and is pointless every few seconds later. */
function pauseAfter(sentAt: Instant, now: Instant): number {
  const ageMs = Math.max(0, epochMs(now) - epochMs(sentAt));
  return Math.min(300_000, Math.max(2_000, Math.round(ageMs / 2)));
}

function verdictsOf(items: readonly Item[], statuses: readonly JsonObject[]): readonly Verdict[] {
  const errors = new Map<string, Issue[]>();
  for (const status of statuses) {
    for (const entry of objects(status.errors)) note(errors, String(entry.id), String(entry.message));
    for (const id of isJsonArray(status.ids_of_invalid_requests) ? status.ids_of_invalid_requests : [])
      if (!errors.has(String(id))) note(errors, String(id), 'Meta refused the item without a reason.');
  }
  const stopped = statuses.some((status) => status.status !== 'finished');
  const partly = statuses.some(isPartlyTold);
  return items.flatMap((item): readonly Verdict[] => {
    const issues = errors.get(item.sku);
    // Deleting what is not there ends in the same state.
    if (issues && item.action !== 'remove') return [{ sku: item.sku, outcome: 'rejected', issues }];
    if (stopped) return [again(item, 'batch_stopped')];
    if (partly && !issues) return [];
    return [{ sku: item.sku, outcome: item.action === 'remove' ? 'removed' : 'live' }];
  });
}

/** `errors` is a sample. When the list of ids is missing too, the silent items are not proven. */
function isPartlyTold(status: JsonObject): boolean {
  const ids = isJsonArray(status.ids_of_invalid_requests) ? status.ids_of_invalid_requests : [];
  const total = typeof status.errors_total_count === 'number' ? status.errors_total_count : 0;
  return ids.length === 0 && total > objects(status.errors).length;
}

function note(errors: Map<string, Issue[]>, id: string, message: string): void {
  errors.set(id, [...(errors.get(id) ?? []), findingOf('error', message)]);
}

function again(item: Item, code: string): Verdict {
  return { sku: item.sku, outcome: 'retry', code };
}

function objects(value: JsonObject[string]): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}
