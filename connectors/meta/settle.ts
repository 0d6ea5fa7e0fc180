import type { PendingSubmission, Settlement } from '../../src/channel/connector.js';
import { epochMs, type Instant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { MetaClient } from './client.js';
import { readHandles } from './handles.js';
import { findingOf, keptFindings, saysMissing, UNKNOWN_FINDING } from './issues.js';

type Verdict = Settlement['verdicts'][number];
type Item = PendingSubmission['items'][number];

/** States after which a batch does not change any more; every other word means: still under way (verified 2026-11: an open set). */
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
  const handles = readHandles(pending.id);
  const old = ageMs(pending.sentAt, now) >= FORGOTTEN_AFTER_MS;
  const items = await outcomeOf(client, handles.items, old);
  const localized = items === 'under way' ? items : await outcomeOf(client, handles.localized, old);
  if (items === 'under way' || localized === 'under way')
    return { verdicts: [], againInMs: pauseAfter(pending.sentAt, now) };
  if (handles.items.length === 0) return { verdicts: pending.items.map((item) => again(item, 'no_handle')) };
  const known = { items, localized, incomplete: handles.incomplete };
  return { verdicts: pending.items.flatMap((item) => verdictOf(item, known)) };
}

/** What batches that are over say together. */
interface Outcome {
  readonly errors: ReadonlyMap<string, readonly Issue[]>;
  readonly warnings: ReadonlyMap<string, readonly Issue[]>;
  /** Why the batches prove nothing about items they do not name; null: such items went well. */
  readonly unproven: 'handle_unknown' | 'batch_stopped' | 'partly_told' | null;
}

/** A handle that is unknown sooner may belong to a batch still under way: nothing must be sent beside it. */
const FORGOTTEN_AFTER_MS = 3 * 60_000;

async function outcomeOf(
  client: MetaClient,
  handles: readonly string[],
  old: boolean,
): Promise<Outcome | 'under way'> {
  const statuses: JsonObject[] = [];
  let unproven: Outcome['unproven'] = null;
  for (const handle of handles) {
    const status = await client.batchStatus(handle);
    if (status === null) {
      if (!old) return 'under way';
      unproven = 'handle_unknown';
      continue;
    }
    if (!OVER.has(String(status.status))) return 'under way';
    statuses.push(status);
    if (status.status !== 'finished') unproven ??= 'batch_stopped';
    else if (isPartlyTold(status)) unproven ??= 'partly_told';
  }
  return { ...findings(statuses), unproven };
}

function findings(statuses: readonly JsonObject[]): Pick<Outcome, 'errors' | 'warnings'> {
  const [errors, warnings] = [new Map<string, Issue[]>(), new Map<string, Issue[]>()];
  const note = (into: Map<string, Issue[]>, id: string, issue: Issue): void =>
    void into.set(id, [...(into.get(id) ?? []), issue]);
  for (const status of statuses) {
    for (const entry of objects(status.errors))
      note(errors, String(entry.id), findingOf('error', String(entry.message)));
    for (const entry of objects(status.warnings))
      note(warnings, String(entry.id), findingOf('warning', String(entry.message)));
    for (const id of isJsonArray(status.ids_of_invalid_requests) ? status.ids_of_invalid_requests : [])
      if (!errors.has(String(id)))
        note(errors, String(id), findingOf('error', 'Meta refused the item without a reason.'));
  }
  return { errors, warnings };
}

/** `errors` is a sample. When the list of ids is missing too, the silent items are not proven. */
function isPartlyTold(status: JsonObject): boolean {
  const ids = isJsonArray(status.ids_of_invalid_requests) ? status.ids_of_invalid_requests : [];
  const total = typeof status.errors_total_count === 'number' ? status.errors_total_count : 0;
  return ids.length === 0 && total > objects(status.errors).length;
}

interface Known {
  readonly items: Outcome;
  readonly localized: Outcome;
  readonly incomplete: boolean;
}

function verdictOf(item: Item, { items, localized, incomplete }: Known): readonly Verdict[] {
  const { sku } = item;
  const errors = items.errors.get(sku);
  // Deleting what is not there ends in the same state; any other complaint leaves the item where buyers see it.
  const gone = item.action === 'remove' && errors?.every(saysMissing) === true;
  if (errors && !gone) return [{ sku, outcome: 'rejected', issues: keptFindings(errors) }];
  if (items.unproven === 'partly_told') return errors ? [{ sku, outcome: 'removed' }] : [];
  if (items.unproven !== null) return [again(item, items.unproven)];
  if (item.action === 'remove') return [{ sku, outcome: 'removed' }];
  if (item.action === 'offer') return [live(sku, items.warnings.get(sku) ?? [])];
  if (incomplete || localized.unproven !== null) return [again(item, 'overrides_open')];
  const ofPlaces = localized.errors.get(sku) ?? [];
  // Meta keeps no order between batches: the override of a new item may have come before the item.
  if (item.externalId === null && ofPlaces.some((issue) => issue.code === UNKNOWN_FINDING))
    return [again(item, 'override_before_item')];
  const issues = [...(items.warnings.get(sku) ?? []), ...ofPlaces, ...(localized.warnings.get(sku) ?? [])];
  return [live(sku, issues)];
}

/** What Meta finds wrong with an override does not take the item off: it is shown with its own values there. */
function live(sku: string, issues: readonly Issue[]): Verdict {
  if (issues.length === 0) return { sku, outcome: 'live' };
  return {
    sku,
    outcome: 'live',
    issues: keptFindings(issues).map((issue) => ({ ...issue, severity: 'warning' as const })),
  };
}

/** Meta takes about two minutes as a rule: after the first half minute the age doubles between looks, from two minutes on every five. */
function pauseAfter(sentAt: Instant, now: Instant): number {
  const age = ageMs(sentAt, now);
  return age >= 120_000 ? 300_000 : Math.max(2_000, age);
}

function ageMs(sentAt: Instant, now: Instant): number {
  return Math.max(0, epochMs(now) - epochMs(sentAt));
}

function again(item: Item, code: string): Verdict {
  return { sku: item.sku, outcome: 'retry', code };
}

function objects(value: JsonObject[string]): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}
