import type { ListingChange, PendingSubmission } from '../../src/channel/connector.js';
import { epochMs, instantOf } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import { fingerprint, revisionOf } from '../../src/domain/revision.js';
import { OFFER_ROWS } from './attributes.js';
import { decodeListing } from './listing-form.js';

/**
 * Google answers "accepted" and processes later, and the processed product does not say which submission it shows. The
 * handle of a submission therefore carries Google's time of acceptance and a five-letter mark per listing, so that a
 * product still showing the state before is not taken for the verdict, and another one for listings that are new. 50 listings
 * make at most 525 letters.
 */
const MARK_LENGTH = 5;
/** Times in answers are cut to the second, and two updates may fall into the same one. */
const SAME_MOMENT_MS = 2_000;

/** The handle: time of acceptance, then the marks. */
export function submissionId(date: string | null, changes: readonly ListingChange[]): string {
  const accepted = date === null ? Number.NaN : Date.parse(date);
  const marks = changes.flatMap(({ sku, action, attributes, version, externalId }) =>
    action === 'offer'
      ? [mark(sku, offerRevision(attributes))]
      : [mark(sku, String(version)), ...(externalId === null ? [mark(sku, NEW)] : [])],
  );
  return `${Number.isNaN(accepted) ? '' : instantOf(accepted)} ${marks.join('')}`;
}

const NEW = 'new';

/** Whether the submission brought a listing that Google never had from us before. */
export function isNew(item: PendingSubmission['items'][number], pending: PendingSubmission): boolean {
  const [, marks = ''] = pending.id?.split(' ') ?? [];
  return item.action === 'upsert' && holds(marks, mark(item.sku, NEW));
}

/** What a processed product shows, as far as it tells one submission from another. */
export interface ShownState {
  /** Marks of its version number and of its offer fields. */
  readonly version: string;
  readonly offer: string;
  /** When it was last updated, in ms; minus infinity: it does not say. */
  readonly updatedMs: number;
}

/** Reads off a processed product what `shows` needs. */
export function shownState(sku: string, product: JsonObject): ShownState {
  return {
    version: mark(sku, String(product.versionNumber)),
    offer: mark(sku, offerRevision(decodeListing(product))),
    updatedMs: lastUpdate(product),
  };
}

/**
 * Whether a processed product shows what was submitted: an insert by its version number, a patch by its offer fields;
 * failing that, an update clearly after the acceptance (Google may rewrite prices by itself).
 */
export function shows(
  state: ShownState,
  item: PendingSubmission['items'][number],
  pending: PendingSubmission,
): boolean {
  const [accepted = '', marks = ''] = pending.id?.split(' ') ?? [];
  if (holds(marks, item.action === 'offer' ? state.offer : state.version)) return true;
  const updated = state.updatedMs;
  // No answer came: only our own time of sending is known.
  if (pending.id === null) return updated >= epochMs(pending.sentAt);
  return accepted !== '' && updated >= epochMs(accepted) + SAME_MOMENT_MS;
}

function mark(sku: string, state: string): string {
  return fingerprint(`${sku} ${state}`).slice(0, MARK_LENGTH);
}

function holds(marks: string, wanted: string): boolean {
  for (let at = 0; at < marks.length; at += MARK_LENGTH) {
    if (marks.startsWith(wanted, at)) return true;
  }
  return false;
}

function offerRevision(attributes: JsonObject): string {
  const offer = OFFER_ROWS.map((row) => [row.name, attributes[row.name]] as const);
  return revisionOf(Object.fromEntries(offer.filter(([, value]) => value !== undefined)));
}

function lastUpdate(product: JsonObject): number {
  const status = product.productStatus as JsonObject | undefined;
  const at = typeof status?.lastUpdateDate === 'string' ? Date.parse(status.lastUpdateDate) : Number.NaN;
  return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at;
}
